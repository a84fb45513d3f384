import { answerOf } from '../../findings/answer/answer.js';
import type { RunFacts } from '../../findings/answer/facts.js';
import { checkExpectations } from '../../findings/checked-expectations.js';
import type { HeldExpectation } from '../../findings/expectations.js';
import type { RunResult } from '../../run.js';
import type { Terminal } from '../terminal/terminal.js';
import type { PerformedRun } from './perform-run.js';

/** What the answer of a run that just ended is made of. */
function factsOf({ loaded, row, tables }: RunResult): RunFacts {
  return {
    values: row.values,
    replications: [row.values],
    scenario: loaded.scenario,
    written: loaded.written,
    table: (name) => tables.find((table) => table.name === name)!,
  };
}

function expectationsOf({ tables }: RunResult): readonly HeldExpectation[] {
  return checkExpectations(tables.find(({ name }) => name === 'expectations')!);
}

/** The verdict and its reasons, a line a sentence; then what else there is to say, each behind a dash. */
export function printAnswer(result: RunResult, terminal: Terminal, indent: string): void {
  const { verdict, reasons, more } = answerOf(factsOf(result));
  if (verdict !== '') terminal.print(`${indent}${verdict}`);
  for (const sentence of reasons) terminal.print(`${indent}${sentence}`);
  for (const sentence of more) terminal.print(`${indent}– ${sentence}`);
}

/** A line an expectation: met or not, and what was found. */
export function printExpectations(result: RunResult, terminal: Terminal): void {
  for (const { text, found, met } of expectationsOf(result)) {
    const verdict = met === null ? 'can’t tell' : met ? 'met' : 'not met';
    const tone = met === null ? undefined : met ? 'good' : 'bad';
    terminal.print(`  ${verdict.padEnd(10)}  ${text}, found ${found}`, tone);
  }
}

/** A line for each expectation that isn't met or can't be told. */
export function unmetExpectations(result: RunResult): readonly string[] {
  return expectationsOf(result)
    .filter(({ met }) => met !== true)
    .map(({ text, found, met }) =>
      met === false
        ? `expectation not met: ${text}, found ${found}`
        : `expectation can’t be told from this run: ${text}`,
    );
}

/** What a run came to, for programs. */
export function toJson({ result, folder, estimate, undrawn }: PerformedRun): object {
  const { loaded, row } = result;
  const orNull = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    name: loaded.name,
    question: loaded.question,
    folder,
    seed: row.seed,
    metrics: Object.fromEntries(Object.entries(row.values).map(([name, value]) => [name, orNull(value)])),
    answer: answerOf(factsOf(result)),
    expectations: expectationsOf(result).map(
      ({ found: _, subject: _subject, bounds: _bounds, fromDays, toDays, value, comparedValue, ...rest }) => ({
        ...rest,
        fromDays: orNull(fromDays),
        toDays: orNull(toDays),
        value: orNull(value),
        comparedValue: orNull(comparedValue),
      }),
    ),
    fingerprints: { trajectory: result.trajectoryFingerprint, accounting: result.accountingFingerprint },
    events: result.events,
    jobs: result.jobs,
    estimate,
    warnings: loaded.warnings,
    undrawn,
  };
}
