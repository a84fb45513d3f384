import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadScenario } from '../../../sim/scenario/load.js';
import { InvalidInput, toWarningLine } from '../../../sim/scenario/text/faults.js';
import { loadText } from '../../support/scenarios.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const base = [
  'horizon: 30d',
  'protocol: { extends: triangulated-mesh }',
  'fleet: { honest: { nodes: 20 }, swarm: { nodes: 5, strategy: sybil-swarm } }',
  'workload: { batch: { arrivals: { perHour: 5 } } }',
].join('\n');

/** Paths warned of, and what comes of each. */
const told = (...set: string[]) => loadText(base, ...set).warnings.map(({ path, why }) => `${path}: ${why}`);

describe('warnings', () => {
  test('there are none in what the package brings', () => {
    const files = readdirSync(join(root, 'scenarios'), { recursive: true, encoding: 'utf8' }).sort();
    const own = files.filter((file) => file.endsWith('.yaml') && !/^(hardware|regions|workloads|protocols)/.test(file));
    expect(own.length).toBeGreaterThan(40);
    // what names an own folder of records can't be read without leave
    for (const file of own.filter((name) => !name.startsWith('traces'))) {
      expect(loadScenario(join(root, 'scenarios', file), { withTraces: false }).warnings, file).toEqual([]);
    }
    expect(told()).toEqual([]);
  });

  test('have a place, what was expected and found, and what comes of it', () => {
    const { warnings } = loadText(`${base}\nstress: { outages: { late: { region: europe, at: 45d, for: 1h } } }\n`);
    expect(warnings.map(toWarningLine).map((line) => line.replace(/\/.*\//, ''))).toEqual([
      'warning scenario.yaml:5:50: stress.outages.late.at: expected a time before the horizon, 30d, found 45d, ' +
        'so that it never happens',
    ]);
  });

  test.each([
    ['stress.outages.x={region: europe, at: [1d, 45d], for: 1h}', 'stress.outages.x.at.1: so that it never happens'],
    ['stress.outages.x={region: europe, between: 45d, for: 1h}', 'stress.outages.x.between: so that it never happens'],
    ['stress.bugs.x={region: europe, at: 31d, for: 1h}', 'stress.bugs.x.at: so that it never happens'],
    ['stress.bugs.x={region: europe, at: 1d, for: 6}', 'stress.bugs.x.for: which is in seconds'],
    [
      'stress.outages.x={region: europe, at: 1d, for: 1h, share: 0}',
      'stress.outages.x.share: so that it strikes nobody',
    ],
    [
      'workload.batch.arrivals.surges.x={at: 30d, for: 1h, factor: 2}',
      'workload.batch.arrivals.surges.x.at: so that it never happens',
    ],
    [
      'protocol.verification={kind: margin, returnedMost: 63}',
      'protocol.verification.returnedMost: so that more may be wanted than there is anybody for',
    ],
    [
      'protocol.verification={kind: spot-check, probability: 0}',
      'protocol.verification.probability: so that nothing is ever checked',
    ],
    [
      'protocol.verification={kind: credibility, assumedFaulty: 0.1, errorMost: 0.2}',
      'protocol.verification.errorMost: so that any first result is taken',
    ],
    [
      'protocol.verification={kind: credibility, errorMost: 0.001, probability: 0, returnedMost: 3}',
      'protocol.verification.errorMost: so that no answer is ever credible',
    ],
    [
      'protocol.verification={kind: zero-knowledge, soundnessError: 1}',
      'protocol.verification.soundnessError: so that every wrong result passes',
    ],
    [
      'protocol.verification={kind: tee, brokenShare: 0, brokenFrom: 5d}',
      'protocol.verification.brokenFrom: so that no machine is ever broken',
    ],
    [
      'protocol.verification={kind: tee, brokenShare: 0.5, brokenFrom: 30d}',
      'protocol.verification.brokenFrom: so that no machine is ever broken',
    ],
    [
      'protocol.slashing={kind: fixed, ejectsFor: [spotCheckFailed]}',
      'protocol.slashing.ejectsFor: so that nobody is ejected for it',
    ],
    ['protocol.assignment=cheapest', 'protocol.assignment: so that who was declared first gets all that it can do'],
    ['protocol.assignment={kind: elected, seats: 25}', 'protocol.assignment.seats: so that all serve'],
    ['protocol.assignment={kind: sortition, floor: 2}', 'protocol.assignment.floor: so that scores don’t matter'],
    [
      'protocol.assignment={kind: weighted-random, probation: {below: 0}}',
      'protocol.assignment.probation.below: so that nobody is on probation',
    ],
    [
      'protocol.assignment={kind: weighted-random, probation: {below: 1, feeMost: 0.01}}',
      'protocol.assignment.probation.feeMost: so that who is on probation gets no job, and stays on it',
    ],
    ['fleet.honest.strategy={kind: bidder, step: 0}', 'fleet.honest.strategy.step: so that its bid never changes'],
    ['workload.batch.minimumScore=0', 'workload.batch.minimumScore: so that it keeps nobody out'],
    [
      'protocol.assignment={kind: weighted-random, probation: {below: 2.1}}',
      'protocol.assignment.probation.below: so that everybody is on probation at any score',
    ],
    [
      'protocol.slashing={kind: matrix, lowScore: {below: 2.1}}',
      'protocol.slashing.lowScore.below: so that nobody’s ever falls below it',
    ],
    [
      'protocol.rewards={holdLowScores: {below: 2.1}}',
      'protocol.rewards.holdLowScores.below: so that all pay waits longer',
    ],
    [
      'protocol.rewards={holdLowScores: {below: 1, lowest: {below: 0, epochs: 3}}}',
      'protocol.rewards.holdLowScores.lowest.below: so that nobody’s pay waits that long',
    ],
    ['workload.batch.gatedShare=0.5', 'workload.batch.gatedShare: so that none asks for a score'],
    ['workload.batch.tier=1', 'workload.batch.tier: so that any node may serve it under step'],
    [
      'workload.batch.arrivals.surges.x={at: 3d, for: 1h, factor: 1}',
      'workload.batch.arrivals.surges.x.factor: so that nothing changes',
    ],
    ['fleet.swarm.joins={at: 45d}', 'fleet.swarm.joins.at: so that none of the nodes ever joins'],
    ['fleet.swarm.joins={at: 25d, over: 20d}', 'fleet.swarm.joins.over: so that some of the nodes never join'],
    ['fleet.swarm.joins={at: 10}', 'fleet.swarm.joins.at: which is in seconds'],
    [
      'fleet.honest.joins.newcomers={perDay: 1, from: 31d}',
      'fleet.honest.joins.newcomers.from: so that no newcomer ever comes',
    ],
    ['fleet.honest.joins.newcomers={perDay: 0}', 'fleet.honest.joins.newcomers: so that no newcomer ever comes'],
    ['fleet.honest.leaves={at: 30d}', 'fleet.honest.leaves.at: so that nobody ever leaves'],
    ['fleet.honest.leaves={after: 60d}', 'fleet.honest.leaves.after: so that nobody ever leaves'],
    [
      'fleet.honest.maintenance={every: 7d, for: 1h, at: 40d}',
      'fleet.honest.maintenance.at: so that no window ever begins',
    ],
    ['fleet.honest.wear={every: 40d, loss: 0.1}', 'fleet.honest.wear.every: so that nothing ever wears'],
    ['fleet.honest.wear={every: 4d, loss: 0}', 'fleet.honest.wear.loss: so that nothing wears'],
    ['fleet.honest.stake=9', 'fleet.honest.stake: so that none of its nodes ever gets work'],
    ['workload.batch.arrivals.perHour=0', 'workload.batch.arrivals: so that no job ever arrives'],
    ['workload.batch.arrivals={perHour: null, every: 30d}', 'workload.batch.arrivals: so that no job ever arrives'],
    ['workload.batch.arrivals={perHour: null, at: [31d, 32d]}', 'workload.batch.arrivals: so that no job ever arrives'],
    ['protocol.suspension={grace: 30}', 'protocol.suspension.grace: so that nobody is ever suspended'],
    [
      'protocol.suspension={review: {networkWide: 0}}',
      'protocol.suspension.review.networkWide: so that nobody is ever suspended',
    ],
    ['workload.batch.fee=200000000', 'workload.batch.fee: so that no job is ever paid for, nor done'],
    [
      'fleet={honest: {hardware: cpu-server}, swarm: {hardware: cpu-server}}',
      'workload.batch.class: so that none of its jobs is ever done',
    ],
    ['sampleEvery=1s', 'sampleEvery: so that tables and charts become as large'],
    ['warmUp=29d', 'warmUp: so that no sample is taken after it'],
    ['warmUp=3', 'warmUp: which is in seconds'],
    ['protocol.publish.delay=30d', 'protocol.publish.delay: so that no score is ever published again'],
    [
      'protocol.slashing={kind: fixed, bondFraction: 0.5}',
      'protocol.slashing.bondFraction: so that there is none to slash',
    ],
    ['protocol.slashing={kind: fixed, fraction: 0}', 'protocol.slashing.fraction: so that no failure costs anything'],
    [
      'protocol.slashing={kind: fixed, fraction: 0, jailEpochs: 1}',
      'protocol.slashing.fraction: so that a failure costs nothing but time in jail',
    ],
    [
      'protocol.slashing.maxFraction=0',
      'protocol.slashing.maxFraction: so that nothing is slashed but from who is ejected',
    ],
    [
      'protocol.reputation={gain: 0, loss: 0, checkInGain: 0, checkInLoss: 0}',
      'protocol.reputation.gain: so that no score ever moves',
    ],
    ['protocol.reputation={gain: 0, loss: 0}', 'protocol.reputation.gain: so that no job ever moves a score'],
    ['protocol.reputation.gain=0.00001', 'protocol.reputation.gain: so that it counts as 0'],
    ['protocol.reputation={kind: ema, alpha: 0}', 'protocol.reputation.alpha: so that no score ever moves'],
    ['protocol.acknowledgeWithin=21ms', 'protocol.acknowledgeWithin: so that no attempt ever begins'],
    ['protocol.verification.0.replyWithin=21ms', 'protocol.verification.0.replyWithin: so that no reply ever counts'],
    ['fleet.swarm.completion=0', 'fleet.swarm.completion: so that none of its attempts ever ends with a result'],
    [
      'fleet={honest: {completion: 0}, swarm: {completion: 0}}',
      'fleet.swarm.completion: so that no job is ever completed',
    ],
    [
      'fleet.honest.outages={up: 30d, down: 1h}',
      'fleet.honest.outages.up: so that no machine is ever down of its own accord',
    ],
    ['fleet.honest.outages={up: 1d, down: 0}', 'fleet.honest.outages.down: so that nobody is ever down'],
    ['workload.batch.work=100d', 'workload.batch.work: so that hardly any of its jobs is ever done'],
    ['workload.batch.arrivals.peakAt=3h', 'workload.batch.arrivals.peakAt: so that there is no wave with a peak'],
    [
      'expect=[{metric: completedFraction, atLeast: 0.5}, {metric: completedFraction, below: 0.5}]',
      'expect.1: so that the two are never both met',
    ],
    ['protocol.reputation=ema', 'protocol.checkIn: so that they change no score'],
    ['protocol.reputation=beta', 'protocol.checkIn: so that they change no score'],
    [
      'protocol.slashing.neutral=3',
      'protocol.slashing.neutral: so that every failure is slashed, at the best score, too',
    ],
    ['protocol.reputation.lowest=0.5', 'protocol.slashing.ejectAt: so that nobody is ever ejected'],
    [
      'workload.batch.deadline={times: 0.5, atLeast: 1ms}',
      'workload.batch.deadline: so that hardly any of its jobs is ever done',
    ],
    [
      'workload.batch.deadline={times: 0.5, atLeast: 60s}',
      'workload.batch.deadline: so that hardly any of its jobs is ever done',
    ],
    [
      'protocol.rewards.bondFraction=0.5',
      'protocol.rewards.bondFraction: so that they get no work before they earn otherwise',
    ],
    ['protocol.slashing.ejectAt=2', 'protocol.slashing.ejectAt: so that the first failure ejects'],
    [
      'protocol.verification={kind: redundancy, replicas: 30}',
      'protocol.verification.replicas: so that replicas are wanted for which there is nobody',
    ],
    ['protocol.verification.0.peers=30', 'protocol.verification.0.peers: so that fewer are asked'],
    ['protocol.verification.0.replyDelay=31s', 'protocol.verification.0.replyDelay: so that no reply ever counts'],
    ['fleet.swarm.strategy={kind: collusion-ring, least: 9}', 'fleet.swarm.strategy.least: so that they never cheat'],
    ['fleet.swarm.strategy.machines=9', 'fleet.swarm.strategy.machines: so that only so many are used'],
    [
      'fleet.swarm.strategy.identitiesMost=9',
      'fleet.swarm.strategy.identitiesMost: so that no identity is added to those of the start',
    ],
    [
      'protocol.assignment.proximityExponents.tunel=2',
      'protocol.assignment.proximityExponents.tunel: so that it applies to no job',
    ],
    ['protocol.verification.1.share=0', 'protocol.verification.1.share: so that nothing is ever recomputed'],
    [
      'protocol.rewards.holdEpochs=31',
      'protocol.rewards.holdEpochs: so that no pay that is held comes out of escrow in it',
    ],
    [
      'fleet.swarm.strategy={kind: always-wrong, wrongProbability: 0}',
      'fleet.swarm.strategy.wrongProbability: so that it never cheats',
    ],
    ['fleet.swarm={strategy: honest}', 'workload.batch.valueAtRisk: so that nobody ever does'],
    ['fleet.swarm={strategy: honest}', 'expect.0.metric: so that it can’t be told'],
    ['expect=[{metric: newcomerParityMedianDays, below: 9}]', 'expect.0.metric: so that it can’t be told'],
    ['expect=[{metric: outagesRecoveredFraction, above: 0}]', 'expect.0.metric: so that it can’t be told'],
    ['expect=[{metric: completedFraction, atLeast: 90}]', 'expect.0.atLeast: which is never met'],
    ['expect=[{metric: completedFraction, atMost: 1}]', 'expect.0.atMost: which is always met'],
    ['expect=[{metric: giniWork, above: 1}]', 'expect.0.above: which is never met'],
    ['expect=[{metric: giniIncome, atMost: 1}]', 'expect.0.atMost: which is always met'],
    ['expect=[{metric: completedFraction, below: 0.2, above: 0.5}]', 'expect.0.above: so that it is never met'],
    [
      'expect=[{metric: completedFraction, at: worstEpoch, below: 0.2, above: 0.5}]',
      'expect.0.above: so that it is never met',
    ],
    ['expect=[{metric: waitingMeanSeconds, below: -1}]', 'expect.0.below: which is never met'],
  ])('%s', (setting, expected) => {
    // samples a week apart leave a gap at the end
    const beside = setting.startsWith('warmUp=2') ? ['sampleEvery=7d'] : [];
    // what attackers alone could do or be asked about
    if (setting.includes('holdEpochs')) beside.push('protocol.rewards.unbonding=31d');
    if (setting.includes('honest}')) {
      beside.push('workload.batch.valueAtRisk=1', 'expect=[{metric: attackerProfitUsd, below: 0}]');
    }
    expect(told(setting, ...beside)).toContain(expected);
  });

  test('nothing where the setting can have its effect', () => {
    const slash = 'protocol.slashing={kind: fixed, fraction: 0, bondFraction: 0.5}';
    const bonds = ['protocol.rewards.bondFraction=0.5', 'fleet.honest.funds=9', 'fleet.swarm.funds=9'];
    expect(told(slash, ...bonds)).toEqual([]);
    expect(told('fleet.honest.outages={up: {exponential: {mean: 99d}}, down: 1h}')).toEqual([]);
    expect(told('protocol.acknowledgeWithin=22ms')).toEqual([]);
    expect(told('network=single', 'protocol.acknowledgeWithin=1ms')).toEqual([]);
    const [high, low] = [
      '{metric: completedFraction, atLeast: 0.5}',
      '{metric: completedFraction, atMost: 0.4, at: end}',
    ];
    expect(told(`expect=[${high}, ${low}]`)).toEqual([]);
  });

  test('scores that are published where no policy reads them', () => {
    const publish = 'protocol.publish={every: 1h}';
    const expected = 'protocol.publish: so that nobody reads what is published';
    for (const policy of ['uniform', 'round-robin', 'stake-weighted', '{kind: weighted-random, exponent: 0}']) {
      expect(told(`protocol.assignment=${policy}`, publish)).toContain(expected);
    }
    expect(told('protocol.assignment=weighted-random', publish)).toEqual([]);
    // jobs that ask for a score do
    expect(told('protocol.assignment=uniform', publish, 'workload.batch.minimumScore=0.1')).not.toContain(expected);
  });

  test('more tokens than can be counted, which emission comes to', () => {
    const emission = ['protocol.rewards.emission=10', 'fleet.swarm.stake=1200000000'];
    expect(told(...emission)).toEqual(['protocol.rewards.emission: so that at some time nothing more may be minted']);
    expect(told(emission[1]!)).toEqual([]);
  });

  test('a horizon of plain seconds, an epoch and an interval longer than it', () => {
    expect(told('horizon=30', 'protocol.epoch=7d', 'sampleEvery=1h').sort()).toEqual([
      'horizon: which is in seconds',
      'protocol.epoch: so that no epoch ends and nothing is paid out at the end of one',
      'sampleEvery: so that no sample is taken',
    ]);
    expect(told('horizon=12h')).toEqual(['horizon: so that no epoch ends and nothing is paid out at the end of one']);
  });

  test('validation jobs that no machine can do, and tunnels without a public address', () => {
    const tunnel = ['workload.batch.class=tunnel', 'fleet.honest.publicAddress=0', 'fleet.swarm.publicAddress=0'];
    expect(told(...tunnel)).toContain('workload.batch.class: so that none of its jobs is ever done');
    expect(loadText(base, ...tunnel).warnings[0]!.expected).toContain('a public address');
  });

  test('records that end before the horizon, with where they end', () => {
    const file = join(root, 'scenarios/traces/golem-january.yaml');
    // too few to be neighbours
    const few = ['warmUp=6h', 'protocol.verification.0.among=online'];
    const load = (horizon: string) =>
      loadScenario(file, { set: [`horizon=${horizon}`, ...few], allowPaths: [join(root, 'test/fixtures')] });
    expect(load('2d').warnings).toEqual([]);
    const joins = loadScenario(file, {
      set: ['horizon=2d', 'fleet.providers.joins.at=1d', ...few],
      allowPaths: [join(root, 'test/fixtures')],
    });
    expect(joins.warnings).toMatchObject([{ path: 'fleet.providers.joins.at', why: 'so that it says nothing' }]);
    expect(load('10d').warnings).toMatchObject([
      { path: 'fleet.providers.trace', found: 'records that end at 47h', why: 'so that nobody of them is there after' },
    ]);
  });
});

describe('is refused, as nothing can come of it', () => {
  const refused = (...set: string[]) => {
    try {
      loadText(base, ...set);
    } catch (error) {
      if (error instanceof InvalidInput) return error.faults.map(({ path, found, why }) => `${path} ${found} ${why}`);
      throw error;
    }
    return [];
  };

  test.each([
    [
      ['protocol.verification={kind: peer-attestation, peers: 30, threshold: 25}'],
      'protocol.verification.threshold 25 so that no attempt ever has enough signatures',
    ],
    [
      ['protocol.verification={kind: redundancy, replicas: 30, quorum: 26}'],
      'protocol.verification.quorum 26 so that no answer is ever accepted',
    ],
    [
      ['protocol.verification=[none, {kind: m-first, m: 6}]', 'fleet.honest=null'],
      'protocol.verification.1.m 6 so that no answer is ever accepted',
    ],
    [
      ['protocol.verification={kind: margin, lead: 8}', 'fleet.honest=null'],
      'protocol.verification.lead 8 so that no answer is ever accepted',
    ],
    [
      ['protocol.verification={kind: adaptive-replication, quorum: 7}', 'fleet.honest=null'],
      'protocol.verification.quorum 7 so that no answer is ever accepted',
    ],
  ])('%j', (set, expected) => {
    expect(refused(...set)).toEqual([expected]);
  });

  test('a minimum score above the highest that the model gives, even if few jobs state it', () => {
    expect(refused('workload.batch.minimumScore=2.1', 'workload.batch.gatedShare=0.1')).toEqual([
      'workload.batch.minimumScore 2.1 so that no node can ever serve these jobs',
    ]);
    expect(refused('workload.batch.minimumScore=2')).toEqual([]);
  });

  test('more sorts of jobs than masks have bits', () => {
    const asking = (from: number, to: number) =>
      Array.from(
        { length: to - from },
        (_, index) => `workload.w${from + index}={arrivals: {perHour: 1}, minimumScore: ${1 + (from + index) / 100}}`,
      );
    // of these the ungated one and that of recomputations are two
    expect(refused(...asking(0, 29))).toEqual([]);
    expect(refused(...asking(0, 30))).toEqual(['workload 32 undefined']);
    expect(refused(...asking(0, 29), 'workload.w0.gatedShare=0.5', 'workload.w1.tier=1')).toEqual([]);
  });

  test.each([
    ['workload.batch.arrivals={perSecond: 1000000000}', 'workload.batch.arrivals'],
    [
      'workload.batch.arrivals={perSecond: 1000000, surges: {x: {at: 1d, for: 20d, factor: 1000}}}',
      'workload.batch.arrivals',
    ],
    ['sampleEvery=1ms', 'sampleEvery'],
    ['fleet.honest.joins.newcomers={perSecond: 1000, most: 1}', 'fleet.honest.joins.newcomers'],
    ['fleet.honest.outages={up: 0.000001ms, down: {empirical: [0, 0, 0.00001ms]}}', 'fleet.honest.outages'],
  ])('%s, with the estimate', (setting, path) => {
    expect(refused(setting)).toEqual([expect.stringMatching(new RegExp(`^${path} about \\d`))]);
  });
});
