import { NodeState } from '../../model/columns/nodes.js';
import { microTokens, secondsPerDay, secondsPerHour } from '../../model/contract/units.js';
import { accountOf, type CohortAccount } from '../economics.js';
import type { FinishedRun } from '../metrics/metric.js';
import type { KeptNodes } from '../timeline.js';
import { type ColumnOf, cellOf, type Table, tableOf } from './table.js';

/** What became of a cohort. */
interface CohortOutcome {
  readonly name: string;
  readonly strategy: string;
  readonly isAttacker: boolean;
  readonly nodes: NodeSums;
  /** Accepted after the warm-up [s on the reference card]. */
  readonly work: number;
  /** NaN where nobody did any work. */
  readonly workFraction: number;
  readonly account: CohortAccount;
  /** At the end. */
  readonly kept: KeptNodes;
}

interface NodeSums {
  joined: number;
  slashed: number;
  ejected: number;
  /** [micro-tokens] */
  stake: number;
  /** [micro-tokens] */
  held: number;
}

const columns: readonly ColumnOf<CohortOutcome>[] = [
  {
    name: 'cohort',
    unit: '',
    window: 'fixed',
    meaning: 'Cohort, in the order of the scenario',
    value: ({ name }) => name,
  },
  { name: 'strategy', unit: '', window: 'fixed', meaning: 'Strategy of its nodes', value: ({ strategy }) => strategy },
  {
    name: 'isAttacker',
    unit: '',
    window: 'fixed',
    meaning: 'Whether the strategy is an attacker’s',
    value: ({ isAttacker }) => isAttacker,
  },
  {
    name: 'nodesJoined',
    unit: 'nodes',
    window: 'whole run',
    meaning: 'Identities that ever joined',
    value: ({ nodes }) => nodes.joined,
  },
  {
    name: 'nodesSlashed',
    unit: 'nodes',
    window: 'whole run',
    meaning: 'Identities slashed at least once',
    value: ({ nodes }) => nodes.slashed,
  },
  {
    name: 'nodesEjected',
    unit: 'nodes',
    window: 'whole run',
    meaning: 'Identities ejected',
    value: ({ nodes }) => nodes.ejected,
  },
  {
    name: 'workAfterWarmUpReferenceHours',
    unit: 'h',
    window: 'after the warm-up',
    meaning: 'Accepted work after the warm-up, on the reference card',
    value: ({ work }) => work / secondsPerHour,
  },
  {
    name: 'workFraction',
    unit: 'fraction',
    window: 'after the warm-up',
    meaning: 'Share of all such work',
    value: ({ workFraction }) => cellOf(workFraction),
  },
  {
    name: 'stakeTokens',
    unit: 'tokens',
    window: 'at the end',
    meaning: 'Stake locked at the end',
    value: ({ nodes }) => nodes.stake / microTokens,
  },
  {
    name: 'heldTokens',
    unit: 'tokens',
    window: 'at the end',
    meaning: 'Own stake held in cases that are open at the end: neither locked nor lost',
    value: ({ nodes }) => nodes.held / microTokens,
  },
  {
    name: 'incomeUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Fees and emissions paid to its operators',
    value: ({ account }) => account.incomeUsd,
  },
  {
    name: 'stolenUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Value to them of wrong results on purpose that nobody found out',
    value: ({ account }) => account.stolenUsd,
  },
  {
    name: 'savedUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Worth of the computing that they left out',
    value: ({ account }) => account.savedUsd,
  },
  {
    name: 'claimsUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Paid by the insurance for what was slashed, or lost of it by who lent the stake',
    value: ({ account }) => account.claimsUsd,
  },
  {
    name: 'computeUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Cost of machines and power',
    value: ({ account }) => account.computeUsd,
  },
  {
    name: 'identityFeesUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Fees for entering, and prices of places',
    value: ({ account }) => account.identityFeesUsd,
  },
  {
    name: 'ownJobsUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Fees of jobs that they submitted themselves',
    value: ({ account }) => account.ownJobsUsd,
  },
  {
    name: 'chargesUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Charged for answers, premiums of the insurance, interest on lent stake, and paid for resource tokens',
    value: ({ account }) => account.chargesUsd,
  },
  {
    name: 'attackCostsUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Bribes that operators paid more than they took, and the price of outages and eclipses that they ordered',
    value: ({ account }) => account.attackCostsUsd,
  },
  {
    name: 'slashedUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Stake and bonds slashed',
    value: ({ account }) => account.slashedUsd,
  },
  {
    name: 'capitalCostUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Cost of the capital that stake and bonds locked',
    value: ({ account }) => account.capitalCostUsd,
  },
  {
    name: 'profitUsd',
    unit: 'USD',
    window: 'whole run',
    meaning:
      'income + stolen + saved + claims − compute − identity fees − own jobs − charges − attack costs − slashed − ' +
      'capital cost',
    value: ({ account }) => account.profitUsd,
  },
  {
    name: 'peakLockedUsd',
    unit: 'USD',
    window: 'whole run',
    meaning: 'Most stake and bonds locked, summed over operators',
    value: ({ account }) => account.peakLockedUsd,
  },
  {
    name: 'nodesPresent',
    unit: 'nodes',
    window: 'at the end',
    meaning: 'Identities in the network',
    value: ({ kept }) => kept.present,
  },
  {
    name: 'nodesOnline',
    unit: 'nodes',
    window: 'at the end',
    meaning: 'Of these, those that the network can reach',
    value: ({ kept }) => kept.online,
  },
  {
    name: 'nodesLowStake',
    unit: 'nodes',
    window: 'at the end',
    meaning: 'Of those in the network, those with less than the minimum stake',
    value: ({ kept }) => kept.lowStake,
  },
  {
    name: 'lowStakeSinceDays',
    unit: 'd',
    window: 'at the end',
    meaning: 'The sample from which on they were half or more of its nodes until the end; empty if they aren’t',
    value: ({ kept }) => cellOf(kept.since.lowStake / secondsPerDay),
  },
  {
    name: 'nodesJailed',
    unit: 'nodes',
    window: 'at the end',
    meaning: 'Of those in the network, those in jail',
    value: ({ kept }) => kept.jailed,
  },
  {
    name: 'nodesWithoutBond',
    unit: 'nodes',
    window: 'at the end',
    meaning: 'Of those in the network, those whose operators can’t lock the bond of any job',
    value: ({ kept }) => kept.withoutBond,
  },
  {
    name: 'withoutBondSinceDays',
    unit: 'd',
    window: 'at the end',
    meaning: 'The sample from which on they were half or more of its nodes until the end; empty if they aren’t',
    value: ({ kept }) => cellOf(kept.since.withoutBond / secondsPerDay),
  },
];

/** A row a cohort: who it is, what became of its identities, and its account over the whole run. */
export function cohortsTable(run: FinishedRun): Table {
  const { world, recorder } = run;
  const sums = nodeSums(run);
  let allWork = 0;
  for (const work of recorder.total.work) allWork += work;
  const rows = world.cohorts.map(({ name, index, isAttacker, strategyKind }): CohortOutcome => {
    const work = recorder.total.work[index]!;
    return {
      name,
      strategy: strategyKind,
      isAttacker,
      nodes: sums[index]!,
      work,
      workFraction: allWork === 0 ? Number.NaN : work / allWork,
      account: accountOf(run, index),
      kept: recorder.timeline.keptOf(name),
    };
  });
  return tableOf('cohorts', 'Who each cohort is, what became of it, and its account over the whole run', columns, rows);
}

/** By cohort. */
function nodeSums({ world: { ledger, nodes, ownership, cohorts }, recorder }: FinishedRun): readonly NodeSums[] {
  const sums = cohorts.map((): NodeSums => ({ joined: 0, slashed: 0, ejected: 0, stake: 0, held: 0 }));
  for (let node = 0; node < nodes.count; node++) {
    const sum = sums[ownership.cohort[node]!]!;
    sum.stake += nodes.stake[node]!;
    sum.held += ledger.heldOf[node]!;
    if (nodes.state[node] !== NodeState.absent) sum.joined++;
    if (nodes.state[node] === NodeState.ejected) sum.ejected++;
    if (recorder.slashed[node]! > 0 || (recorder.slashedBonds[node] ?? 0) > 0) sum.slashed++;
  }
  return sums;
}
