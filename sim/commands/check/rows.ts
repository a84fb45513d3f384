import { toPhrase, toRange, unitOfDifference } from '../../../reports/figure.js';
import type { Verdict } from '../../experiment/check/baseline.js';
import type { MetricChange } from '../../experiment/check/changes.js';
import type { Checked } from '../../experiment/check/check.js';
import type { CheckedScenario } from '../../experiment/check/scenario-check.js';
import { toCommandLine } from '../../folder/command-line.js';
import { OVERRIDES_FILE } from '../../scenario/text/source.js';

import type { CheckArguments } from '../declarations/check.js';
import type { AskedScenario } from './asked.js';

/** A verdict as every output tells it; `error` is a run that didn't come to an end. */
export interface CheckRow {
  readonly scenario: string;
  readonly file: string;
  /** From 1; undefined where it isn't known. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly text: string;
  readonly verdict: Verdict | 'error';
  readonly found: string;
  /** Comes to the same verdict; runs a run that failed by itself. */
  readonly command: string;
}

/** What was typed beside the scenarios. */
export type Typed = Pick<
  CheckArguments,
  'set' | 'allow-path' | 'baseline' | 'margin' | 'replications' | 'replications-most'
>;

/** All verdicts, scenario by scenario: of its expectations, of its figures since the baseline, of runs that failed. */
export function rowsOf(
  { errorRate, scenarios }: Checked,
  asked: readonly AskedScenario[],
  typed: Typed,
): readonly CheckRow[] {
  const sum = (all: readonly CheckedScenario[], amount: (one: CheckedScenario) => number) =>
    all.reduce((total, one) => total + amount(one), 0);
  const [expectedOf, comparedOf] = [
    ({ loaded }: CheckedScenario) => loaded.scenario.expect.length,
    ({ metricsCompared }: CheckedScenario) => metricsCompared,
  ];
  return scenarios.flatMap((one) => {
    const { loaded, expectations, failures, sinceBaseline } = one;
    const variant = asked.find((scenario) => scenario.loaded === loaded)?.variant;
    const whole = { scenario: loaded.name, file: loaded.file, line: undefined, column: undefined };
    const repeated = (name: string, given: readonly string[]) => given.flatMap((each) => [name, each]);
    const laidOver = [...repeated('--set', typed.set), ...repeated('--allow-path', typed['allow-path'])];
    // the verdicts of the file alone, with the share that they have in the error rate of all
    const sameFile = scenarios.filter((other) => other.loaded.file === loaded.file);
    const again = (amount: (one: CheckedScenario) => number) => {
      const share = sum(sameFile, amount) / Math.max(1, sum(scenarios, amount));
      const given = (['baseline', 'margin', 'replications', 'replications-most'] as const).flatMap((name) =>
        typed[name] === undefined ? [] : [`--${name}`, String(typed[name])],
      );
      return toCommandLine(['check', loaded.file, ...laidOver, ...given, '--error', String(errorRate * share)]);
    };
    const expected = expectations.map(({ position, text, verdict, found }): CheckRow => {
      const isInFile = position !== undefined && position.line > 0 && position.file !== OVERRIDES_FILE;
      const place = isInFile ? { file: position.file, line: position.line, column: position.column } : {};
      return { ...whole, ...place, text, verdict, found, command: again(expectedOf) };
    });
    const compared: CheckRow = {
      ...{ ...whole, text: 'figures as in the baseline' },
      verdict: sinceBaseline === 'changed' ? 'fails' : 'holds',
      found: changesInWords(one),
      command: again(comparedOf),
    };
    const failed = failures.map(({ replication, failure }): CheckRow => {
      const text = `replication ${replication} (seed ${failure.seed})`;
      const chosen = variant === undefined ? [] : ['--variant', variant];
      const alone = ['--replication', String(replication)];
      const command = toCommandLine(['run', loaded.file, ...laidOver, ...chosen, ...alone]);
      return { ...whole, text, verdict: 'error', found: failure.failed, command };
    });
    return [...expected, ...(sinceBaseline === null ? [] : [compared]), ...failed];
  });
}

function changesInWords({ loaded, sinceBaseline, changes }: CheckedScenario): string {
  const { registry } = loaded.scenario;
  if (sinceBaseline === 'unchanged') return 'nothing has changed: the first run is the same to the last figure';
  const changed = changes.filter(({ isChanged }) => isChanged);
  const many = `${changes.length} metrics compared`;
  if (changed.length === 0) return `${many}, none changed by more than chance`;
  return `${changed.length} of ${many} changed: ${changed.map((one) => changeInWords(one, registry)).join('; ')}`;
}

/** Such as `slashings 12.1 jobs, was 25 jobs (−14 to −11.2 jobs)`. */
function changeInWords(
  { metric, before, now, difference }: MetricChange,
  registry: CheckedScenario['loaded']['scenario']['registry'],
): string {
  const { unit } = registry.metricNamed(metric);
  const range = Number.isNaN(difference.low) ? '' : ` (change ${toRange(difference, unitOfDifference(unit))})`;
  return `${metric} ${toPhrase(now, unit)}, was ${toPhrase(before, unit)}${range}`;
}
