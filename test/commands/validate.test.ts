import { describe, expect, test } from 'vitest';
import { filesIn, perform, smallScenario, temporaryFolder, writeScenario } from './captured.js';
import { sim } from './command-line.js';

describe('sim validate', () => {
  test('says ok and the question of each scenario, and writes nothing', async () => {
    const folder = temporaryFolder();
    const scenarios = [writeScenario(folder), writeScenario(folder, smallScenario.replace(/^#.*\n/, ''), 'mute.yaml')];
    const { code, printed, said } = await perform('validate', { scenarios });
    expect(code).toBe(0);
    expect(printed).toEqual(['ok small: Do the honest nodes do the work?', 'ok mute']);
    expect(said).toEqual([]);
    expect(filesIn(folder)).toEqual(['mute.yaml', 'small.yaml']);
  });

  test('takes what stands behind -- for files, also what begins with a dash', () => {
    const folder = temporaryFolder();
    writeScenario(folder);
    writeScenario(folder, smallScenario, '-odd.yaml');
    const { code, out, err } = sim(['validate', '--', 'small.yaml', '-odd.yaml'], folder);
    expect([code, err]).toEqual([0, '']);
    expect(out.match(/^ok .*(small|-odd)/gm)).toHaveLength(2);
  });

  test('says all faults of all files, and ends with 2', async () => {
    const folder = temporaryFolder();
    const bad = (name: string) => writeScenario(folder, smallScenario.replace('12h', 'soon').replace('30', '0'), name);
    const scenarios = [bad('one.yaml'), writeScenario(folder), bad('two.yaml'), folder];
    const { code, printed, said } = await perform('validate', { scenarios });
    expect(code).toBe(2);
    expect(printed).toEqual(['ok small: Do the honest nodes do the work?']);
    expect(said.map((line) => line.slice(folder.length).split(': ')[0])).toEqual([
      ...['/one.yaml:3:10', '/one.yaml:7:20', '/two.yaml:3:10', '/two.yaml:7:20'],
      '',
    ]);
  });

  test('prints one JSON object with --json, faults included', async () => {
    const folder = temporaryFolder();
    const scenarios = [writeScenario(folder), writeScenario(folder, '', 'empty.yaml')];
    const { code, printed } = await perform('validate', { scenarios, json: true });
    expect(code).toBe(2);
    expect(printed).toHaveLength(1);
    const json = JSON.parse(printed[0]!);
    expect(json.scenarios).toMatchObject([
      { name: 'small', faults: [] },
      { faults: [{ found: 'an empty file', position: { line: 1, column: 1 } }] },
    ]);
  });
});
