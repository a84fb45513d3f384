import { largest, smallest } from '../../../kernels/extent.js';
import type { Outline, Remark, ScoreRange } from '../../../model/contract/definition.js';
import { newcomersMost } from '../../../model/outside/newcomers.js';
import { catalogue } from '../../schema/catalogue.js';
import { protocolRoles } from '../../schema/registry.js';
import { leastRoundTripSeconds } from '../least-round-trip.js';
import type { PlannedScenario } from '../planned-scenario.js';
import { supplyOf } from '../supply.js';
import { withClassDefaults } from '../workload-plan.js';
import type { Path, Teller } from './teller.js';

const anyScore: ScoreRange = {
  lowest: Number.NEGATIVE_INFINITY,
  reachesLowest: true,
  highest: Number.POSITIVE_INFINITY,
};

/** What mechanisms and strategies say of their own settings, given what there is. */
export function tellMechanisms(planned: PlannedScenario, teller: Teller): void {
  const { scenario } = planned;
  const { protocol, registry } = scenario;
  const outline = outlineOf(planned);
  const tell = (path: Path, remarks: readonly Remark[]) => {
    for (const { setting, expected, found, why, isFault } of remarks) {
      const at = setting === '' ? path : [...path, ...setting.split('.')];
      if (isFault === true) teller.refuse(at, expected, why, found);
      else if (setting === '' || teller.written(at) !== undefined) teller.warn(at, expected, why, found);
    }
  };
  for (const role of protocolRoles) {
    const written = protocol[role];
    const list = Array.isArray(written) ? written : [written];
    for (const [index, settings] of list.entries()) {
      const path = ['protocol', role, ...(Array.isArray(written) ? [String(index)] : [])];
      tell(path, registry.entry(role, settings.kind).remarks?.(settings as never, outline) ?? []);
    }
  }
  for (const [name, cohort] of Object.entries(scenario.fleet)) {
    tell(['fleet', name, 'strategy'], registry.strategyRemarks(cohort.strategy, outline, nodesOf(planned, name)));
  }
  // nobody challenges yet
  if (protocol.slashedTo.challenger > 0) {
    const expected = '0, as nobody challenges (the treasury gets it)';
    teller.warn(['protocol', 'slashedTo', 'challenger'], expected, 'so that no challenger gets it');
  }
  const { assignment, reputation, checkIn, publish } = protocol;
  const isUnread = registry.entry('assignment', assignment.kind).ignoresScores?.(assignment as never) === true;
  // at once is what who doesn't care says, too
  if (isUnread && publish.every + publish.delay > 0 && teller.isOwn(['protocol', 'publish'])) {
    const expected = 'an assignment policy that reads scores';
    teller.warn(['protocol', 'publish'], expected, 'so that nobody reads what is published', assignment.kind);
  }
  const isAsked = checkIn !== 'none' && teller.written(['protocol', 'checkIn']) !== undefined;
  if (isAsked && registry.entry('reputation', reputation.kind).ignoresCheckIns === true) {
    const expected = 'a reputation model that counts check-ins';
    teller.warn(['protocol', 'checkIn'], expected, 'so that they change no score', reputation.kind);
  }
}

function outlineOf(planned: PlannedScenario): Outline {
  const { scenario } = planned;
  const { registry } = scenario;
  const { reputation, rewards, verification } = scenario.protocol;
  let nodes = 0;
  let operators = 0;
  const funds: Record<string, number> = {};
  for (const [name, cohort] of Object.entries(scenario.fleet)) {
    const plan = registry.cohortPlan(cohort.strategy, nodesOf(planned, name));
    funds[name] = cohort.funds / plan.operators;
    nodes += plan.identitiesMost;
    operators += plan.hidesOperator ? plan.identitiesMost : plan.operators;
  }
  const schemes = [verification].flat();
  const answers = schemes.map(
    (scheme) => registry.entry('verification', scheme.kind).attemptsMost?.(scheme as never) ?? 1,
  );
  const { jobClasses } = catalogue();
  return {
    nodes,
    operators,
    scores: registry.entry('reputation', reputation.kind).scores?.(reputation as never) ?? anyScore,
    attemptsMost: largest(answers),
    funds,
    leastFee: smallest(Object.values(scenario.workload).map((one) => withClassDefaults(one).fee)),
    supply: supplyOf(scenario),
    locksBonds: registry.entry('rewards', rewards.kind).locksBonds?.(rewards as never) ?? true,
    leastRoundTripSeconds: leastRoundTripSeconds(scenario),
    horizonSeconds: scenario.horizon,
    epochSeconds: scenario.protocol.epoch,
    hasRecomputable: Object.values(scenario.workload).some((one) => jobClasses[one.class]!.isRecomputable),
    classNames: Object.keys(jobClasses),
  };
}

/** Identities that the cohort declares or has room for; any number where its records weren't read. */
function nodesOf({ scenario, traces }: PlannedScenario, name: string): number {
  const { nodes, joins } = scenario.fleet[name]!;
  const declared = nodes ?? traces.get(name)?.names.length ?? Number.POSITIVE_INFINITY;
  return declared + newcomersMost(joins.newcomers, scenario.horizon);
}
