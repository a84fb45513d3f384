import { short } from './felt-settings.js';

/*
 * What settings inside of blocks need beside them to be felt from the start of a run: a scenario in which what they are
 * about happens. Those that aren't here need what `felt-settings` has for them, or for the block around them.
 */

const committee = [
  'workload.jobs.class=iot-oracle',
  'protocol.verification={ kind: consensus, outcomeAfter: 1 }',
  'protocol.slashing.latency={ minor: 2h, major: 3h, end: 4h }',
  'protocol.slashing.leastQueries=3',
];
const off = (shift: number) => [...committee, `fleet.liars.strategy={ kind: always-wrong, shift: ${shift} }`];

const quorum = [short, 'protocol.reputation.quorum={ classes: [task], trustAbove: 0.3, lockIn: 1d, epochs: 2 }'];
const tiers = (tier: number) => [short, 'protocol.reputation.tiers.successLeast=0', `workload.jobs.tier=${tier}`];
const slow = ['protocol.slashing.latency={ minor: 1s, major: 1m, end: 4h }'];
const uptime = ['protocol.slashing.latency={ minor: 2h, major: 3h, end: 4h }', 'protocol.slashing.leastQueries=1000'];

export const besideMoves: Readonly<Record<string, readonly string[]>> = {
  'assignment.weighted-random.probation.leastJobs': [
    'protocol.reputation={ kind: window-composite, window: 20, minJobs: 5 }',
    'protocol.assignment.probation={ below: 1, rest: 2h }',
  ],
  'publish.reporters': ['fleet.liars={ reporters: 3, strategy: reporter-collusion }'],
  'publish.threshold': [
    'protocol.publish.reporters=5',
    'fleet.liars={ reporters: 3, strategy: { kind: reporter-collusion, reports: nothing } }',
  ],
  'reputation.liquid-rank.weighting': ['workload.dear={ class: task, arrivals: { perHour: 20 }, work: 8m, fee: 5 }'],
  'reputation.window-composite.quorum': quorum,
  'reputation.window-composite.quorum.classes': [short],
  'reputation.window-composite.quorum.lockIn': [
    short,
    'protocol.reputation.quorum={ classes: [task], trustAbove: 0.65, lockIn: 1d, epochs: 2 }',
  ],
  'reputation.window-composite.realTime.medianMost': [short, 'protocol.reputation.realTime.classes=[task]'],
  'reputation.window-composite.sla.acknowledgeWithin': [short, 'protocol.reputation.sla.measureAt=orchestrator'],
  'reputation.window-composite.sla.atLeast': [short, 'protocol.reputation.sla.times=0'],
  'reputation.window-composite.sla.loadedTimes': [
    short,
    'protocol.reputation.sla={ times: 1, atLeast: 0 }',
    'protocol.queueLimit=3',
    'workload.jobs.arrivals.perHour=150',
  ],
  'reputation.window-composite.stale.perDay': [
    short,
    'protocol.reputation.stale.after=0',
    'fleet.liars.outages={ up: 10h, down: 30h }',
  ],
  'reputation.window-composite.tiers.standardAbove': tiers(1),
  'reputation.window-composite.tiers.premiumFrom': [
    ...tiers(2),
    'workload.open={ class: task, arrivals: { perHour: 60 }, work: 8m, fee: 0.5 }',
  ],
  'rewards.fee-split.holdLowScores.epochs': ['protocol.rewards.holdLowScores={ below: 1000, epochs: 2 }'],
  'rewards.fee-split.holdLowScores.lowest': [
    'protocol.rewards.holdLowScores={ below: 1000, epochs: 1, lowest: { below: 0.5, epochs: 2 } }',
  ],
  'slashing.matrix.deviation.minor': off(0.03),
  'slashing.matrix.deviation.major': off(0.08),
  'slashing.matrix.deviation.critical': off(0.1),
  'slashing.matrix.deviation.finding': off(0.1),
  'slashing.matrix.latency.minor': ['protocol.slashing.latency={ minor: 10m, major: 2h, end: 4h }'],
  'slashing.matrix.latency.major': ['protocol.slashing.latency={ minor: 1m, major: 20m, end: 4h }'],
  'slashing.matrix.lowScore': ['protocol.slashing.lowScore={ below: 0.45 }'],
  'slashing.matrix.major.jailEpochs': [
    ...slow,
    'protocol.slashing.minor.jailEpochs={ from: 0, to: 0 }',
    'protocol.slashing.major.jailEpochs={ from: 1, to: 4 }',
  ],
  'slashing.matrix.uptime.minor': uptime,
  'slashing.success-rate.grace.epochs': [
    'protocol.reputation={ kind: window-composite, window: 20, minJobs: 5 }',
    'protocol.slashing={ leastJobs: 3, grace: { scoreFrom: 0.5, epochs: 1 } }',
  ],
};

/** Settings that are bound to others, or are lists or names, with what moves them. */
export const moves: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'reputation.stake-compute.weights.completion': { completion: 0.2, accuracy: 0.6 },
  'reputation.stake-compute.weights.accuracy': { accuracy: 0.2, completion: 0.6 },
  'reputation.stake-compute.weights.uptime': { uptime: 0.6, completion: 0 },
  'reputation.window-composite.weights.success': { success: 0.2, latency: 0.5 },
  'reputation.window-composite.weights.sla': { sla: 0.1, latency: 0.4 },
  'reputation.window-composite.weights.latency': { latency: 0.5, success: 0.2 },
  'reputation.window-composite.realTime.classes': { classes: ['task'] },
  'reputation.window-composite.quorum.classes': { classes: ['task'] },
  'reputation.window-composite.tiers.premiumFrom': { premiumFrom: 0.75 },
  'slashing.matrix.deviation.finding': { finding: 'outcomeDeviation' },
  'slashing.matrix.uptime.minor': { minor: 0.99 },
};
