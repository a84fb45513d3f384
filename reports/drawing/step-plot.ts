import { countReplications } from '../series/sample-columns.js';
import { type StepCurve, stepCorners, stepStretches } from '../series/step-curves.js';
import { firstText } from './band.js';
import type { ChartInput } from './chart.js';
import { chartTitle, SINGLE_PANEL } from './frame.js';
import { HIDDEN_COHORTS, hoverLayer, shownOnly } from './interaction.js';
import { cohortColor, cohortDash } from './lines.js';
import { inFirst, perCohort } from './words.js';

/** What a plot of step curves says besides its lines. */
interface StepPlotWords {
  readonly title: string;
  readonly subtitle: string;
  readonly description: string;
  /** What the axis of time counts from, as `Since joining`. */
  readonly since: string;
  /** What the lines are the share of. */
  readonly share: string;
}

/** The plot of shares that rise by steps from 0, a line a cohort, as long as anybody of it was watched. */
export function stepPlot(input: ChartInput, curves: readonly StepCurve[], words: StepPlotWords) {
  const { title, subtitle, description, since, share } = words;
  const drawn = curves.map(({ cohort }) => cohort);
  const longest = curves.reduce((most, { watchedDays }) => Math.max(most, watchedDays), 0);
  const end = longest > 0 ? longest : 1;
  const x = {
    type: 'quantitative' as const,
    title: `Time ${since.charAt(0).toLowerCase()}${since.slice(1)} [days]`,
    scale: { domain: [0, end], nice: false },
    axis: { tickCount: 8, labelFlush: false },
  };
  const line = {
    data: { values: curves.flatMap((each) => stepCorners(each, end)) },
    transform: [shownOnly],
    mark: { type: 'line' as const, strokeWidth: 1.75, interpolate: 'step-after' as const },
    encoding: {
      x: { ...x, field: 'days' },
      y: {
        field: 'share',
        type: 'quantitative' as const,
        title: `${share} [%]`,
        scale: { domain: [0, 100], nice: false },
        axis: { tickCount: 5 },
      },
      color: cohortColor(input, 'stroke', drawn),
      ...cohortDash(input, drawn),
    },
  };
  return {
    ...SINGLE_PANEL,
    title: chartTitle(title, subtitle, firstText(countReplications(input))),
    description,
    params: [HIDDEN_COHORTS],
    layer: [line, hoverLayer(stepStretches(curves, end, since), x)],
  };
}

/** What there is to say of the lines, a clause each, as a sentence that begins with the replication they are of. */
export function stepPlotSaid<C extends StepCurve>(
  input: ChartInput,
  curves: readonly C[],
  clauseOf: (curve: C) => string,
): string {
  const told = perCohort(
    curves.map(({ cohort }) => cohort),
    (_, index) => clauseOf(curves[index]!),
    input.attackers,
  );
  const first = inFirst(countReplications(input)).slice(2);
  const text = first === '' ? told : `${first}, ${told}`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
