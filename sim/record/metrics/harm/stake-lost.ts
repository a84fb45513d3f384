import { EvidenceKind } from '../../../model/contract/evidence.js';
import { microTokens } from '../../../model/contract/units.js';
import { Collateral } from '../../../model/world/journal.js';
import type { FinishedRun, Group, Metric } from '../metric.js';

/** Stake and bonds slashed from the group's nodes for some causes, after the warm-up [tokens]. */
function lostTo(isAsked: (cause: EvidenceKind) => boolean): (run: FinishedRun, who: Group) => number {
  return ({ world, recorder }, who) => {
    const { slashings, options } = recorder;
    let lost = 0;
    for (const slash of slashings) {
      if (slash.of === Collateral.bondToken || slash.timeSeconds < options.warmUpSeconds || !isAsked(slash.cause))
        continue;
      if (who(world.ownership.cohort[slash.node]!)) lost += slash.amount;
    }
    return lost / microTokens;
  };
}

/** Causes that have a metric of their own. */
const told: ReadonlySet<number> = new Set([
  EvidenceKind.timeout,
  EvidenceKind.absence,
  EvidenceKind.invalid,
  EvidenceKind.checkInMissed,
]);

/** What honest nodes lost, by the finding that it was slashed for: together honestStakeLostTokens. */
export const stakeLostMetrics: readonly Metric[] = [
  {
    name: 'honestStakeLostToTimeoutsTokens',
    label: 'what was slashed from honest nodes for results that came too late',
    unit: 'tokens',
    window: 'after the warm-up',
    meaning: 'Of honestStakeLostTokens, slashed for attempts that brought no result in time',
    about: 'honest',
    value: lostTo((cause) => cause === EvidenceKind.timeout),
  },
  {
    name: 'honestStakeLostToAbsencesTokens',
    label: 'what was slashed from honest nodes for reported absence',
    unit: 'tokens',
    window: 'after the warm-up',
    meaning: 'Of honestStakeLostTokens, slashed because peers reported that the node did not take part',
    about: 'honest',
    value: lostTo((cause) => cause === EvidenceKind.absence),
  },
  {
    name: 'honestStakeLostToInvalidTokens',
    label: 'what was slashed from honest nodes for answers that failed their check',
    unit: 'tokens',
    window: 'after the warm-up',
    meaning: 'Of honestStakeLostTokens, slashed for answers that failed their check',
    about: 'honest',
    value: lostTo((cause) => cause === EvidenceKind.invalid),
  },
  {
    name: 'honestStakeLostToCheckInsTokens',
    label: 'what was slashed from honest nodes for missed check-ins',
    unit: 'tokens',
    window: 'after the warm-up',
    meaning: 'Of honestStakeLostTokens, slashed for missed check-ins',
    about: 'honest',
    value: lostTo((cause) => cause === EvidenceKind.checkInMissed),
  },
  {
    name: 'honestStakeLostToOthersTokens',
    label: 'what was slashed from honest nodes for anything else',
    unit: 'tokens',
    window: 'after the warm-up',
    meaning:
      'Of honestStakeLostTokens, slashed for other findings, such as disputes that were lost, failed spot-checks, or ' +
      'what an epoch as a whole costs; slashings.csv names them',
    about: 'honest',
    value: lostTo((cause) => !told.has(cause)),
  },
];
