import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../sim/findings/answer/verdict.js';
import { checkExpectations, checkQuestion } from '../../sim/findings/checked-expectations.js';
import { type Progress, runScenario } from '../../sim/run.js';
import { loadScenario } from '../../sim/scenario/load.js';
import { estimateRun } from '../../sim/scenario/plan/estimate.js';
import { temporaryFolder, writeScenario } from '../commands/captured.js';
import { linesOf } from '../support/refusals.js';
import { metricOf, records, tableNamed } from '../support/scenarios.js';

/** Of another seed and with an expectation of its own, which both are left out. */
const twin = `# Is it the same without theft?
seed: theirs
horizon: 3d
warmUp: 12h
protocol: { extends: triangulated-mesh }
fleet:
  honest: { nodes: 20, outages: { up: 6h, down: 20m } }
  liars: { nodes: 4, strategy: always-wrong, joins: { at: 1d } }
workload: { w: { arrivals: { perHour: 30 } } }
question: { yesIf: { metric: completedFraction, comparedTo: nowhere.yaml, above: 0 } }
expect: [{ metric: jobsFinal, above: 1000000000 }]
`;
const withoutLiars = twin.replace(/ {2}liars.*\n/, '');
const own = `seed: mine
question: null
`;

/** A folder with the two scenarios, of which the one extends the other; returns the path of the one. */
function written(expected: readonly string[], more = '', text = twin): string {
  const folder = temporaryFolder();
  writeScenario(folder, text, 'twin.yaml');
  return writeScenario(folder, `extends: twin.yaml\n${own}${more}expect:\n  - { ${expected.join(' }\n  - { ')} }\n`);
}

const load = (...given: Parameters<typeof written>) => loadScenario(written(...given));
const run = async (...given: Parameters<typeof written>) => {
  const result = await runScenario(load(...given));
  return { result, held: checkExpectations(tableNamed(result, 'expectations')) };
};
const harder = `protocol:
  verification: [peer-attestation, { kind: recompute, share: 0.9 }]
  slashing: { maxFraction: 0.5 }
`;

const asked = [
  'metric: attackerProfitUsd, comparedTo: twin.yaml, below: 0',
  'metric: attackerWorkShare, cohort: liars, at: { lastDays: 1 }, comparedTo: ./twin.yaml, below: 0.5',
  'metric: wrongAcceptedRate, after: liars joins, comparedTo: twin.yaml, atMost: 0',
  'metric: completedFraction, above: 0.5',
];

describe('an expectation that is compared to another scenario', () => {
  it('finds no difference at all to the same rules, whatever the seed and the expectations of the other', async () => {
    const { held } = await run(asked);
    expect(held.map(({ value }) => value).slice(0, 3)).toEqual([0, 0, 0]);
    expect(held.map(({ comparedValue }) => comparedValue)[0]).not.toBe(0);
    expect(held.map(({ met }) => met)).toEqual([false, true, true, true]);
    expect(held[3]).toMatchObject({ comparedTo: null, comparedValue: Number.NaN });
  });

  it('finds the difference of two runs with its own seed, and says both figures', async () => {
    const { result, held } = await run(asked, harder);
    const alone = asked.map((one) => one.replace(/, comparedTo: [^,]+/, ''));
    const mine = await run(alone, harder);
    const set = ['seed=mine', 'question=null', `expect=[{ ${alone.join(' }, { ')} }]`];
    const theirs = await runScenario(loadScenario(writeScenario(temporaryFolder(), twin), { set }));
    const others = checkExpectations(tableNamed(theirs, 'expectations'));
    for (const index of [0, 1, 2]) {
      expect(held[index]!.value).not.toBe(0);
      expect(held[index]!.comparedValue).toBe(others[index]!.value);
      expect(held[index]!.value).toBe(mine.held[index]!.value - others[index]!.value);
    }
    expect(result.compared).toHaveLength(1);
    expect(result.compared[0]).toMatchObject({
      expectations: [1, 2, 3],
      trajectoryFingerprint: theirs.trajectoryFingerprint,
      accountingFingerprint: theirs.accountingFingerprint,
    });
    expect(held[1]!.text).toBe(
      'attackerWorkShare of liars, over the last day, compared to ./twin.yaml, below 50 percentage points',
    );
    expect(held[2]!.found).toMatch(/^−[\d.]+ percentage points \([\d.]+ % against [\d.]+ %; from 1 to 3 d\)$/);
    expect(held[2]!.subject).toMatch(/, after liars joins, compared to twin\.yaml$/);
  });

  it('can be what a yes to the question depends on', async () => {
    const question =
      'question: { yesIf: { metric: honestReturnOnCapital, comparedTo: twin.yaml, above: null, below: 0 } }\n';
    const file = written(asked, harder);
    writeFileSync(file, readFileSync(file, 'utf8').replace('question: null\n', question));
    const result = await runScenario(loadScenario(file));
    const [answer] = checkQuestion(tableNamed(result, 'expectations'));
    expect(answer!.value).toBe(metricOf(result, 'honestReturnOnCapital') - answer!.comparedValue);
    expect(answer!.value).not.toBe(0);
    expect(answer).toMatchObject({ met: answer!.value < 0, bounds: 'below 0 percentage points' });
    expect(result.compared[0]!.expectations).toEqual([1, 2, 3, 0]);
  });

  it('changes nothing else: tables and fingerprints are those of a run that is compared to none', async () => {
    const { result } = await run(asked, harder);
    const { result: plain } = await run(asked.slice(3), harder);
    expect(result.trajectoryFingerprint).toBe(plain.trajectoryFingerprint);
    expect(result.accountingFingerprint).toBe(plain.accountingFingerprint);
    for (const table of plain.tables.filter(({ name }) => name !== 'expectations')) {
      expect([...tableNamed(result, table.name).rows()], table.name).toEqual([...table.rows()]);
    }
    expect(records(tableNamed(plain, 'expectations'))[0]).toMatchObject({ comparedTo: '', comparedValue: null });
  });

  it('can’t be told where either has no such figure', async () => {
    const liars = 'fleet: { liars: { nodes: 4, strategy: always-wrong } }\n';
    const share = 'metric: attackerWorkShare, comparedTo: twin.yaml, above: -1';
    const { held, result } = await run([share], liars, withoutLiars);
    expect(held[0]).toMatchObject({ value: Number.NaN, met: null, found: '– (twin.yaml has no such figure)' });
    expect(metricOf(result, 'attackerWorkShare')).toBeGreaterThan(0);
    const { scenario } = result.loaded;
    const facts = { scenario, table: (name: string) => tableNamed(result, name) };
    const why = 'twin.yaml has no figure of attackers’ share of the work';
    expect(verdictOf([], held, { ...facts, replications: [{}] })).toBe(
      `Whether it is as expected can’t be told from this run: ${why}.`,
    );
    const twenty = Array.from({ length: 20 }, () => ({}));
    expect(verdictOf([], held, { ...facts, replications: twenty })).toBe(
      `Whether it is as expected can’t be told from these 20 runs: ${why}.`,
    );
    const { held: without } = await run([share], 'fleet: { liars: null }\n');
    expect(without[0]!.found).toMatch(/^– \(– against [\d.]+ %\)$/);
    expect(without[0]!.met).toBeNull();
  });

  it('has the other run once, after its own, and says so', async () => {
    const told: (string | undefined)[] = [];
    const onProgress = ({ simulatedSeconds, horizonSeconds, comparedTo }: Progress) => {
      if (simulatedSeconds === horizonSeconds) told.push(comparedTo);
    };
    const loaded = load(asked);
    await runScenario(loaded, { onProgress });
    expect(told).toEqual([undefined, 'twin.yaml']);
    expect(loaded.files.map((file) => basename(file)).filter((name) => name !== 'triangulated-mesh.yaml')).toEqual([
      'small.yaml',
      'twin.yaml',
    ]);
    const one = estimateRun(load(asked.slice(3)));
    const { nodes, jobs, events } = estimateRun(loaded);
    expect({ nodes, jobs, events }).toEqual({ nodes: 2 * one.nodes, jobs: 2 * one.jobs, events: 2 * one.events });
  });

  it('is aborted in the other run, too', async () => {
    const abort = new AbortController();
    const onProgress = ({ comparedTo }: Progress) => comparedTo !== undefined && abort.abort(new Error('enough'));
    await expect(runScenario(load(asked), { onProgress, signal: abort.signal })).rejects.toThrow('enough');
  });
});

describe('the scenario to compare to', () => {
  /** What is said of the scenarios, files by their bare names. */
  const refused = (...given: Parameters<typeof written>) =>
    linesOf(() => load(...given)).map((line) => line.replace(/[^ (]*\/(?=\w+\.yaml)/g, ''));

  it.each([
    [
      'metric: completedFraction, at: worstEpoch, comparedTo: twin.yaml, below: 1',
      'small.yaml:7:38: expect.0.at: expected another part beside comparedTo, as each run has a worst epoch of its ' +
        'own, found worstEpoch',
    ],
    [
      'metric: completedFraction, comparedTo: twn.yaml, below: 1',
      'small.yaml:7:46: expect.0.comparedTo: expected a file, found nothing there (twn.yaml); ' +
        'did you mean twin.yaml?',
    ],
    [
      'metric: attackerWorkShare, cohort: swarm, comparedTo: twin.yaml, below: 1',
      'small.yaml:7:61: expect.0.comparedTo: expected a scenario in which cohort can be swarm, found twin.yaml, ' +
        'where it can be a cohort of attackers: liars',
    ],
    [
      'metric: completedFraction, after: swarm joins, comparedTo: twin.yaml, below: 1',
      'small.yaml:7:66: expect.0.comparedTo: expected a scenario in which after can be swarm joins, found twin.yaml, ' +
        'where it can be one of: honest joins, liars joins',
    ],
    [
      'metric: completedFraction, at: { from: 1d, to: 4d }, comparedTo: twin.yaml, below: 1',
      'small.yaml:7:72: expect.0.comparedTo: expected a scenario in which at.to can be 4d, found twin.yaml, where it ' +
        'can be at most the horizon, 3d',
    ],
  ])('is refused with its place: %s', (expectation, line) => {
    const swarm = 'horizon: 5d\nfleet: { swarm: { nodes: 3, strategy: always-wrong } }\n';
    expect(refused([expectation], swarm)).toEqual([line]);
  });

  it('is told its own faults at their place, once', () => {
    const wrong = twin.replace('nodes: 20', 'nodes: 0');
    const folder = temporaryFolder();
    writeScenario(folder, wrong, 'other.yaml');
    writeScenario(folder, twin, 'twin.yaml');
    const two = asked.slice(0, 2).map((one) => one.replace('twin', 'other'));
    const file = writeScenario(folder, `extends: twin.yaml\n${own}expect: [{ ${two.join(' }, { ')} }]\n`);
    expect(linesOf(() => loadScenario(file))).toEqual([
      expect.stringMatching(/other\.yaml:7:20: fleet\.honest\.nodes: expected .*, found 0$/),
    ]);
  });

  it('is beside the file that names it, or the scenario’s where that is the command line', () => {
    const folder = temporaryFolder();
    const file = writeScenario(folder, twin, 'twin.yaml');
    const set = [`question=null`, `expect=[{ ${asked[0]} }]`];
    expect(loadScenario(file, { set }).compared.map(({ other }) => other.file)).toEqual([file]);
  });

  it('may be the scenario itself', () => {
    expect(load(['metric: jobsFinal, comparedTo: small.yaml, atMost: 0']).compared).toHaveLength(1);
  });

  it.each([
    ['metric: jobsFinal', 'horizon: 4d\n', 'from 0.5 to 4 d', 'from 0.5 to 3 d'],
    ['metric: completedFraction', 'warmUp: 6h\n', 'from 0.25 to 3 d', 'from 0.5 to 3 d'],
    ['metric: completedFraction, at: { lastDays: 1 }', 'horizon: 4d\n', 'from 3 to 4 d', 'from 2 to 3 d'],
    ['metric: attackerProfitUsd', 'horizon: 4d\n', 'from 0 to 4 d', 'from 0 to 3 d'],
    ['metric: honestStakeLostTokens', 'warmUp: 6h\n', 'from 0.25 to 3 d', 'from 0.5 to 3 d'],
    ['metric: nodesOnline', 'horizon: 4d\n', 'at 4d', 'at 3d'],
    [
      'metric: wrongAcceptedRate, after: liars joins',
      'fleet: { liars: { joins: { at: 2d } } }\n',
      'from 2 to 3 d',
      'from 1 to 3 d',
    ],
  ])('is refused where it has the figure of another time: %s beside %j', (what, more, own, others) => {
    const metric = /metric: (\w+)/.exec(what)![1];
    expect(refused([`${what}, comparedTo: twin.yaml, below: 0.5`], more)).toEqual([
      expect.stringMatching(
        new RegExp(
          `: expect\\.0\\.comparedTo: expected a scenario that has ${metric} of the same time, ${own}, found ` +
            `twin\\.yaml, which has it ${others}, so that the two can’t be compared$`,
        ),
      ),
    ]);
  });

  it.each([
    ['metric: completedFraction, at: { from: 1d, to: 2d }', 'horizon: 4d\nwarmUp: 6h\n'],
    ['metric: attackerProfitUsd', 'warmUp: 6h\n'],
    ['metric: jobsOpen', 'warmUp: 6h\n'],
    ['metric: attackerWorkShare', 'fleet: { liars: { joins: { at: 2d } } }\n'],
    ['metric: completedFraction, after: liars joins', 'fleet: { liars: { joins: { at: 24.2h } } }\n'],
  ])('may have another length where the figure is of the same time in both: %s beside %j', (what, more) => {
    expect(refused([`${what}, comparedTo: twin.yaml, below: 0.5`], more)).toEqual([]);
  });

  it('is warned of where nothing of what the metric is about is in it', () => {
    const liars = 'fleet: { liars: { nodes: 4, strategy: always-wrong } }\n';
    const { warnings } = load(['metric: attackerWorkShare, comparedTo: twin.yaml, below: 1'], liars, withoutLiars);
    expect(warnings.map(({ expected, found, why }) => ({ expected, found, why }))).toEqual([
      { expected: 'a scenario with a cohort of attackers', found: 'twin.yaml', why: 'so that it can’t be told' },
    ]);
  });

  it('makes bounds below 0 mean something, and those beyond a difference none', () => {
    const bounds = (bound: string) =>
      load([`metric: completedFraction, comparedTo: twin.yaml, ${bound}`]).warnings.map(({ expected }) => expected);
    expect(bounds('below: 0')).toEqual([]);
    expect(bounds('above: 1')).toEqual([
      'a bound that can be met and missed (the difference of two completedFraction is from -1 to 1)',
    ]);
  });
});
