import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageVersion } from '../../sim/package.js';
import { perform, sealed, smallScenario, temporaryFolder, writeScenario } from './captured.js';

/** The folder of a small run. */
async function runFolder(): Promise<string> {
  const folder = temporaryFolder();
  const scenario = writeScenario(folder);
  const out = join(folder, 'out');
  const { code } = await perform('run', { scenario, out, 'no-charts': true });
  expect(code).toBe(0);
  return out;
}

const replay = (folder: string, options: object = {}) => perform('replay', { folder, ...options });

/** Writes the manifest as a run with these values would, or, unsealed, as an editor would. */
function editManifest(folder: string, edit: (manifest: Record<string, unknown>) => void, isSealed = true): string {
  const path = join(folder, 'manifest.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8'));
  edit(manifest);
  writeFileSync(path, JSON.stringify(isSealed ? sealed(manifest) : manifest));
  return path;
}

describe('sim replay', () => {
  test('says that a folder as it was written is equal, and ends with 0', async () => {
    const { code, printed, said } = await replay(await runFolder());
    expect(code).toBe(0);
    expect(said).toEqual([]);
    expect(printed).toEqual([
      expect.stringMatching(/^trajectory equal [0-9a-f]{16}$/),
      expect.stringMatching(/^accounting equal [0-9a-f]{16}$/),
    ]);
  });

  test('does so without the scenario’s file', async () => {
    const out = await runFolder();
    rmSync(join(out, '../small.yaml'));
    expect((await replay(out)).code).toBe(0);
  });

  test('has what it was compared to in the manifest, and runs it again without its file', async () => {
    const folder = temporaryFolder();
    const twin = writeScenario(folder, smallScenario, 'twin.yaml');
    const compared = '{ metric: completedFraction, comparedTo: twin.yaml, atMost: 0 }';
    const question = `seed: mine\nquestion: { yesIf: ${compared} }\nprotocol: { slashing: { maxFraction: 0.4 } }\n`;
    const scenario = writeScenario(folder, `extends: twin.yaml\n${question}expect: [${compared}]\n`);
    const out = join(folder, 'out');
    expect((await perform('run', { scenario, out, 'no-charts': true, 'no-gate': true })).code).toBe(0);
    const { compared: others } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'));
    expect(others).toHaveLength(1);
    expect(others[0]).toMatchObject({ comparedTo: 'twin.yaml', expectations: [1, 0], scenario: { seed: 'mine' } });
    expect(others[0].scenario).not.toHaveProperty('expect');
    rmSync(twin);
    rmSync(scenario);
    const equal = await replay(out);
    expect([equal.code, equal.said]).toEqual([0, []]);
    expect(equal.printed.slice(2)).toEqual([
      `twin.yaml: trajectory equal ${others[0].fingerprints.trajectory}`,
      `twin.yaml: accounting equal ${others[0].fingerprints.accounting}`,
    ]);
    const history = await perform('inspect', { folder: out, node: 'liars-1', history: true });
    expect([history.code, history.printed.at(-1)]).toEqual([0, expect.stringContaining('fingerprints equal')]);
    expect((await perform('report', { folder: out })).code).toBe(0);
    editManifest(out, (manifest) => {
      (manifest.compared as { fingerprints: object }[])[0]!.fingerprints = {
        trajectory: '0'.repeat(16),
        accounting: '1'.repeat(16),
      };
    });
    const other = await replay(out);
    expect(other.code).toBe(3);
    expect(other.printed.slice(2).map((line) => line.replace(/, found.*/, ''))).toEqual([
      `twin.yaml: trajectory differs: recorded ${'0'.repeat(16)}`,
      `twin.yaml: accounting differs: recorded ${'1'.repeat(16)}`,
    ]);
  });

  test('names an edited table in one line, and ends with 3', async () => {
    const out = await runFolder();
    writeFileSync(join(out, 'nodes.csv'), readFileSync(join(out, 'nodes.csv'), 'utf8').replace('honest', 'Honest'));
    const { code, printed } = await replay(out);
    expect(code).toBe(3);
    expect(printed.filter((line) => line.includes('differs'))).toEqual([
      'nodes.csv differs: it isn’t the file of this run',
    ]);
  });

  test('says which fingerprint differs, and ends with 3', async () => {
    const out = await runFolder();
    editManifest(out, (manifest) => Object.assign(manifest.fingerprints as object, { accounting: '0'.repeat(16) }));
    const { code, printed } = await replay(out, { json: true });
    expect(code).toBe(3);
    const { equal, different } = JSON.parse(printed[0]!);
    expect(equal).toBe(false);
    expect(different).toEqual([
      { name: 'accounting', recorded: '0'.repeat(16), found: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ]);
  });

  test('refuses a manifest of which anything was edited', async () => {
    const out = await runFolder();
    const path = join(out, 'manifest.json');
    const text = readFileSync(path, 'utf8');
    expect(Object.keys(JSON.parse(text)).at(-1)).toBe('sha256');
    const edits: ((manifest: Record<string, unknown>) => void)[] = [
      (manifest) => Object.assign(manifest, { question: 'Does it rain?' }),
      (manifest) => Object.assign(manifest, { seed: 'other' }),
      (manifest) => Object.assign(manifest.fingerprints as object, { accounting: '0'.repeat(16) }),
      (manifest) => Object.assign(manifest.files as object, { 'nodes.csv': '0'.repeat(64) }),
      (manifest) => Object.assign(manifest, { sha256: '0'.repeat(64) }),
    ];
    for (const edit of edits) {
      editManifest(out, edit, false);
      const { code, said } = await replay(out);
      expect([code, said]).toEqual([2, [`${path}: expected the manifest that the run wrote, found an edited one`]]);
      writeFileSync(path, text);
    }
    // only laid out anew
    editManifest(out, () => {}, false);
    expect((await replay(out)).code).toBe(0);
  });

  test('refuses another version, an edited scenario and other forms in one line, and ends with 2', async () => {
    const out = await runFolder();
    const path = join(out, 'manifest.json');
    const text = readFileSync(path, 'utf8');
    const refused = async (line: string) => {
      const { code, said, printed } = await replay(out);
      expect([code, printed]).toEqual([2, []]);
      expect(said).toEqual([`${path}: ${line}`]);
      writeFileSync(path, text);
    };
    editManifest(out, (manifest) => Object.assign(manifest.engine as object, { version: '0.0.0' }));
    await refused(`expected a run of reputation-sim ${packageVersion()}, found one of version 0.0.0`);
    editManifest(out, (manifest) => Object.assign(manifest.scenario as object, { seed: 'mine' }));
    await refused('expected the scenario that was run, found an edited one');
    editManifest(out, (manifest) => Object.assign(manifest, { seed: 7 }));
    await refused('seed: expected a text, found 7; did you mean "7"?');
    editManifest(out, (manifest) => Object.assign(manifest, { files: { '../../x': 'y'.repeat(64) } }));
    const { code, said } = await replay(out);
    expect(code).toBe(2);
    expect(said[0]).toContain('expected the name of a table, found ../../x');
    writeFileSync(path, '[1]');
    await refused('expected a map, found [1]');
    writeFileSync(path, text.slice(0, 99));
    const cut = await replay(out);
    expect(cut.code).toBe(2);
    expect(cut.said).toHaveLength(1);
    expect(cut.said[0]).toContain(`${path}: expected JSON, found `);
  });

  test('refuses an incomplete folder, and what is none, in one line', async () => {
    const out = await runFolder();
    rmSync(join(out, 'runs.csv'));
    const incomplete = await replay(out);
    expect(incomplete.code).toBe(2);
    expect(incomplete.said).toEqual([`${join(out, 'runs.csv')}: expected a table of the run, found nothing there`]);
    const empty = temporaryFolder();
    const none = await replay(empty);
    expect(none.code).toBe(2);
    expect(none.said).toEqual([`${join(empty, 'manifest.json')}: expected the manifest of a run, found nothing there`]);
  });
});
