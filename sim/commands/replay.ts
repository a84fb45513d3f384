import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { runScenario } from '../run.js';
import { runFolderVersion, sha256 } from '../run-folder.js';
import { packageVersion } from '../scenario/catalogue.js';
import { InvalidInput } from '../scenario/faults.js';
import { loadWritten } from '../scenario/load.js';
import { parseSource } from '../scenario/source.js';
import { interruptSignal } from './interrupt.js';
import { ProgressLine, print } from './output.js';

export const replayArguments = z.object({
  folder: z.string().min(1),
  allowPath: z.array(z.string()).default([]),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
});

const manifestSchema = z.looseObject({
  format: z.number(),
  engine: z.string(),
  name: z.string(),
  scenario: z.record(z.string(), z.unknown()),
  scenarioSha256: z.string(),
  traces: z.array(z.object({ path: z.string(), sha256: z.string() })),
  fingerprints: z.object({ trajectory: z.string(), accounting: z.string() }),
  files: z.record(z.string(), z.string()),
});

/** `sim replay`: runs a folder's scenario again and compares; true if the fingerprints are the same. */
export async function replay(options: z.output<typeof replayArguments>): Promise<boolean> {
  const manifest = readManifest(options.folder);
  const file = join(options.folder, 'manifest.json');
  const source = parseSource(JSON.stringify(manifest.scenario), file);
  const loaded = loadWritten(source, { allowPaths: options.allowPath });
  const traces = [...loaded.traces.values()].flatMap((trace) => trace.files);
  traces.forEach(({ path, sha256: hash }, index) => {
    const expected = manifest.traces[index]?.sha256;
    if (hash !== expected) refuse(path, `the records of the run (SHA-256 ${expected ?? 'none'})`, hash);
  });
  const { signal, release } = interruptSignal();
  const progress = new ProgressLine();
  try {
    const result = await runScenario(loaded, {
      signal,
      ...(options.quiet ? {} : { onProgress: (state) => progress.update(state) }),
    });
    progress.end();
    const { trajectory, accounting } = manifest.fingerprints;
    const isSame = trajectory === result.trajectoryFingerprint && accounting === result.accountingFingerprint;
    const found = { trajectory: result.trajectoryFingerprint, accounting: result.accountingFingerprint };
    if (options.json) {
      process.stdout.write(`${JSON.stringify({ isSame, recorded: manifest.fingerprints, found }, null, 2)}\n`);
    } else {
      print(`trajectory ${compare(trajectory, found.trajectory)}`);
      print(`accounting ${compare(accounting, found.accounting)}`);
    }
    return isSame;
  } finally {
    progress.end();
    release();
  }
}

function compare(recorded: string, found: string): string {
  return recorded === found ? `equal ${found}` : `differs: recorded ${recorded}, found ${found}`;
}

/** Reads a manifest and checks that the folder is whole: every table there, none edited. */
function readManifest(folder: string): z.output<typeof manifestSchema> {
  const path = join(folder, 'manifest.json');
  if (!existsSync(path))
    refuse(folder, 'a run folder with a manifest.json', existsSync(folder) ? 'none in it' : 'nothing');
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    refuse(path, 'JSON', 'something else');
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) return refuse(path, `a manifest (${parsed.error.issues[0]!.path.join('.')})`, 'another form');
  const manifest = parsed.data;
  if (manifest.format !== runFolderVersion) refuse(path, `format ${runFolderVersion}`, `format ${manifest.format}`);
  const engine = `reputation-sim ${packageVersion()}`;
  if (manifest.engine !== engine) refuse(path, `a run of ${engine}`, manifest.engine);
  if (sha256(JSON.stringify(manifest.scenario)) !== manifest.scenarioSha256) {
    refuse(path, 'the scenario that was run', 'an edited one');
  }
  for (const [name, hash] of Object.entries(manifest.files)) {
    const file = join(folder, name);
    if (!existsSync(file)) refuse(file, 'a file of the run', 'nothing');
    if (sha256(readFileSync(file)) !== hash) refuse(file, 'the file as the run wrote it', 'an edited one');
  }
  return manifest;
}

function refuse(path: string, expected: string, found: string): never {
  throw new InvalidInput([{ path, expected, found }]);
}
