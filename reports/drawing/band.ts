import { toNumber } from '../figure.js';
import { rounded } from '../series/samples.js';
import { isBandOfQuantiles, type Spread } from '../series/spread.js';
import { shownOnly } from './interaction.js';

/** How replications are drawn as a line and a band; empty for one, of which there is a line alone. */
export function bandText(replicationCount: number, band = 'band'): string {
  if (replicationCount <= 1) return '';
  const reach = isBandOfQuantiles(replicationCount) ? 'from the 10th to the 90th percentile' : 'from least to most';
  return `Line: median of ${replicationCount} replications; ${band}: ${reach}.`;
}

/** What is drawn of the first replication alone, as only its nodes are kept; empty for one. */
export function firstText(replicationCount: number): string {
  return replicationCount <= 1 ? '' : `Of the first of ${replicationCount} replications.`;
}

/** What bands and lines are of: cohorts, which can be turned off, or anything else. */
export type LineKey = 'cohort' | 'line';

/** A corner of a band, with the name of what it is of. */
export interface BandPoint extends Partial<Readonly<Record<LineKey, string>>> {
  /** In the time axis' unit. */
  readonly time: number | null;
  readonly color: string;
  /** Both null where the band is interrupted. */
  readonly low: number | null;
  readonly high: number | null;
}

/** The corner at a time. */
export function bandPoint(time: number, key: LineKey, name: string, color: string, spread: Spread | null): BandPoint {
  const { low, high } = spread ?? { low: null, high: null };
  return { time: rounded(time), [key]: name, color, low: rounded(low), high: rounded(high) };
}

/** Pale areas from low to high, to be drawn below the lines; nothing for one replication. */
export function bandLayers<X extends object, Y extends object>(
  replicationCount: number,
  values: readonly BandPoint[],
  {
    x,
    y,
    key,
    isStepped = false,
  }: { readonly x: X; readonly y: Y; readonly key: LineKey; readonly isStepped?: boolean },
) {
  if (replicationCount <= 1) return [];
  return [
    {
      data: { values: [...values] },
      transform: [shownOnly],
      mark: {
        type: 'area' as const,
        fill: { expr: 'datum.color' },
        fillOpacity: 0.22,
        line: false,
        ...(isStepped ? { interpolate: 'step-after' as const } : {}),
      },
      encoding: {
        x: { ...x, field: 'time' },
        y: { ...y, field: 'low' },
        y2: { field: 'high' },
        detail: { field: key, type: 'nominal' as const },
      },
    },
  ];
}

/** A hover text's value: `12 jobs`, and of several replications `12 (10 to 15) jobs`. */
export function spreadText({ low, middle, high }: Spread, unit: string, replicationCount: number): string {
  const suffix = unit === '' ? '' : ` ${unit}`;
  const [least, most] = [toNumber(low), toNumber(high)];
  if (replicationCount <= 1 || least === most) return `${toNumber(middle)}${suffix}`;
  return `${toNumber(middle)} (${least} to ${most})${suffix}`;
}
