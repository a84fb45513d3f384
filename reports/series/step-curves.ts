import type { HoverStretch, TipLine } from '../drawing/interaction.js';
import { percent } from '../drawing/words.js';
import { toNumber } from '../figure.js';
import { rounded } from './samples.js';

/** Stretches of the axis that tell their values to the pointer: steps may be many. */
const HOVER_COUNT = 120;
/** Of a line: nodes may be a million. */
const CORNERS_MOST = 400;

/** An estimated share that rises by steps, and how long anybody was watched. */
export interface StepCurve {
  readonly cohort: string;
  readonly watchedDays: number;
  /** 0 before the first. */
  readonly steps: readonly { readonly days: number; readonly fraction: number }[];
}

/** Corners of a cohort’s line, from 0 to when the last one was watched. */
export function stepCorners({ cohort, steps, watchedDays }: StepCurve, end: number) {
  const slot = (days: number) => Math.floor((CORNERS_MOST * days) / end);
  // Of steps too near to be told apart, the last.
  const seen = steps.filter(({ days }, at) => at + 1 === steps.length || slot(days) < slot(steps[at + 1]!.days));
  const corners = [{ days: 0, fraction: 0 }, ...seen];
  corners.push({ days: watchedDays, fraction: corners.at(-1)!.fraction });
  return corners.map(({ days, fraction }) => ({ cohort, days: rounded(days), share: rounded(100 * fraction) }));
}

/** What the lines say to the pointer; `since` is what the axis counts from. */
export function stepStretches(curves: readonly StepCurve[], end: number, since: string): HoverStretch[] {
  return Array.from({ length: HOVER_COUNT }, (_, at) => {
    const [from, to] = [(at / HOVER_COUNT) * end, ((at + 1) / HOVER_COUNT) * end];
    const values = curves.flatMap(({ cohort, steps, watchedDays }): TipLine[] => {
      // Nothing is known of a cohort beyond its line.
      if (from >= watchedDays) return [];
      const fraction = steps.findLast(({ days }) => days <= to)?.fraction ?? 0;
      return [[cohort, percent(fraction)]];
    });
    return { from: rounded(from)!, to: rounded(to)!, tip: [[since, `${toNumber(to)} days`], ...values] };
  });
}
