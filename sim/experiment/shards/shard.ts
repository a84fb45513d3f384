import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { refusal, toFileFault } from '../../folder/file-fault.js';
import { packageVersion } from '../../package.js';
import { checkSource } from '../../scenario/text/check.js';
import { InvalidInput } from '../../scenario/text/faults.js';
import { plainSource } from '../../scenario/text/plain-source.js';
import type { Workspace } from '../pool/workspace.js';
import type { Unit } from '../work/outcome.js';

/** One of n parts of an experiment, each of which a machine of its own may do. */
export interface Shard {
  /** From 1 to `of`. */
  readonly number: number;
  readonly of: number;
}

const shardsMost = 100_000;

/** Reads `i/n`; throws InvalidInput for anything else, and for an i that isn't from 1 to n. */
export function parseShard(text: string): Shard {
  const [, number, of] = /^([1-9]\d{0,5})\/([1-9]\d{0,5})$/.exec(text) ?? [];
  const shard = { number: Number(number), of: Number(of) };
  if (number !== undefined && shard.number <= shard.of && shard.of <= shardsMost) return shard;
  throw new InvalidInput([{ path: '--shard', expected: 'I/N, number I of N shards, from 1 to N', found: text }]);
}

/** Of the units every n-th, so that each shard has some of every point, and all of them are equally long. */
export function unitsOfShard(units: readonly Unit[], { number, of }: Shard): readonly Unit[] {
  return units.filter((_, place) => place % of === number - 1);
}

const markSchema = z.strictObject({
  format: z.literal(1),
  engine: z.string(),
  kind: z.enum(['sweep', 'run']),
  /** The hash of all that the results depend on. */
  identity: z.string(),
  number: z.number().int().min(1),
  of: z.number().int().min(1).max(shardsMost),
  /** Of the whole experiment. */
  units: z.number().int().min(1),
  /** Where the whole experiment would lie if nothing else is said. */
  folder: z.string(),
  /** What the whole experiment asks for, as its command knows it. */
  asked: z.record(z.string(), z.unknown()),
});

/** What a shard's folder says of itself. */
export type ShardMark = z.output<typeof markSchema>;

const markName = 'shard.json';

/** Where a shard lies if nothing else is said: beside the folder of the whole. */
export function shardFolder(folder: string, { number, of }: Shard): string {
  return `${folder}.shard-${number}-of-${of}`;
}

/** Refuses a folder that holds anything but a shard, unless it is to be replaced; throws InvalidInput. */
export function checkShardTarget(target: string, isForced: boolean): void {
  if (isForced || !existsSync(target) || existsSync(join(target, markName))) return;
  let entries: readonly string[];
  try {
    entries = readdirSync(target);
  } catch (error) {
    throw toFileFault(error, target, 'a folder for a shard');
  }
  if (entries.length > 0)
    throw refusal(target, 'an empty folder or a shard’s, or --force', 'a folder with other files');
}

/** Makes what a workspace holds the folder of a shard, which appears when it is complete. */
export function sealShard(
  { folder: workspace }: Workspace,
  target: string,
  mark: Omit<ShardMark, 'format' | 'engine'>,
): void {
  try {
    const body: ShardMark = { format: 1, engine: packageVersion(), ...mark };
    writeFileSync(join(workspace, markName), `${JSON.stringify(body, null, 2)}\n`);
    // whose process it is doesn't matter any more
    rmSync(join(workspace, 'experiment.json'), { force: true });
    rmSync(target, { recursive: true, force: true });
    mkdirSync(dirname(target), { recursive: true });
    renameSync(workspace, target);
  } catch (error) {
    throw toFileFault(error, target, 'a folder that can be written');
  }
}

/** Reads a shard's mark; throws InvalidInput where there is none, or that of another version. */
export function readMark(folder: string): ShardMark {
  const path = join(folder, markName);
  const expected = 'a shard, as a command with --shard leaves it';
  let written: unknown;
  try {
    written = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) throw refusal(path, expected, 'a text that isn’t JSON');
    throw toFileFault(error, path, expected);
  }
  const engine = (written as { readonly engine?: unknown } | null)?.engine;
  if (typeof engine === 'string' && engine !== packageVersion()) {
    throw refusal(path, `a shard of version ${packageVersion()}`, `one of version ${engine}`);
  }
  return checkSource(plainSource(written, path, ''), markSchema);
}

/** Whether the folder holds that shard already. */
export function isDone(
  folder: string,
  shard: Pick<ShardMark, 'kind' | 'identity' | 'number' | 'of' | 'asked'>,
): boolean {
  if (!existsSync(join(folder, markName))) return false;
  const { kind, identity, number, of, asked } = readMark(folder);
  const told = (one: typeof shard) => JSON.stringify([one.kind, one.identity, one.number, one.of, one.asked]);
  return told({ kind, identity, number, of, asked }) === told(shard);
}
