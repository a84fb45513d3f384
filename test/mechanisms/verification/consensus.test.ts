import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../../sim/model/contract/evidence.js';
import {
  buildLoaded,
  loadText,
  metricOf,
  numbers,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../support/scenarios.js';

const base = `
  horizon: 1d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    checkIn: none
    slashing: { kind: fixed, fraction: 0.01 }
    verification: { kind: consensus, committee: 5, quorum: 3 }
  fleet: { a: { nodes: 10, hardware: reference-cpu, quality: 1, answers: { hallucination: 0 } } }
  workload: { w: { class: iot-oracle, arrivals: { perHour: 20 }, fee: 1 } }
`;

const run = (...set: readonly string[]) => runFinished(loadText(base, ...set), { detail: true });
const attemptsOf = (result: Awaited<ReturnType<typeof run>>) => numbers(tableNamed(result, 'jobs'), 'attempts');
const one = (share: number) =>
  `fleet.liar={nodes: 1, hardware: reference-cpu, quality: 1, strategy: {kind: always-wrong, shift: ${share}}}`;

/** Failed and accepted attempts of the nodes of a cohort. */
function countsOf(result: Awaited<ReturnType<typeof run>>, cohort: string) {
  const nodes = records(tableNamed(result, 'nodes')).filter((node) => node.cohort === cohort);
  const sum = (name: string) => nodes.reduce((all, node) => all + Number(node[name]), 0);
  return { failed: sum('attemptsFailed'), accepted: sum('attemptsAccepted') };
}

describe('consensus', () => {
  it('asks a committee, takes its median, and pays all who are near it', async () => {
    const result = await run();
    expect(new Set(attemptsOf(result))).toEqual(new Set([5]));
    expect(metricOf(result, 'completedFraction')).toBe(1);
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    expect(countsOf(result, 'a').failed).toBe(0);
    expect(metricOf(result, 'answerErrorP95')).toBeLessThan(0.005);
    for (const { answer, trueAnswer } of records(tableNamed(result, 'jobs'))) {
      if (answer !== null) expect(Math.abs(Number(answer) / Number(trueAnswer) - 1)).toBeLessThan(0.01);
    }
  });

  it('finds who is further from it than the tolerance, and nobody else', async () => {
    const beyond = await run(one(0.1));
    expect(countsOf(beyond, 'liar')).toEqual({ failed: expect.any(Number), accepted: 0 });
    expect(countsOf(beyond, 'liar').failed).toBeGreaterThan(50);
    expect(countsOf(beyond, 'a').failed).toBe(0);
    const within = await run(one(0.03));
    expect(countsOf(within, 'liar').failed).toBe(0);
    const strict = await run(one(0.03), 'protocol.verification.tolerance=0.02');
    expect(countsOf(strict, 'liar').accepted).toBe(0);
  });

  it('gives the client the median: who was wrong within the tolerance has stolen nothing', async () => {
    const thief = await run(one(0.03), 'workload.w.valueAtRisk=5');
    expect(countsOf(thief, 'liar').accepted).toBeGreaterThan(50);
    expect(metricOf(thief, 'wrongAcceptedRate')).toBe(0);
    expect(thief.finished.recorder.stolen.every((amount) => amount === 0)).toBe(true);
    const alone = ['protocol.verification.committee=1', 'protocol.verification.quorum=1'];
    const unopposed = await run(one(0.03), 'workload.w.valueAtRisk=5', ...alone);
    expect(metricOf(unopposed, 'wrongAcceptedRate')).toBeGreaterThan(0.02);
    const jobs = metricOf(unopposed, 'jobsCompleted') * metricOf(unopposed, 'wrongAcceptedRate');
    expect(unopposed.finished.recorder.stolen.reduce((all, each) => all + each, 0)).toBeCloseTo(jobs * 5e6, 0);
  });

  it('files how far each answer was from it', () => {
    const built = buildLoaded(
      loadText(base, one(0.1), 'fleet.a.answers.noise=0', 'fleet.liar.answers={noise: 0, hallucination: 0}'),
    );
    const { kinds, ownership, roles } = built.world;
    const seen = [new Set<number>(), new Set<number>()];
    let filed = 0;
    let settled = 0;
    roles.slashing.penalize = ({ kind, subject, value, attempt }: Evidence) => {
      if (kind !== kinds.indexOf('deviation')) {
        if (attempt >= 0) settled++;
        return;
      }
      filed++;
      seen[ownership.cohort[subject]!]!.add(Math.round(value * 1e9) / 1e9);
    };
    runUntil(built, 86_400);
    expect(filed).toBeGreaterThan(1_000);
    expect(filed).toBe(settled);
    expect(seen).toEqual([new Set([0]), new Set([0.1])]);
  });

  it('without a quorum accepts nothing and blames nobody', async () => {
    const result = await run('fleet.a.nodes=4', 'fleet.a.completion=0.3', 'protocol.attempts=1');
    // at most four of five seats are taken, and three must return
    const share = 4 * 0.3 ** 3 * 0.7 + 0.3 ** 4;
    const ended = metricOf(result, 'jobsFinal');
    expect(Math.abs(metricOf(result, 'completedFraction') - share)).toBeLessThan(
      4 * Math.sqrt((share * (1 - share)) / ended),
    );
    expect(metricOf(result, 'jobsRejected')).toBeGreaterThan(0);
    const outcomes = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome === 'rejected');
    expect(outcomes.length).toBe(metricOf(result, 'jobsRejected'));
    expect(metricOf(result, 'honestStakeLostToInvalidTokens')).toBe(0);
  });

  it('of exact answers accepts that of a quorum', async () => {
    const exact = ['workload.w.class=task', 'workload.w.work=1s', 'fleet.a.answers=null'];
    const result = await run(one(0.1), ...exact);
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    expect(countsOf(result, 'liar').accepted).toBe(0);
    expect(countsOf(result, 'a').failed).toBe(0);
    expect(metricOf(result, 'answerErrorP50')).toBeNaN();
    const faulty = await run('fleet.a.quality=0', ...exact);
    expect(metricOf(faulty, 'jobsCompleted')).toBe(0);
    expect(metricOf(faulty, 'slashedTokens')).toBe(0);
  });

  it('under commit and reveal reckons with what was revealed', async () => {
    const withholds =
      'fleet.liar={nodes: 2, hardware: reference-cpu, quality: 1, strategy: {kind: always-wrong, reveals: false}}';
    const result = await run(withholds, 'protocol.verification.commitReveal=10s');
    expect(metricOf(result, 'completedFraction')).toBe(1);
    expect(metricOf(result, 'latencyP50Seconds')).toBeGreaterThan(10);
    expect(countsOf(result, 'liar')).toEqual({ failed: expect.any(Number), accepted: 0 });
    expect(countsOf(result, 'liar').failed).toBeGreaterThan(50);
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    expect(countsOf(result, 'a').failed).toBe(0);
  });

  it('in a list gives the client its value, too', async () => {
    const schemes = '[{kind: consensus, committee: 5, quorum: 3, tolerance: 1000}, {kind: recompute, share: 1}]';
    const result = await run(`protocol.verification=${schemes}`, one(0.5));
    expect(countsOf(result, 'liar').accepted).toBeGreaterThan(0);
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    expect(metricOf(result, 'answerErrorP95')).toBeLessThan(0.005);
  });

  it('refuses what can’t be, and says what is in vain', () => {
    const fault = (...set: string[]) => {
      try {
        loadText(base, ...set);
        return '';
      } catch (error) {
        return (error as Error).message;
      }
    };
    expect(fault('protocol.verification.quorum=6')).toContain('expected a quorum of at most the committee');
    expect(fault('protocol.verification.trim=0.5')).toContain('expected less than a half');
    expect(fault('fleet.a.nodes=2')).toContain('so that no answer is ever accepted');
    const said = (...set: string[]) => loadText(base, ...set).warnings.map(({ path, why }) => `${path}: ${why}`);
    expect(said()).toEqual([]);
    expect(said('fleet.a.nodes=4')).toEqual([
      'protocol.verification.committee: so that answers are wanted for which there is nobody',
    ]);
    expect(said('protocol.verification.trim=0.2')).toEqual(['protocol.verification.trim: so that nothing is left out']);
    expect(said('protocol.verification.method=trimmed-mean', 'protocol.verification.trim=0.1')).toEqual([
      'protocol.verification.trim: so that nothing is left out, and one answer can move the mean at will',
    ]);
    expect(said('workload.w.class=task', 'workload.w.tolerance=0.1')).toEqual(
      expect.arrayContaining([
        'protocol.verification: so that equal answers are counted, as by redundancy',
        'workload.w.tolerance: as its answers are exact',
        'fleet.a.answers: as answers are exact',
      ]),
    );
  });
});

describe('what a committee finds besides', () => {
  /** Values of the findings of a name about nodes, the honest ones' and the liar's. */
  function valuesOf(name: string, ...set: readonly string[]) {
    const built = buildLoaded(loadText(base, 'protocol.reputation=oracle-composite', ...set));
    const { kinds, ownership, roles } = built.world;
    const values: { honest: number[]; liar: number[] } = { honest: [], liar: [] };
    const times: number[] = [];
    const { reputation } = roles;
    const scoreAfter = reputation.scoreAfter.bind(reputation);
    reputation.scoreAfter = (evidence: Evidence, score) => {
      if (kinds.nameOf(evidence.kind) === name) {
        (ownership.cohort[evidence.subject] === 0 ? values.honest : values.liar).push(evidence.value);
        times.push(built.world.simulation.now);
      }
      return scoreAfter(evidence, score);
    };
    runUntil(built, 86_400);
    return { ...values, times };
  }
  const stated = 'fleet.a.strategy={ kind: honest, statesConfidence: true }';
  const sure = (shift: number, confidence: number) =>
    'fleet.liar={nodes: 1, hardware: reference-cpu, quality: 1, answers: {noise: 0, hallucination: 0}, ' +
    `strategy: {kind: always-wrong, shift: ${shift}, confidence: ${confidence}}}`;

  it('is how far confidence exceeds what the spread of the answers allows', () => {
    const compared = ['protocol.verification.comparesConfidence=true', 'fleet.a.answers.noise=0'];
    // all others agree: an answer may be off by a tenth of the tolerance, 0.005, and 0.005 / 0.02 is a quarter
    const { honest, liar } = valuesOf('confidenceGap', ...compared, stated, sure(0.02, 0.9));
    expect(honest).toEqual([]);
    expect(liar.length).toBeGreaterThan(50);
    for (const value of liar) expect(value).toBeCloseTo(0.65, 9);
    // who claims no more than that is let be
    expect(valuesOf('confidenceGap', ...compared, sure(0.02, 0.24)).liar).toEqual([]);
  });

  it('isn’t where nobody asks for it, or nobody states anything', () => {
    expect(valuesOf('confidenceGap', stated, sure(0.02, 0.9)).liar).toEqual([]);
    expect(valuesOf('confidenceGap', 'protocol.verification.comparesConfidence=true', one(0.02)).liar).toEqual([]);
  });

  it('is how far each answer was from what came to be, once that is known, and not before', () => {
    const exact = ['fleet.a.answers.noise=0', 'protocol.epoch=6h', 'protocol.verification.outcomeAfter=2'];
    const { honest, liar, times } = valuesOf('outcomeDeviation', ...exact, sure(0.02, 1));
    for (const value of honest) expect(value).toBeCloseTo(0, 9);
    for (const value of liar) expect(value).toBeCloseTo(0.02, 9);
    expect(liar.length).toBeGreaterThan(20);
    expect([...new Set(times)]).toEqual([43_200, 64_800, 86_400]);
    expect(valuesOf('outcomeDeviation', one(0.02)).times).toEqual([]);
  });
});
