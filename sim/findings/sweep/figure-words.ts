import { toPhrase, toRange } from '../../../reports/figure.js';
import type { ShownFigure } from './figures.js';
import type { SweepPoint } from './points.js';

/** A figure of a point as people read it: its middle, and its interval where there is one. */
export function figureInWords(figure: ShownFigure, point: SweepPoint): string {
  const { middle, low, high } = figure.of(point);
  if (Number.isNaN(middle)) return '–';
  const said = toPhrase(middle, figure.unit);
  if (Number.isNaN(low) || low === high) return said;
  const [least, most] = figure.range;
  return `${said} (${toRange({ low: Math.max(low, least), high: Math.min(high, most) }, figure.unit)})`;
}
