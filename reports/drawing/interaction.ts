import { INK } from './theme.js';

/** Cohorts that the reader has turned off; the page sets it, and nothing is off in a drawing. */
export const HIDDEN_COHORTS = { name: 'hidden', value: [] };

/** Leaves out rows of cohorts that are turned off; rows have the field `cohort`. */
export const shownOnly = { filter: 'indexof(hidden, datum.cohort) < 0' };

/** Prefix of the names of marks that only a page needs: a drawing leaves them out. */
export const HOVER_NAME = 'hover';

/** A line of a hover text: what, and its value; the page leaves out lines of cohorts that are turned off. */
export type TipLine = readonly [name: string, value: string];

/** A stretch of the x axis, in its unit, and what the page says when the pointer is over it. */
export interface HoverStretch {
  readonly from: number;
  readonly to: number;
  readonly tip: readonly TipLine[];
}

/** Invisible bars over the whole height of a plot that carry the hover texts; `x` is the plot's own channel. */
export function hoverLayer<X extends object>(stretches: readonly HoverStretch[], x: X, name = '', description = '') {
  return {
    name: `${HOVER_NAME}${name}`,
    ...(description === '' ? {} : { description }),
    data: { values: stretches.filter(({ from, to }) => to > from) },
    mark: { type: 'rect' as const, color: INK.strong, fillOpacity: 0, tooltip: { expr: 'datum.tip' } },
    encoding: { x: { ...x, field: 'from' }, x2: { field: 'to' } },
  };
}
