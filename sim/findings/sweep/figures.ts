import { toExactPhrase, unitOfDifference } from '../../../reports/figure.js';
import { chartedExpectationsMost, type SweepManifest } from '../../folder/sweep-manifest.js';
import type { Bounds } from '../../record/expectations.js';
import { metricNamed } from '../../record/metrics/index.js';
import { type Metric, rangeOf } from '../../record/metrics/metric.js';
import { metricsShownMost } from '../../scenario/schema/experiment-schema.js';
import type { HeldExpectation } from '../expectations.js';
import { headlineNames } from '../headlines.js';
import { capitalised } from '../words.js';
import type { PointFigure, SweepPoint } from './points.js';
import { type Met, metAt } from './turning.js';

/** A figure that a sweep's report shows at every point: a metric, or what an expectation is held against. */
export interface ShownFigure {
  /** Of its chart's file. */
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  /** The part of the run that it speaks of. */
  readonly window: string;
  readonly meaning: string;
  readonly isQuantile: boolean;
  /** Which way is better for the network; undefined where that depends. */
  readonly better: Metric['better'];
  /** The values that it can take, both included. */
  readonly range: readonly [number, number];
  /** The expectation, or the question (0), whose bounds these are; undefined where nothing is expected of it. */
  readonly expectation: number | undefined;
  readonly bounds: readonly { readonly value: number; readonly words: string }[];
  of(point: SweepPoint): PointFigure;
  met(point: SweepPoint): Met;
}

const untold: PointFigure = { middle: Number.NaN, low: Number.NaN, high: Number.NaN, n: 0 };

/** What is shown, at most eight: what is asked for, or what the scenario asks about and then the headlines. */
export function shownFigures(
  { metrics }: Pick<SweepManifest, 'metrics'>,
  points: readonly SweepPoint[],
  known: readonly Metric[],
): readonly ShownFigure[] {
  const of = (name: string) => metricNamed(name, known);
  const stated = statedIn(points);
  const ofStated = stated
    .filter(({ metric }) => metrics.length === 0 || metrics.includes(metric))
    .map((held) => (isPlain(held) ? ofMetric(of(held.metric), points, stated) : ofHeld(of(held.metric), held, points)));
  const names = metrics.length > 0 ? metrics : headlineNames;
  const isTold = (name: string) =>
    points.some(({ metrics: own }) => !Number.isNaN(own.get(name)?.middle ?? Number.NaN));
  const others = names
    .filter((name) => metrics.length > 0 || isTold(name))
    .map((name) => ofMetric(of(name), points, stated));
  // what was asked for by name is shown, whatever else is
  const ordered = metrics.length > 0 ? [...others, ...ofStated] : [...ofStated, ...others];
  const byName = new Map<string, ShownFigure>();
  for (const figure of ordered) if (!byName.has(figure.name)) byName.set(figure.name, figure);
  return [...byName.values()].slice(0, metricsShownMost);
}

/**
 * The question and the expectations of all points, each once, the first side of those that have two; in place of bounds
 * that differ stands that they do.
 */
export function statedIn(points: readonly SweepPoint[]): readonly HeldExpectation[] {
  const stated = new Map<number, HeldExpectation>();
  for (const { held } of points) {
    const sides = new Map<number, HeldExpectation>();
    for (const one of held) if (!sides.has(one.expectation)) sides.set(one.expectation, one);
    for (const [number, one] of sides) {
      const known = stated.get(number);
      if (known === undefined) stated.set(number, one);
      else if (known.bounds !== one.bounds) stated.set(number, { ...known, bounds: 'as each point states' });
    }
  }
  return [...stated.values()].filter(({ expectation }) => expectation <= chartedExpectationsMost);
}

/** Whether it is about the metric as tables have it. */
function isPlain({ cohort, window, comparedTo }: HeldExpectation): boolean {
  return cohort === null && window === null && comparedTo === null;
}

function ofMetric(metric: Metric, points: readonly SweepPoint[], stated: readonly HeldExpectation[]): ShownFigure {
  const { name } = metric;
  const held = stated.find((one) => one.metric === name && isPlain(one));
  return {
    name,
    label: capitalised(metric.label),
    ...{ unit: metric.unit, window: metric.window, meaning: metric.meaning },
    isQuantile: metric.isQuantile === true,
    better: metric.better,
    range: rangeOf(metric),
    ...boundsOf(held, points, metric.unit),
    of: ({ metrics }) => metrics.get(name) ?? untold,
    met: (point) => (held === undefined ? undefined : metAt(point, held.expectation)),
  };
}

function ofHeld(metric: Metric, held: HeldExpectation, points: readonly SweepPoint[]): ShownFigure {
  const isDifference = held.comparedTo !== null;
  const unit = isDifference ? unitOfDifference(metric.unit) : metric.unit;
  return {
    name: held.expectation === 0 ? 'question' : `expectation-${held.expectation}`,
    label: capitalised(held.subject),
    unit,
    window: held.window ?? metric.window,
    meaning: metric.meaning,
    isQuantile: metric.isQuantile === true,
    better: metric.better,
    range: isDifference ? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY] : rangeOf(metric),
    ...boundsOf(held, points, unit),
    of: (point) => {
      const place = point.held.findIndex(({ expectation }) => expectation === held.expectation);
      return place < 0 ? untold : point.heldFigures[place]!;
    },
    met: (point) => metAt(point, held.expectation),
  };
}

const words = { below: 'below', above: 'above', atMost: 'at most', atLeast: 'at least' } as const;

/** The bounds that all points state who state any; none where they state different ones. */
function boundsOf(
  held: HeldExpectation | undefined,
  points: readonly SweepPoint[],
  unit: Metric['unit'],
): Pick<ShownFigure, 'expectation' | 'bounds'> {
  if (held === undefined) return { expectation: undefined, bounds: [] };
  const { expectation } = held;
  const stated = points.flatMap((point): Bounds[] => {
    const own = point.heldFigures.filter((_, place) => point.held[place]!.expectation === expectation);
    return own.length === 0 ? [] : [Object.fromEntries(own.flatMap(({ bounds }) => Object.entries(bounds)))];
  });
  const keys = Object.keys(words) as (keyof typeof words)[];
  const isOne = stated.every((one) => keys.every((key) => one[key] === stated[0]![key]));
  const bounds = keys.flatMap((key) => {
    const value = stated[0]?.[key];
    if (value === undefined || !isOne) return [];
    return [{ value, words: `${words[key]} ${toExactPhrase(value, unit)}` }];
  });
  return { expectation, bounds };
}
