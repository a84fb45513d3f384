import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadScenario, Registry, type RunResult, runScenario } from '../../sim/index.js';
import type { Registered } from '../../sim/scenario/schema/registry.js';
import { numbers, records, runFinished, tableNamed } from '../support/scenarios.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const root = join(import.meta.dirname, '../../examples/sketches');
const files = ['mechanisms', 'strategies'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => join(folder, name)),
);

/** By the name of its file: the one definition that each exports. */
const sketches = new Map<string, { readonly kind: string; readonly isAttacker?: boolean }>();
for (const file of files) {
  const [definition, ...others] = Object.values(await import(join(root, file)));
  expect(others).toEqual([]);
  sketches.set(file.replace(/^.*\/|\.ts$/g, ''), definition as { readonly kind: string });
}
const of = (...names: string[]) => names.map((name) => sketches.get(name)!) as never;
const given: Partial<Registered> = {
  reputation: of('sliding-window', 'rater-credibility'),
  slashing: of('liveness', 'first-offence-free', 'restaked'),
  rewards: of('premium', 'patient-escrow', 'compute-emission'),
  assignment: of('newcomers-first', 'quorum-members'),
  verification: of('second-look', 'late-discovery'),
  strategy: [...sketches.values()].filter(({ isAttacker }) => isAttacker !== undefined) as never,
};
const registry = Registry.builtIn().with(given);

const folder = temporaryFolder('sketches');
const scenario = join(folder, 'scenario.yaml');
writeFileSync(
  scenario,
  `
horizon: 10d
warmUp: 0
protocol:
  assignment: uniform
  verification: { kind: recompute, share: 1 }
  reputation: ema
  slashing: none
  publish: { every: 0, delay: 0 }
fleet:
  honest: { nodes: 10, quality: 1, hardware: consumer-gpu }
  others: { nodes: 5, quality: 1, hardware: consumer-gpu }
workload: { w: { class: simulation, arrivals: { perHour: 20 }, work: 5m, fee: 1 } }
`,
);

const run = (...set: string[]): Promise<RunResult> => runScenario(loadScenario(scenario, { registry, set }));
/** A column of `nodes.csv` for one of the cohorts. */
const column = (result: RunResult, name: string, cohort = 'others') =>
  records(tableNamed(result, 'nodes'))
    .filter((row) => row.cohort === cohort)
    .map((row) => Number(row[name]));
const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0);
const values = (result: RunResult) => result.row.values as Record<string, number>;
const lying = 'fleet.others.strategy={kind: always-wrong, wrongProbability: 0.5}';

describe('a sketch of a mechanism', () => {
  it.each(files)('%s has at most 40 lines, and stands in the table of ARCHITECTURE.md', (file) => {
    expect(readFileSync(join(root, file), 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(40);
    const name = file.replace(/^.*\/|\.ts$/g, '');
    expect(readFileSync(join(root, '../../ARCHITECTURE.md'), 'utf8')).toContain(`| \`${name}\` |`);
  });

  it('each is registered here', () => {
    const registered = Object.values(given).reduce((all, some) => all + some.length, 0);
    expect(registered).toBe(sketches.size);
    expect(sketches.size).toBeGreaterThanOrEqual(20);
  });

  it('sliding-window: the score is that of the last jobs, (right + 1)/(jobs + 2)', async () => {
    const result = await run('protocol.reputation={kind: sliding-window, jobs: 4}', lying);
    expect(new Set(column(result, 'score', 'honest'))).toEqual(new Set([5 / 6]));
    for (const score of column(result, 'score')) expect([1, 2, 3, 4, 5].map((right) => right / 6)).toContain(score);
  });

  it('rater-credibility: the same successes count for less where liars sign for them', async () => {
    const set = [
      'protocol.verification={kind: peer-attestation, observes: result, peers: 2, threshold: 1}',
      'protocol.reputation=rater-credibility',
    ];
    const plain = await run(...set);
    const ring = await run(...set, 'fleet.others.strategy=vouching-ring', 'fleet.others.nodes=20');
    expect(Math.min(...column(plain, 'score', 'honest'))).toBeGreaterThan(Math.max(...column(ring, 'score')));
  });

  it('liveness: whoever is down more than half of an epoch loses the share at its end, once an epoch', async () => {
    const down = 'fleet.others.outages={up: 1h, down: 1d, running: lose}';
    const result = await run('protocol.slashing=liveness', down, 'horizon=3d');
    const slashings = records(tableNamed(result, 'slashings'));
    expect(slashings.length).toBeGreaterThan(5);
    for (const { cohort, timeDays } of slashings) {
      expect(cohort).toBe('others');
      expect([1, 2, 3]).toContain(timeDays);
    }
    const stakes = column(result, 'stakeTokens').map((stake) => stake.toFixed(3));
    for (const stake of stakes) expect(['95.000', '90.250', '85.737', '85.738']).toContain(stake);
  });

  it('first-offence-free: each node has one failure less to pay for than under `fixed`', async () => {
    const slashes = async (rule: string) =>
      tableNamed(await run(`protocol.slashing={kind: ${rule}, fraction: 0.05}`, lying, 'horizon=1d'), 'slashings');
    const [free, fixed] = [records(await slashes('first-offence-free')), records(await slashes('fixed'))];
    const failed = new Set(fixed.map(({ node }) => node));
    expect(failed.size).toBeGreaterThan(2);
    expect(fixed.length - free.length).toBe(failed.size);
  });

  it('restaked: each class takes its share of the one stake', async () => {
    const result = await run('protocol.slashing={kind: restaked, classes: {simulation: 0.01, task: 0.5}}', lying);
    const rows = records(tableNamed(result, 'nodes')).filter(({ cohort }) => cohort === 'others');
    for (const { attemptsFailed, stakeTokens } of rows) {
      expect(Number(stakeTokens)).toBeCloseTo(100 * 0.99 ** Number(attemptsFailed), 3);
    }
  });

  it('premium: a job costs more at a node of higher score, at most the fee', async () => {
    const [low, high] = [
      await run(
        'protocol.rewards={kind: premium, most: 0.25}',
        'protocol.reputation={kind: ema, alpha: 0, initial: 0.2}',
      ),
      await run(
        'protocol.rewards={kind: premium, most: 0.25}',
        'protocol.reputation={kind: ema, alpha: 0, initial: 1}',
      ),
    ];
    const cost = (result: RunResult) => values(result).costPerCorrectResultTokens!;
    expect(cost(high)).toBeCloseTo(1, 6);
    expect(cost(low)).toBeCloseTo(1.05 / 1.25, 4);
  });

  it('patient-escrow: pay of low scores waits two epochs longer', async () => {
    const waits = async (initial: number) => {
      const set = ['protocol.rewards=patient-escrow', `protocol.reputation={kind: ema, alpha: 0, initial: ${initial}}`];
      const { finished } = await runFinished(loadScenario(scenario, { registry, set }));
      return finished.world.ledger.due.map((due) => due.some((amount) => amount > 0));
    };
    expect(await waits(0.5)).toEqual([true, true]);
    expect(await waits(1)).toHaveLength(1);
  });

  it('compute-emission: twice the throughput, twice the new tokens', async () => {
    const minted = async (throughput: number) =>
      values(
        await run(
          'protocol.rewards={kind: compute-emission, emission: 0.1}',
          `fleet.others.throughput=${throughput}`,
          `fleet.honest.throughput=${throughput}`,
        ),
      ).mintedTokens!;
    const once = await minted(1);
    expect(once).toBeGreaterThan(0);
    expect((await minted(2)) / once).toBeCloseTo(2, 3);
  });

  it('newcomers-first: who joins late gets more than its share of the work', async () => {
    const set = ['fleet.others.joins={at: 9d}', 'warmUp=9d'];
    const others = async (...more: string[]) => sum(column(await run(...set, ...more), 'attemptsAccepted'));
    const [plain, first] = [await others(), await others('protocol.assignment={kind: newcomers-first, jobs: 300}')];
    // a third of the jobs of a day; with four times the weight of the founders two thirds, less what finds them busy
    expect(plain).toBeGreaterThan(100);
    expect(plain).toBeLessThan(220);
    expect(first).toBeGreaterThan(220);
    expect(first).toBeLessThan(320);
  });

  it('quorum-members: a class that asks for more than any score is served by nobody', async () => {
    const assignment = (above: number) =>
      `protocol.assignment={kind: quorum-members, jobClass: simulation, above: ${above}}`;
    expect(values(await run(assignment(0.1))).completedFraction).toBe(1);
    expect(values(await run(assignment(1))).jobsCompleted).toBe(0);
  });

  it('second-look: only low scores are looked at, and only they are caught', async () => {
    const set = ['protocol.verification={kind: second-look, below: 0.6}', lying];
    const seen = await run(...set);
    const none = await run(...set, 'protocol.verification.below=0');
    expect(sum(column(none, 'attemptsFailed'))).toBe(0);
    expect(sum(column(seen, 'attemptsFailed'))).toBeGreaterThan(0);
  });

  it('late-discovery: the finding comes epochs after the lie, and reaches stake that unbonds', async () => {
    const set = [
      'protocol.verification={kind: late-discovery, epochs: 3}',
      'protocol.slashing={kind: fixed, fraction: 0.01}',
    ];
    const result = await run(...set, lying);
    const times = numbers(tableNamed(result, 'slashings'), 'timeDays');
    expect(times.length).toBeGreaterThan(0);
    expect(Math.min(...times)).toBe(3);
    const gone = await run(...set, lying, 'fleet.others.leaves={at: 2d}');
    expect(sum(column(gone, 'slashedTokens'))).toBeGreaterThan(0);
  });
});

describe('a sketch of a strategy', () => {
  const wrongs = (result: RunResult) => values(result).wrongAcceptedRate!;
  const unchecked = 'protocol.verification=none';

  it('front-running: all is right until it lies, and then it is gone', async () => {
    const set = [unchecked, 'fleet.others.strategy={kind: front-running, from: 8d, leaves: 9d}'];
    expect(wrongs(await run(...set, 'horizon=7d'))).toBe(0);
    const whole = await run(...set);
    expect(wrongs(whole)).toBeGreaterThan(0);
    expect(column(whole, 'leftDays')).toEqual([9, 9, 9, 9, 9]);
  });

  it('fresh-start: leaves with a spoilt score and re-enters with a fresh one', async () => {
    const result = await run(
      'fleet.others.strategy={kind: fresh-start, low: 0.2, identities: 4}',
      'fleet.others.funds=2000',
    );
    expect(column(result, 'score').length).toBeGreaterThan(5);
    expect(column(result, 'leftDays').filter((day) => Number.isFinite(day) && day > 0).length).toBeGreaterThan(0);
  });

  it('milking: its score goes to and fro between the two', async () => {
    const result = await run(
      'fleet.others.strategy={kind: milking, low: 0.6, high: 0.8}',
      'protocol.reputation={kind: ema, alpha: 0.1}',
    );
    for (const score of column(result, 'score')) {
      expect(score).toBeGreaterThan(0.5);
      expect(score).toBeLessThan(0.9);
    }
    expect(sum(column(result, 'attemptsFailed'))).toBeGreaterThan(0);
  });

  it('dear-jobs-only: lies in dear jobs alone', async () => {
    const strategy = (above: number) => `fleet.others.strategy={kind: dear-jobs-only, above: ${above}}`;
    expect(wrongs(await run(unchecked, strategy(1)))).toBe(0);
    expect(wrongs(await run(unchecked, strategy(0.5)))).toBeGreaterThan(0.2);
  });

  it('undercutting: has all of the work while it undercuts, and its share afterwards', async () => {
    const set = [unchecked, 'protocol.assignment=cheapest', 'fleet.others.strategy={kind: undercutting, until: 5d}'];
    const share = (result: RunResult) => values(result).attackerWorkShare!;
    expect(share(await run(...set, 'horizon=5d'))).toBeGreaterThan(0.95);
    expect(share(await run(...set, 'warmUp=6d'))).toBeLessThan(0.6);
  });

  it('quarrelsome: each of its challenges fails', async () => {
    const result = await run(
      'protocol.verification={kind: optimistic, window: 1h, checkers: 1, checkProbability: 1}',
      'fleet.others.strategy=quarrelsome',
    );
    const outcomes = records(tableNamed(result, 'disputes'));
    expect(outcomes.length).toBeGreaterThan(0);
  });

  it('vouching-ring: members sign for members', async () => {
    const set = ['protocol.verification={kind: peer-attestation, observes: result, peers: 2, threshold: 2}'];
    const alone = await run(...set, 'fleet.others.strategy={kind: always-wrong}', 'fleet.others.nodes=20');
    const ring = await run(...set, 'fleet.others.strategy=vouching-ring', 'fleet.others.nodes=20');
    expect(wrongs(alone)).toBeLessThan(0.05);
    expect(wrongs(ring)).toBeGreaterThan(0.5);
  });

  it('ballast: its own jobs are served, paid by itself', async () => {
    const result = await run('fleet.others.strategy={kind: ballast, jobsPerEpoch: 10}', 'fleet.others.funds=5000');
    expect(values(result).ownJobs).toBe(9 * 5 * 10);
    expect(values(result).conservationResidueMicroTokens).toBe(0);
  });
});
