import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type DraftOptions, draftFolder } from '../../sim/folder/draft-folder.js';
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

  test('is written through a link to a folder, which stays a link', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    const result = await smallRun(folder);
    for (let time = 0; time < 2; time++) await writeRunFolder(join(folder, 'link'), result);
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(folder, 'real'))).toContain('manifest.json');
  });

  test('has the report drawn from its own tables into the folder that is in its place already', async () => {
    const folder = temporaryFolder();
    const result = await smallRun(folder);
    const signal = new AbortController().signal;
    const out = join(folder, 'out');
    const drawReport = async (draft: string, run: RunRecord, passed?: AbortSignal) => {
      expect(passed).toBe(signal);
      expect([...run.table('nodes').rows()]).toHaveLength(35);
      expect(draft).toBe(out);
      expect(existsSync(join(out, 'manifest.json'))).toBe(true);
      writeFileSync(join(draft, 'report.html'), run.manifest.name);
      return { charts: [], undrawn: [] };
    };
    await writeRunFolder(out, result, { drawReport, signal });
    expect(readFileSync(join(out, 'report.html'), 'utf8')).toBe('small');
    await writeRunFolder(out, result);
    expect(filesIn(out).filter((file) => /report|charts/.test(file))).toEqual([]);
  });

  test('leaves complete tables when drawing fails', async () => {
    const folder = temporaryFolder();
    const drawReport = () => Promise.reject(new Error('no ink'));
    const writing = writeRunFolder(join(folder, 'deep/out'), await smallRun(folder), { drawReport });
    await expect(writing).rejects.toThrow('no ink');
    const left = filesIn(join(folder, 'deep/out'));
    expect(left).toContain('manifest.json');
    expect(left).toContain('runs.csv');
    expect(left.filter((file) => /report|charts/.test(file))).toEqual([]);
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

  test('is refused in place of a file, a link to one, the working directory, and what holds something to keep', () => {
    const folder = temporaryFolder();
    const scenario = writeScenario(folder);
    symlinkSync(scenario, join(folder, 'link'));
    symlinkSync(join(folder, 'nothing'), join(folder, 'nowhere'));
    symlinkSync(folder, join(folder, 'itself'));
    const links = [join(folder, 'link'), join(folder, 'nowhere')];
    for (const target of [scenario, ...links, process.cwd(), join(process.cwd(), '..'), '/']) {
      expect(() => draftFolder(target, { force: true })).toThrow(InvalidInput);
    }
    for (const target of [folder, join(folder, 'itself')]) {
      expect(() => draftFolder(target, { force: true, keep: [scenario] })).toThrow(/expected a folder of its own/);
    }
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

  describe('in place of an earlier run', () => {
    const manifest = '{"engine":{"name":"reputation-sim"},"files":{"nodes.csv":"","jobs.csv":""}}';

    function earlierRun(others: Readonly<Record<string, string>>): string {
      const target = join(temporaryFolder(), 'out');
      const own = { 'manifest.json': manifest, 'nodes.csv': 'old', 'jobs.csv': 'old', 'charts/stake.svg': 'old' };
      for (const [path, text] of Object.entries({ ...own, ...others })) {
        mkdirSync(dirname(join(target, path)), { recursive: true });
        writeFileSync(join(target, path), text);
      }
      return target;
    }

    function rerun(target: string, options: DraftOptions = {}): void {
      const draft = draftFolder(target, options);
      writeFileSync(join(draft.folder, 'nodes.csv'), 'new');
      try {
        draft.commit();
      } finally {
        draft.discard();
      }
    }

    test('keeps what others put there, and replaces what the run had written', () => {
      const others = {
        ...{ 'notes.md': 'mine', 'plots/deep/a.py': 'mine', 'charts/own.png': 'mine', '.hidden': 'mine' },
        ...{ 'own.csv': 'mine', 'plots/nodes.csv': 'mine' },
      };
      const target = earlierRun(others);
      mkdirSync(join(target, 'empty'));
      symlinkSync('notes.md', join(target, 'link.md'));
      rerun(target);
      expect(filesIn(target)).toEqual([...Object.keys(others), 'nodes.csv'].sort());
      expect(readFileSync(join(target, 'nodes.csv'), 'utf8')).toBe('new');
      for (const path of Object.keys(others)) expect(readFileSync(join(target, path), 'utf8')).toBe('mine');
      expect(readFileSync(join(target, 'link.md'), 'utf8')).toBe('mine');
      expect(existsSync(join(target, 'empty'))).toBe(true);
      expect(readdirSync(join(target, '..'))).toEqual(['out']);
    });

    test('replaces all of it when forced', () => {
      const target = earlierRun({ 'notes.md': 'mine' });
      rerun(target, { force: true });
      expect(filesIn(target)).toEqual(['nodes.csv']);
    });

    test('is refused where a table would take the place of a file of others, and leaves all as it was', () => {
      const target = earlierRun({});
      const text = manifest.replace('"nodes.csv":"",', '');
      writeFileSync(join(target, 'manifest.json'), text);
      const before = filesIn(target);
      expect(() => rerun(target)).toThrow(/nodes\.csv: expected a name that the run doesn’t need/);
      expect(filesIn(target)).toEqual(before);
      expect(readFileSync(join(target, 'nodes.csv'), 'utf8')).toBe('old');
    });

    test('is refused where a folder of others has a table’s name, which is told', () => {
      const target = earlierRun({});
      rmSync(join(target, 'nodes.csv'));
      mkdirSync(join(target, 'nodes.csv'));
      const before = filesIn(target);
      expect(() => rerun(target)).toThrow(/nodes\.csv: expected a name that the run.*, found a folder of others/);
      expect(filesIn(target)).toEqual(before);
    });
  });

  describe('of a process that is gone', () => {
    // Beyond the largest that Linux gives.
    const gone = 4_194_305;

    function left(folder: string, name: string): string {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'nodes.csv'), name);
      return name;
    }

    test('is cleared away by the next run into that place; those of others stay', () => {
      const folder = temporaryFolder();
      left(folder, 'out');
      writeFileSync(join(folder, 'out/manifest.json'), '{"engine":{"name":"reputation-sim"},"files":{}}');
      left(folder, `.out.${gone}-0123abcd.partial`);
      left(folder, `.out.${gone}-0123abcd.replaced`);
      const kept = [
        left(folder, `.out.${process.pid}-0123abcd.partial`),
        left(folder, `.out-2.${gone}-0123abcd.partial`),
        left(folder, `.out.${gone}-mine.partial`),
        left(folder, `.out.${gone}-0123abcd.kept`),
      ];
      draftFolder(join(folder, 'out')).discard();
      expect(readdirSync(folder).sort()).toEqual([...kept, 'out'].sort());
    });

    test('gives back the run that it had set aside', () => {
      const folder = temporaryFolder();
      left(folder, `.out.${gone}-0123abcd.partial`);
      const aside = left(folder, `.out.${gone}-0123abcd.replaced`);
      writeFileSync(join(folder, aside, 'manifest.json'), '{"engine":{"name":"reputation-sim"},"files":{}}');
      draftFolder(join(folder, 'out')).discard();
      expect(readdirSync(folder)).toEqual(['out']);
      expect(readFileSync(join(folder, 'out/nodes.csv'), 'utf8')).toBe(aside);
    });
  });
});
