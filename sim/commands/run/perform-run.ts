import { join } from 'node:path';
import { toNumber } from '../../../reports/figure.js';
import { toCommandLine } from '../../folder/command-line.js';
import { type DraftFolder, draftFolder } from '../../folder/draft-folder.js';
import { toFileFault } from '../../folder/file-fault.js';
import {
  type Drawn,
  type DrawReport,
  drawRunFolder,
  fillRunFolder,
  type RunFolderOptions,
} from '../../folder/run-folder.js';
import { needsTwin } from '../../record/metrics/index.js';
import { type RunResult, runScenario } from '../../run.js';
import { type LoadedScenario, loadScenario } from '../../scenario/load.js';
import { estimateRun, isLarge, type RunEstimate } from '../../scenario/plan/estimate.js';
import { InvalidInput, toWarningLine } from '../../scenario/text/faults.js';
import { toPrintable } from '../../scenario/text/printable.js';
import { toWrittenSeed } from '../../scenario/text/seed.js';
import { OVERRIDES_FILE } from '../../scenario/text/source.js';
import type { RunArguments } from '../declarations/run.js';
import { toFailure } from '../line/exit-code.js';
import { Interrupted } from '../line/interrupt.js';
import { undrawnLine } from '../report.js';
import { sayPlugins } from '../terminal/plugin-line.js';
import { createProgress } from '../terminal/progress.js';
import type { Terminal } from '../terminal/terminal.js';

/** A run whose folder is in its place. */
export interface PerformedRun {
  readonly result: RunResult;
  readonly folder: string;
  readonly estimate: RunEstimate;
  readonly wallSeconds: number;
  /** Charts that couldn't be drawn, and why. */
  readonly undrawn: Drawn['undrawn'];
}

/** The scenario with the settings typed; says its warnings, or throws InvalidInput with all its faults. */
export function loadForRun(
  options: Typed & Pick<RunArguments, 'scenario' | 'allow-path' | 'strict' | 'quiet'>,
  terminal: Terminal,
): LoadedScenario {
  try {
    const loaded = loadScenario(options.scenario, {
      set: overridesOf(options),
      allowPaths: options['allow-path'],
      ...sayPlugins(terminal),
    });
    const { warnings } = loaded;
    if (options.strict && warnings.length > 0) throw new InvalidInput(warnings);
    for (const warning of warnings) terminal.say(toWarningLine(warning));
    return loaded;
  } catch (error) {
    throw error instanceof InvalidInput ? namingSeedOption(error, options.set.length + 1) : error;
  }
}

/**
 * Runs the scenario and writes its folder, which appears when its tables are complete; then draws into it, and says
 * which charts couldn't be drawn. Throws the signal's reason if aborted.
 */
export async function performRun(
  loaded: LoadedScenario,
  options: RunArguments,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<PerformedRun> {
  const folder = options.out ?? join('out', folderName(loaded.name));
  let draft: DraftFolder | undefined;
  let isWritten = false;
  try {
    draft = draftFolder(folder, { force: options.force, keep: [options.scenario] });
    const estimate = estimateRun(loaded);
    if (isLarge(estimate) && !options.quiet) terminal.say(estimateLine(estimate));
    const startedAt = new Date();
    const [wall, processor] = [performance.now(), process.cpuUsage()];
    const result = await runScenario(loaded, {
      detail: options.detail,
      replication: options.replication ?? 1,
      signal,
      ...(options.quiet ? {} : { onProgress: createProgress(terminal) }),
    });
    const used = process.cpuUsage(processor);
    const wallSeconds = (performance.now() - wall) / 1_000;
    terminal.show(options.quiet ? '' : 'writing the results');
    const how: RunFolderOptions = {
      command: commandOf(options, options.seed),
      overrides: overridesOf(options),
      signal,
      effort: { startedAt, wallSeconds, processorSeconds: (used.user + used.system) / 1e6 },
      ...(isDrawn(options) ? { drawReport } : {}),
    };
    const manifest = fillRunFolder(draft.folder, result, how);
    draft.commit();
    isWritten = true;
    if (isDrawn(options)) terminal.show(options.quiet ? '' : 'drawing the charts');
    const { undrawn } = await drawRunFolder(folder, manifest, loaded.scenario.registry, how);
    for (const chart of undrawn) terminal.say(undrawnLine(chart));
    return { result, folder, estimate, wallSeconds, undrawn };
  } catch (error) {
    const fault = toFileFault(error, folder, 'a folder that can be written');
    if (!isWritten) throw toFailure(fault, commandOf(options, toWrittenSeed(loaded.scenario.seed)));
    if (error instanceof Interrupted) throw new Interrupted(`the tables are complete, in ${folder}; the report isn’t`);
    if (!signal.aborted) terminal.say(`the tables are complete, in ${folder}; the report isn’t`);
    throw toFailure(fault, toCommandLine(['report', folder]));
  } finally {
    terminal.show('');
    draft?.discard();
  }
}

/** Whether charts and report are asked for. */
export function isDrawn({ watch, charts, 'no-charts': noCharts }: RunArguments): boolean {
  return watch ? charts : !noCharts;
}

/** As `writeReport`, which takes longer to load than a small run takes. */
export const drawReport: DrawReport = async (...run) => (await import('../../findings/report.js')).writeReport(...run);

/** All settings typed, those that have an option of their own behind the others. */
export function overridesOf({ set, seed, twin = false, metric = [], precision = [] }: Typed): readonly string[] {
  // of a precision's text, the name stands before the half-width
  const asked = [...metric, ...precision.map((text) => text.split('=', 1)[0]!)];
  const isTwinAsked = twin || asked.some((name) => needsTwin(name));
  return [...set, ...(seed === undefined ? [] : [toSetting(seed)]), ...(isTwinAsked ? ['twin=true'] : [])];
}

/** Options that lay settings over a scenario; metrics asked for do where they can't be told without its honest twin. */
interface Typed extends Pick<RunArguments, 'set' | 'seed'> {
  readonly twin?: boolean;
  readonly metric?: readonly string[];
  readonly precision?: readonly string[];
}

/** The same faults; those of the setting that `--seed` became are that option's. */
function namingSeedOption(error: InvalidInput, ordinal: number): InvalidInput {
  return new InvalidInput(
    error.faults.map(({ position, ...fault }) => {
      if (position === undefined) return fault;
      const isSeed = position.file === OVERRIDES_FILE && position.line === ordinal;
      return isSeed ? { ...fault, path: '--seed' } : { ...fault, position };
    }),
  );
}

/** What is typed is YAML, as after `--set seed=` and in files; but nothing at all is refused, as a lost variable. */
function toSetting(seed: string): string {
  return `seed=${seed.trim() === '' ? JSON.stringify(seed) : seed}`;
}

/** A scenario's name as that of a folder. */
export function folderName(name: string): string {
  if (name === '' || name === '.' || name === '..') {
    throw new InvalidInput([{ path: '--out', expected: 'a folder, as the scenario has no name', found: 'nothing' }]);
  }
  if (toPrintable(name) !== name) {
    const expected = 'a folder, as the scenario’s name has characters that can’t be shown';
    throw new InvalidInput([{ path: '--out', expected, found: 'nothing' }]);
  }
  return name;
}

/** The command that makes the same files again, wherever they are put. */
export function commandOf(options: RunArguments, seed: string | undefined): string {
  const repeated = (option: string, given: readonly string[]) => given.flatMap((one) => [option, one]);
  const counted = (option: string, count: number | undefined) =>
    count === undefined ? [] : [`--${option}`, `${count}`];
  return toCommandLine([
    'run',
    options.scenario,
    ...repeated('--set', options.set),
    ...repeated('--seed', seed === undefined ? [] : [seed]),
    ...repeated('--allow-path', options['allow-path']),
    ...(options.twin ? ['--twin'] : []),
    ...(options.detail ? ['--detail'] : []),
    ...counted('replications', options.replications),
    ...repeated('--precision', options.precision),
    ...counted('replications-most', options['replications-most']),
    ...counted('replication', options.replication),
    ...repeated('--variant', options.variant === undefined ? [] : [options.variant]),
  ]);
}

function estimateLine({ nodes, jobs, events, memoryMiB }: RunEstimate): string {
  const size = `${toNumber(nodes)} nodes and about ${toNumber(jobs)} jobs`;
  return `a large run: ${size}, at most about ${toNumber(events)} events and ${toNumber(memoryMiB)} MiB`;
}
