import { describe, expect, it } from 'vitest';
import type { Built } from '../../../sim/build/world.js';
import { AttemptState } from '../../../sim/model/columns/attempts.js';
import { NONE } from '../../../sim/model/columns/nodes.js';
import { Evidence, EvidenceKind, EvidenceSource } from '../../../sim/model/contract/evidence.js';
import { linesOf } from '../../support/refusals.js';
import { buildLoaded, loadText, runFinished, runUntil } from '../../support/scenarios.js';

const day = 86_400;

/** Nobody asks for anything unless a test says so. */
const base = `
  seed: oracle
  horizon: 90d
  warmUp: 0
  network: single
  protocol:
    epoch: 1d
    assignment: uniform
    verification: { kind: consensus, committee: 1, quorum: 1 }
    reputation: oracle-composite
    slashing: none
    attempts: 1
    publish: { every: 0, delay: 0 }
    checkIn: none
  fleet: { a: { nodes: 4, hardware: reference-cpu, stake: 100 } }
  workload: { w: { class: iot-oracle, arrivals: { perHour: 0 } }, v: { class: task, arrivals: { perHour: 0 } } }
`;
const noPrior = 'protocol.reputation.priorWeight=0';
const forEver = 'protocol.reputation.halfLife=unlimited';

const { success, invalid, timeout } = EvidenceKind;
const evidence = new Evidence();

interface Answer {
  readonly seconds?: number;
  readonly deviation?: number;
  readonly gap?: number;
  readonly kind?: number;
}

/** What the handlers do with an answer that took so long [s] and was so far off; one that failed brought nothing. */
function answer(
  { world, lives }: Built,
  node: number,
  { seconds = 0.1, deviation, gap, kind = success }: Answer,
): void {
  const { attempts, jobs, nodes, kinds, roles } = world;
  const job = jobs.take();
  jobs.rulesVersion[job] = 0;
  const attempt = attempts.take();
  attempts.node[attempt] = node;
  attempts.job[attempt] = job;
  attempts.assignedAt[attempt] = 0;
  attempts.returnedAt[attempt] = seconds;
  attempts.state[attempt] = kind === timeout ? AttemptState.failed : AttemptState.returned;
  const present = () => lives.nodeLife.scoreChanged(node, roles.reputation.scoreAfter(evidence, nodes.score[node]!));
  const jobClass = world.classes.findIndex(({ name }) => name === 'iot-oracle');
  evidence.about(node, kind, 1, job, jobClass);
  evidence.attempt = attempt;
  present();
  for (const [name, value] of [
    ['deviation', deviation],
    ['confidenceGap', gap],
  ] as const) {
    if (value === undefined) continue;
    evidence.about(node, kinds.indexOf(name), 1, job, jobClass);
    evidence.value = value;
    present();
  }
  attempts.recycle(attempt);
  jobs.recycle(job);
}

function many(built: Built, times: number, given: Answer): void {
  for (let one = 0; one < times; one++) answer(built, 0, given);
}

const scoreOf = ({ world }: Built, node = 0) => world.nodes.score[node]!;
const build = (...set: readonly string[]) => buildLoaded(loadText(base, ...set));

describe('oracle-composite', () => {
  it('is the prior for a new node', () => {
    expect(scoreOf(build())).toBe(500);
    expect(scoreOf(build('protocol.reputation.prior=300'))).toBe(300);
  });

  it('of deviations of 1 %, latencies of 1.4 s and no check-ins is 0.5 · 0.8 + 0.25 · 0.8 + 0.25 · 0.5', () => {
    const built = build(noPrior, forEver);
    many(built, 40, { deviation: 0.01, seconds: 1.4 });
    expect(scoreOf(built)).toBe(725);
  });

  it('draws nodes with few jobs towards the prior: (100 · 500 + 100 · 1,000) / 200', () => {
    const built = build(forEver, 'protocol.reputation.uptimeWeight=0', 'protocol.reputation.accuracyWeight=0.75');
    many(built, 100, { deviation: 0 });
    expect(scoreOf(built)).toBe(750);
  });

  it('without its uptime is the sample code’s, at most 750', () => {
    const built = build(noPrior, forEver, 'protocol.reputation.uptimeWeight=0');
    many(built, 20, { deviation: 0.004, seconds: 0.5 });
    // (920 · 50 + 1,000 · 25) / 100
    expect(scoreOf(built)).toBe(710);
  });

  it('forgets what is older than its window', () => {
    const built = build(noPrior, forEver, 'protocol.reputation.uptimeWeight=0', 'protocol.reputation.window=10');
    many(built, 10, { kind: invalid, deviation: 0.9, seconds: 60 });
    expect(scoreOf(built)).toBe(0);
    many(built, 10, { deviation: 0 });
    expect(scoreOf(built)).toBe(750);
  });

  it('counts an answer that never came as neither accurate nor fast', () => {
    const built = build(noPrior, forEver, 'protocol.reputation.uptimeWeight=0');
    many(built, 5, { deviation: 0 });
    many(built, 5, { kind: timeout });
    expect(scoreOf(built)).toBe(375);
  });

  it('goes back to the prior by a half for each half-life without jobs', () => {
    const built = build('protocol.reputation.uptimeWeight=0', 'protocol.reputation.accuracyWeight=0.75');
    many(built, 300, { deviation: 0 });
    expect(scoreOf(built)).toBe(875);
    runUntil(built, 30 * day);
    // 150 jobs against a prior of 100
    expect(scoreOf(built)).toBe(800);
    runUntil(built, 60 * day);
    expect(scoreOf(built)).toBe(Math.round((100 * 500 + 75 * 1_000) / 175));
  });

  it('measures uptime by check-ins over 30 days, in full from 99.5 %', () => {
    const quiet = ['protocol.checkIn={every: 1h}', noPrior, forEver];
    const built = build(...quiet, 'fleet.a.outages={ up: 18h, down: 6h }');
    many(built, 1, { deviation: 0 });
    runUntil(built, 20 * day);
    const share = built.world.measures.column('uptimeFraction')[0]!;
    expect(share).toBeGreaterThan(0.7);
    expect(share).toBeLessThan(0.8);
    expect(scoreOf(built)).toBe(Math.round(750 + (250 * share) / 0.995));
    const always = build(...quiet);
    many(always, 1, { deviation: 0 });
    runUntil(always, 2 * day);
    expect(scoreOf(always)).toBe(1_000);
  });

  it('counts stake and age up to what counts in full, if they weigh something', () => {
    const none = ['accuracyWeight', 'latencyWeight', 'uptimeWeight'].map((name) => `protocol.reputation.${name}=0`);
    const built = build(...none, noPrior, 'protocol.reputation={ stakeWeight: 0.6, ageWeight: 0.4, ageFull: 100d }');
    answer(built, 0, {});
    expect(scoreOf(built)).toBe(60);
    runUntil(built, 50 * day);
    expect(scoreOf(built)).toBe(260);
  });

  it('keeps 50 points of each penalty for ever, and lets the rest fade with the window', () => {
    const built = build(noPrior, forEver, 'protocol.reputation.window=20', 'protocol.checkIn={every: 1h}');
    const { roles, nodes } = built.world;
    runUntil(built, day);
    many(built, 20, { deviation: 0 });
    expect(scoreOf(built)).toBe(1_000);
    nodes.score[0] = roles.reputation.scoreMoved(0, -300);
    expect(scoreOf(built)).toBe(700);
    answer(built, 0, { deviation: 0 });
    // 950 − 250 · 19/20
    expect(scoreOf(built)).toBe(Math.round(950 - 237.5));
    many(built, 400, { deviation: 0 });
    expect(scoreOf(built)).toBe(950);
    nodes.score[0] = roles.reputation.scoreMoved(0, -30);
    many(built, 400, { deviation: 0 });
    expect(scoreOf(built)).toBe(920);
    nodes.score[0] = roles.reputation.historyReset(0);
    // the prior, less what stays
    expect(scoreOf(built)).toBe(420);
  });

  it('keeps 50 points of what one act costs, however many penalties that comes in', () => {
    const scarAfter = (...changes: readonly number[]) => {
      const built = build(noPrior, forEver);
      const { measures, nodes, roles } = built.world;
      let before = 0;
      for (const change of changes) {
        nodes.score[0] = roles.reputation.scoreMoved(0, change, before);
        before += change;
      }
      return measures.column('scarPoints')[0];
    };
    expect([scarAfter(-60), scarAfter(-60, -20), scarAfter(-30, -15), scarAfter(-30, -200)]).toEqual([50, 50, 45, 50]);
  });

  it('counts an upheld challenge as one more answer that is no good', () => {
    const built = build(noPrior, forEver, 'protocol.reputation.uptimeWeight=0');
    many(built, 3, { deviation: 0 });
    const { nodes, roles } = built.world;
    evidence.about(0, invalid, 1, NONE, 0);
    evidence.source = EvidenceSource.dispute;
    expect(roles.reputation.scoreAfter(evidence, nodes.score[0]!)).toBe(1_000 * (0.5 * 0.75 + 0.25));
  });

  it('takes of an answer’s accuracy what its confidence was too much, if that weighs something', () => {
    const given = [noPrior, forEver, 'protocol.verification.comparesConfidence=true'];
    const weighed = build(...given, 'protocol.reputation.confidenceWeight=0.5');
    answer(weighed, 0, { deviation: 0.01, gap: 0.4 });
    // 0.5 · 0.8 · (1 − 0.5 · 0.4) + 0.25 + 0.125
    expect(scoreOf(weighed)).toBe(695);
    const ignored = build(...given);
    answer(ignored, 0, { deviation: 0.01, gap: 0.4 });
    expect(scoreOf(ignored)).toBe(775);
  });

  it('refuses weights that sum to 0 or above 1, a prior above the best score, latencies out of order', () => {
    const lines = (reputation: string) =>
      linesOf(() => loadText(base.replace('reputation: oracle-composite', `reputation: ${reputation}`)));
    const zero = '{ kind: oracle-composite, accuracyWeight: 0, latencyWeight: 0, uptimeWeight: 0, prior: 0 }';
    expect(lines(zero)).toEqual([expect.stringMatching(/:10:.*expected weights that sum to more than 0/)]);
    expect(lines('{ kind: oracle-composite, stakeWeight: 0.1 }')).toEqual([
      expect.stringMatching(/:10:.*expected weights that sum to at most 1/),
    ]);
    expect(lines('{ kind: oracle-composite, uptimeWeight: 0, prior: 800 }')).toEqual([
      expect.stringMatching(/:10:.*expected at most the best score/),
    ]);
    expect(lines('{ kind: oracle-composite, latency: { full: 6s } }')).toEqual([
      expect.stringMatching(/:10:.*expected more than full/),
    ]);
    expect(lines('{ kind: oracle-composite, accuracyAgainst: outcome }')).toEqual([
      expect.stringMatching(/:10:.*a scheme that files outcomes/),
    ]);
  });
});

describe('scores by class', () => {
  it('tell what a node is good at', async () => {
    const text = base
      .replace('perHour: 0', 'perHour: 60')
      .replace('perHour: 0', 'perHour: 60')
      .replace('horizon: 90d', 'horizon: 5d')
      .replace('oracle-composite', '{ kind: oracle-composite, byClass: true, priorWeight: 1 }');
    // what can't be recomputed is near its own consensus; tasks are found to be wrong, and take longer
    const checked =
      'protocol.verification=[{ kind: consensus, committee: 1, quorum: 1 }, { kind: recompute, share: 1 }]';
    const { finished } = await runFinished(
      loadText(text, 'fleet.a.strategy=always-wrong', 'workload.v.work=10s', checked),
    );
    const { nodes, classes } = finished.world;
    const ofClass = (name: string) => nodes.classScore[classes.findIndex((one) => one.name === name)]!;
    // they differ by the accuracy's 500 points, less what the prior keeps of them
    expect(ofClass('iot-oracle') - ofClass('task')).toBeGreaterThan(400);
    expect(nodes.score[0]).toBeGreaterThan(ofClass('task'));
    expect(nodes.score[0]).toBeLessThan(ofClass('iot-oracle'));
  });
});

describe('accuracy against the outcome', () => {
  // all four agree on what is 3 % off: the consensus is theirs
  const lying = [
    'fleet.a.strategy={ kind: collusion-ring, least: 1, shift: 0.03 }',
    'protocol.verification={ committee: 3, quorum: 2, outcomeAfter: 1 }',
    'workload.w.arrivals.perHour=60',
    noPrior,
    forEver,
  ];

  it.each([
    ['consensus', 1],
    ['outcome', 0.4],
  ])('held against the %s, a colluding majority’s accuracy is %d', async (against, expected) => {
    const loaded = loadText(base, 'horizon=5d', ...lying, `protocol.reputation.accuracyAgainst=${against}`);
    const { finished } = await runFinished(loaded);
    expect(finished.world.measures.column('accuracyMean')[0]).toBeCloseTo(expected, 5);
  });

  it('is known at the end of an epoch, not before', () => {
    const built = build(...lying, 'protocol.reputation.accuracyAgainst=outcome');
    runUntil(built, day - 1);
    expect(built.world.measures.column('accuracyMean')[0]).toBeNaN();
    runUntil(built, day + 1);
    expect(built.world.measures.column('accuracyMean')[0]).toBeCloseTo(0.4, 5);
  });
});
