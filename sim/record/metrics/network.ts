import { gini, nakamotoCoefficient } from '../../kernels/concentration.js';
import { NodeState } from '../../model/columns/nodes.js';
import { microTokens, secondsPerMonth } from '../../model/contract/units.js';
import { ledgersOf } from '../../model/world/world.js';
import { accountOfAll } from '../economics.js';
import type { FinishedRun, Group, Metric } from './metric.js';

/** Goes through the group's nodes that ever joined. */
function nodesOf({ world: { nodes, ownership } }: FinishedRun, who: Group, visit: (node: number) => void): void {
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.state[node] !== NodeState.absent && who(ownership.cohort[node]!)) visit(node);
  }
}

function slashedNodes(run: FinishedRun, who: Group): number {
  let slashed = 0;
  nodesOf(run, who, (node) => {
    const { slashedWarm, slashedBondsWarm } = run.recorder;
    if (slashedWarm[node]! > 0 || (slashedBondsWarm[node] ?? 0) > 0) slashed++;
  });
  return slashed;
}

function nodeMonths(run: FinishedRun, who: Group): number {
  const { nodes, simulation } = run.world;
  let seconds = 0;
  nodesOf(run, who, (node) => {
    const until = Math.min(simulation.now, nodes.leftAt[node]!);
    seconds += Math.max(0, until - Math.max(nodes.joinedAt[node]!, run.recorder.options.warmUpSeconds));
  });
  return seconds / secondsPerMonth;
}

/** Sums amounts of nodes over true operators, not identities, of which one ever joined. */
function byOperator({ world }: FinishedRun, amountOf: (node: number) => number): Float64Array {
  const { nodes, ownership, operators } = world;
  const sums = new Float64Array(operators.count).fill(Number.NaN);
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.state[node] === NodeState.absent) continue;
    const operator = ownership.operator[node]!;
    sums[operator] = (Number.isNaN(sums[operator]!) ? 0 : sums[operator]!) + amountOf(node);
  }
  return sums.filter((sum) => !Number.isNaN(sum));
}

/** Honest harm, distribution over operators, where the tokens are: the whole run unless the meaning says otherwise. */
export const networkMetrics: readonly Metric[] = [
  {
    name: 'honestSlashedNodes',
    label: 'honest nodes slashed',
    unit: 'nodes',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Honest nodes slashed at least once after the warm-up',
    about: 'honest',
    value: slashedNodes,
  },
  {
    name: 'honestSlashedPer1000NodeMonths',
    label: 'honest nodes slashed, for each 1,000 node-months',
    unit: 'per 1,000 node-months',
    formula: '1,000 × honest nodes slashed ÷ Σ honest months',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Honest nodes slashed at least once after the warm-up, for each 1,000 of their node-months',
    about: 'honest',
    value: (run, who) => (slashedNodes(run, who) / nodeMonths(run, who)) * 1_000,
  },
  {
    name: 'honestStakeLostTokens',
    label: 'what was slashed from honest nodes',
    unit: 'tokens',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Stake and bonds slashed from honest nodes after the warm-up; bonds in a currency of their own left out',
    about: 'honest',
    value: (run, who) => {
      let lost = 0;
      nodesOf(run, who, (node) => {
        lost += run.recorder.slashedWarm[node]!;
      });
      return lost / microTokens;
    },
  },
  {
    name: 'honestEjectedNodes',
    label: 'honest nodes ejected',
    unit: 'nodes',
    better: 'lower',
    window: 'whole run',
    meaning: 'Honest nodes ejected',
    about: 'honest',
    isAtEnd: true,
    value: (run, who) => {
      let ejected = 0;
      nodesOf(run, who, (node) => {
        if (run.world.nodes.state[node] === NodeState.ejected) ejected++;
      });
      return ejected;
    },
  },
  {
    name: 'honestReturnOnCapital',
    label: 'honest operators’ return on capital',
    unit: 'fraction',
    formula: 'profit ÷ (outlay + Σ over operators of the most locked at once)',
    better: 'higher',
    window: 'whole run',
    isRatio: true,
    meaning:
      'Honest operators’ profit over their outlay and the most that each of them had locked at once, the whole run',
    about: 'honest',
    value: (run, who) => {
      const account = accountOfAll(run, who);
      return account === null ? Number.NaN : account.profitUsd / (account.peakLockedUsd + account.outlayUsd);
    },
  },
  {
    name: 'honestPeakLockedUsd',
    label: 'the most that an honest operator had locked, on average',
    unit: 'USD',
    better: 'lower',
    window: 'whole run',
    meaning:
      'Most stake and bonds that an honest operator had locked at once, the mean over those of whom a node ever ' +
      'joined: the capital that taking part takes',
    about: 'honest',
    value: (run, who) => {
      const account = accountOfAll(run, who);
      const operators = new Set<number>();
      nodesOf(run, who, (node) => operators.add(run.world.ownership.operator[node]!));
      return account === null ? Number.NaN : account.peakLockedUsd / operators.size;
    },
  },
  {
    name: 'giniIncome',
    label: 'inequality of incomes (Gini coefficient)',
    unit: '1',
    formula: 'Σᵢ Σⱼ |xᵢ − xⱼ| ÷ (2·n·Σ xᵢ)',
    source: 'Gini 1912, Variabilità e mutabilità',
    better: 'lower',
    window: 'whole run',
    most: 1,
    meaning: 'Gini coefficient of income over operators that ever joined',
    value: (run) => gini(byOperator(run, (node) => run.world.ledger.earned(node))),
  },
  {
    name: 'giniWork',
    label: 'inequality of work (Gini coefficient)',
    unit: '1',
    formula: 'Σᵢ Σⱼ |xᵢ − xⱼ| ÷ (2·n·Σ xᵢ)',
    source: 'Gini 1912, Variabilità e mutabilità',
    better: 'lower',
    window: 'whole run',
    most: 1,
    meaning: 'Gini coefficient of accepted work over operators that ever joined',
    value: (run) => gini(byOperator(run, (node) => run.recorder.work.workSeconds(node))),
  },
  {
    name: 'nakamotoWork',
    label: 'fewest operators with more than half of the work',
    unit: 'operators',
    formula: 'least k such that the k largest have more than 1/2 of Σ xᵢ',
    source: 'Srinivasan and Lee 2017, Quantifying decentralization',
    better: 'higher',
    window: 'whole run',
    meaning: 'Fewest operators that did more than half of the accepted work together',
    value: (run) => nakamotoCoefficient(byOperator(run, (node) => run.recorder.work.workSeconds(node))),
  },
  {
    name: 'nodesOnline',
    label: 'nodes online at the end',
    unit: 'nodes',
    window: 'at the end',
    meaning: 'Identities that the network can reach at the end',
    isAtEnd: true,
    value: ({ world }) => world.onlineNodes.size,
  },
  {
    name: 'nodesPresent',
    label: 'nodes in the network at the end',
    unit: 'nodes',
    window: 'at the end',
    meaning: 'Identities in the network at the end',
    isAtEnd: true,
    value: ({ world }) => world.presentNodes.size,
  },
  {
    name: 'mintedTokens',
    label: 'tokens minted',
    unit: 'tokens',
    window: 'whole run',
    meaning: 'Minted so far',
    isAtEnd: true,
    value: ({ world }) => world.ledger.minted / microTokens,
  },
  {
    name: 'slashedTokens',
    label: 'tokens slashed',
    unit: 'tokens',
    window: 'whole run',
    meaning: 'Stake and bonds slashed from anybody, the whole run; bonds in a currency of their own left out',
    value: ({ world }) => world.ledger.slashed / microTokens,
  },
  {
    name: 'burnedTokens',
    label: 'tokens burned',
    unit: 'tokens',
    window: 'whole run',
    meaning: 'Burned so far',
    isAtEnd: true,
    value: ({ world }) => world.ledger.burned / microTokens,
  },
  {
    name: 'treasuryTokens',
    label: 'tokens in the treasury',
    unit: 'tokens',
    window: 'at the end',
    meaning: 'In the treasury at the end',
    isAtEnd: true,
    value: ({ world }) => world.ledger.treasury / microTokens,
  },
  {
    name: 'escrowTokens',
    label: 'tokens in escrow',
    unit: 'tokens',
    window: 'at the end',
    meaning: 'In escrow at the end',
    isAtEnd: true,
    value: ({ world }) => world.ledger.escrow / microTokens,
  },
  {
    name: 'conservationResidueMicroTokens',
    label: 'tokens that nobody accounts for',
    unit: 'micro-tokens',
    formula: 'initial + minted − (balances + stakes + bonds + escrow + treasury + burned)',
    window: 'at the end',
    meaning: 'Initial and minted tokens of each currency less everything there is; 0, or an internal error',
    isAtEnd: true,
    value: ({ world }) => ledgersOf(world).reduce((sum, ledger) => sum + Math.abs(ledger.residue()), 0),
  },
];
