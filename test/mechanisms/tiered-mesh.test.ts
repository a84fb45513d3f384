import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Built } from '../../sim/build/world.js';
import { AttemptKind, AttemptState } from '../../sim/model/columns/attempts.js';
import { NONE } from '../../sim/model/columns/nodes.js';
import { defineStrategy } from '../../sim/model/contract/definition.js';
import { Evidence, EvidenceKind } from '../../sim/model/contract/evidence.js';
import { jobsTable } from '../../sim/record/tables/detail/jobs.js';
import { runScenario } from '../../sim/run.js';
import { Registry } from '../../sim/scenario/schema/registry.js';
import { honest } from '../../sim/strategies/honest.js';
import { acceptedByNode } from '../support/accepted.js';
import { breaches } from '../support/invariants.js';
import { linesOf } from '../support/refusals.js';
import {
  buildLoaded,
  loadText,
  loadTextWith,
  metricOf,
  numbers,
  records,
  runUntil,
  tableNamed,
} from '../support/scenarios.js';

const day = 86_400;

/** The protocol on a quiet network: what happens, the test brings about. */
const quiet = `
  protocol: { extends: tiered-mesh, publish: { every: 0, delay: 0 } }
  seed: tiers-1
  horizon: 30d
  warmUp: 0
  network: single
  fleet: { a: { nodes: 26, hardware: reference-cpu, quality: 1, slots: 100 } }
  workload: { w: { class: task, arrivals: { perHour: 0 }, work: 10s, deadline: none } }
`;

const { success, invalid } = EvidenceKind;
const evidence = new Evidence();

/** What the handler does with findings on attempts that took so long [s], at work of 10 s. */
function present({ world, lives }: Built, node: number, times: number, kind: number, seconds: number): void {
  const { attempts, jobs, nodes, roles, simulation } = world;
  for (let one = 0; one < times; one++) {
    const job = jobs.take();
    jobs.work[job] = 10;
    jobs.region[job] = 0;
    const attempt = attempts.take();
    attempts.node[attempt] = node;
    attempts.job[attempt] = job;
    attempts.number[attempt] = 0;
    attempts.assignedAt[attempt] = simulation.now;
    roles.reputation.acknowledged!(attempt, simulation.now);
    attempts.returnedAt[attempt] = simulation.now + seconds;
    attempts.state[attempt] = AttemptState.returned;
    evidence.about(node, kind, 1, job, 0);
    evidence.attempt = attempt;
    lives.nodeLife.scoreChanged(node, roles.reputation.scoreAfter(evidence, nodes.score[node]!));
    attempts.recycle(attempt);
    jobs.recycle(job);
  }
}

const measure = ({ world }: Built, name: string, node: number) => world.measures.column(name)[node]!;

describe('the score in tiered-mesh', () => {
  it('of 0.962 success, 0.928 service level and a latency percentile of 0.88 is 0.9354', () => {
    const built = buildLoaded(loadText(quiet));
    present(built, 0, 900, success, 20);
    present(built, 0, 62, success, 50);
    present(built, 0, 28, invalid, 30);
    present(built, 0, 10, invalid, 50);
    for (let node = 1; node < 26; node++) present(built, node, 1, success, node <= 3 ? 5 : 60 + node);
    runUntil(built, day);
    const { nodes } = built.world;
    const parts = ['successRate', 'slaRate', 'latencyRank'].map((name) => measure(built, name, 0));
    expect(parts).toEqual([0.962, 0.928, 0.88]);
    expect(nodes.score[0]).toBeCloseTo(0.9354, 12);
    expect(measure(built, 'tier', 0)).toBe(1);
  });

  it('needs a percentile of 0.75 for tier-one, even when all else is perfect', () => {
    const tiersOf = (faster: number) => {
      const built = buildLoaded(loadText(quiet, 'fleet.a.nodes=5'));
      for (let node = 0; node < 5; node++) present(built, node, 100, success, node < faster ? 5 : 10 + node);
      runUntil(built, day);
      return [measure(built, 'latencyRank', faster), measure(built, 'tier', faster)];
    };
    expect([tiersOf(1), tiersOf(2)]).toEqual([
      [0.75, 2],
      [0.5, 1],
    ]);
  });

  it('counts an acknowledgement more than 300 ms after the receipt against the service level alone', async () => {
    const rates = async (delay: number) => {
      const hesitant = defineStrategy({
        kind: 'hesitant',
        meaning: 'Lets each request wait.',
        isAttacker: false,
        settings: z.strictObject({ kind: z.literal('hesitant') }),
        plan: (_settings, identities) => honest.plan(honest.settings.parse({ kind: 'honest' }), identities),
        create: (_settings, context, attack) => ({
          ...honest.create(honest.settings.parse({ kind: 'honest' }), context, attack),
          delaySeconds: () => delay,
        }),
      });
      const registry = Registry.builtIn().with({ strategy: [hesitant] });
      const set = ['network=world', 'fleet.a.strategy=hesitant', 'workload.w.arrivals.perHour=60', 'horizon=1d'];
      const result = await runScenario(loadTextWith(registry, quiet, ...set, 'fleet.a.nodes=4'));
      return ['successRate', 'slaRate'].map((name) => numbers(tableNamed(result, 'nodes'), name)[0]);
    };
    expect([await rates(0.31), await rates(0.29)]).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });

  it('counts a result after more than one retry elsewhere against the service level alone', async () => {
    const rates = async (...set: readonly string[]) => {
      const fleet = 'fleet.broken={nodes: 8, hardware: reference-cpu, completion: 0, slots: 100}';
      const loose = ['protocol.reputation.minJobs=1000', 'workload.w.arrivals.perHour=60', 'horizon=1d'];
      const result = await runScenario(loadText(quiet, 'fleet.a.nodes=4', fleet, ...loose, ...set));
      const rows = records(tableNamed(result, 'nodes')).filter(({ cohort }) => cohort === 'a');
      expect(rows.every(({ successRate }) => successRate === 1)).toBe(true);
      return rows.map(({ slaRate }) => Number(slaRate));
    };
    const counted = await rates();
    // two of the three attempts were others': 8/12 · 7/11 of the jobs, of which a third ends here or nowhere
    expect(Math.max(...counted)).toBeLessThan(1);
    expect(Math.min(...counted)).toBeGreaterThan(0.5);
    expect(new Set(await rates('protocol.reputation.sla.retriesMost=unlimited'))).toEqual(new Set([1]));
  });

  it('sees evidence, never the truth: liars whom nobody checks fare as honest nodes do', async () => {
    const table = async (strategy: string) => {
      const set = ['protocol.verification=none', 'workload.w.arrivals.perHour=120', 'horizon=3d'];
      const result = await runScenario(loadText(quiet, ...set, `fleet.a.strategy=${strategy}`));
      expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
      const names = ['score', 'latencyRank', 'slaRate', 'tier', 'quorumTrust', 'incomeTokens'];
      return names.map((name) => numbers(tableNamed(result, 'nodes'), name));
    };
    expect(await table('always-wrong')).toEqual(await table('honest'));
  });
});

describe('assignment in tiered-mesh', () => {
  it('gives nodes below the 25th percentile of latency half the weight', () => {
    const set = ['protocol.reputation.weights={success: 1, sla: 0, latency: 0}', 'workload.w.arrivals.perHour=600'];
    const fleet = 'fleet.slow={nodes: 10, hardware: reference-cpu, throughput: 0.5, slots: 100}';
    const bare = [
      'fleet.a.nodes=30',
      'fleet.a.throughput=1',
      'protocol.verification=none',
      'workload.w.work=1s',
      'horizon=5d',
    ];
    const built = buildLoaded(loadText(quiet, ...set, fleet, ...bare), true);
    const { work } = built.recorder;
    runUntil(built, day);
    const before = acceptedByNode(built);
    runUntil(built, 5 * day);
    const [fast, slow] = [
      [0, 30],
      [30, 40],
    ].map(([from, to]) => {
      let sum = 0;
      for (let node = from!; node < to!; node++) sum += work.accepted(node) - before[node]!;
      return sum;
    });
    const all = fast! + slow!;
    // 10 · 0.5 of 35
    expect(all).toBeGreaterThan(50_000);
    expect(Math.abs(slow! / all - 1 / 7)).toBeLessThan(4 * Math.sqrt(6 / 49 / all));
  });

  it('gives nodes below 0.70 a job an hour at most, and none of a tier', () => {
    const set = ['protocol.slashing=none', 'protocol.reputation.resetDrop=1', 'horizon=8d'];
    const bad = 'fleet.bad={nodes: 4, hardware: reference-cpu, completion: 0.5, slots: 100}';
    const tiered = 'workload.t={class: task, tier: 1, arrivals: {perHour: 60}, work: 10s, deadline: none}';
    const built = buildLoaded(
      loadText(quiet, ...set, bad, tiered, 'fleet.a.nodes=4', 'workload.w.arrivals.perHour=60'),
      true,
    );
    runUntil(built, 8 * day);
    expect(breaches(built)).toEqual([]);
    const late = records(jobsTable(built.recorder.jobs)).filter(({ submittedSeconds }) => +submittedSeconds! > 4 * day);
    for (let node = 4; node < 8; node++) {
      const own = late.filter((job) => job.node === node);
      expect(built.world.nodes.score[node]).toBeLessThan(0.7);
      expect(own.length).toBeGreaterThan(10);
      expect(own.filter(({ workload }) => workload === 't')).toEqual([]);
      const times = own.map(({ assignedSeconds }) => Number(assignedSeconds)).sort((one, other) => one - other);
      // a retry of a job begins later than its first attempt
      expect(own.length).toBeLessThanOrEqual((4 * day) / 3_600 + 1);
      expect(times.at(-1)! - times[0]!).toBeGreaterThan((times.length - 2) * 3_600);
    }
  });
});

describe('thresholds of tiered-mesh', () => {
  it('hold from a hundred jobs on: before, who fails all and who is slowest have as many as others', () => {
    const set = ['protocol.slashing=none', 'protocol.reputation.resetDrop=1', 'protocol.assignment.exponent=0'];
    const fleet = [
      'fleet.a.nodes=30',
      'fleet.bad={nodes: 10, hardware: reference-cpu, completion: 0, slots: 100}',
      'fleet.slow={nodes: 10, hardware: reference-cpu, throughput: 0.2, slots: 100}',
    ];
    const work = ['protocol.verification=none', 'workload.w.arrivals.perHour=75', 'workload.w.work=1s', 'horizon=8d'];
    const built = buildLoaded(loadText(quiet, ...set, ...fleet, ...work, 'protocol.attempts=1'), true);
    const { nodes, measures } = built.world;
    const { recorder } = built;
    const jobsOf = (from: number, to: number) => {
      let sum = 0;
      for (let node = from; node < to; node++) sum += recorder.work.accepted(node) + recorder.work.failed(node);
      return sum / (to - from);
    };
    // 36 jobs a node and day
    runUntil(built, 2 * day);
    expect(nodes.publishedScore[30]).toBeLessThan(0.7);
    expect(measures.column('latencyRank')[40]).toBeLessThan(0.25);
    const others = jobsOf(0, 30);
    // ten nodes of 72 each
    const margin = 4 * Math.sqrt(72 / 10 + 72 / 30);
    expect(others).toBeGreaterThan(50);
    expect(Math.abs(jobsOf(30, 40) - others)).toBeLessThan(margin);
    expect(Math.abs(jobsOf(40, 50) - others)).toBeLessThan(margin);
    runUntil(built, 8 * day);
    expect(jobsOf(30, 40)).toBeLessThan(jobsOf(0, 30) - 70);
    expect(jobsOf(40, 50)).toBeLessThan(jobsOf(0, 30) - 70);
  });
});

describe('pay in tiered-mesh', () => {
  const built = buildLoaded(loadText(quiet));
  const { attempts, jobs, measures, nodes, roles } = built.world;
  const job = jobs.take();
  jobs.fee[job] = 1_430_000;

  it.each([
    [0.5, 0.5, 1_000_000],
    [0.95, 0.5, 1_000_000],
    [0.975, 0.5, 1_150_000],
    [1, 0.89, 1_300_000],
    [0.8, 0.9, 1_100_000],
    [1, 1, 1_430_000],
  ])('at a score of %d and a percentile of %d is %d of a fee of 1.43 tokens', (score, rank, price) => {
    nodes.publishedScore[0] = score;
    measures.column('latencyRank')[0] = rank;
    measures.column('windowJobs')[0] = 100;
    expect(Math.abs(roles.rewards.price(job, 0) - price)).toBeLessThanOrEqual(1);
  });

  it('knows no boosts before a hundred jobs', () => {
    nodes.publishedScore[0] = 1;
    measures.column('latencyRank')[0] = 1;
    measures.column('windowJobs')[0] = 99;
    expect(roles.rewards.price(job, 0)).toBe(1_000_000);
  });

  it.each([
    [0.95, 0],
    [0.9, 1],
    [0.7, 1],
    [0.69, 2],
  ])('at a score of %d waits for %d epochs', (score, epochs) => {
    nodes.publishedScore[0] = score;
    const attempt = attempts.take();
    attempts.job[attempt] = job;
    attempts.node[attempt] = 0;
    attempts.kind[attempt] = AttemptKind.work;
    attempts.verdict[attempt] = success;
    attempts.nextOfJob[attempt] = NONE;
    jobs.lastAttempt[job] = attempt;
    jobs.price[job] = 1_000_000;
    const paid: number[][] = [];
    roles.rewards.settle(job, true, {
      payWorker: (_attempt, amount, held) => paid.push([amount, held]),
      payObserver: () => {},
    });
    expect(paid).toEqual([[850_000, epochs]]);
  });

  it('leaves the client what the node lacks of all boosts, and no token is lost', async () => {
    const set = ['workload.w.arrivals.perHour=60', 'workload.w.fee=1.43', 'horizon=2d', 'protocol.rewards.emission=0'];
    const result = await runScenario(loadText(quiet, ...set, 'protocol.verification=none', 'protocol.slashing=none'));
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
    const cost = metricOf(result, 'costPerCorrectResultTokens');
    expect(cost).toBeGreaterThanOrEqual(1);
    expect(cost).toBeLessThan(1.15);
  });
});

describe('slashing in tiered-mesh', () => {
  const alone = ['protocol.reputation.weights={success: 1, sla: 0, latency: 0}', 'protocol.reputation.resetDrop=1'];
  const stakesAfter = (...set: readonly string[]) => {
    const built = buildLoaded(loadText(quiet, ...alone, ...set));
    present(built, 0, 1_000, success, 10);
    present(built, 1, 900, success, 10);
    present(built, 1, 100, invalid, 10);
    runUntil(built, day);
    for (const node of [0, 1]) present(built, node, 450, invalid, 10);
    const stakes: number[][] = [];
    for (const epoch of [2, 3, 4]) {
      runUntil(built, epoch * day);
      stakes.push([0, 1].map((node) => built.world.ledger.stake[node]! / 1e6));
    }
    return stakes;
  };

  it('takes 5 % below 70 % success, an epoch later of who was at 0.95, and once, as the window is reset', () => {
    expect(stakesAfter()).toEqual([
      [100, 95],
      [95, 95],
      [95, 95],
    ]);
  });

  it('comes too late for who falls by more than 0.10 in an epoch: the window is reset before', () => {
    const stakes = stakesAfter('protocol.slashing.grace=none', 'protocol.reputation.resetDrop=0.1');
    expect(stakes).toEqual(new Array(3).fill([100, 100]));
  });

  it('follows a late challenge, which refutes what a proof let pass', async () => {
    const liar = 'fleet.liar={nodes: 1, hardware: reference-cpu, slots: 100, strategy: always-wrong}';
    const set = ['workload.w.arrivals.perHour=60', 'horizon=3d', 'fleet.a.nodes=4', 'fleet.a.funds=100'];
    const passes = 'protocol.verification.otherwise.0.soundnessError=1';
    const run = (checked: number) =>
      runScenario(
        loadText(quiet, liar, ...set, passes, `protocol.verification.otherwise.1.checkProbability=${checked}`),
      );
    const [unseen, seen] = [await run(0), await run(1)];
    const stakes = [unseen, seen].map((result) => numbers(tableNamed(result, 'nodes'), 'stakeTokens').at(-1));
    expect(stakes).toEqual([100, 85.7375]);
    expect(metricOf(seen, 'wrongAcceptedRate')).toBe(0);
  });

  it('without grace takes it at once', () => {
    expect(stakesAfter('protocol.slashing.grace=none')).toEqual([
      [95, 95],
      [95, 95],
      [95, 95],
    ]);
  });
});

describe('quorum jobs in tiered-mesh', () => {
  const training = 'workload.w={class: training-cohort, work: 1m, arrivals: {perHour: 2}, deadline: {atLeast: 10m}}';

  it('need a trust above 0.5, which grows with lock-in and steady epochs: from the fifth day on', () => {
    const built = buildLoaded(loadText(quiet, 'fleet.a={nodes: 4, hardware: consumer-gpu}', training), true);
    for (let epoch = 1; epoch <= 4; epoch++) {
      runUntil(built, epoch * day);
      expect(measure(built, 'quorumTrust', 0)).toBeCloseTo((0.9 + (2 * epoch) / 14) / 3, 12);
    }
    runUntil(built, 8 * day);
    const jobs = records(jobsTable(built.recorder.jobs)).filter(({ outcome }) => outcome !== 'open');
    const served = (from: number, to: number) =>
      jobs
        .filter(({ submittedSeconds }) => +submittedSeconds! > from * day && +submittedSeconds! < to * day - 600)
        .map(({ outcome }) => outcome);
    expect(new Set(served(0, 5))).toEqual(new Set(['unserved']));
    expect(new Set(served(5, 8))).toEqual(new Set(['completed']));
    expect(served(5, 8).length).toBeGreaterThan(100);
  });

  it('are answered by three nodes, of whom two must agree', async () => {
    const set = ['fleet.a.hardware=consumer-gpu', 'protocol.reputation.quorum.trustAbove=0', 'horizon=4d'];
    const liars = 'fleet.liars={nodes: 4, hardware: consumer-gpu, slots: 100, strategy: always-wrong}';
    const result = await runScenario(loadText(quiet, training, liars, ...set), { detail: true });
    const completed = records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome === 'completed');
    expect(completed.length).toBeGreaterThan(100);
    expect(Math.min(...completed.map(({ attempts }) => Number(attempts)))).toBe(3);
    // a lone lie is outvoted, and nothing is proved here
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    const failed = records(tableNamed(result, 'nodes')).filter(({ attemptsFailed }) => Number(attemptsFailed) > 0);
    expect(new Set(failed.map(({ cohort }) => cohort))).toEqual(new Set(['liars']));
  });

  it('are for nobody whose score isn’t above the bound', async () => {
    const set = ['fleet.a.hardware=consumer-gpu', 'horizon=10d', 'protocol.reputation.quorum.scoreAbove=1'];
    const result = await runScenario(loadText(quiet, training, ...set));
    expect(metricOf(result, 'jobsCompleted')).toBe(0);
    expect(metricOf(result, 'jobsUnserved')).toBeGreaterThan(300);
  });
});

describe('delegators in tiered-mesh', () => {
  const run = async (...set: readonly string[]) => {
    const bad = 'fleet.bad={nodes: 4, hardware: reference-cpu, completion: 0.5, delegated: 40, slots: 100}';
    const busy = ['workload.w.arrivals.perHour=60', 'horizon=10d', 'protocol.rewards.unbonding=3d'];
    const small = ['fleet.a.nodes=4', 'fleet.a.delegated=40', 'protocol.slashing=none', 'protocol.verification=none'];
    const result = await runScenario(loadText(quiet, bad, ...busy, ...small, ...set));
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
    return numbers(tableNamed(result, 'nodes'), 'delegatedTokens');
  };

  it('are told of a fall of more than 0.10, and leave by unbonding; others stay', async () => {
    expect(await run()).toEqual([40, 40, 40, 40, 0, 0, 0, 0]);
  });

  it('leave in part, or stay where they aren’t told', async () => {
    // on the first day the score falls by more than two tenths: a quarter goes, and then a quarter of the rest
    expect((await run('fleet.bad.delegatorsLeave=0.25', 'horizon=5d')).slice(4)).toEqual([22.5, 22.5, 22.5, 22.5]);
    expect(await run('protocol.stake.tellFallsAbove=none')).toEqual(new Array(8).fill(40));
    expect(await run('horizon=2d')).toEqual(new Array(8).fill(40));
  });
});

describe('settings of tiered-mesh', () => {
  it.each([
    ['reputation.tiers.premiumFrom=0.6', 'premiumFrom: expected a score above standardAbove'],
    ['reputation.weights={success: 0, sla: 0, latency: 0}', 'expected weights that sum to 1'],
    ['reputation.quorum.epochs=33', 'reputation.quorum.epochs: expected'],
    ['rewards.holdLowScores.lowest.epochs=15', 'expected at most as many epochs as unbonding takes, 14, found 15'],
    ['rewards.holdEpochs=20', 'holdEpochs: expected at most as many epochs as unbonding takes, 14, found 20'],
    ['rewards.holdLowScores.lowest.below=0.97', 'expected a score below that of the other wait'],
    ['rewards.holdLowScores.lowest.epochs=1', 'expected more epochs than of the other wait'],
    ['rewards.boosts.full=0.9', 'full: expected a score above from'],
    ['verification={kind: redundancy, replicas: 2, quorum: 3}', 'expected'],
    ['stake.tellFallsAbove=often', 'expected none or a fall of the score'],
  ])('refuse %s', (setting, reason) => {
    const lines = linesOf(() => loadText(quiet, `protocol.${setting}`)).join('\n');
    expect(lines).toContain(reason);
    expect(lines).toMatch(/:\d+:\d+: protocol\./);
  });

  it.each([
    ['protocol.reputation=ema', 'so that nobody is known to be slow'],
    ['protocol.reputation=ema', 'so that nobody is among the fastest, and no job costs its whole fee'],
    ['protocol.reputation=ema', 'so that it holds from the first job on'],
    ['protocol.reputation=ema', 'so that they are added from the first job on'],
    ['protocol.rewards.boosts={from: 1, full: 2}', 'so that nobody is paid more'],
    ['protocol.slashing.grace.scoreFrom=1.1', 'so that nobody has a grace period'],
    ['protocol.stake.tellFallsAbove=0.2', 'so that nobody is told'],
    ['fleet.a.delegatorsLeave=0.2', 'so that nobody is there to leave'],
    ['protocol.reputation.quorum.classes=[trainning]', 'so that it stands for no job'],
  ])('warn of %s', (setting, why) => {
    expect(loadText(quiet, setting).warnings.map((warning) => warning.why)).toContain(why);
  });
});
