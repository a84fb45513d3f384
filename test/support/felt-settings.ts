import { assignmentPolicies } from '../../sim/mechanisms/assignment/index.js';
import { reputationModels } from '../../sim/mechanisms/reputation/index.js';
import { rewardRules } from '../../sim/mechanisms/rewards/index.js';
import { slashingRules } from '../../sim/mechanisms/slashing/index.js';
import { verificationSchemes } from '../../sim/mechanisms/verification/index.js';
import { isDistributionNode, isDurationNode, type SettingNode } from '../../sim/scenario/schema/setting-tree.js';
import { optionsOf } from './settings-within.js';

export const registries = {
  assignment: assignmentPolicies,
  verification: verificationSchemes,
  reputation: reputationModels,
  slashing: slashingRules,
  rewards: rewardRules,
} as const;
export type Role = keyof typeof registries;

/** Two days in which everything that rules speak of happens: outages, mistakes, lies, comings and goings, queues. */
export const base = {
  seed: 1,
  horizon: '2d',
  warmUp: 0,
  network: 'world',
  protocol: {
    epoch: '6h',
    publish: { every: '10m', delay: '1m' },
    rewards: { kind: 'fee-split', bondFraction: 0.2, emission: 1 },
    verification: { kind: 'peer-attestation', peers: 3, threshold: 2, observes: 'result', errorProbability: 0.1 },
    assignment: { kind: 'weighted-random' },
    slashing: { kind: 'fixed', fraction: 0.02 },
  },
  fleet: {
    honest: {
      nodes: 12,
      hardware: 'reference-cpu',
      stake: 30,
      funds: 40,
      quality: 0.9,
      completion: 0.95,
      outages: { up: { exponential: { mean: '6h' } }, down: { exponential: { mean: '40m' } } },
      joins: { newcomers: { perDay: 6 } },
      leaves: { after: { exponential: { mean: '1d' } } },
    },
    liars: { nodes: 6, hardware: 'reference-cpu', stake: 80, funds: 40, strategy: 'always-wrong' },
  },
  workload: {
    jobs: { class: 'task', arrivals: { perHour: 60 }, work: { exponential: { mean: '8m' } }, fee: 0.5 },
  },
};

const numeric = ['workload.jobs.class=iot-oracle'];

const outcomes = [...numeric, 'protocol.verification={ kind: consensus, outcomeAfter: 1 }'];
/** Liars who are sure of themselves. */
const confident = [
  ...numeric,
  'protocol.verification={ kind: consensus, comparesConfidence: true }',
  'fleet.liars.strategy={ kind: always-wrong, confidence: 1, shift: 0.02 }',
];

/** Machines that become slower than they declare, and a scheme that measures it. */
const worn = ['fleet.honest.wear={ every: 6h, loss: 0.2 }', 'protocol.verification=proof-of-compute'];
const spoofers = ['protocol.verification=proof-of-compute', 'fleet.honest.wear={ every: 6h, loss: 0.5 }'];

/** Windows that are full after a few jobs. */
export const short = 'protocol.reputation={ window: 20, minJobs: 5 }';

/** What a setting needs beside it to be felt, or to be changed at all, by its path. */
export const beside: Readonly<Record<string, readonly string[]>> = {
  'verification.peer-attestation.replyWithin': ['protocol.verification.replyDelay={ exponential: { mean: 20s } }'],
  'verification.peer-attestation.threshold': ['protocol.verification.errorProbability=0.3'],
  'assignment.hash-power.benchmarks': ['fleet.honest.wear={ every: 6h, loss: 0.5 }'],
  'assignment.hash-power.falsePass': [
    'fleet.honest.wear={ every: 6h, loss: 0.5 }',
    'protocol.assignment.benchmarks=true',
  ],
  'verification.consensus.method': numeric,
  'verification.consensus.trim': [...numeric, 'protocol.verification.method=trimmed-mean'],
  'verification.consensus.tolerance': numeric,
  'verification.consensus.floor': [...numeric, 'workload.jobs.value.start=7e-10'],
  'verification.zero-knowledge.soundnessError': ['protocol.verification.proofFactor=2'],
  'verification.tee.brokenFrom': ['protocol.verification.brokenShare=0.5'],
  'rewards.fee-split.txCostTo': ['protocol.rewards.txCost=0.01'],
  'slashing.progressive.ejectAt': ['protocol.reputation.kind=ema'],
  ...Object.fromEntries(
    ['weights', 'window', 'minJobs', 'sla', 'regionalShare', 'realTime', 'resetDrop'].map((key) => [
      `reputation.window-composite.${key}`,
      [short],
    ]),
  ),
  'reputation.window-composite.tiers': [short, 'workload.jobs.tier=1'],
  'reputation.window-composite.quorum': [short, 'protocol.reputation.quorum.trustAbove=0'],
  'reputation.window-composite.stale': [short, 'fleet.liars.outages={ up: 10h, down: 30h }'],
  'reputation.oracle-composite.slashScar': [
    'protocol.slashing={ kind: matrix, leastQueries: 1000000, criticalFindings: [], challenged: { score: 0.3 } }',
    'protocol.slashing.uptime={ minor: 0.001, major: 0 }',
    'protocol.verification={ kind: optimistic, checkProbability: 1 }',
    'protocol.reputation.window=5',
  ],
  'reputation.oracle-composite.uptimeOver': ['horizon=12d'],
  'reputation.oracle-composite.stakeFull': ['protocol.reputation={ stakeWeight: 0.25, latencyWeight: 0 }'],
  'reputation.oracle-composite.ageFull': ['protocol.reputation={ ageWeight: 0.25, latencyWeight: 0 }'],
  'reputation.oracle-composite.accuracyAgainst': outcomes,
  'reputation.oracle-composite.zeroAccuracyAt': outcomes,
  'reputation.oracle-composite.confidenceWeight': confident,
  'verification.consensus.outcomeAfter': [
    ...outcomes,
    'protocol.reputation={ kind: oracle-composite, accuracyAgainst: outcome }',
  ],
  'verification.consensus.comparesConfidence': [
    ...confident,
    'protocol.reputation={ kind: oracle-composite, confidenceWeight: 1, priorWeight: 1 }',
  ],
  'reputation.stake-compute.computeWeight': spoofers,
  'verification.proof-of-compute.every': ['protocol.slashing.fraction=0.3', ...worn],
  'verification.proof-of-compute.tolerance': worn,
  'verification.proof-of-compute.passProbability': worn,
  'assignment.weighted-bids.priceScale': ['fleet.liars.strategy={ kind: always-wrong, bid: 0.3 }'],
  'assignment.weighted-bids.priceWeight': ['fleet.liars.strategy={ kind: always-wrong, bid: 0.3 }'],
  'rewards.fee-split.emissionBy': ['fleet.liars.throughput=2'],
  'rewards.fee-split.paysCheckers': ['protocol.verification={ kind: optimistic, checkProbability: 1 }'],
  'reputation.bonding-curve.latencyWeight': ['protocol.reputation={ latencyFull: 0.1, latencyNone: 2 }'],
  'reputation.bonding-curve.penaltyWeight': ['protocol.slashing={ kind: score }'],
  'reputation.bonding-curve.availabilityWeight': ['protocol.reputation.scale=5'],
  'reputation.bonding-curve.uptimeOver': ['horizon=12d'],
  'slashing.score.fraction': ['protocol.reputation.kind=bonding-curve'],
  'slashing.score.criticalFrom': ['protocol.reputation.kind=bonding-curve', 'workload.jobs.valueAtRisk=1'],
  'slashing.score.offlineFraction': ['protocol.reputation.kind=bonding-curve', 'protocol.slashing.criticalFrom=10'],
  'assignment.sortition.valueCap': ['protocol.reputation.kind=bonding-curve', 'workload.jobs.valueAtRisk=1'],
  'reputation.credibility.blacklists': ['protocol.reputation.counts=results'],
  'reputation.ema.floor': ['protocol.reputation.alpha=0.5'],
  giveUpAfter: [
    'protocol.verification.replyWithin=unlimited',
    'protocol.verification.replyDelay={ pareto: { minimum: 10m, shape: 0.5 } }',
  ],
  seesDoubleSigning: ['fleet.liars.strategy={ kind: equivocate, probability: 1 }'],
  directedJobs: ['fleet.liars.strategy=wash-trading'],
  acknowledgeWithin: ['protocol.queueLimit=3'],
  'checkIn.every': ['protocol.reputation.kind=step'],
  queueLimit: ['workload.jobs.arrivals.perHour=150'],
  'stake.delegatorShare': ['fleet.honest.delegated=50'],
  'stake.minimum': ['protocol.stake.minimum=10'],
  'stake.resourceToken': ['fleet.liars.strategy={ kind: sybil-swarm, machines: 2 }'],
  'importedScores.discount': ['fleet.honest.importedScore=1.2'],
  'stake.tellFallsAbove': ['fleet.liars.delegated=50', 'protocol.rewards.unbonding=1h'],
  'assignment.weighted-random.slow': [
    'protocol.reputation={ kind: window-composite, window: 20, minJobs: 5 }',
    'protocol.assignment.slow={ below: 0.1 }',
  ],
  'rewards.fee-split.boosts': ['protocol.reputation={ kind: window-composite, window: 20, minJobs: 5 }'],
  'assignment.weighted-random.probation': ['protocol.assignment.probation={ below: 0.9, rest: 1m }'],
  'insurance.premium': ['protocol.insurance={}'],
  'insurance.covers': ['protocol.insurance={ findings: [invalid, absence, timeout] }'],
  'insurance.findings': ['protocol.insurance={ premium: 1, covers: 1 }'],
  ...Object.fromEntries(
    ['most', 'price', 'priceTo', 'immunity'].map((key) => [
      `places.${key}`,
      ['protocol.places={ most: 10, price: 0.2, immunity: 4h }', 'fleet.honest.joins.newcomers.perDay=40'],
    ]),
  ),
  'lendAgainstScore.share': ['protocol.lendAgainstScore={}', 'fleet.honest.borrows=1'],
  'lendAgainstScore.interest': ['protocol.lendAgainstScore={}', 'fleet.honest.borrows=1'],
  'lendAgainstScore.repays': ['protocol.lendAgainstScore={}', 'fleet.honest.borrows=1'],
  'treasury.budget': ['protocol.treasury={ subsidy: { tokens: 1, epochs: 4 } }'],
  'treasury.subsidy.tokens': ['protocol.treasury={ subsidy: { tokens: 1, epochs: 4 } }'],
  'treasury.subsidy.epochs': ['protocol.treasury={ subsidy: { tokens: 1, epochs: 1 } }'],
  'suspension.window': ['protocol.suspension={ grace: 0 }'],
  'suspension.below': ['protocol.suspension={ grace: 0 }'],
  'suspension.grace': ['protocol.suspension={ below: 0.95 }'],
  'suspension.review.after': ['protocol.suspension={ below: 0.95, grace: 0, review: { networkWide: 1 } }'],
  'suspension.review.networkWide': ['protocol.suspension={ below: 0.95, grace: 0 }'],
  'appeal.within': ['protocol.appeal={}'],
  'appeal.committee': ['protocol.appeal={}', 'protocol.appeal.errorProbability=0.5'],
  'appeal.errorProbability': ['protocol.appeal={}'],
  'verification.optimistic.jurors': ['protocol.verification={ arbiter: jury, checkProbability: 1 }'],
  'verification.optimistic.jurorErrorProbability': ['protocol.verification={ arbiter: jury, checkProbability: 1 }'],
  // five votes of nodes a world apart take longer than the least of these
  'verification.optimistic.juryWithin': ['protocol.verification={ arbiter: jury, checkProbability: 1 }'],
  'verification.optimistic.jackpot': [
    'protocol.verification={ checkProbability: 1, forcedErrorProbability: 1 }',
    'money.treasury=1000',
  ],
  // else every answer is late, and graver than what is minor
  'slashing.matrix.minor': [
    'protocol.slashing.latency={ minor: 2h, major: 3h, end: 4h }',
    'protocol.slashing.uptime.major=0.5',
    'fleet.honest.completion=1',
    'workload.jobs.deadline=none',
  ],
  'slashing.matrix.challenged': ['protocol.verification={ kind: optimistic, checkProbability: 1 }'],
  'slashing.matrix.critical': ['protocol.slashing.criticalFindings=[invalid]'],
  ...Object.fromEntries(
    ['below', 'leastJobs', 'fraction', 'grace', 'resets'].map((key) => [
      `slashing.success-rate.${key}`,
      ['protocol.reputation={ kind: window-composite, window: 20, minJobs: 5 }', 'protocol.slashing.leastJobs=3'],
    ]),
  ),
  'verification.by-class.otherwise': ['protocol.verification={ otherwise: { kind: recompute, share: 0 } }'],
  'verification.by-class.classes': ['protocol.verification={ classes: { task: { kind: recompute, share: 0 } } }'],
  'slashing.by-class.classes': ['protocol.slashing={ classes: { task: fixed } }'],
  'rewards.by-class.classes': ['protocol.rewards={ classes: { task: fee-split } }'],
  'slashing.correlated.multiplier': ['protocol.slashing={ base: { kind: fixed, fraction: 0.5 }, period: 1 }'],
};

/** Settings that are bound to others, with the change of all of them. */
export const together: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'rewards.fee-split.operator': { operator: 0.7, treasury: 0.25 },
  'rewards.fee-split.verifiers': { verifiers: 0.1, treasury: 0.05 },
  'rewards.fee-split.treasury': { treasury: 0.05, operator: 0.9 },
  'insurance.findings': { findings: ['invalid'] },
  'slashing.fixed.ejectsFor': { ejectsFor: ['invalid'] },
  'slashedTo.burn': { burn: 0.5, treasury: 0.5 },
  'slashedTo.challenger': { challenger: 0.5, burn: 0.5 },
  'slashedTo.treasury': { treasury: 0.5, burn: 0.5 },
  'slashedTo.insurance': { insurance: 0.5, burn: 0.5 },
  'slashedTo.byFinding': { byFinding: { invalid: { treasury: 1 } } },
  'slashing.fixed.clawBack': { clawBack: { invalid: 1 } },
  'rewards.fee-split.holdLowScores': { holdLowScores: { below: 1_000, epochs: 2 } },
  'slashing.fixed.byFinding': { byFinding: { invalid: 0.3 } },
  'slashing.correlated.base': { base: { kind: 'fixed', fraction: 0.5 } },
  'slashing.matrix.latency': { latency: { minor: '2h', major: '3h', end: '4h' } },
  'slashing.matrix.deviation': { deviation: { minor: 0.02 } },
  'slashing.matrix.uptime': { uptime: { minor: 0.99, major: 0.98 } },
  'slashing.matrix.criticalFindings': { criticalFindings: ['invalid'] },
  'slashing.matrix.minor': { minor: { fraction: { from: 0.02, to: 0.04 } } },
  'slashing.matrix.challenged': { challenged: { bondFraction: 1, score: 0.5 } },
  'slashing.matrix.lowScore': { lowScore: { below: 1.5 } },
  'slashing.matrix.major': { major: { fraction: { from: 0.2, to: 0.3 } } },
  'slashing.matrix.critical': { critical: { fraction: 0.5 } },
  'reputation.oracle-composite.accuracyWeight': { accuracyWeight: 0.3 },
  'reputation.oracle-composite.latencyWeight': { latencyWeight: 0.1 },
  'reputation.oracle-composite.uptimeWeight': { uptimeWeight: 0.1 },
  'reputation.oracle-composite.stakeWeight': { stakeWeight: 0.25, latencyWeight: 0 },
  'reputation.oracle-composite.ageWeight': { ageWeight: 0.25, latencyWeight: 0 },
  'reputation.oracle-composite.latency': { latency: { full: 1, none: 30 } },
  'reputation.stake-compute.weights': { weights: { completion: 0.1, accuracy: 0.8, uptime: 0.1 } },
  'reputation.bonding-curve.latencyFull': { latencyFull: 0.1 },
  'reputation.bonding-curve.latencyNone': { latencyFull: 0, latencyNone: 0.5 },
  'assignment.sortition.valueCap': { valueCap: 0.001 },
  'reputation.window-composite.weights': { weights: { success: 0.2, sla: 0.3, latency: 0.5 } },
  'reputation.window-composite.sla': { sla: { times: 0.1, atLeast: 0 } },
  'reputation.window-composite.realTime': { realTime: { classes: ['task'], medianMost: '1m' } },
  'reputation.window-composite.tiers': { tiers: { successLeast: 1 } },
  'reputation.window-composite.stale': { stale: { after: 0, perDay: 0.9 } },
  'verification.by-class.otherwise': { otherwise: { kind: 'recompute', share: 1 } },
  'verification.by-class.classes': { classes: { task: { kind: 'recompute', share: 1 } } },
  'slashing.by-class.otherwise': { otherwise: { kind: 'fixed', fraction: 0.5 } },
  'slashing.by-class.classes': { classes: { task: { kind: 'fixed', fraction: 0.5 } } },
  'rewards.by-class.otherwise': { otherwise: { kind: 'fee-split', emission: 5 } },
  'rewards.by-class.classes': { classes: { task: { kind: 'fee-split', txCost: 0.01 } } },
  'reputation.window-composite.quorum': { quorum: { classes: ['task'], trustAbove: 1 } },
  'assignment.weighted-random.slow': { slow: { below: 1, factor: 0.1 } },
  'rewards.fee-split.boosts': { boosts: { score: 1, from: 0.1, full: 0.2 } },
  'slashing.success-rate.grace': { grace: { scoreFrom: 0, epochs: 1 } },
  'assignment.weighted-random.probation': { probation: { below: 0.9, rest: '1h' } },
};

/** Values that a setting may take, whichever it has. */
export function valuesOf(node: SettingNode): readonly unknown[] {
  const options = optionsOf(node);
  if (isDistributionNode(node)) return ['20s', 1];
  if (options.some(({ type }) => type === 'boolean')) return [true, false];
  const words = options.flatMap((option) => [
    ...(option.enum ?? []),
    ...(option.const === undefined ? [] : [option.const]),
  ]);
  if (options.some(isDurationNode)) return ['3s', '3m', '3h', '3d', '100ms', 0, ...words];
  const numeric = options.find(({ type }) => type === 'number' || type === 'integer');
  if (numeric !== undefined) {
    const { minimum = 0, maximum = 100, default: standard } = { ...numeric, ...node };
    const near = typeof standard === 'number' ? [2 * standard, standard / 2, standard + 1] : [];
    return [...near, 0.4, 2, minimum, Math.min(maximum, 32), 20, ...words];
  }
  if (node.additionalProperties !== undefined) return [{ task: 4 }];
  return words;
}
