import { toNumber, toPhrase, toPhraseBeside, toRange, unitOfDifference } from '../../../reports/figure.js';
import type { ComparisonRecord } from '../../folder/comparison-record.js';
import { metricNames, metricTold } from '../../record/metrics/index.js';
import type { Metric } from '../../record/metrics/metric.js';
import { numberOf, records, textOf } from '../../record/tables/table.js';
import { type Scenario, statedExpectations } from '../../scenario/schema/scenario-schema.js';
import { headlineNames } from '../headlines.js';
import { type DifferingSetting, differingSettings } from './differing-settings.js';

/**
 * What became of a metric: a difference that chance doesn't explain, one that it may, one that the pairs are too few to
 * tell from chance, none at all, or that it can't be told of both.
 */
export type Outcome = 'changed' | 'unseen' | 'uncertain' | 'same' | 'apart';

/** A metric of a side beside that of the first. */
export interface ComparedMetric {
  /** Of the side, from 1. */
  readonly side: number;
  readonly metric: Metric;
  /** NaN where it can't be told, as are the others. */
  readonly base: number;
  readonly value: number;
  readonly difference: number;
  readonly low: number;
  readonly high: number;
  /** Seeds of which both can tell it. */
  readonly n: number;
  readonly outcome: Outcome;
  /** Such as `3.1 % instead of 1.4 %, higher by 1.5 to 1.9 percentage points`; empty for the same. */
  readonly says: string;
}

/** What a comparison came to. */
export interface ComparisonFindings {
  /** What the first is called, and then the others. */
  readonly labels: readonly string[];
  /** Of each further side, what matters most first. */
  readonly sides: readonly { readonly label: string; readonly metrics: readonly ComparedMetric[] }[];
  /** Metrics that a reader looks at first, in that order. */
  readonly looked: readonly string[];
  readonly settings: readonly DifferingSetting[];
  /** How many runs there are, and with which seeds. */
  readonly size: string;
  /** How sure all of it is. */
  readonly sure: string;
}

/** What the tables of a comparison say. */
export function comparisonFindings({ manifest, scenarios, table }: ComparisonRecord): ComparisonFindings {
  const { sides } = manifest;
  const labels = sides.map(({ label }) => label);
  const looked = lookedAtFirst(scenarios);
  const rank = new Map([...new Set([...looked, ...metricNames])].map((name, place) => [name, place]));
  const names = ['scenario', 'metric', 'unit', 'base', 'value', 'difference', 'low', 'high', 'n'] as const;
  const rankOf = ({ metric }: ComparedMetric) => rank.get(metric.name) ?? rank.size;
  // a label may be guarded in the table, and its rows stand together
  const found = new Map<string, ComparedMetric[]>();
  for (const row of records(table('differences'), names)) {
    const label = textOf(row.scenario);
    const own = found.get(label) ?? [];
    const side = own[0]?.side ?? found.size + 1;
    found.set(label, own);
    const [base, value, difference] = [numberOf(row.base), numberOf(row.value), numberOf(row.difference)];
    const figure = { side, base, value, difference, low: numberOf(row.low), high: numberOf(row.high) };
    const told = { ...figure, metric: metricOf(textOf(row.metric), textOf(row.unit), scenarios), n: numberOf(row.n) };
    const outcome = outcomeOf(told);
    const says = wordsOf(told, outcome, [labels[0]!, labels[side]!], manifest.replications.length);
    own.push({ ...told, outcome, says });
  }
  const ordered = [...found.values()].map((own) => {
    return own.toSorted((a, b) => rankOf(a) - rankOf(b));
  });
  const written = sides.map(({ scenario }, place) => ({ written: scenario, scenario: scenarios[place]! }));
  return {
    labels,
    sides: ordered.map((metrics) => ({ label: labels[metrics[0]!.side]!, metrics })),
    looked,
    settings: differingSettings(written),
    size: sizeInWords(manifest),
    sure: sureInWords(manifest, ordered.flat()),
  };
}

/** The metric as the first scenario that has it says what it is. */
function metricOf(name: string, unit: string, scenarios: readonly Scenario[]): Metric {
  const own = scenarios.flatMap(({ registry }) => registry.metrics.filter((metric) => metric.name === name));
  return own[0] ?? metricTold(name, unit);
}

/** Metrics that the scenarios ask about, the questions first, and then the headlines. */
function lookedAtFirst(scenarios: readonly Scenario[]): readonly string[] {
  const stated = scenarios.flatMap((scenario) => statedExpectations(scenario));
  const asked = [...stated.filter(({ number }) => number === 0), ...stated.filter(({ number }) => number > 0)];
  return [...new Set([...asked.map(({ expectation }) => expectation.metric), ...headlineNames])];
}

type Told = Omit<ComparedMetric, 'outcome' | 'says'>;

function outcomeOf({ difference, low, high, n }: Told): Outcome {
  if (n === 0) return 'apart';
  if (Number.isNaN(low)) return n === 1 && difference === 0 ? 'same' : 'uncertain';
  if (low === 0 && high === 0) return 'same';
  return low > 0 || high < 0 ? 'changed' : 'unseen';
}

function wordsOf(
  { metric, base, value, difference, low, high, n }: Told,
  outcome: Outcome,
  [first, own]: readonly [string, string],
  pairs: number,
): string {
  const { unit } = metric;
  const ofDifference = unitOfDifference(unit);
  const partly = n < pairs ? `, in ${n} of ${pairs} pairs` : '';
  const both = () => {
    // so that they don't read alike
    const middle = (base + value) / 2;
    return `${toPhraseBeside(value, unit, [middle])} instead of ${toPhraseBeside(base, unit, [middle])}`;
  };
  const way = difference > 0 ? 'higher' : 'lower';
  switch (outcome) {
    case 'same':
      return '';
    case 'apart':
      if (Number.isNaN(base)) return `${toPhrase(value, unit)} in ${own}; can’t be told of ${first}`;
      if (Number.isNaN(value)) return `${toPhrase(base, unit)} in ${first}; can’t be told of ${own}`;
      return `no seed tells it of both ${first} and ${own}`;
    case 'unseen': {
      const most = toPhrase(Math.max(Math.abs(low), Math.abs(high)), ofDifference);
      return `no difference seen (at most ±${most}${partly})`;
    }
    case 'uncertain': {
      const by = toPhrase(Math.abs(difference), ofDifference);
      return `${difference === 0 ? 'the same on average' : `${both()}, ${way} by ${by}`}${partly}`;
    }
    case 'changed': {
      const range = low > 0 ? { low, high } : { low: -high, high: -low };
      // where both ends read alike
      const by = toRange(range, ofDifference).replace(/^1 (\w{3,})s$/, '1 $1');
      return `${both()}, ${way} by ${by}${partly}`;
    }
  }
}

function sizeInWords({ sides, seed, replications }: ComparisonRecord['manifest']): string {
  const many = replications.length;
  const failed = sides.reduce((sum, one) => sum + one.failed, 0);
  const lost = failed === 0 ? '' : `; ${toNumber(failed)} run${failed === 1 ? '' : 's'} failed`;
  if (many === 1) return `One run of each, with the same seed${lost}.`;
  return `${toNumber(many)} runs of each, with the same seeds (${seed}/k)${lost}.`;
}

function sureInWords(
  { errorRate, replications }: ComparisonRecord['manifest'],
  all: readonly ComparedMetric[],
): string {
  if (replications.length === 1) {
    return 'One pair of runs: how much of a difference is chance can’t be told. With more seeds there are intervals.';
  }
  const rate = toPhrase(errorRate, 'fraction');
  const over = `over ${toNumber(all.length)} metrics`;
  return `That any of the differences seen is none has a chance of at most ${rate}, ${over}; intervals are that wide.`;
}

/** How many metrics changed, such as `8 of 43 metrics changed`. */
export function countInWords(metrics: readonly ComparedMetric[]): string {
  const many = (outcome: Outcome) => metrics.filter((one) => one.outcome === outcome).length;
  if (many('same') === metrics.length) return `All ${metrics.length} metrics are the same in every pair of runs`;
  const told = many('changed') + many('unseen');
  if (told === 0) return `${many('uncertain')} of ${metrics.length} metrics differ, by chance or not`;
  const more = many('uncertain') === 0 ? '' : `; ${many('uncertain')} differ, by chance or not`;
  if (many('changed') === 0) return `None of ${metrics.length} metrics changed by more than chance explains${more}`;
  return `${many('changed')} of ${metrics.length} metrics changed${more}`;
}
