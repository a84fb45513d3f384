import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { commands } from '../../sim/commands/index.js';
import { exitCodeOf } from '../../sim/commands/line/exit-code.js';
import type { Terminal } from '../../sim/commands/terminal/terminal.js';

/** What a command left: its code, the lines on each side, and the files that are there now. */
export interface Captured {
  readonly code: number;
  readonly printed: readonly string[];
  readonly said: readonly string[];
}

/** Runs a command in this process as the program does. */
export async function capture(command: (terminal: Terminal) => number | Promise<number>): Promise<Captured> {
  const printed: string[] = [];
  const said: string[] = [];
  const terminal: Terminal = {
    isScreen: false,
    print: (line) => printed.push(line),
    say: (line) => said.push(line),
    show: () => {},
  };
  const code = await exitCodeOf(() => command(terminal), 'sim …', terminal);
  return { code, printed, said };
}

/** Performs a command with what the parser of the command line would hand over. */
export function perform(name: string, parsed: object): Promise<Captured> {
  const command = commands.find((one) => one.name === name);
  if (command === undefined) throw new Error(`expected a command, found ${name}`);
  return capture((terminal) => command.perform(parsed, terminal));
}

/** What `sim` prints and how it ends when these words are typed in the folder, but in this process: words are whole. */
export async function simHere(words: readonly string[], folder: string) {
  const [name, ...rest] = words;
  const command = commands.find((one) => one.name === name)!;
  const parsed: Record<string, unknown> = {};
  for (let place = 0; place < rest.length; place++) {
    const word = rest[place]!;
    const option = command.options.find((one) => `--${one.name}` === word);
    if (option === undefined) {
      const { name: positional, takes } = command.positional!;
      const before = (parsed[positional] as string[] | undefined) ?? [];
      parsed[positional] = takes === 'values' ? [...before, word] : word;
      continue;
    }
    if (option.takes === 'nothing') parsed[option.name] = true;
    else if (option.takes === 'values')
      parsed[option.name] = [...((parsed[option.name] as string[]) ?? []), rest[++place]];
    else parsed[option.name] = rest[++place];
  }
  const before = process.cwd();
  process.chdir(folder);
  try {
    const { code, printed, said } = await perform(name!, parsed);
    const text = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
    return { code, out: text(printed), err: text(said) };
  } finally {
    process.chdir(before);
  }
}

/** The SHA-256 of a text, in hexadecimal. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** A manifest with the hash of what it says as its last key, as a run with these values would write it. */
export function sealed({ sha256: _, ...body }: Record<string, unknown>): object {
  return { ...body, sha256: sha256Of(JSON.stringify(body)) };
}

/** A folder of its own that goes when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'reputation-sim-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Some tens of nodes for some hours, over in a fraction of a second. */
export const smallScenario = `# Do the honest nodes do the work?
seed: small
horizon: 12h
warmUp: 1h
protocol: { extends: triangulated-mesh, epoch: 12h }
fleet:
  honest: { nodes: 30, regions: world, outages: { up: 3h, down: 10m } }
  liars: { nodes: 5, strategy: always-wrong }
workload:
  batch: { class: task, arrivals: { perHour: 60 } }
expect:
  - { metric: completedFraction, above: 0.5 }
  - { metric: attackerWorkShare, below: 0.9 }
`;

/** Writes a scenario into the folder; returns its path. */
export function writeScenario(folder: string, text: string | Uint8Array = smallScenario, name = 'small.yaml'): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** Every file below the folder, sorted. */
export function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}
