import { describe, expect, it } from 'vitest';
import { matrix } from '../../../sim/mechanisms/slashing/matrix.js';
import { AttemptKind, AttemptState } from '../../../sim/model/columns/attempts.js';
import { Evidence, EvidenceKind, EvidenceSource } from '../../../sim/model/contract/evidence.js';
import { Penalty } from '../../../sim/model/contract/findings/penalty.js';
import { LiveSettings } from '../../../sim/model/contract/live.js';
import { buildLoaded, contextsOf, loadText, records, runFinished, tableNamed } from '../../support/scenarios.js';

const { success, timeout, checkInMade, checkInMissed } = EvidenceKind;

const built = buildLoaded(
  loadText(`
    horizon: 1d
    protocol: { reputation: { kind: step, lowest: 0, highest: 2, initial: 1 } }
    fleet: { a: { nodes: 2, hardware: reference-cpu } }
    workload: { w: { class: task, arrivals: { perHour: 1 } } }
  `),
);
const { attempts, jobs, kinds, nodes } = built.world;
kinds.register([
  { name: 'deviation', meaning: 'Measured against the consensus', isFailure: false, isAccepted: true, rank: 1 },
]);
const deviation = kinds.indexOf('deviation');

/** What a node did in an epoch. */
interface Epoch {
  /** [s] */
  readonly latencies?: readonly number[];
  readonly unanswered?: number;
  readonly deviations?: readonly number[];
  /** Check-ins made, and missed. */
  readonly checkIns?: readonly [number, number];
  readonly doubleSigned?: boolean;
}

const of = (count: number, value: number) => Array.from({ length: count }, () => value);

function create(given: object = {}) {
  const context = contextsOf(built).slashing;
  kinds.register(matrix.kinds!);
  return matrix.create(new LiveSettings(context.jobs, [matrix.settings.parse({ kind: 'matrix', ...given })]), context);
}

/** Evidence on an attempt at node 0 that took so long; null for one that brought nothing. */
function answered(evidence: Evidence, seconds: number | null): Evidence {
  const attempt = attempts.take();
  attempts.node[attempt] = 0;
  attempts.kind[attempt] = AttemptKind.work;
  attempts.state[attempt] = seconds === null ? AttemptState.failed : AttemptState.returned;
  attempts.assignedAt[attempt] = 100;
  attempts.returnedAt[attempt] = 100 + (seconds ?? 0);
  evidence.about(0, seconds === null ? timeout : success, 1, -1, 0);
  evidence.attempt = attempt;
  return evidence;
}

/** The same of an answer to a job of its own. */
function answeredForJob(evidence: Evidence, seconds: number): Evidence {
  answered(evidence, seconds);
  const job = jobs.take();
  jobs.rulesVersion[job] = 0;
  jobs.lastAttempt[job] = evidence.attempt;
  attempts.nextOfJob[evidence.attempt] = -1;
  attempts.verdict[evidence.attempt] = success;
  evidence.job = job;
  return evidence;
}

function hear(rule: ReturnType<typeof create>, epoch: Epoch): void {
  const evidence = new Evidence();
  const tell = (kind: number, count: number, value = 0) => {
    evidence.about(0, kind, count, -1);
    evidence.value = value;
    rule.evidenceArrived!(evidence);
  };
  for (const seconds of epoch.latencies ?? []) rule.evidenceArrived!(answered(evidence, seconds));
  for (const none of of(epoch.unanswered ?? 0, 0)) rule.evidenceArrived!(answered(evidence, none === 0 ? null : none));
  for (const value of epoch.deviations ?? []) tell(deviation, 1, value);
  const [made, missed] = epoch.checkIns ?? [0, 0];
  if (missed > 0) tell(checkInMissed, missed);
  if (made > 0) tell(checkInMade, made);
  if (epoch.doubleSigned === true) tell(kinds.indexOf('doubleSigned'), 1);
}

/** What the epoch costs node 0: its cause, and the penalty. */
function costOf(epoch: Epoch, given: object = {}) {
  const rule = create(given);
  hear(rule, epoch);
  const penalty = new Penalty();
  rule.assess!(0, penalty);
  return penalty;
}

/** The cause by name, share of the stake, epochs in jail, change of a score from 0 to 2. */
const summary = ({ cause, stakeFraction, jailEpochs, scoreChange }: Penalty) => [
  cause === -1 ? 'nothing' : kinds.nameOf(cause),
  Math.round(stakeFraction * 1e6) / 1e6,
  jailEpochs,
  Math.round(scoreChange * 1e6) / 1e6 + 0,
];
const nothing = ['nothing', 0, 0, 0];
const forever = Number.POSITIVE_INFINITY;

describe('the cell of an epoch', () => {
  it.each([
    [{ latencies: of(10, 5) }, nothing],
    [{ latencies: of(10, 17.5) }, ['latencyBreach', 0.0125, 2, -0.06]],
    [{ latencies: of(10, 30) }, ['latencyBreach', 0.02, 3, -0.1]],
    [{ latencies: of(10, 45) }, ['latencyBreach', 0.1, 30, -0.6]],
    [{ latencies: of(10, 60) }, ['latencyBreach', 0.15, 50, -1]],
    [{ latencies: of(10, 3_600) }, ['latencyBreach', 0.15, 50, -1]],
    // the 95th percentile of 19 answers after 1 s and one after 100 s is 1 + 0.05 · 99 = 5.95 s: 0.038 into the band
    [{ latencies: [...of(19, 1), 100] }, ['latencyBreach', 0.00557, 1, -0.02304]],
  ])('%j by latency', (epoch: Epoch, expected) => {
    expect(summary(costOf(epoch))).toEqual(expected);
  });

  it.each([
    [0.0099, nothing],
    [0.01, ['deviationBreach', 0.005, 1, -0.02]],
    [0.03, ['deviationBreach', 0.0125, 2, -0.06]],
    [0.05, ['deviationBreach', 0.02, 3, -0.1]],
    [-0.125, ['deviationBreach', 0.1, 30, -0.6]],
    [0.2, ['deviationBreach', 0.15, 50, -1]],
    [0.2001, ['deviationBreach', 1, forever, -2]],
  ])('a median deviation of %d', (value, expected) => {
    // eleven values around the median
    expect(summary(costOf({ deviations: [...of(5, 0), value, ...of(5, 0.9)] }))).toEqual(expected);
  });

  it.each([
    [[95, 5], nothing],
    [
      [875, 125],
      ['uptimeBreach', 0.0125, 2, -0.06],
    ],
    [
      [80, 20],
      ['uptimeBreach', 0.02, 3, -0.1],
    ],
    [
      [40, 60],
      ['uptimeBreach', 0.1, 30, -0.6],
    ],
    [
      [0, 24],
      ['uptimeBreach', 0.15, 50, -1],
    ],
  ])('%j check-ins made and missed', (checkIns, expected) => {
    expect(summary(costOf({ checkIns: checkIns as [number, number] }))).toEqual(expected);
  });

  it('needs ten queries, but for the check-ins', () => {
    expect(summary(costOf({ latencies: of(9, 50), deviations: of(9, 0.5) }))).toEqual(nothing);
    expect(costOf({ latencies: of(9, 50), deviations: of(9, 0.5) }, { leastQueries: 9 }).stakeFraction).toBe(1);
  });

  it('is the gravest, and within a class the one furthest into its band', () => {
    const late = { latencies: of(10, 29) };
    expect(summary(costOf({ ...late, checkIns: [79, 21] }))[0]).toBe('uptimeBreach');
    expect(summary(costOf({ ...late, checkIns: [94, 6] }))[0]).toBe('latencyBreach');
    expect(summary(costOf({ ...late, checkIns: [79, 21], deviations: of(10, 0.3) }))[0]).toBe('deviationBreach');
  });

  it('is critical in silence while check-ins go on, and else as late as can be', () => {
    expect(summary(costOf({ unanswered: 10, checkIns: [24, 0] }))).toEqual(['silence', 1, forever, -2]);
    expect(summary(costOf({ unanswered: 10 }))).toEqual(['latencyBreach', 0.15, 50, -1]);
    expect(summary(costOf({ unanswered: 9, latencies: [1], checkIns: [24, 0] }))[0]).toBe('latencyBreach');
  });

  it('passes over queries during an outage, which counts as uptime', () => {
    nodes.onlineSince[0] = 101;
    expect(summary(costOf({ unanswered: 10, checkIns: [24, 0] }))).toEqual(nothing);
    nodes.onlineSince[0] = 0;
  });

  it('is critical for a finding that is named, which is reviewed first', () => {
    const penalty = costOf({ doubleSigned: true, latencies: of(10, 45) });
    expect(summary(penalty)).toEqual(['doubleSigned', 1, forever, -2]);
    expect([penalty.delayEpochs, penalty.ejects]).toEqual([1, false]);
    const expelled = costOf({ doubleSigned: true }, { critical: { sentence: 'ejected', review: 0, fraction: 0.5 } });
    expect([expelled.stakeFraction, expelled.delayEpochs, expelled.ejects, expelled.jailEpochs]).toEqual([
      0.5,
      0,
      true,
      0,
    ]);
  });

  it('is of that epoch alone, and of that node', () => {
    const rule = create();
    hear(rule, { latencies: of(10, 45), deviations: of(10, 0.3), checkIns: [0, 24], doubleSigned: true });
    const penalty = new Penalty();
    rule.assess!(1, penalty);
    expect(penalty.isNone).toBe(true);
    rule.epochEnded!(1);
    rule.assess!(0, penalty);
    expect(penalty.isNone).toBe(true);
  });
});

describe('evaluate: job', () => {
  it('judges each answer by itself, and the epoch by its check-ins alone', () => {
    const rule = create({ evaluate: 'job' });
    const penalty = new Penalty();
    rule.penalize(answered(new Evidence(), 45), 1, penalty);
    expect(summary(penalty)).toEqual(['latencyBreach', 0.1, 30, -0.6]);
    penalty.clear();
    const evidence = new Evidence().about(0, deviation, 1, -1);
    evidence.value = -0.03;
    rule.penalize(evidence, 1, penalty);
    expect(summary(penalty)).toEqual(['deviationBreach', 0.0125, 2, -0.06]);
    expect(summary(costOf({ latencies: of(10, 45), deviations: of(10, 0.3) }, { evaluate: 'job' }))).toEqual(nothing);
    expect(costOf({ checkIns: [0, 24] }, { evaluate: 'job' }).stakeFraction).toBe(0.15);
  });

  it.each([
    // latency alone costs 0.0125 of the stake, 2 epochs and 0.06 points of the score, or 0.1, 30 and 0.6
    [17.5, 0.005, 0, nothing],
    [17.5, 0.02, 0, nothing],
    [17.5, 0.04, 0, ['deviationBreach', 1 - (1 - 0.01625) / (1 - 0.0125), 3, -0.02]],
    [17.5, 0.125, 0, ['deviationBreach', 1 - 0.9 / (1 - 0.0125), 30, -0.54]],
    [45, 0.04, 0, nothing],
    [45, 0.3, 0, ['deviationBreach', 1, forever, -1.4]],
    [2, 0.03, 0, ['deviationBreach', 0.0125, 2, -0.06]],
    // of another job
    [17.5, 0.03, 1, ['deviationBreach', 0.0125, 2, -0.06]],
  ])('charges an answer of %d s that is %d off for the graver of both alone', (seconds, off, other, expected) => {
    const rule = create({ evaluate: 'job' });
    const [answer, one] = [answeredForJob(new Evidence(), seconds), answeredForJob(new Evidence(), 1)];
    const latency = new Penalty();
    rule.penalize(answer, 1, latency);
    // others may come in between, as where a result can be challenged for a while
    rule.penalize(one, 1, new Penalty());
    const evidence = Object.assign(new Evidence().about(0, deviation, 1, [answer, one][other]!.job), { value: off });
    const penalty = new Penalty();
    rule.penalize(evidence, 1, penalty);
    const [cause, share, ...rest] = expected as [string, number, number, number];
    expect(summary(penalty)).toEqual([cause, Math.round(share * 1e6) / 1e6, ...rest]);
    const isRest = other === 0 && cause === 'deviationBreach';
    expect(penalty.scoreChangeBefore + 0).toBe(isRest ? latency.scoreChange + 0 : 0);
  });

  it.each([
    // minor, (0.0383 − 0.01)/0.04 into the band: 0.5 to 2 % of 100 tokens, 10 to 50 points
    [0.04, 0.5 + (1.5 * ((0.04 * 23) / 24 - 0.01)) / 0.04, 10 + (40 * ((0.04 * 23) / 24 - 0.01)) / 0.04],
    // major, (0.0958 − 0.05)/0.15 into the band: 5 to 15 tokens, 100 to 500 points, of which 50 are for ever
    [0.1, 5 + (10 * ((0.1 * 23) / 24 - 0.05)) / 0.15, 50],
  ])('costs a slow answer that drifts by %d a day the graver of both, and one scar', async (drift, tokens, scar) => {
    const run = await runFinished(
      loadText(`
        horizon: 1d
        warmUp: 0d
        network: single
        protocol:
          assignment: uniform
          verification: { kind: consensus, committee: 4, quorum: 3, tolerance: 1 }
          reputation: oracle-composite
          slashing: { kind: matrix, evaluate: job }
        fleet:
          near: { nodes: 3, hardware: consumer-gpu, quality: 1, answers: { noise: 0, hallucination: 0 } }
          off:
            nodes: 1
            hardware: consumer-gpu
            throughput: 0.01
            quality: 1
            answers: { noise: 0, drift: ${drift}, hallucination: 0 }
        workload: { w: { class: oracle-query, arrivals: { at: [23h] }, work: 0.175s, fee: 0.01, deadline: none } }
      `),
    );
    const lost = records(tableNamed(run, 'slashings'));
    expect(lost.map(({ cause }) => cause)).toEqual(['latencyBreach', 'deviationBreach']);
    const sum = lost.reduce((all, { amountTokens }) => all + Number(amountTokens), 0);
    expect(sum).toBeCloseTo(tokens, 4);
    const scars = records(tableNamed(run, 'nodes')).map(({ scarPoints }) => Number(scarPoints));
    // scores are of whole points
    expect(Math.max(...scars)).toBe(Math.floor(scar));
  });
});

describe('a bond', () => {
  const bondOf = (evidence: Evidence, given: object) => {
    const penalty = new Penalty();
    create(given).penalize(evidence, 1, penalty);
    return [penalty.bondFraction, penalty.scoreChange + 0];
  };
  const refuted = () => {
    const evidence = answered(new Evidence(), 1);
    evidence.kind = EvidenceKind.invalid;
    evidence.source = EvidenceSource.dispute;
    return evidence;
  };

  it('is lost to a challenge that was upheld, and the score falls at once; by default nothing does', () => {
    const challenged = { bondFraction: 1, score: 0.1 };
    expect(bondOf(refuted(), { challenged })).toEqual([1, -0.2]);
    expect(bondOf(refuted(), {})).toEqual([0, 0]);
    // what its scheme finds is no challenge
    const found = answered(new Evidence(), 1);
    found.kind = EvidenceKind.invalid;
    found.source = EvidenceSource.scheme;
    expect(bondOf(found, { challenged })).toEqual([0, 0]);
  });

  it.each([
    [5, 0],
    [5.001, 0.1],
    [null, 0.1],
  ])('of an answer after %d s loses %d', (seconds, lost) => {
    expect(bondOf(answered(new Evidence(), seconds), { lateBondFraction: 0.1 })).toEqual([lost, 0]);
    expect(bondOf(answered(new Evidence(), seconds), {})).toEqual([0, 0]);
  });
});

describe('a low score', () => {
  const lowScore = { below: 0.4, fraction: 0.05 };

  it('costs once a fall, whatever else the epoch costs besides', () => {
    const rule = create({ lowScore });
    const costs = () => {
      const penalty = new Penalty();
      rule.assess!(0, penalty);
      rule.epochEnded!(1);
      return summary(penalty);
    };
    const before = nodes.score[0]!;
    nodes.score[0] = 0.4;
    expect(costs()).toEqual(nothing);
    nodes.score[0] = 0.39;
    expect(costs()).toEqual(['lowScore', 0.05, 0, 0]);
    expect(costs()).toEqual(nothing);
    nodes.score[0] = 0.4;
    expect(costs()).toEqual(nothing);
    nodes.score[0] = 0.39;
    hear(rule, { latencies: of(10, 45) });
    // 1 − 0.9 · 0.95
    expect(costs()).toEqual(['latencyBreach', 0.145, 30, -0.6]);
    nodes.score[0] = before;
  });

  it('costs nobody who begins below it, until it has been reached and the score falls again', () => {
    // a node begins at 1
    const rule = create({ lowScore: { below: 1.5, fraction: 0.05 } });
    const before = nodes.score[0]!;
    rule.nodeJoined!(0);
    const cost = (score: number) => {
      nodes.score[0] = score;
      const penalty = new Penalty();
      rule.assess!(0, penalty);
      return penalty.stakeFraction;
    };
    expect([cost(1), cost(0.3), cost(1.5), cost(1.49), cost(0.2)].map((share) => share > 0)).toEqual([
      false,
      false,
      false,
      true,
      false,
    ]);
    nodes.score[0] = before;
  });

  it('costs nothing by default', () => {
    const before = nodes.score[0]!;
    nodes.score[0] = 0;
    expect(summary(costOf({}))).toEqual(nothing);
    nodes.score[0] = before;
  });
});

describe('bands', () => {
  it.each([
    { latency: { minor: 30, major: 5 } },
    { latency: { end: 30 } },
    { deviation: { critical: 0.05 } },
    { uptime: { minor: 0.8 } },
    { minor: { fraction: { from: 0.03 } } },
    { major: { jailEpochs: { from: 51 } } },
    { minor: { fraction: { to: 0.06 } } },
    { minor: { jailEpochs: { to: 11 } } },
    { major: { score: { from: 0.04 } } },
    { critical: { fraction: 0.1 } },
    { critical: { score: 0.4 } },
  ])('out of order are refused: %j', (given) => {
    const { success: isTaken, error } = matrix.settings.safeParse({ kind: 'matrix', ...given });
    expect(isTaken).toBe(false);
    expect(error!.issues[0]!.message).toMatch(/^expected (minor|at least as (much|long))/);
  });
});

it('slashes multiply epoch by epoch: of 100 tokens two minor ones leave 100 · 0.98²', async () => {
  const result = await runFinished(
    loadText(`
      horizon: 3d
      warmUp: 0
      network: single
      protocol:
        epoch: 1d
        verification: none
        slashing: { kind: matrix, minor: { jailEpochs: { from: 0, to: 0 } } }
        rewards: { kind: fee-split, emission: 0 }
      fleet: { a: { nodes: 1, hardware: reference-cpu } }
      workload: { w: { class: task, arrivals: { perHour: 1 }, work: 30, jobs: 40, deadline: none } }
    `),
  );
  const slashings = records(tableNamed(result, 'slashings'));
  const [node] = records(tableNamed(result, 'nodes'));
  // each answer takes 30 s, the end of the minor band
  expect(slashings.map(({ cause, amountTokens }) => [cause, amountTokens])).toEqual([
    ['latencyBreach', 2],
    ['latencyBreach', 1.96],
  ]);
  expect(node!.stakeTokens).toBe(96.04);
});
