import { largest } from '../../sim/kernels/extent.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import {
  chartTitle,
  countScale,
  flatLegend,
  PLOT_HEIGHT,
  SINGLE_PANEL,
  timeChannel,
  timeUnit,
  warmUpLayers,
} from '../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer, type TipLine } from '../drawing/interaction.js';
import { binStretches } from '../drawing/lines.js';
import { stripLayers } from '../drawing/strip.js';
import { OUTCOME_COLORS } from '../drawing/theme.js';
import { during, listed, percent } from '../drawing/words.js';
import { toNumber } from '../figure.js';
import { binSamples, placesAfterWarmUp, SAMPLE_DAYS } from '../series/samples.js';
import { stackSteps, stepBinDays, stepText } from '../series/steps.js';

const OUTCOMES = [
  { column: 'jobsCompleted', label: 'Completed', said: 'were completed', color: OUTCOME_COLORS.completed },
  {
    column: 'jobsWrongAccepted',
    label: 'Completed, result wrong',
    said: '',
    color: OUTCOME_COLORS.wrong,
  },
  { column: 'jobsRejected', label: 'Rejected', said: 'were rejected', color: OUTCOME_COLORS.rejected },
  { column: 'jobsTimedOut', label: 'Timed out', said: 'ran out of time', color: OUTCOME_COLORS.timedOut },
  { column: 'jobsUnserved', label: 'Unserved', said: 'never got a node', color: OUTCOME_COLORS.unserved },
] as const;

const LABELS = OUTCOMES.map((outcome) => outcome.label);
const HOURS_PER_DAY = 24;

/** Jobs of each outcome by step of time, and per hour; null where the step has no samples. */
function countsOf(input: ChartInput, binDays = stepBinDays(input.horizonDays)) {
  const columns = OUTCOMES.map((outcome) => outcome.column);
  const samples = binSamples(input, columns, binDays);
  const counts = samples.bins.map((_, index) => {
    const row = columns.map((column) => samples.sum('all', column, index));
    if (row.every((count) => count === null)) return null;
    const parts = row.map((count) => count ?? 0);
    // Of the completed, those with a wrong result are a part of their own.
    parts[0]! -= parts[1]!;
    return parts;
  });
  const rates = counts.map((row, index) => {
    const { startDays, endDays } = samples.bins[index]!;
    const hours = (endDays - startDays) * HOURS_PER_DAY * samples.replicationCount;
    return row === null || hours === 0 ? null : row.map((count) => count / hours);
  });
  return { samples, counts, rates };
}

/** Says that results were wrong, where some were. */
function wrongOf(share: number): string {
  return !(share > 0) ? '' : ` (${percent(share)} of them with a wrong result)`;
}

/** How jobs end, over time. */
export const jobOutcomes: Chart = {
  name: 'job-outcomes',
  title: 'Jobs by outcome',
  description:
    'The upper edge is the rate of all jobs that ended: completed, with a right or a wrong result, rejected by ' +
    'verification, past their deadline, or unserved for want of a free node or of money.',
  isOverTime: true,
  spec(input) {
    const { samples, rates } = countsOf(input);
    const { perDay } = timeUnit(input.horizonDays);
    const values = stackSteps(samples.bins, LABELS, perDay, (index) => rates[index] ?? null);
    const tipOf = (bin: number) =>
      LABELS.map((label, at): TipLine => [label, `${toNumber(rates[bin]?.[at] ?? 0)} jobs per hour`]);
    const warmUp = warmUpLayers(input);
    const occurring = LABELS.filter((_, at) => rates.some((row) => (row?.[at] ?? 0) > 0));
    return {
      ...SINGLE_PANEL,
      title: chartTitle(this.title, `Jobs that ended, per hour. ${stepText(samples.bins)}`, samples.replicationCount),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [
        {
          data: { values },
          mark: { type: 'area' },
          encoding: {
            x: { ...timeChannel(input), field: 'time' },
            y: {
              field: 'low',
              type: 'quantitative',
              title: 'Jobs per hour',
              scale: countScale(values.map((corner) => corner.high)),
              axis: { tickCount: 5 },
            },
            y2: { field: 'high' },
            color: {
              field: 'part',
              type: 'nominal',
              scale: { domain: [...LABELS], range: OUTCOMES.map((outcome) => outcome.color) },
              legend: { ...flatLegend(occurring, 'square'), values: occurring },
            },
          },
        },
        ...warmUp.veil,
        ...warmUp.label,
        ...stripLayers(input, PLOT_HEIGHT),
        hoverLayer(binStretches(input, samples.bins, tipOf), timeChannel(input)),
      ],
    };
  },
  says(input) {
    const each = countsOf(input, SAMPLE_DAYS);
    const counted = placesAfterWarmUp(input, each.samples.bins);
    const totals = LABELS.map((_, at) => counted.reduce((sum, place) => sum + (each.counts[place]?.[at] ?? 0), 0));
    const all = totals.reduce((sum, count) => sum + count, 0);
    const completed = totals[0]! + totals[1]!;
    const since = input.warmUpDays > 0 ? ' after the warm-up' : '';
    if (all === 0) return `No job ended${since}.`;
    if (completed === all)
      return `All ${toNumber(all)} jobs that ended${since} were completed${wrongOf(totals[1]! / completed)}.`;
    const shares = OUTCOMES.flatMap(({ said }, at) => {
      if (at === 1 || totals[at] === 0) return [];
      const [count, wrong] = at === 0 ? [completed, wrongOf(totals[1]! / completed)] : [totals[at]!, ''];
      return [`${percent(count / all)} ${said}${wrong}`];
    });
    const { samples, rates } = countsOf(input);
    const steps = placesAfterWarmUp(input, samples.bins);
    const lost = steps.map((place) => {
      const row = rates[place];
      const ended = row?.reduce((sum, rate) => sum + rate, 0) ?? 0;
      return ended === 0 ? -1 : 1 - (row![0]! + row![1]!) / ended;
    });
    const highest = Math.max(0, largest(lost));
    const told = `Of ${toNumber(all)} jobs that ended${since}, ${listed(shares)}.`;
    if (highest <= 0) return told;
    const { startDays, endDays } = samples.bins[steps[lost.indexOf(highest)]!]!;
    const when = during(startDays, endDays, input.horizonDays);
    return `${told} Losses were highest ${when}: ${percent(highest)} of the jobs that ended then.`;
  },
};
