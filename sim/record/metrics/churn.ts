import { Limit } from '../../model/columns/limits.js';
import { NodeState } from '../../model/columns/nodes.js';
import { MovedByProfit } from '../../model/columns/operators.js';
import { handleStep } from '../../model/columns/rows/side-by-side.js';
import type { FinishedRun, Group, Metric } from './metric.js';

function availability({ world: { machines } }: FinishedRun): number {
  let up = 0;
  let used = 0;
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    up += machines.upSeconds[machine]!;
    used += machines.usedSeconds[machine]!;
  }
  return used === 0 ? Number.NaN : up / used;
}

function presentMean({ world: { nodes, simulation }, recorder }: FinishedRun): number {
  const { warmUpSeconds } = recorder.options;
  let seconds = 0;
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.state[node] === NodeState.absent) continue;
    const until = Math.min(simulation.now, nodes.leftAt[node]!);
    seconds += Math.max(0, until - Math.max(nodes.joinedAt[node]!, warmUpSeconds));
  }
  return seconds / (simulation.now - warmUpSeconds);
}

function nodesInState({ world: { nodes, ownership } }: FinishedRun, who: Group, state: NodeState): number {
  let count = 0;
  for (let node = 0; node < nodes.count; node++) {
    if (who(ownership.cohort[node]!) && nodes.state[node] === state) count++;
  }
  return count;
}

function movedNodes({ world: { nodes, ownership } }: FinishedRun, who: Group, how: number): number {
  let moved = 0;
  for (let node = 0; node < nodes.count; node++) {
    if (who(ownership.cohort[node]!) && (ownership.movedByProfit[node]! & how) !== 0) moved++;
  }
  return moved;
}

/** Who comes and goes, and who is up: the whole run unless the meaning says otherwise. */
export const churnMetrics: readonly Metric[] = [
  {
    name: 'machineAvailability',
    label: 'share of the time that machines were up',
    unit: 'fraction',
    formula: 'Σ time up ÷ Σ time in the network; in the long run MTBF ÷ (MTBF + MTTR)',
    better: 'higher',
    window: 'whole run',
    meaning: 'Share of their time in the network that machines were up, whatever the reason if they were not',
    value: availability,
  },
  {
    name: 'nodesPresentMean',
    label: 'nodes in the network on average',
    unit: 'nodes',
    window: 'after the warm-up',
    meaning: 'Mean number of identities in the network over the time after the warm-up',
    value: presentMean,
  },
  {
    name: 'honestLeftNodes',
    label: 'honest nodes that left',
    unit: 'nodes',
    window: 'whole run',
    meaning: 'Honest nodes that left of their own accord',
    about: 'honest',
    value: (run, who) => nodesInState(run, who, NodeState.left),
  },
  {
    name: 'honestPushedOutNodes',
    label: 'honest nodes pushed out',
    unit: 'nodes',
    better: 'lower',
    window: 'whole run',
    meaning:
      'Honest nodes that lost their place, to a newcomer in a full network or as places became fewer (protocol.places)',
    about: 'honest',
    value: (run, who) => nodesInState(run, who, NodeState.pushedOut),
  },
  {
    name: 'nodesEnteredByProfit',
    label: 'honest nodes that came as it paid',
    unit: 'nodes',
    window: 'whole run',
    meaning: 'Honest nodes that came because their cohort made a profit (fleet.NAME.byProfit)',
    about: 'honest',
    value: (run, who) => movedNodes(run, who, MovedByProfit.entered),
  },
  {
    name: 'nodesLeftByProfit',
    label: 'honest nodes that left as it didn’t pay',
    unit: 'nodes',
    window: 'whole run',
    meaning: 'Honest nodes that left because their operators made too little profit (fleet.NAME.byProfit)',
    about: 'honest',
    value: (run, who) => movedNodes(run, who, MovedByProfit.left),
  },
  {
    name: 'newcomersRefused',
    label: 'newcomers refused',
    unit: 'nodes',
    window: 'whole run',
    meaning:
      'Newcomers that came when their cohort had no room left, or the network no place for them, each try counted',
    value: ({ world: { limits } }) => limits.times[Limit.newcomers]! + limits.times[Limit.places]!,
  },
];
