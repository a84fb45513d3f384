import { describe, expect, it } from 'vitest';
import { AttemptState } from '../../sim/model/columns/attempts.js';
import { NONE, NodeState } from '../../sim/model/columns/nodes.js';
import { PanelRole } from '../../sim/model/columns/panels.js';
import { Evidence, EvidenceKind } from '../../sim/model/contract/evidence.js';
import { Penalty } from '../../sim/model/contract/findings/penalty.js';
import { runScenario } from '../../sim/run.js';
import { acceptedByNode } from '../support/accepted.js';
import {
  buildLoaded,
  finalJobs,
  loadText,
  metricOf,
  numbers,
  records,
  runUntil,
  tableNamed,
} from '../support/scenarios.js';

/** The protocol on a quiet network: what happens, the test brings about. */
const quiet = `
  protocol: { extends: triangulated-mesh, publish: { every: 0, delay: 0 } }
  seed: mesh-1
  horizon: 30d
  warmUp: 0
  network: single
  fleet: { a: { nodes: 20, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 0 }, work: 1m } }
`;

/** The same with a job a minute or so. */
const busy = [
  'workload.w.arrivals.perHour=60',
  'horizon=2d',
  'protocol.checkIn=none',
  'protocol.slashing.maxFraction=0.2',
];

const stake = 100e6;

const { roles } = buildLoaded(loadText(quiet)).world;

/** The score after one failed job of a node at this score, and what it costs, by the protocol's model and rule. */
function failureAt(score: number, kind: EvidenceKind = EvidenceKind.timeout) {
  const evidence = new Evidence().about(0, kind, 1, 0);
  const after = roles.reputation.scoreAfter(evidence, score);
  const penalty = new Penalty();
  roles.slashing.penalize(evidence, after, penalty);
  return { after, penalty };
}

describe('slashing in triangulated-mesh', () => {
  it('takes nothing from a node that falls from 1.2 to 1.1', async () => {
    const result = await runScenario(
      loadText(
        quiet,
        ...busy,
        'protocol.reputation.initial=1.2',
        'protocol.reputation.loss=0.1',
        'fleet.a.completion=0',
        'workload.w.jobs=1',
        'protocol.attempts=1',
      ),
    );
    const failed = records(tableNamed(result, 'nodes')).filter((node) => node.attemptsFailed === 1);
    expect(failed.map((node) => [node.score, node.stakeTokens])).toEqual([[1.1, 100]]);
  });

  it.each([1.02, 1.5, 2])('takes nothing where the score after the failure is at or above 1.0: from %d', (score) => {
    const { after, penalty } = failureAt(score);
    expect(after).toBeGreaterThanOrEqual(1);
    expect([penalty.stakeFraction, penalty.ejects, penalty.jailEpochs]).toEqual([0, false, 0]);
  });

  it.each([1.015, 1, 0.9, 0.5, 0.03])('takes 0.2·(1 − R)² by the score R after the failure: from %d', (score) => {
    const { after, penalty } = failureAt(score);
    expect(after).toBeCloseTo(score - 0.02, 12);
    expect(penalty.stakeFraction).toBeCloseTo(0.2 * (1 - after) ** 2, 12);
    expect(penalty.ejects).toBe(false);
  });

  it('takes each time that share of what remains: failure after failure down to 0.0 by the run itself', async () => {
    const set = ['fleet.a.nodes=1', 'fleet.a.completion=0', 'protocol.attempts=1', 'protocol.verification=none'];
    const result = await runScenario(loadText(quiet, ...busy, ...set, 'fleet.a.slots=1', 'horizon=10d'));
    const slashings = records(tableNamed(result, 'slashings'));
    let remaining = stake;
    slashings.forEach((slashing, place) => {
      const score = (10_000 - 200 * (place + 1)) / 10_000;
      expect(slashing.score).toBe(score);
      const fraction = score === 0 ? 1 : 0.2 * (1 - score) ** 2;
      expect(Math.abs(Number(slashing.amountTokens) * 1e6 - remaining * fraction)).toBeLessThanOrEqual(1);
      remaining -= Math.round(Number(slashing.amountTokens) * 1e6);
    });
    // below the minimum stake of 10 the node gets no more work
    expect(remaining).toBeLessThan(10e6);
    expect(numbers(tableNamed(result, 'nodes'), 'stakeTokens')).toEqual([remaining / 1e6]);
  });

  it('takes the whole stake at 0.0 and ejects the node', async () => {
    const set = ['fleet.a.nodes=1', 'fleet.a.completion=0', 'protocol.attempts=1', 'protocol.stake.minimum=0'];
    const alone = 'protocol.verification=none';
    const result = await runScenario(loadText(quiet, ...busy, ...set, alone, 'horizon=10d'));
    const [node] = records(tableNamed(result, 'nodes'));
    expect([node!.state, node!.score, node!.stakeTokens, node!.slashedTokens]).toEqual(['ejected', 0, 0, 100]);
    expect(records(tableNamed(result, 'slashings'))).toHaveLength(50);
    expect(metricOf(result, 'jobsTimedOut')).toBe(50);
    expect(metricOf(result, 'burnedTokens')).toBe(100);
  });

  it.each([EvidenceKind.timeout, EvidenceKind.absence, EvidenceKind.invalid])(
    'counts timeout, absence and a failed check alike: kind %d',
    (kind) => {
      expect(failureAt(0.5, kind)).toEqual(failureAt(0.5));
    },
  );
});

describe('the score in triangulated-mesh', () => {
  it('goes from 0 to 2 in exact ten-thousandths: 1 + 0.005 a success, − 0.02 a failure', () => {
    const { reputation } = buildLoaded(loadText(quiet)).world.roles;
    const evidence = new Evidence();
    expect([reputation.prior(0), reputation.lowest(), reputation.highest()]).toEqual([1, 0, 2]);
    let score = 1;
    for (let count = 1; count <= 300; count++) {
      score = reputation.scoreAfter(evidence.about(0, EvidenceKind.success, 1, 0), score);
      expect(score).toBe(Math.min(20_000, 10_000 + 50 * count) / 10_000);
    }
    for (let count = 1; count <= 120; count++) {
      score = reputation.scoreAfter(evidence.about(0, EvidenceKind.timeout, 1, 0), score);
      expect(score).toBe(Math.max(0, 20_000 - 200 * count) / 10_000);
    }
  });

  it('has a betrayal budget of floor((R − 1)/loss) failures that cost nothing', () => {
    for (const score of [1, 1.01, 1.02, 1.5, 1.995, 2]) {
      let budget = 0;
      for (let at = score; failureAt(at).penalty.stakeFraction === 0; at = failureAt(at).after) budget++;
      expect(budget, `from ${score}`).toBe(Math.floor(Math.round((score - 1) * 10_000) / 200));
    }
  });

  it('counts an epoch’s missed check-ins before those made', () => {
    const built = buildLoaded(loadText(quiet, 'protocol.reputation.checkInGain=0.05'));
    const { world, lives } = built;
    const { nodes } = world;
    lives.nodeLife.scoreChanged(0, 1.99);
    runUntil(built, 86_399);
    lives.availability.account(0);
    expect(lives.availability.checkInsMade[0]).toBe(23);
    lives.availability.checkInsMissed[0] = 10;
    runUntil(built, 86_400);
    // 1.99 − 10 · 0.002 + 24 · 0.05, not capped at 2 first and then lowered
    expect(nodes.score[0]).toBe(2);
    lives.nodeLife.scoreChanged(1, 0.01);
    runUntil(built, 2 * 86_400 - 1);
    lives.availability.checkInsMissed[1] = 10;
    runUntil(built, 2 * 86_400);
    expect(nodes.state[1]).toBe(NodeState.ejected);
  });

  const alone = 'protocol.verification=none';

  it('counts the check-ins of every hour: made while up, missed in an outage', () => {
    const built = buildLoaded(
      loadText(quiet, 'fleet.a.outages={up: 10h30m, down: 7h}'.replace('10h30m', '10.5h'), 'fleet.a.nodes=1', alone),
    );
    const { world } = built;
    runUntil(built, 86_400);
    // up to 10:30, down to 17:30, up again: 7 of 24 are missed
    expect(world.nodes.score[0]).toBe((10_000 - 7 * 20 + 17 * 5) / 10_000);
  });

  it('exempts announced outages from check-ins', () => {
    const built = buildLoaded(
      loadText(quiet, 'fleet.a.outages={up: 10.5h, down: 7h, announced: true}', 'fleet.a.nodes=1', alone),
    );
    const { world } = built;
    runUntil(built, 86_400);
    expect(world.nodes.score[0]).toBe((10_000 + 17 * 5) / 10_000);
  });

  it('exempts maintenance from check-ins', () => {
    const maintained = 'fleet.a.maintenance={every: 30d, for: 5h, at: 2.5h, over: 0}';
    const built = buildLoaded(loadText(quiet, maintained, 'fleet.a.nodes=1', alone));
    runUntil(built, 86_400);
    expect(built.world.nodes.score[0]).toBe((10_000 + 19 * 5) / 10_000);
  });

  it('exempts announced outages from failures of the jobs that they end', async () => {
    const set = (announced: boolean) => [
      ...busy,
      'workload.w.work=1h',
      'fleet.a.throughput=1',
      'protocol.verification=none',
      `fleet.a.outages={up: {exponential: {mean: 2h}}, down: 10m, announced: ${announced}}`,
    ];
    const announced = await runScenario(loadText(quiet, ...set(true)));
    expect(Math.max(...numbers(tableNamed(announced, 'nodes'), 'attemptsFailed'))).toBe(0);
    const sudden = await runScenario(loadText(quiet, ...set(false)));
    expect(Math.min(...numbers(tableNamed(sudden, 'nodes'), 'attemptsFailed'))).toBeGreaterThan(0);
  });
});

describe('validation in triangulated-mesh', () => {
  it('hears peers only: refused by them, a right answer counts as absence', async () => {
    const peers = 'protocol.verification={kind: peer-attestation, errorProbability: 1}';
    // small steps: nobody falls so far that it may not sign for others
    const result = await runScenario(loadText(quiet, ...busy, peers, 'protocol.reputation={kind: step, loss: 0.001}'));
    expect(metricOf(result, 'jobsCompleted')).toBe(0);
    expect(metricOf(result, 'rightRejectedRate')).toBe(1);
    expect(Math.max(...numbers(tableNamed(result, 'nodes'), 'score'))).toBeLessThan(1);
    expect(new Set(records(tableNamed(result, 'slashings')).map((row) => row.cause))).toEqual(new Set(['absence']));
  });

  it('sees participation, not correctness: a wrong answer that isn’t recomputed is a success', async () => {
    const liar = 'fleet.liar={nodes: 1, hardware: reference-cpu, strategy: always-wrong}';
    const peers = 'protocol.verification={kind: peer-attestation}';
    const result = await runScenario(loadText(quiet, ...busy, liar, peers));
    const liarRow = records(tableNamed(result, 'nodes')).find((node) => node.cohort === 'liar')!;
    expect(Number(liarRow.attemptsAccepted)).toBeGreaterThan(50);
    expect([liarRow.attemptsFailed, liarRow.slashedTokens]).toEqual([0, 0]);
  });

  it('needs three of four signatures', async () => {
    const built = buildLoaded(loadText(quiet, 'protocol.verification=peer-attestation'));
    const { world } = built;
    const { verification } = world.roles;
    const verdicts = [0, 1, 2, 3, 4].map((signed) => {
      const job = world.jobs.take();
      const attempt = world.attempts.take();
      world.attempts.job[attempt] = job;
      world.attempts.state[attempt] = AttemptState.returned;
      const panel = world.panels.take(attempt, PanelRole.witness, 0, 0);
      world.panels.nextOfAttempt[panel] = NONE;
      world.attempts.lastPanel[attempt] = panel;
      world.panels.signed[panel] = signed;
      world.panels.refused[panel] = 4 - signed;
      return verification.verdict(attempt);
    });
    const { absence, success } = EvidenceKind;
    expect(verdicts).toEqual([absence, absence, absence, success, success]);
  });

  it('is inconclusive with fewer than three replies in 30 s: paid, and the score unchanged', async () => {
    const late = '{kind: peer-attestation, peers: 4, threshold: 3, replyDelay: 31s}';
    const result = await runScenario(
      loadText(quiet, ...busy, `protocol.verification=${late}`, 'protocol.rewards.emission=0'),
      { detail: true },
    );
    expect(metricOf(result, 'completedFraction')).toBe(1);
    expect(new Set(numbers(tableNamed(result, 'nodes'), 'score'))).toEqual(new Set([1]));
    const paid = numbers(tableNamed(result, 'nodes'), 'incomeTokens').reduce((sum, income) => sum + income, 0);
    expect(paid).toBeCloseTo(metricOf(result, 'jobsCompleted') * 0.2 * 0.85, 6);
    const waits = finalJobs(result).map((job) => Number(job.finalSeconds) - Number(job.deliveredSeconds));
    expect(Math.max(...waits.map((wait) => Math.abs(wait - 30)))).toBeLessThan(1e-6);
  });

  it('asks peers of other operators: with fewer than three in the mesh it is inconclusive', async () => {
    // a network in which there could never be enough is refused
    const late = 'fleet.late={nodes: 1, hardware: reference-cpu, joins: {at: 30d}}';
    const result = await runScenario(loadText(quiet, ...busy, 'fleet.a.nodes=3', late), { detail: true });
    expect(metricOf(result, 'completedFraction')).toBe(1);
    const asked = records(tableNamed(result, 'attestations')).filter((row) => row.attempt === 0);
    for (const row of asked) expect(row.observer).not.toBe(row.node);
    expect(asked.length).toBe(2 * metricOf(result, 'jobsCompleted'));
  });

  it('asks the peers of the meshnet that is served: of the client’s region, and of no other', async () => {
    const wide = ['network=world', 'fleet.a={nodes: 60, hardware: reference-cpu, regions: world}', 'horizon=2d'];
    const result = await runScenario(loadText(quiet, ...busy, ...wide), { detail: true });
    const regionOf = new Map(records(tableNamed(result, 'nodes')).map((node) => [node.node, node.region]));
    const clients = new Map(records(tableNamed(result, 'jobs')).map((job) => [job.ordinal, job.region]));
    const asked = records(tableNamed(result, 'attestations'));
    expect(asked.length).toBeGreaterThan(1000);
    expect(asked.filter(({ observer, ordinal }) => regionOf.get(observer) !== clients.get(ordinal))).toEqual([]);
    // where a region has too few of them nothing can be said, and the worker is paid
    expect(metricOf(result, 'inconclusiveFraction')).toBeGreaterThan(0);
    expect(metricOf(result, 'jobsRejected')).toBe(0);
  });

  it('recomputes a tenth of the jobs, and a disagreement is a failure', async () => {
    const liar = 'fleet.liar={nodes: 1, hardware: reference-cpu, strategy: always-wrong}';
    const result = await runScenario(loadText(quiet, ...busy, liar, 'horizon=20d', 'protocol.slashing.maxFraction=0'));
    const liarRow = records(tableNamed(result, 'nodes')).find((node) => node.cohort === 'liar')!;
    const rejected = metricOf(result, 'jobsRejected');
    const taken = Number(liarRow.attemptsAccepted) + rejected;
    const deviation = (rejected - 0.1 * taken) / Math.sqrt(0.09 * taken);
    expect(taken).toBeGreaterThan(500);
    expect(Math.abs(deviation)).toBeLessThan(4);
    // its own recomputations are no attempts at clients' jobs
    expect(Number(liarRow.attemptsFailed)).toBe(rejected);
    expect(metricOf(result, 'rightRejectedRate')).toBe(0);
  });

  it('gives tunnels to nodes with a public address alone', async () => {
    const set = ['workload.w.class=tunnel', 'fleet.a.publicAddress=0', 'fleet.open={nodes: 5, publicAddress: 1}'];
    const result = await runScenario(loadText(quiet, ...busy, ...set, 'fleet.open.hardware=reference-cpu'));
    const worked = records(tableNamed(result, 'nodes')).filter(({ attemptsAccepted }) => Number(attemptsAccepted) > 0);
    expect(worked).toHaveLength(5);
    expect(new Set(worked.map(({ cohort }) => cohort))).toEqual(new Set(['open']));
    // for other jobs an address makes no difference
    const others = await runScenario(loadText(quiet, ...busy, ...set.slice(1), 'fleet.open.hardware=reference-cpu'));
    const cohorts = records(tableNamed(others, 'nodes')).filter((node) => Number(node.attemptsAccepted) > 0);
    expect(cohorts).toHaveLength(25);
  });

  it('never recomputes a tunnel', async () => {
    const set = ['workload.w.class=tunnel', 'protocol.verification.1.share=1', 'fleet.a.publicAddress=1'];
    const tunnels = await runScenario(loadText(quiet, ...busy, ...set), { detail: true });
    expect(new Set(finalJobs(tunnels).map(({ attempts }) => attempts))).toEqual(new Set([1]));
    const tasks = await runScenario(loadText(quiet, ...busy, 'protocol.verification.1.share=1'), { detail: true });
    expect(new Set(finalJobs(tasks).map(({ attempts }) => attempts))).toEqual(new Set([2]));
  });
});

describe('assignment in triangulated-mesh', () => {
  /** Jobs of nodes at 1.5 for each job of nodes at 1.0, with scores that no verdict changes. */
  async function ratio(...set: readonly string[]): Promise<number> {
    const late = 'protocol.verification={kind: peer-attestation, replyDelay: 31s}';
    const built = buildLoaded(loadText(quiet, ...busy, late, 'horizon=20d', ...set), true);
    for (let node = 0; node < 10; node++) built.lives.nodeLife.scoreChanged(node, 1.5);
    runUntil(built, 20 * 86_400);
    const done = acceptedByNode(built);
    const sum = (from: number) => done.slice(from, from + 10).reduce((total, count) => total + count, 0);
    expect(sum(0) + sum(10)).toBeGreaterThan(10_000);
    return sum(0) / sum(10);
  }

  it('gives a node at 1.5 at least 1.5 times the jobs of one at 1.0, 2.25 times while all are free', async () => {
    const found = await ratio();
    expect(found).toBeGreaterThan(1.5);
    // of n jobs the share 2.25/3.25, within four standard deviations; a busy node takes none, hence a little less
    expect(Math.abs(found / (1 + found) - 2.25 / 3.25)).toBeLessThan(4 * Math.sqrt(0.213 / 28_000) + 0.005);
  });

  it('weighs past performance in the job class: after eight failures a fifth of the jobs of who has none', async () => {
    const late = 'protocol.verification={kind: peer-attestation, replyDelay: 31s}';
    const built = buildLoaded(loadText(quiet, ...busy, late, 'horizon=20d'), true);
    const { assignment } = built.world.roles;
    const evidence = new Evidence();
    for (let node = 0; node < 10; node++) {
      for (let one = 0; one < 8; one++) {
        assignment.evidenceArrived!(evidence.about(node, EvidenceKind.timeout, 1, NONE, 0));
      }
      assignment.nodeChanged(node);
    }
    runUntil(built, 20 * 86_400);
    const done = acceptedByNode(built);
    const sum = (from: number) => done.slice(from, from + 10).reduce((total, count) => total + count, 0);
    expect(sum(0) + sum(10)).toBeGreaterThan(10_000);
    // (0 + 1)/(8 + 2) against 1/2, within four standard deviations and what busy nodes cannot take
    const share = sum(0) / (sum(0) + sum(10));
    expect(Math.abs(share - 1 / 6)).toBeLessThan(4 * Math.sqrt(0.139 / 28_000) + 0.005);
  });

  it('weighs free capacity without queue limit, too: an idle newcomer gets more than a node with a queue', () => {
    const set = ['protocol.queueLimit=unlimited', 'protocol.verification=none', 'workload.w.work=1d', 'horizon=1h'];
    const built = buildLoaded(
      loadText(
        quiet,
        ...busy,
        ...set,
        'workload.w.deadline=none',
        'workload.w.arrivals.perHour=3600',
        'fleet={a: {nodes: 1, hardware: reference-cpu}, late: {nodes: 1, hardware: reference-cpu, joins: {at: 100s}}}',
      ),
    );
    const { nodes } = built.world;
    runUntil(built, 100);
    const before = nodes.assigned[0]!;
    expect(before).toBeGreaterThan(60);
    runUntil(built, 160);
    const [queued, idle] = [nodes.assigned[0]! - before, nodes.assigned[1]!];
    // its weight 1/(1 + assigned) falls from 1 to about 1/40, that of the other is below 1/60 throughout
    expect(idle / (queued + idle)).toBeGreaterThan(0.7);
  });
});
