import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { listScenarios } from '../../sim/reference/scenario-list.js';
import { runScenario } from '../../sim/run.js';
import { loadScenario } from '../../sim/scenario/load.js';
import { smallScenario, temporaryFolder, writeScenario } from './captured.js';
import { root, sim } from './command-line.js';

const lengths = (text: string) => text.split('\n').map((line) => [...line].length);

describe('sim list', () => {
  test('lists the package’s scenarios; all but the questions fits in 80 columns', () => {
    const { code, out, err } = sim(['list']);
    expect([code, err]).toEqual([0, '']);
    const lines = out.split('\n');
    const sybil = lines.indexOf('sybil: Does a swarm of cheap identities take over half of the work?');
    expect(lines[sybil + 1]).toMatch(/^ {2}triangulated-mesh +600 sybil-swarm +2,100 +30 d +\d+ s$/);
    const trace = lines.findIndex((line) => line.startsWith('traces/golem-january: '));
    expect(lines[trace + 1]).toMatch(/^ {2}triangulated-mesh +none +by trace +31 d +\d+ s$/);
    expect(Math.max(...lengths(lines.filter((line) => line.startsWith('  ')).join('\n')))).toBeLessThanOrEqual(80);
    expect(out).not.toMatch(/^((hardware|regions|workloads):|protocols\/)/m);
    expect(out).toContain('Run times are reckoned');
  });

  test('says the same from another folder, and nothing but the table with --quiet', () => {
    const { code, out } = sim(['list', '--quiet'], temporaryFolder());
    expect(code).toBe(0);
    expect(out).toContain('sybil: Does');
    expect(out).not.toContain('Run times');
  });

  test('prints one JSON object with --json', () => {
    const { code, out } = sim(['list', '--json']);
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    const { scenarios } = JSON.parse(out);
    expect(scenarios.find(({ name }: { name: string }) => name === 'sybil')).toMatchObject({
      file: 'scenarios/sybil.yaml',
      protocol: 'triangulated-mesh',
      attackers: [{ cohort: 'swarm', strategy: 'sybil-swarm', nodes: 600 }],
      nodes: 2_100,
      horizonSeconds: 2_592_000,
      faults: [],
    });
  });

  const namesOf = (words: readonly string[]): readonly string[] => {
    const { code, out, err } = sim(['list', '--json', ...words]);
    expect([code, err]).toEqual([0, '']);
    return JSON.parse(out).scenarios.map(({ name }: { name: string }) => name);
  };

  test('tells those with an attack, by a kind, by a word of it, and by what a strategy is made of', () => {
    const ring = namesOf(['--attack', 'collusion-ring']);
    expect(ring).toContain('collusion');
    expect(ring).not.toContain('sybil');
    expect(namesOf(['--attack', 'Collusion'])).toEqual(expect.arrayContaining([...ring, 'attacks/reporter-collusion']));
    expect(namesOf(['--attack', 'always-wrong'])).toContain('attacks/build-cheat-leave');
    expect(namesOf(['--attack', 'phases'])).toContain('attacks/build-cheat-leave');
  });

  test('tells those of a protocol or of none, and those with words in name or question', () => {
    const oracle = namesOf(['--protocol', 'ai-oracle']);
    expect(oracle).toContain('ai-oracle/stale-hour');
    expect(namesOf(['--protocol', 'own'])).toEqual(expect.arrayContaining(['collusion', 'mm-c']));
    expect(oracle).not.toContain('mm-c');
    expect(namesOf(['--word', 'EUROPE', '--word', 'north'])).toEqual(['partition']);
    expect(namesOf(['--word', 'mm-c'])).toEqual(['mm-c']);
    expect(namesOf(['--word', 'oracle', '--protocol', 'ai-oracle', '--attack', 'collusion-ring'])).toEqual([
      'ai-oracle/colluding-majority',
    ]);
  });

  test('tells those with the attack of a name, and honest members by it', () => {
    const folder = temporaryFolder();
    writeScenario(folder, smallScenario.replace('strategy: always-wrong', 'attack: moles'), 'good.yaml');
    expect(sim(['list', '.', '--attack', 'moles', '--quiet'], folder).out).toContain('5 honest in moles');
    expect(sim(['list', '.', '--attack', 'honest'], folder)).toEqual({
      code: 2,
      out: '',
      err: '--attack: expected one of: moles, found honest\n',
    });
  });

  test('says that none passes, and which protocols and attacks there are', () => {
    expect(sim(['list', '--word', 'no such word'])).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringMatching(/^scenarios: none of the \d+ scenarios there is all that was asked for\n$/),
    });
    const { code, out, err } = sim(['list', '--attack', 'nothing', '--protocol', 'oracles']);
    expect([code, out]).toEqual([2, '']);
    const [protocols, attacks] = err.split('\n');
    expect(protocols).toMatch(/^--protocol: expected one of: ai-oracle, compute-staking, own, .*, found oracles/);
    expect(attacks).toMatch(/^--attack: expected one of: .*collusion-ring, .*, found nothing$/);
    expect(sim(['list', '--attack', 'colusion-ring']).err).toMatch(/; did you mean collusion-ring\?\n$/);
  });

  test('lists a folder, with those that can’t be run, and passes over what is no scenario', () => {
    const folder = temporaryFolder();
    writeScenario(folder, smallScenario, 'good.yaml');
    writeScenario(folder, smallScenario.replace('12h', 'soon'), 'bad.yml');
    writeScenario(folder, 'a: [', 'broken.yaml');
    writeScenario(folder, 'epoch: 1h\n', 'protocol.yaml');
    mkdirSync(join(folder, 'deep'));
    writeScenario(join(folder, 'deep'), 'extends: ../good.yaml\nseed: 2\n', 'near.yaml');
    symlinkSync(folder, join(folder, 'deep', 'loop'));
    writeFileSync(join(folder, 'notes.txt'), 'fleet: 1');
    const { code, out, err } = sim(['list', '.'], folder);
    expect([code, err]).toEqual([0, '']);
    const named = out.split('\n').filter((line) => /^(good|bad|broken|protocol|deep)/.test(line));
    expect(named).toEqual([
      'bad: Do the honest nodes do the work?',
      'broken',
      'good: Do the honest nodes do the work?',
      'deep/near',
    ]);
    expect(out).toContain('can’t be run; sim validate bad.yml says why');
    expect(sim(['list', '--json'], folder).code).toBe(0);
    expect(sim(['validate', 'bad.yml'], folder).code).toBe(2);
  });

  test('says what to do in a folder without scenarios', () => {
    expect(sim(['list', '.'], temporaryFolder())).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringContaining('no scenarios there; sim init'),
    });
  });

  test.each([
    ['a folder that isn’t there', ['list', 'none'], 'none: expected a folder that can be read, found nothing there\n'],
    ['a file', ['list', 'README.md'], 'README.md: expected a folder, found a file\n'],
    ['two folders', ['list', 'a', 'b'], 'sim list: expected nothing more, found b\n'],
  ])('refuses %s', (_title, words, err) => {
    expect(sim(words)).toEqual({ code: 2, out: '', err });
  });

  test('reckons at least as many events as there are, and not many times more', async () => {
    const file = join(root, 'scenarios/mm-c.yaml');
    const { summary } = listScenarios(join(root, 'scenarios')).find(({ name }) => name === 'mm-c')!;
    const { events } = await runScenario(loadScenario(file));
    expect(summary!.estimate.events).toBeGreaterThanOrEqual(events);
    expect(summary!.estimate.events).toBeLessThan(events * 10);
  });
});
