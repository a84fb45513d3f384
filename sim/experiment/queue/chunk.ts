import { createHash } from 'node:crypto';
import { z } from 'zod';
import { pluginMarks } from '../../folder/manifest.js';
import { packageVersion } from '../../package.js';
import { InvalidInput } from '../../scenario/text/faults.js';
import type { PackedScenario } from '../work/packed-scenario.js';

/** Name of the queue: programs of other versions, whose figures may be others, share nothing. */
export function queueName(): string {
  return `reputation-sim-${packageVersion()}`;
}

/** Replications that go together, at most. */
export const replicationsMost = 1_000;

const text = (most: number) => z.string().max(most);
const counterpart = z.strictObject({
  comparedTo: text(4_096),
  expectations: z.array(z.number().int().min(0)).max(10_000),
  file: text(4_096),
  question: text(10_000),
  written: z.record(z.string(), z.unknown()),
  plugins: pluginMarks.exactOptional(),
});
const chunkSchema = z.strictObject({
  engine: z.string(),
  scenario: z.strictObject({
    name: text(1_000),
    question: text(10_000),
    file: text(4_096),
    protocol: text(1_000).nullable(),
    written: z.record(z.string(), z.unknown()),
    plugins: pluginMarks.exactOptional(),
    compared: z.array(counterpart).max(1_000),
  }),
  seeds: z.array(text(1_000)).min(1).max(replicationsMost),
});

/** What goes through the queue: some replications of a scenario; plain data. */
export interface Chunk {
  readonly engine: string;
  readonly scenario: PackedScenario;
  /** Of each replication. */
  readonly seeds: readonly string[];
}

/** A scenario's text is at most as long; so is what a chunk says in all. */
const lengthMost = 4 * 1_048_576;

/** The chunk as one text, which is the same for the same chunk. */
export function toText(chunk: Chunk): string {
  return JSON.stringify(chunk);
}

/** By which the chunk is known: what is asked twice is run once. */
export function keyOf(textOfChunk: string): string {
  return createHash('sha256').update(textOfChunk).digest('hex');
}

/** A scenario as it goes through a queue: no path of this machine is in it, and none of the other is to be read. */
export function withoutPaths(scenario: PackedScenario): PackedScenario {
  const plain = (file: string) => file.slice(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
  return {
    ...scenario,
    file: plain(scenario.file),
    compared: scenario.compared.map((one) => ({ ...one, file: plain(one.file) })),
  };
}

/** Whether anything of the scenario is replayed from records, which lie in files. */
export function hasTraces({ written, compared }: PackedScenario): boolean {
  const isReplayed = (one: unknown) => {
    const fleet = (one as { readonly fleet?: unknown }).fleet;
    return Object.values(fleet ?? {}).some((cohort) => typeof cohort === 'object' && 'trace' in (cohort ?? {}));
  };
  return isReplayed(written) || compared.some((one) => isReplayed(one.written));
}

/**
 * What came from the queue, checked: it is of this version, says what a chunk says, and names no file to be read.
 *
 * Throws InvalidInput for anything else.
 */
export function readChunk(given: unknown): Chunk {
  const refuse = (expected: string, found: string): never => {
    throw new InvalidInput([{ path: 'queue', expected, found }]);
  };
  if (typeof given !== 'string' || given.length > lengthMost)
    return refuse('a chunk of an experiment', 'something else');
  let written: unknown;
  try {
    written = JSON.parse(given);
  } catch {
    return refuse('a chunk of an experiment', 'a text that isn’t JSON');
  }
  const engine = (written as { readonly engine?: unknown } | null)?.engine;
  if (engine !== packageVersion()) return refuse(`work for version ${packageVersion()}`, `for ${String(engine)}`);
  const result = chunkSchema.safeParse(written);
  if (!result.success) {
    const [issue] = result.error.issues;
    return refuse('a chunk of an experiment', `${issue!.path.join('.')}: ${issue!.message}`);
  }
  const chunk = result.data;
  if (hasTraces(chunk.scenario)) return refuse('a scenario that replays no records', 'a trace');
  return { ...chunk, scenario: withoutPaths(chunk.scenario) };
}
