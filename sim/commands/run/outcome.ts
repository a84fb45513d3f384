import { toNumberBeside } from '../../../reports/figure.js';
import type { RunFacts } from '../../findings/answer.js';
import { checkExpectations } from '../../findings/expectations.js';
import type { RunResult } from '../../run.js';
import type { Terminal } from '../terminal/terminal.js';
import type { PerformedRun } from './perform-run.js';

/** What the answer of a run that just ended is made of. */
export function factsOf({ loaded, row, tables }: RunResult): RunFacts {
  return {
    values: row.values,
    scenario: loaded.scenario,
    table: (name) => tables.find((table) => table.name === name)!,
  };
}

/** A line an expectation: met or not, and what was found. */
export function printExpectations({ loaded, row }: RunResult, terminal: Terminal): void {
  for (const { text, value, limits, met } of checkExpectations(loaded.scenario.expect, row.values)) {
    const verdict = met === null ? 'can’t tell' : met ? 'met' : 'not met';
    const tone = met === null ? undefined : met ? 'good' : 'bad';
    terminal.print(`  ${verdict.padEnd(10)}  ${text}, found ${toNumberBeside(value, limits)}`, tone);
  }
}

/** A line for each expectation that isn't met or can't be told. */
export function unmetExpectations({ loaded, row }: RunResult): readonly string[] {
  return checkExpectations(loaded.scenario.expect, row.values)
    .filter(({ met }) => met !== true)
    .map(({ text, value, limits, met }) =>
      met === false
        ? `expectation not met: ${text}, found ${toNumberBeside(value, limits)}`
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
    expectations: checkExpectations(loaded.scenario.expect, row.values).map(({ text, value, met }) => ({
      text,
      value: orNull(value),
      met,
    })),
    fingerprints: { trajectory: result.trajectoryFingerprint, accounting: result.accountingFingerprint },
    events: result.events,
    jobs: result.jobs,
    estimate,
    warnings: loaded.warnings,
    undrawn,
  };
}
