import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import { quantileSorted } from '../../../sim/kernels/quantile.js';
import { perform, sealed, simHere } from '../captured.js';
import { sim, smallScenario, temporaryFolder } from '../command-line.js';

type Row = Record<string, string>;

const folder = temporaryFolder();
let nodes: readonly Row[] = [];
let copies = 0;

const readRows = (file: string): Row[] =>
  Papa.parse<Row>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true }).data;

const inspect = (...words: readonly string[]) => simHere(['inspect', ...words], folder);
const json = async (...words: readonly string[]) => JSON.parse((await inspect(...words, '--json')).out);

beforeAll(async () => {
  // ends amid an epoch, so that the last row of a history is a part of one
  const text = smallScenario
    .replace(', epoch: 12h', '')
    .replace('horizon: 12h', 'horizon: 60h')
    .replace('10, stake: 10', '10, stake: 10, leaves: { at: 30h, over: 10h }');
  writeFileSync(join(folder, 'small.yaml'), text);
  const runs = [
    ['run', 'small.yaml', '--no-charts', '--out', 'run'],
    ['run', 'small.yaml', '--no-charts', '--out', 'detailed', '--detail'],
    ['run', 'small.yaml', '--no-charts', '--out', 'churning', '--set', 'fleet.honest.joins.newcomers.perDay=6'],
  ];
  const measuring = ['protocol.reputation={ kind: window-composite }', 'protocol.publish.every=0'];
  const beta = 'protocol.reputation={ kind: beta, byClass: true }';
  const classes = [beta, 'protocol.slashing=none', 'protocol.checkIn=none'];
  for (const [name, settings] of [['measuring', measuring] as const, ['classes', classes] as const]) {
    runs.push(['run', 'small.yaml', '--no-charts', '--out', name, ...settings.flatMap((one) => ['--set', one])]);
  }
  for (const words of runs) expect(await simHere(words, folder)).toMatchObject({ code: 0, err: '' });
  nodes = readRows(join(folder, 'run/nodes.csv'));
});

/** A copy of the run with one of its files changed. */
function damaged(name: string, change: (text: string) => string): string {
  const copy = `damaged-${++copies}`;
  cpSync(join(folder, 'run'), join(folder, copy), { recursive: true });
  const file = join(folder, copy, name);
  const text = change(readFileSync(file, 'utf8'));
  if (text === '') rmSync(file);
  else writeFileSync(file, text);
  return copy;
}

describe('sim inspect RUN', () => {
  test('adds up the cohorts of nodes.csv', async () => {
    const { cohorts, seed } = await json('run');
    expect(seed).toBe('small-1');
    expect(cohorts.map((one: { cohort: string }) => one.cohort)).toEqual(['honest', 'swarm', 'all']);
    for (const cohort of cohorts) {
      const own = nodes.filter((node) => cohort.cohort === 'all' || node.cohort === cohort.cohort);
      const present = own.filter((node) => node.state === 'present');
      const scores = present.map((node) => Number(node.score)).sort((a, b) => a - b);
      const sum = (column: string) => own.reduce((total, node) => total + Number(node[column]), 0);
      expect(cohort).toMatchObject({
        joined: own.length,
        present: present.length,
        online: present.filter((node) => node.online === 'true').length,
        ejected: own.filter((node) => node.state === 'ejected').length,
        stakeTokens: sum('stakeTokens'),
        incomeTokens: sum('incomeTokens'),
        slashedTokens: sum('slashedTokens'),
        workReferenceHours: sum('workReferenceHours'),
      });
      const median = quantileSorted(scores, 0.5);
      expect(cohort.score50).toBe(Number.isNaN(median) ? null : median);
    }
    expect(cohorts[1]).toMatchObject({ joined: 10, present: 0, score50: null });
  });

  test('counts those that joined, and not the room for newcomers that nobody took', async () => {
    const [honest] = (await json('churning')).cohorts;
    const own = readRows(join(folder, 'churning/nodes.csv')).filter(({ cohort }) => cohort === 'honest');
    const absent = own.filter(({ state }) => state === 'absent').length;
    expect(absent).toBeGreaterThan(3);
    expect(honest.joined).toBe(own.length - absent);
    const [stored] = readRows(join(folder, 'churning/cohorts.csv'));
    expect(honest.joined).toBe(Number(stored!.nodesJoined));
    // work after the warm-up has a name of its own there
    expect(honest.workReferenceHours).toBeGreaterThan(Number(stored!.workAfterWarmUpReferenceHours));
  });

  test('prints tables of at most 80 columns, and with --quiet nothing else', async () => {
    const { code, out, err } = await inspect('run');
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    expect(lines[0]).toBe('small: Does a small network serve its jobs?');
    expect(out).toMatch(/^Cohort +Joined +Present +Online +Ejected +Score 5 % +50 % +95 %\nhonest +30 +30 /m);
    expect(out).toMatch(/^swarm +10 +0 +0 +0 +– +– +–$/m);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80 + folder.length);
    expect(lines).toContain('Final states; scores are quantiles over present nodes.');
    expect(lines).toContain('Work is of the whole run, on the reference card.');
    const quiet = (await inspect('run', '--quiet')).out;
    expect(out.startsWith(quiet)).toBe(true);
    expect(quiet).not.toContain('sim inspect');
  });

  test('tells why jobs got no node, and what of nodes the policy goes by', async () => {
    const set = ['protocol.assignment={ kind: weighted-random, minimumScore: 0.6 }', 'protocol.reputation=beta'];
    const words = ['run', 'small.yaml', '--no-charts', '--out', 'passed-over', ...set.flatMap((one) => ['--set', one])];
    await simHere(words, folder);
    const { unserved } = await json('passed-over');
    const reason = expect.stringMatching(/that could serve them had too low a score for the assignment policy$/);
    expect(unserved).toMatchObject([{ jobClass: 'simulation', reason, share: '100 %' }]);
    const { out } = await inspect('passed-over');
    expect(out).toContain(
      `${unserved[0].jobs} jobs of simulation got no node, 100 % of all such: ${unserved[0].reason}`,
    );
    expect((await json('run')).unserved).toEqual([]);
  });
});

describe('sim inspect RUN --node', () => {
  test('finds a node by its name and by its row, and says what nodes.csv has', async () => {
    const row = nodes.findIndex((node) => node.name === 'swarm-3');
    const byName = await json('run', '--node', 'swarm-3');
    expect(byName).toEqual(await json('run', '--node', String(row)));
    expect(byName).toMatchObject({
      node: row,
      cohort: 'swarm',
      state: 'left',
      online: false,
      incomeTokens: Number(nodes[row]!.incomeTokens),
      jobLatencyMeanSeconds: null,
    });
  });

  test('prints a status: score, success rate, attempts, slashes, then every column with its unit', async () => {
    const busiest = nodes.toSorted((a, b) => Number(b.attemptsAccepted) - Number(a.attemptsAccepted))[0]!;
    const { out, code } = await inspect('run', '--node', busiest.name!);
    expect(code).toBe(0);
    const attempts = Number(busiest.attemptsAccepted) + Number(busiest.attemptsFailed);
    expect(out.split('\n')[0]).toBe(`${busiest.name}, row ${busiest.node}, cohort ${busiest.cohort}`);
    expect(out).toMatch(new RegExp(`^  success rate +[\\d.]+ % of ${attempts} attempts$`, 'm'));
    expect(out).toMatch(new RegExp(`^  attemptsAccepted +${busiest.attemptsAccepted} attempts$`, 'm'));
    expect(out).toMatch(new RegExp(`^  attempts accepted +${busiest.attemptsAccepted}$`, 'm'));
    expect(out).toMatch(/^ {2}stakeTokens +100 tokens$/m);
    expect(out).toMatch(/^ {2}slashes +\d+/m);
    expect(out).toMatch(/^ {2}average latency +[\d.]+ (s|min|h) from assignment to result$/m);
    expect(out).toMatch(/^ {2}last update +day [\d.]+, by an attempt$/m);
  });

  test('tells why a node that can be reached gets no work, with the digits that make the difference', async () => {
    const set = ['--set', 'protocol.stake.minimum=100.0001', '--out', 'barred', '--quiet'];
    // nobody is served, which isn't what the scenario expects
    expect(await simHere(['run', 'small.yaml', '--no-charts', '--no-gate', ...set], folder)).toMatchObject({
      code: 0,
      // which warns of it
      err: expect.stringMatching(/^warning small\.yaml:.*so that none of its nodes ever gets work\n/),
    });
    const rows = readRows(join(folder, 'barred/nodes.csv'));
    const barred = rows.find(({ cohort, online }) => cohort === 'honest' && online === 'true')!;
    expect(barred.active).toBe('false');
    expect((await inspect('barred', '--node', barred.name!)).out).toMatch(
      /^ {2}barred +its stake of 100 tokens is below the minimum, 100\.0001$/m,
    );
    const working = nodes.find(({ active }) => active === 'true')!;
    expect((await inspect('run', '--node', working.name!)).out).not.toContain('barred');
  });

  test('tells what its hardware can’t do, and that it can do nothing', async () => {
    const cpu = ['--set', 'fleet.honest.hardware={reference-cpu: 0.5, consumer-gpu: 0.5}'];
    const gpuJobs = ['--set', 'workload.batch.class=simulation', '--no-gate', '--quiet', '--no-charts'];
    const both = ['--set', '+workload.other={class: task, arrivals: {perHour: 1}}'];
    const [slot, card] = ['One slot at reference throughput', 'NVIDIA GeForce RTX 3090'];
    const ofHardware = (run: string, name: string) =>
      readRows(join(folder, run, 'nodes.csv')).find(
        ({ cohort, hardware }) => cohort === 'honest' && hardware === name,
      )!;
    for (const [out, set] of [
      ['cards-only', ['--set', 'protocol.verification=self-report']],
      ['cards-and-more', both],
    ] as const) {
      expect(await simHere(['run', 'small.yaml', ...cpu, ...gpuJobs, ...set, '--out', out], folder)).toMatchObject({
        code: 0,
      });
    }
    const cpuNode = ofHardware('cards-only', slot!);
    expect(cpuNode.attemptsAccepted).toBe('0');
    expect((await inspect('cards-only', '--node', cpuNode.name!)).out).toMatch(
      /^ {2}barred +its hardware can do no job: not simulation, which needs a GPU$/m,
    );
    expect((await inspect('cards-and-more', '--node', ofHardware('cards-and-more', slot!).name!)).out).toMatch(
      /^ {2}can’t do +simulation, which needs a GPU$/m,
    );
    for (const run of ['cards-only', 'cards-and-more']) {
      const { out } = await inspect(run, '--node', ofHardware(run, card!).name!);
      expect(out).not.toMatch(/can’t do|hardware can/);
    }
  });

  test('tells for what it was slashed last in the words of the report', async () => {
    const last = readRows(join(folder, 'run/slashings.csv')).at(-1)!;
    expect(last.cause).toBe('timeout');
    const { out } = await inspect('run', '--node', last.node!);
    expect(out).toMatch(/^ {2}slashes +\d+, the last on day [\d.]+ for results that didn’t come in time$/m);
  });

  test('of a run with --detail knows the last update, and the latency of jobs from the first assignment', async () => {
    const jobs = readRows(join(folder, 'detailed/jobs.csv')).filter(({ node }) => node === '0');
    const latencies = jobs
      .filter(({ outcome }) => outcome === 'completed')
      .map((job) => Number(job.deliveredSeconds) - Number(job.assignedSeconds));
    expect(latencies.length).toBeGreaterThan(3);
    const mean = latencies.reduce((sum, latency) => sum + latency, 0) / latencies.length;
    expect((await json('detailed', '--node', '0')).jobLatencyMeanSeconds).toBe(mean);
    const { out } = await inspect('detailed', '--node', '0');
    expect(out).toMatch(/^ {2}average latency +[\d.]+ min from the first assignment of its jobs to their results$/m);
    expect(out).toMatch(/^ {2}last update +day [\d.]+, by a job$/m);
  });
});

describe('what a network’s mechanisms keep of nodes besides', () => {
  test.each([
    ['measuring', ['successRate', 'slaRate', 'latencyRank', 'tier', 'windowJobs']],
    ['classes', ['simulationScore', 'simulationPublishedScore']],
  ] as const)('is told of a node, by name, at the end and epoch by epoch: %s', async (run, columns) => {
    const [node] = readRows(join(folder, run, 'nodes.csv')).filter((row) => row.attemptsAccepted !== '0');
    const one = await json(run, '--node', node!.node!);
    const { out } = await inspect(run, '--node', node!.node!);
    const { equal, epochs } = await json(run, '--node', node!.node!, '--history');
    const shown = await inspect(run, '--node', node!.node!, '--history', '--quiet');
    expect(equal).toBe(true);
    for (const column of columns) {
      expect(one[column]).toBe(Number(node![column]));
      expect(epochs.at(-1)[column]).toBe(one[column]);
      expect(out).toContain(column);
      const words = column.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
      expect(shown.out.toLowerCase()).toContain(words);
    }
  });
});

describe('a node in the terms of its protocol', () => {
  test.each([
    ['tiered-mesh', ['score', 'success rate', 'SLA rate', 'average latency', 'last update', 'tier', 'latency rank']],
    ['ai-oracle', ['score', 'accuracy mean', 'latency grade', 'uptime', 'scar']],
    ['triangulated-mesh', ['score', 'success rate', 'average latency', 'last update', 'slashes']],
  ])('is told at the head of its status: %s', async (name, labels) => {
    const file = join(folder, `${name}.yaml`);
    const job = name === 'ai-oracle' ? 'oracle-query' : 'simulation';
    writeFileSync(
      file,
      [
        '# How are they?',
        `protocol: { extends: ${name} }`,
        'horizon: 2d',
        'fleet: { a: { nodes: 12, funds: 100, bondFunds: 100 } }',
        `workload: { w: { class: ${job}, arrivals: { perHour: 20 } } }`,
      ].join('\n'),
    );
    const out = ['--out', name, '--quiet', '--no-charts'];
    expect(await simHere(['run', file, ...out], folder)).toMatchObject({ code: 0 });
    const [head] = (await inspect(name, '--node', 'a-3')).out.split('\n\n');
    for (const label of labels) expect(head).toMatch(new RegExp(`^  ${label} `, 'm'));
  });
});

describe('sim inspect RUN --node --history', () => {
  const history = async (...words: readonly string[]) =>
    JSON.parse((await inspect('run', ...words, '--history', '--json')).out);

  test('says why a node that is present gets no work: jailed, or suspended', async () => {
    writeFileSync(
      join(folder, 'resting.yaml'),
      [
        'horizon: 9d',
        'network: single',
        'protocol:',
        '  verification: none',
        '  slashing: none',
        '  suspension: { window: 1, below: 0.5, grace: 0, review: none }',
        'fleet: { struck: { nodes: 1, hardware: consumer-gpu }, slow: { nodes: 1, hardware: reference-cpu } }',
        'workload: { w: { class: task, arrivals: { at: [LIST] }, work: 6s, deadline: none } }',
        'stress: { outages: { crash: { hardware: consumer-gpu, at: 1d, for: 36h } } }',
      ]
        .join('\n')
        .replace('LIST', Array.from({ length: 12 }, (_, hour) => `${25 + hour}h`).join(', ')),
    );
    const jails = 'protocol.slashing={ kind: matrix, minor: { jailEpochs: { from: 2, to: 2 } } }';
    for (const words of [['suspends'], ['jails', '--set', jails, '--set', 'protocol.suspension=none']]) {
      const run = ['run', 'resting.yaml', '--no-charts', '--out', ...words];
      expect(await simHere(run, folder)).toMatchObject({ code: 0 });
    }
    const states = async (run: string, node: string) => {
      const { epochs } = JSON.parse((await inspect(run, '--node', node, '--history', '--json')).out);
      return epochs.map(({ state }: { state: string }) => state);
    };
    // down on the second day and half of the third; up by the rule again at the end of the third
    expect((await states('suspends', 'struck-0')).slice(0, 4)).toEqual(['present', 'suspended', 'present', 'present']);
    // twelve answers of the second day took 6 s, which is minor, and costs two epochs from the next boundary on
    expect((await states('jails', 'slow-0')).slice(0, 6)).toEqual([
      'present',
      'jailed',
      'jailed',
      'jailed',
      'present',
      'present',
    ]);
  });

  test('runs it again, finds the same run, and ends at what nodes.csv has', async () => {
    for (const name of ['honest-0', 'swarm-3']) {
      const { equal, epochs } = await history('--node', name);
      expect(equal).toBe(true);
      expect(epochs.map((row: { timeDays: number }) => row.timeDays)).toEqual([1, 2, 2.5]);
      const node = nodes.find((row) => row.name === name)!;
      const last = epochs.at(-1);
      expect(last).toMatchObject({
        epoch: 3,
        state: node.state,
        online: node.online === 'true',
        score: Number(node.score),
        publishedScore: Number(node.publishedScore),
        stakeTokens: Number(node.stakeTokens),
      });
      const sum = (column: string) =>
        epochs.reduce((total: number, row: Record<string, number>) => total + row[column]!, 0);
      expect(sum('attemptsAccepted')).toBe(Number(node.attemptsAccepted));
      expect(sum('attemptsFailed')).toBe(Number(node.attemptsFailed));
      expect(sum('incomeTokens')).toBeCloseTo(Number(node.incomeTokens), 9);
      expect(sum('slashedTokens')).toBeCloseTo(Number(node.slashedTokens), 9);
      expect(sum('workReferenceHours')).toBeCloseTo(Number(node.workReferenceHours), 9);
    }
  });

  test('says epoch by epoch when its score changed last', async () => {
    const { epochs } = await history('--node', 'honest-0');
    for (const [index, { scoreChangedDays, timeDays, score }] of epochs.entries()) {
      expect(scoreChangedDays).toBeLessThanOrEqual(timeDays);
      if (index > 0 && epochs[index - 1].score !== score) {
        expect(scoreChangedDays).toBeGreaterThan(epochs[index - 1].timeDays);
      }
    }
  });

  test('prints a table and that the fingerprints are equal', async () => {
    const { code, out } = await inspect('run', '--node', '0', '--history', '--quiet');
    expect(code).toBe(0);
    expect(out).toMatch(/^Epoch +Day +State +Up +Score +Changed +Stake +Income +Slashed +Accepted +Failed +Latency$/m);
    expect(out).toMatch(/^ +3 +2\.5 +present /m);
    expect(out.trimEnd().split('\n').at(-1)).toMatch(/^fingerprints equal [0-9a-f]{16} [0-9a-f]{16}$/);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  test('ends with 3 where the manifest tells of another run', async () => {
    const other = damaged('manifest.json', (text) =>
      JSON.stringify(
        sealed(JSON.parse(text.replace(/"trajectory": "[0-9a-f]{16}"/, '"trajectory": "0123456789abcdef"'))),
      ),
    );
    const { code, err } = await inspect(other, '--node', '0', '--history');
    expect(code).toBe(3);
    expect(err).toMatch(
      /^fingerprints differ: recorded 0123456789abcdef [0-9a-f]{16}, found .*; it isn’t the same run\n$/,
    );
  });
});

describe('sim inspect RUN --top and --bottom', () => {
  test('order by a column, equal ones by row', async () => {
    for (const [option, sign] of [
      ['--top', -1],
      ['--bottom', 1],
    ] as const) {
      const { nodes: ranked } = await json('run', option, '7', '--by', 'incomeTokens');
      const expected = nodes
        .map((node) => ({ node: Number(node.node), income: Number(node.incomeTokens) }))
        .sort((a, b) => sign * (a.income - b.income) || a.node - b.node)
        .slice(0, 7);
      expect(ranked.map((one: { node: number }) => one.node)).toEqual(expected.map(({ node }) => node));
    }
  });

  test('order texts, too; take the score and ten nodes unless told otherwise', async () => {
    const { nodes: first } = await json('run', '--bottom', '1', '--by', 'region');
    expect(first[0].region).toBe(nodes.map((node) => node.region!).sort()[0]);
    expect((await json('run', '--by', 'score')).nodes).toHaveLength(10);
    expect((await json('run', '--top', '1000')).by).toBe('score');
  });

  test('print the column first, and the node’s name', async () => {
    const lines = (await inspect('run', '--top', '3', '--by', 'attemptsFailed')).out.split('\n');
    expect(lines[0]).toMatch(/^node +attemptsFailed +name +cohort +state +score +stakeTokens +incomeTokens/);
    expect(lines).toHaveLength(5);
  });
});

describe('sim inspect refuses in one line with 2', () => {
  const columns = () => Object.keys(nodes[0]!).join(', ');

  test.each([
    ['no folder', [], () => 'sim inspect: expected a run folder, found nothing'],
    ['no run', ['none'], () => 'none/manifest.json: expected the manifest of a run, found nothing there'],
    [
      'an unknown column',
      ['run', '--by', 'scor'],
      () => `--by: expected ${`a column of nodes.csv: ${columns()}`.slice(0, 239)}…, found scor; did you mean score?`,
    ],
    [
      'an unknown node',
      ['run', '--node', 'swarm-33'],
      () => '--node: expected a row from 0 to 39 or a name such as honest-0, found swarm-33; did you mean swarm-3?',
    ],
    [
      'a number that is none',
      ['run', '--top', 'many'],
      () => '--top: expected a number of nodes from 1 on, found many',
    ],
    ['a number below 1', ['run', '--bottom', '0'], () => '--bottom: expected a number of nodes from 1 on, found "0"'],
    [
      'both ends',
      ['run', '--top', '1', '--bottom', '1'],
      () => '--bottom: expected either --top or --bottom, found both',
    ],
    [
      'a history of nobody',
      ['run', '--history'],
      () => '--history: expected a node to follow, given by --node, found none',
    ],
    [
      'a node and a ranking',
      ['run', '--node', '1', '--top', '3'],
      () => '--node: expected no --top, --bottom or --by beside it, found one of them',
    ],
    [
      'an unknown option',
      ['run', '--nodes', '3'],
      () => 'sim inspect: expected a known option, found --nodes; did you mean --node?',
    ],
  ])('%s', async (title, words, line) => {
    // what the parser refuses doesn't reach the command
    const isTyped = title === 'no folder' || title === 'an unknown option';
    const ended = isTyped ? sim(['inspect', ...words], folder) : await inspect(...words);
    expect(ended).toEqual({ code: 2, out: '', err: `${line()}\n` });
  });

  const edited = /^X\/nodes\.csv: expected the table that the run wrote, found an edited one$/;
  test.each([
    ['a manifest that isn’t JSON', 'manifest.json', () => '{', /^X\/manifest\.json: expected JSON, found /],
    [
      'a manifest without its seed',
      'manifest.json',
      (text: string) => text.replace(/^ {2}"seed".*\n/m, ''),
      /^X\/manifest\.json: seed: expected a text, found nothing$/,
    ],
    [
      'an edited scenario',
      'manifest.json',
      (text: string) => text.replace('"60h"', '"61h"'),
      /^X\/manifest\.json: expected the scenario that was run, found an edited one$/,
    ],
    [
      'an edited question',
      'manifest.json',
      (text: string) => text.replace('Does a small', 'Did a small'),
      /^X\/manifest\.json: expected the manifest that the run wrote, found an edited one$/,
    ],
    ['no nodes', 'nodes.csv', () => '', /^X\/nodes\.csv: expected a table of the run, found nothing there$/],
    ['edited nodes', 'nodes.csv', (text: string) => text.replace('honest-2', 'honest-3'), edited],
    ['a cut table', 'nodes.csv', (text: string) => text.slice(0, -20), edited],
  ])('a run with %s', async (_title, file, change, line) => {
    const copy = join(folder, damaged(file, change));
    const { code, printed, said } = await perform('inspect', { folder: copy });
    expect([code, printed, said.length]).toEqual([2, [], 1]);
    expect(said[0]!.replace(copy, 'X')).toMatch(line);
  });
});
