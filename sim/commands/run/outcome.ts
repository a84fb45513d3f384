import { answerOf } from '../../findings/answer/answer.js';
import type { RunFacts } from '../../findings/answer/facts.js';
import { checkExpectations } from '../../findings/checked-expectations.js';
import type { HeldExpectation } from '../../findings/expectations.js';
import { largest } from '../../kernels/extent.js';
import type { RunResult } from '../../run.js';
import type { LoadedScenario } from '../../scenario/load.js';
import type { Terminal } from '../terminal/terminal.js';
import type { PerformedRun } from './perform-run.js';

/** What the answer of a run that just ended is made of. */
export function factsOf({ loaded, row, tables }: RunResult): RunFacts {
  return {
    values: row.values,
    replications: [row.values],
    scenario: loaded.scenario,
    written: loaded.written,
    table: (name) => tables.find((table) => table.name === name)!,
  };
}

function expectationsOf({ table }: RunFacts): readonly HeldExpectation[] {
  return checkExpectations(table('expectations'));
}

/** A figure as it stands in a line of its own. */
interface FigureLine {
  readonly name: string;
  readonly text: string;
  readonly unit: string;
}

/** The scenario's question, the answer, figures in columns, and the expectations, with an empty line behind. */
export function printFindings(
  { name, question, scenario }: Pick<LoadedScenario, 'name' | 'question' | 'scenario'>,
  facts: RunFacts,
  figures: readonly FigureLine[],
  terminal: Terminal,
): void {
  terminal.print(question === '' ? name : `${name}: ${question}`);
  terminal.print('');
  printAnswer(facts, terminal, '');
  terminal.print('');
  const nameWidth = largest(figures.map((one) => one.name.length));
  const textWidth = largest(figures.map(({ text }) => text.length));
  for (const { name: metric, text, unit } of figures) {
    const columns = [metric.padEnd(nameWidth), text.padStart(textWidth), unit];
    terminal.print(`  ${columns.join('  ')}`.trimEnd());
  }
  if (scenario.expect.length > 0) terminal.print('');
  printExpectations(facts, terminal);
  terminal.print('');
}

/** The verdict and its reasons, a line a sentence; then what else there is to say, each behind a dash. */
export function printAnswer(facts: RunFacts, terminal: Terminal, indent: string): void {
  const { verdict, reasons, more } = answerOf(facts);
  if (verdict !== '') terminal.print(`${indent}${verdict}`);
  for (const sentence of reasons) terminal.print(`${indent}${sentence}`);
  for (const sentence of more) terminal.print(`${indent}– ${sentence}`);
}

/** A line an expectation: met or not, and what was found. */
export function printExpectations(facts: RunFacts, terminal: Terminal): void {
  for (const { text, found, met } of expectationsOf(facts)) {
    const verdict = met === null ? 'can’t tell' : met ? 'met' : 'not met';
    const tone = met === null ? undefined : met ? 'good' : 'bad';
    terminal.print(`  ${verdict.padEnd(10)}  ${text}, found ${found}`, tone);
  }
}

/** A line for each expectation that isn't met or can't be told. */
export function unmetExpectations(facts: RunFacts): readonly string[] {
  return expectationsOf(facts)
    .filter(({ met }) => met !== true)
    .map(({ text, found, met }) =>
      met === false
        ? `expectation not met: ${text}, found ${found}`
        : `expectation can’t be told from this run: ${text}`,
    );
}

/** A number as JSON can hold it. */
export const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Answer and expectations, for programs. */
export function findingsToJson(facts: RunFacts): object {
  return {
    answer: answerOf(facts),
    expectations: expectationsOf(facts).map(
      ({ found: _, subject: _subject, bounds: _bounds, fromDays, toDays, value, comparedValue, ...rest }) => ({
        ...rest,
        fromDays: orNull(fromDays),
        toDays: orNull(toDays),
        value: orNull(value),
        comparedValue: orNull(comparedValue),
      }),
    ),
  };
}

/** What a run came to, for programs. */
export function toJson({ result, folder, estimate, undrawn }: PerformedRun): object {
  const { loaded, row } = result;
  return {
    name: loaded.name,
    question: loaded.question,
    folder,
    seed: row.seed,
    metrics: Object.fromEntries(Object.entries(row.values).map(([name, value]) => [name, orNull(value)])),
    ...findingsToJson(factsOf(result)),
    fingerprints: { trajectory: result.trajectoryFingerprint, accounting: result.accountingFingerprint },
    events: result.events,
    jobs: result.jobs,
    estimate,
    warnings: loaded.warnings,
    undrawn,
  };
}
