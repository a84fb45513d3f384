import { NodeState } from '../../model/columns/nodes.js';
import { microTokens, secondsPerHour } from '../../model/contract/units.js';
import { accountOf } from '../economics.js';
import type { FinishedRun } from '../metrics/metric.js';
import { type Cell, type Column, type Table, tableOf } from './table.js';

const columns: readonly Column[] = [
  { name: 'cohort', unit: '', meaning: 'Cohort, in the order of the scenario' },
  { name: 'strategy', unit: '', meaning: 'Strategy of its nodes' },
  { name: 'isAttacker', unit: '', meaning: 'Whether the strategy is an attacker’s' },
  { name: 'nodesJoined', unit: 'nodes', meaning: 'Identities that ever joined' },
  { name: 'nodesSlashed', unit: 'nodes', meaning: 'Identities slashed at least once' },
  { name: 'nodesEjected', unit: 'nodes', meaning: 'Identities ejected' },
  {
    name: 'workAfterWarmUpReferenceHours',
    unit: 'h',
    meaning: 'Accepted work after the warm-up, on the reference card',
  },
  { name: 'workFraction', unit: 'fraction', meaning: 'Share of all such work' },
  { name: 'stakeTokens', unit: 'tokens', meaning: 'Stake locked at the end' },
  { name: 'incomeUsd', unit: 'USD', meaning: 'Fees and emissions paid to its operators' },
  { name: 'stolenUsd', unit: 'USD', meaning: 'Value to them of wrong results that nobody found out' },
  { name: 'savedUsd', unit: 'USD', meaning: 'Worth of the computing that they left out' },
  { name: 'computeUsd', unit: 'USD', meaning: 'Cost of machines and power' },
  { name: 'identityFeesUsd', unit: 'USD', meaning: 'Fees for entering' },
  { name: 'slashedUsd', unit: 'USD', meaning: 'Stake slashed' },
  { name: 'capitalCostUsd', unit: 'USD', meaning: 'Cost of the capital that stake and bonds locked' },
  {
    name: 'profitUsd',
    unit: 'USD',
    meaning: 'income + stolen + saved − compute − identity fees − slashed − capital cost',
  },
  { name: 'peakLockedUsd', unit: 'USD', meaning: 'Most stake and bonds locked, summed over operators' },
];

/** A row a cohort: who it is, what became of its identities, and its account over the whole run. */
export function cohortsTable(run: FinishedRun, strategies: readonly string[]): Table {
  const { world, recorder } = run;
  const { nodes, ownership, cohorts } = world;
  const [joined, slashed, ejected, stake] = Array.from({ length: 4 }, () => new Float64Array(cohorts.length));
  for (let node = 0; node < nodes.count; node++) {
    const cohort = ownership.cohort[node]!;
    stake![cohort]! += nodes.stake[node]!;
    if (nodes.state[node] !== NodeState.absent) joined![cohort]!++;
    if (nodes.state[node] === NodeState.ejected) ejected![cohort]!++;
    if (recorder.slashed[node]! > 0) slashed![cohort]!++;
  }
  let allWork = 0;
  for (const work of recorder.total.work) allWork += work;
  const rows = cohorts.map(({ name, index, strategy }): Cell[] => {
    const account = accountOf(run, index);
    const work = recorder.total.work[index]!;
    return [
      name,
      strategies[index]!,
      strategy.isAttacker,
      joined![index]!,
      slashed![index]!,
      ejected![index]!,
      work / secondsPerHour,
      allWork === 0 ? null : work / allWork,
      stake![index]! / microTokens,
      account.incomeUsd,
      account.stolenUsd,
      account.savedUsd,
      account.computeUsd,
      account.identityFeesUsd,
      account.slashedUsd,
      account.capitalCostUsd,
      account.profitUsd,
      account.peakLockedUsd,
    ];
  });
  return tableOf('cohorts', 'Who each cohort is, what became of it, and its account over the whole run', columns, rows);
}
