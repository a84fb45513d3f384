import { appendFileSync, writeFileSync } from 'node:fs';
import { toNumber, toPhrase } from '../../../reports/figure.js';
import { type Baseline, readBaseline, writeBaseline } from '../../experiment/check/baseline.js';
import {
  type Checked,
  checkScenarios,
  errorRateByDefault,
  firstLookByDefault,
  mostByDefault,
} from '../../experiment/check/check.js';
import { toFileFault } from '../../folder/file-fault.js';
import type { LoadedScenario } from '../../scenario/load.js';
import { type Fault, InvalidInput } from '../../scenario/text/faults.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import type { CheckArguments } from '../declarations/check.js';
import { ExitCode } from '../line/exit-code.js';
import { hearInterrupts } from '../line/interrupt.js';
import { orNull } from '../run/outcome.js';
import { createExperimentProgress } from '../terminal/experiment-progress.js';
import type { Terminal } from '../terminal/terminal.js';
import { toTextTable } from '../terminal/text-table.js';
import { scenariosAsked } from './asked.js';
import { dryRunOfCheck } from './dry-run.js';
import { toAnnotations } from './github.js';
import { toJunit } from './junit.js';
import { toMarkdown } from './markdown.js';
import { type CheckRow, rowsOf } from './rows.js';

/** Replications in a baseline, if nothing else is said. */
const inBaseline = 8;

/**
 * `sim check`: holds scenarios against what they expect and against stored figures; ends with 3 if anything fails, with
 * 1 if a run didn't come to an end.
 */
export async function checkCommand(options: CheckArguments, terminal: Terminal): Promise<number> {
  const { errorRate, margin } = numbersOf(options);
  const asked = scenariosAsked(options, terminal);
  const scenarios = asked.map(({ loaded }) => loaded);
  const makes = options['update-baseline'];
  const baselines = makes ? new Map<string, Baseline>() : baselinesOf(scenarios, options.baseline);
  const replications = options.replications ?? firstLookByDefault;
  const replicationsMost = Math.max(replications, options['replications-most'] ?? mostByDefault);
  const looks = { replications, replicationsMost, baselines };
  if (options['dry-run']) return dryRunOfCheck(scenarios, looks, options, terminal);
  const interrupt = hearInterrupts();
  try {
    const checked = await checkScenarios(scenarios, {
      ...{ ...looks, errorRate, margin },
      allowPaths: options['allow-path'],
      signal: interrupt.signal,
      now: interrupt.again,
      ...(makes ? { baselineReplications: options.replications ?? inBaseline } : {}),
      ...(options.workers === undefined ? {} : { workers: options.workers }),
      ...(options.quiet ? {} : { onProgress: createExperimentProgress(terminal) }),
    });
    terminal.show('');
    if (makes) storeBaselines(checked, options.baseline!, terminal);
    return tell(checked, rowsOf(checked, asked, options), options, terminal);
  } finally {
    terminal.show('');
    interrupt.release();
  }
}

function numbersOf(options: CheckArguments): { readonly errorRate: number; readonly margin: number } {
  const faults: Fault[] = [];
  const number = (name: 'error' | 'margin', expected: string, isFine: (value: number) => boolean, standard: number) => {
    const written = options[name];
    if (written === undefined) return standard;
    const value = /^\d*\.?\d+(e-?\d+)?$/.test(written) ? Number(written) : Number.NaN;
    if (!isFine(value)) faults.push({ path: `--${name}`, expected, found: written });
    return value;
  };
  const errorRate = number('error', 'a chance between 0 and 1', (one) => one > 0 && one < 1, errorRateByDefault);
  const margin = number('margin', 'a share of at least 0', (one) => one >= 0 && one < Number.POSITIVE_INFINITY, 0);
  const { baseline, replications, 'replications-most': most } = options;
  if (replications === 1) {
    faults.push({ path: '--replications', expected: 'at least 2, as one has no interval', found: '1' });
  }
  if (most !== undefined && most < (replications ?? firstLookByDefault)) {
    const expected = `at least --replications, ${replications ?? firstLookByDefault}`;
    faults.push({ path: '--replications-most', expected, found: String(most) });
  }
  for (const name of ['update-baseline', 'margin'] as const) {
    if (
      baseline !== undefined ||
      faults.some(({ path }) => path === `--${name}`) ||
      options[name] === undefined ||
      options[name] === false
    )
      continue;
    faults.push({ path: `--${name}`, expected: '--baseline beside it', found: 'none' });
  }
  if (faults.length > 0) throw new InvalidInput(faults);
  return { errorRate, margin };
}

function baselinesOf(scenarios: readonly LoadedScenario[], folder: string | undefined): ReadonlyMap<string, Baseline> {
  if (folder === undefined) return new Map();
  const faults: Fault[] = [];
  const found = scenarios.flatMap(({ name }): [string, Baseline][] => {
    try {
      return [[name, readBaseline(folder, name)]];
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const fault of error.faults) faults.push(fault);
      return [];
    }
  });
  if (faults.length > 0) throw new InvalidInput(faults);
  return new Map(found);
}

function storeBaselines({ scenarios }: Checked, folder: string, terminal: Terminal): void {
  for (const { baseline, loaded } of scenarios) {
    // what failed is told with the verdicts
    if (baseline === null) terminal.say(`no baseline of ${loaded.name}, as a run of it failed`);
    else terminal.say(`stored ${writeBaseline(folder, baseline)}`);
  }
}

/** Says what came out, in every form that is asked for; the exit code. */
function tell(checked: Checked, rows: readonly CheckRow[], options: CheckArguments, terminal: Terminal): number {
  const isPass = options.undecided === 'pass';
  const summary = summaryOf(checked, rows);
  const { junit, markdown } = options;
  if (junit !== undefined) store(junit, (path) => writeFileSync(path, toJunit(rows, isPass)));
  if (markdown !== undefined) store(markdown, (path) => appendFileSync(path, toMarkdown(rows, summary)));
  if (options.json) terminal.print(toJsonLine(toJson(checked, rows)));
  else printRows(rows, summary, terminal);
  if (options.github) for (const line of toAnnotations(rows, isPass)) terminal.print(line);
  const verdicts = new Set(rows.map(({ verdict }) => verdict));
  if (verdicts.has('error')) return ExitCode.internalError;
  return verdicts.has('fails') || (verdicts.has('undecided') && !isPass) ? ExitCode.unmet : ExitCode.fine;
}

function store(path: string, write: (path: string) => void): void {
  try {
    write(path);
  } catch (error) {
    throw toFileFault(error, path, 'a file that can be written');
  }
}

function summaryOf({ errorRate, scenarios }: Checked, rows: readonly CheckRow[]): string {
  const many = (verdict: CheckRow['verdict']) => rows.filter((row) => row.verdict === verdict).length;
  const counted = [
    `${many('holds')} hold`,
    `${many('fails')} fail`,
    `${many('undecided')} undecided`,
    ...(many('error') > 0 ? [`${many('error')} runs didn’t come to an end`] : []),
  ].join(', ');
  const runs = scenarios.reduce((sum, one) => sum + one.runs, 0);
  const some = (count: number, what: string) => `${toNumber(count)} ${what}${count === 1 ? '' : 's'}`;
  const sure = `that any verdict is wrong has a chance of at most ${toPhrase(errorRate, 'fraction')}`;
  return `${counted}: ${some(scenarios.length, 'scenario')}, ${some(runs, 'run')}; ${sure}`;
}

function printRows(rows: readonly CheckRow[], summary: string, terminal: Terminal): void {
  const [good, bad] = [
    rows.filter(({ verdict }) => verdict === 'holds'),
    rows.filter(({ verdict }) => verdict !== 'holds'),
  ];
  const table = toTextTable<CheckRow>(
    [
      { heading: 'scenario', value: ({ scenario }) => scenario },
      { heading: 'verdict', value: ({ verdict }) => verdict },
      { heading: 'expectation', value: ({ text, found }) => `${text}; found ${found}` },
    ],
    good,
  );
  if (good.length > 0) for (const line of table) terminal.print(line);
  for (const { command, file, found, line, scenario, text, verdict } of bad) {
    terminal.print('');
    terminal.print(`${verdict}: ${scenario}: ${text}`, verdict === 'undecided' ? undefined : 'bad');
    terminal.print(`  found ${found}`);
    terminal.print(`  ${file}${line === undefined ? '' : `:${line}`}; again: ${command}`);
  }
  terminal.print('');
  terminal.print(summary, bad.length === 0 ? 'good' : undefined);
}

function toJson({ errorRate, looks, scenarios }: Checked, rows: readonly CheckRow[]): object {
  return {
    errorRate,
    looks,
    scenarios: scenarios.map(({ changes, failures, loaded, runs, sinceBaseline }) => ({
      ...{ name: loaded.name, file: loaded.file, question: loaded.question, runs, sinceBaseline },
      changes: changes.map(({ before, difference, now, ...change }) => {
        const [low, high] = [orNull(difference.low), orNull(difference.high)];
        return { ...change, before: orNull(before), now: orNull(now), low, high };
      }),
      failures: failures.map(({ replication, failure }) => ({ replication, ...failure })),
    })),
    verdicts: rows.map(({ column, line, ...row }) => ({ ...row, line: line ?? null, column: column ?? null })),
  };
}
