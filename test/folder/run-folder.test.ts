import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { draftFolder } from '../../sim/folder/draft-folder.js';
import { manifestSchema } from '../../sim/folder/manifest.js';
import { writeRunFolder } from '../../sim/folder/run-folder.js';
import type { RunRecord } from '../../sim/folder/run-record.js';
import { runScenario } from '../../sim/run.js';
import { loadScenario } from '../../sim/scenario/load.js';
import { InvalidInput } from '../../sim/scenario/text/faults.js';
import { filesIn, sha256Of, temporaryFolder, writeScenario } from '../commands/captured.js';

async function smallRun(folder: string) {
  return runScenario(loadScenario(writeScenario(folder)));
}

describe('writeRunFolder', () => {
  test('writes a manifest that states the hash of every table and nothing of machine or time', async () => {
    const folder = temporaryFolder();
    const out = join(folder, 'out');
    const result = await smallRun(folder);
    await writeRunFolder(out, result);
    const text = readFileSync(join(out, 'manifest.json'), 'utf8');
    const manifest = manifestSchema.parse(JSON.parse(text));
    expect(Object.keys(manifest.files).map((name) => join(out, name))).toEqual([
      ...result.tables.map((table) => join(out, `${table.name}.csv`)),
      join(out, 'data-dictionary.csv'),
    ]);
    for (const [name, hash] of Object.entries(manifest.files)) {
      expect(hash).toBe(sha256Of(readFileSync(join(out, name), 'utf8')));
    }
    expect(manifest.scenarioSha256).toBe(sha256Of(JSON.stringify(result.loaded.written)));
    expect(manifest.fingerprints.trajectory).toBe(result.trajectoryFingerprint);
    expect(text).not.toMatch(/\d{4}-\d\d-\d\dT|linux|x64|arm64/);
    expect(filesIn(out)).not.toContain('environment.json');
  });

  test('keeps keys in one order', async () => {
    const folder = temporaryFolder();
    await writeRunFolder(join(folder, 'out'), await smallRun(folder));
    const manifest = JSON.parse(readFileSync(join(folder, 'out/manifest.json'), 'utf8'));
    expect(Object.keys(manifest)).toEqual(Object.keys(manifestSchema.shape));
  });

  test('has the report drawn into the folder from its own tables, before the folder counts as complete', async () => {
    const folder = temporaryFolder();
    const result = await smallRun(folder);
    const signal = new AbortController().signal;
    const drawReport = async (draft: string, run: RunRecord, passed?: AbortSignal) => {
      expect(passed).toBe(signal);
      expect([...run.table('nodes').rows()]).toHaveLength(35);
      expect(existsSync(join(draft, 'manifest.json'))).toBe(false);
      writeFileSync(join(draft, 'report.html'), run.manifest.name);
    };
    const out = join(folder, 'out');
    await writeRunFolder(out, result, { drawReport, signal });
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toBe('small');
    await writeRunFolder(out, result);
    expect(filesIn(out).filter((file) => /report|charts/.test(file))).toEqual([]);
  });

  test('leaves nothing when drawing fails', async () => {
    const folder = temporaryFolder();
    const drawReport = () => Promise.reject(new Error('no ink'));
    const writing = writeRunFolder(join(folder, 'deep/out'), await smallRun(folder), { drawReport });
    await expect(writing).rejects.toThrow('no ink');
    expect(filesIn(folder)).toEqual(['small.yaml']);
  });

  test('leaves nothing when it is aborted', async () => {
    const folder = temporaryFolder();
    const result = await smallRun(folder);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(writeRunFolder(join(folder, 'deep/out'), result, { signal })).rejects.toThrow('enough');
    expect(filesIn(folder)).toEqual(['small.yaml']);
  });
});

describe('a draft of a folder', () => {
  test('shows nothing in its final place before it is committed', () => {
    const folder = temporaryFolder();
    const draft = draftFolder(join(folder, 'out'));
    writeFileSync(join(draft.folder, 'a.txt'), 'a');
    expect(filesIn(folder).some((file) => file.startsWith('out/'))).toBe(false);
    draft.commit();
    draft.discard();
    expect(filesIn(folder)).toEqual(['out/a.txt']);
  });

  test('goes without a trace when it is discarded, as do the folders made for it', () => {
    const folder = temporaryFolder();
    draftFolder(join(folder, 'one/two/three')).discard();
    mkdirSync(join(folder, 'kept'));
    draftFolder(join(folder, 'kept/out')).discard();
    expect(filesIn(folder)).toEqual([]);
    expect(() => mkdirSync(join(folder, 'one'))).not.toThrow();
    expect(() => mkdirSync(join(folder, 'kept'))).toThrow('EEXIST');
  });

  test('is refused in place of a file, a link, the working directory, and what holds something to keep', () => {
    const folder = temporaryFolder();
    const scenario = writeScenario(folder);
    symlinkSync(folder, join(folder, 'link'));
    for (const target of [scenario, join(folder, 'link'), process.cwd(), join(process.cwd(), '..'), '/']) {
      expect(() => draftFolder(target, { force: true })).toThrow(InvalidInput);
    }
    expect(() => draftFolder(folder, { force: true, keep: [scenario] })).toThrow(/expected a folder of its own/);
  });

  test('is refused when its place was taken meanwhile', () => {
    const folder = temporaryFolder();
    const target = join(folder, 'out');
    const draft = draftFolder(target);
    mkdirSync(target);
    writeFileSync(join(target, 'mine.txt'), 'mine');
    expect(() => draft.commit()).toThrow(InvalidInput);
    draft.discard();
    expect(filesIn(folder)).toEqual(['out/mine.txt']);
  });
});
