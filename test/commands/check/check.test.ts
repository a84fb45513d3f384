import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { simHere, smallScenario, temporaryFolder, writeScenario } from '../captured.js';

const failing = smallScenario.replace('attackerWorkShare, below: 0.9', 'attackerWorkShare, below: 0.001');
// about 590 jobs, give or take 15
const unclear = smallScenario.replace('attackerWorkShare, below: 0.9', 'jobsFinal, below: 590');

function place(): string {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'all'));
  writeScenario(join(folder, 'all'), smallScenario, 'good.yaml');
  writeScenario(join(folder, 'all'), failing, 'bad.yaml');
  writeScenario(join(folder, 'all'), '# no scenario\nhardware: {}\n', 'hardware.yaml');
  writeScenario(join(folder, 'all'), smallScenario.slice(0, smallScenario.indexOf('expect:')), 'silent.yaml');
  return folder;
}

const check = (folder: string, ...words: string[]) => simHere(['check', ...words, '--quiet'], folder);

test('holds what a folder’s scenarios expect, and tells what fails last, with how to see it', async () => {
  const { code, out, err } = await check(place(), 'all');
  expect([code, err]).toEqual([3, '']);
  const lines = out.split('\n');
  expect(lines[0]).toMatch(/^scenario +verdict +expectation$/);
  expect(lines.filter((line) => /^(good|bad) +holds/.test(line))).toHaveLength(3);
  const at = lines.findIndex((line) => line.startsWith('fails: bad: attackerWorkShare below 0.1 %'));
  expect(lines[at + 1]).toMatch(/^ {2}found .* \(4 replications\)$/);
  expect(lines[at + 2]).toBe('  all/bad.yaml:13; again: sim check all/bad.yaml --error 0.025');
  expect(lines.at(-2)).toBe(
    '3 hold, 1 fail, 0 undecided: 2 scenarios, 8 runs; that any verdict is wrong has a chance of at most 5 %',
  );
});

test('what is undecided fails, or passes where that is asked for', async () => {
  const folder = place();
  writeScenario(folder, unclear, 'unclear.yaml');
  const words = ['unclear.yaml', '--replications', '2', '--replications-most', '2'];
  const strict = await check(folder, ...words);
  expect(strict.code).toBe(3);
  expect(strict.out).toContain('undecided: unclear: jobsFinal below 590 jobs');
  expect((await check(folder, ...words, '--undecided', 'pass')).code).toBe(0);
});

test('writes JUnit XML, Markdown, annotations and JSON', async () => {
  const folder = place();
  const { code, out } = await check(
    ...([folder, 'all', '--github', '--junit', 'verdicts.xml', '--markdown', 'summary.md'] as const),
  );
  expect(code).toBe(3);
  const xml = readFileSync(join(folder, 'verdicts.xml'), 'utf8');
  expect(xml).toContain('<testsuites name="sim check" tests="4" failures="1" errors="0" skipped="0">');
  expect(xml).toContain('<testsuite tests="2" failures="1" errors="0" skipped="0" name="bad">');
  expect(xml).toMatch(/<testcase classname="bad" name="attackerWorkShare below 0.1 %" file="all\/bad.yaml" line="13">/);
  expect(xml.match(/<(\w+)[^>]*[^/]>/g)!.length).toBe(xml.match(/<\/\w+>/g)!.length);
  const markdown = readFileSync(join(folder, 'summary.md'), 'utf8');
  expect(markdown).toContain('| ❌ fails | bad | attackerWorkShare below 0.1 % |');
  expect(markdown).toContain('sim check all/bad.yaml --error 0.025');
  expect(out).toMatch(
    /^::error file=all\/bad\.yaml,line=13,col=5,title=bad%3A fails::attackerWorkShare below 0\.1 %25/m,
  );
  const json = await check(folder, 'all', '--json');
  const told = JSON.parse(json.out);
  expect(told.looks).toEqual([4, 8, 16, 32, 64]);
  expect(told.scenarios.map(({ name }: { name: string }) => name)).toEqual(['bad', 'good']);
  expect(told.verdicts.filter(({ verdict }: { verdict: string }) => verdict === 'fails')).toMatchObject([
    { scenario: 'bad', file: 'all/bad.yaml', line: 13, text: 'attackerWorkShare below 0.1 %' },
  ]);
});

test('holds figures against a baseline, which it writes, and tells what changed', async () => {
  const folder = place();
  const words = ['all/good.yaml', '--baseline', 'base'];
  const none = await check(folder, ...words);
  expect([none.code, none.err]).toEqual([2, expect.stringContaining('--update-baseline writes')]);
  const stored = await check(folder, ...words, '--update-baseline');
  expect([stored.code, stored.err]).toEqual([0, 'stored base/good.json\n']);
  const text = readFileSync(join(folder, 'base/good.json'), 'utf8');
  expect(text).toMatch(/^ {4}"attackerWorkShare": \[0\.\d+(, 0\.\d+){7}\],$/m);
  expect(text.length).toBeLessThan(16_000);
  const unchanged = await check(folder, ...words);
  expect(unchanged.code).toBe(0);
  expect(unchanged.out).toContain('1 scenario, 1 run;');
  const changed = await check(folder, ...words, '--set', 'fleet.liars.nodes=15');
  expect(changed.code).toBe(3);
  expect(changed.out).toMatch(
    /fails: good: figures as in the baseline\n {2}found \d+ of \d+ metrics compared changed: /,
  );
  expect(changed.out).toMatch(/attackerWorkShare \d+\.?\d* %, was 1\d\.?\d* % \(change/);
  expect(changed.out).toContain(
    'again: sim check all/good.yaml --set fleet.liars.nodes=15 --baseline base --error 0.05',
  );
});

test('refuses what can’t be told, in a line each', async () => {
  const folder = place();
  const refused = async (...words: string[]) => {
    const { code, out, err } = await check(folder, ...words);
    expect([code, out]).toEqual([2, '']);
    return err;
  };
  expect(await refused('all', '--replications', '1')).toContain('--replications: expected at least 2');
  expect(await refused('all', '--error', '1')).toBe('--error: expected a chance between 0 and 1, found 1\n');
  expect(await refused('all', '--update-baseline')).toBe(
    '--update-baseline: expected --baseline beside it, found none\n',
  );
  expect(await refused('all', '--replications-most', '3')).toContain('at least --replications, 4');
  expect(await refused('nothing.yaml')).toContain('nothing there');
  expect(await refused('all/silent.yaml')).toContain('expected a scenario that expects something');
  writeScenario(join(folder, 'all'), smallScenario, 'good.yml');
  expect(await refused('all')).toContain('expected another name than that of all/good.yaml, found good');
});

test('a dry run tells points, runs, time and memory', async () => {
  const folder = place();
  const { code, out } = await check(folder, 'all', '--dry-run', '--workers', '2');
  expect(code).toBe(0);
  expect(out).toMatch(/^2 scenarios, 8 to 128 runs on 2 threads\nabout .* to .*, \d+ MiB of memory, no disk\n$/);
});

test('holds each variant of a scenario for itself', async () => {
  const folder = temporaryFolder();
  const variants = 'variants:\n  many: { fleet.liars.nodes: 60 }\n  few: { fleet.liars.nodes: 1 }\n';
  const expected = smallScenario.replace('attackerWorkShare, below: 0.9', 'attackerWorkShare, below: 0.3');
  writeScenario(folder, `${expected}${variants}`, 'both.yaml');
  const { code, out } = await check(folder, 'both.yaml');
  expect(code).toBe(3);
  expect(out).toMatch(/^both\.few +holds +attackerWorkShare below 30 %/m);
  expect(out).toMatch(/fails: both\.many: attackerWorkShare below 30 %\n.*\n {2}both\.yaml:13; again: /);
  expect(out).toContain('again: sim check both.yaml --error 0.05\n');
});

test('the command that it names comes to the same verdict; a new baseline is unchanged', async () => {
  const folder = place();
  writeScenario(join(folder, 'all'), unclear, 'unclear.yaml');
  const looks = ['--replications-most', '8'];
  const { out } = await check(folder, 'all', ...looks, '--undecided', 'pass');
  const [, found] = /^undecided: unclear: .*\n {2}found (.*)\n/m.exec(out)!;
  const [, command] = /unclear\.yaml:\d+; again: sim (.*)$/m.exec(out)!;
  const again = await simHere([...command!.split(' '), '--quiet'], folder);
  expect(again.out).toContain(`found ${found}\n`);
  const against = smallScenario.replace('attackerWorkShare, below: 0.9', 'jobsFinal, against: baseline, atMost: 5');
  writeScenario(folder, against, 'against.yaml');
  const words = ['against.yaml', '--baseline', 'base'];
  expect(await check(folder, ...words, '--update-baseline')).toMatchObject({ code: 0 });
  const unchanged = await check(folder, ...words);
  expect(unchanged.code).toBe(0);
  expect(unchanged.out).toMatch(/against +holds +jobsFinal, change since the baseline, at most 5 jobs/);
});
