import { bandText } from '../drawing/band.js';
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
import { binStretches, spreadLines } from '../drawing/lines.js';
import { stripLayers } from '../drawing/strip.js';
import { OUTCOME_COLORS } from '../drawing/theme.js';
import { during, listed, overReplications, told } from '../drawing/words.js';
import { toNumber } from '../figure.js';
import { binSamples, placesAfterWarmUp, SAMPLE_DAYS } from '../series/samples.js';
import { spreadOf } from '../series/spread.js';
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

/** Jobs of each outcome by replication and step of time, and per hour; null where the step has no samples. */
function countsOf(input: ChartInput, binDays = stepBinDays(input.horizonDays)) {
  const columns = OUTCOMES.map((outcome) => outcome.column);
  const samples = binSamples(input, columns, binDays);
  const counts = samples.each.map((one) =>
    samples.bins.map((_, index) => {
      const row = columns.map((column) => one.sum('all', column, index));
      if (row.every((count) => count === null)) return null;
      const parts = row.map((count) => count ?? 0);
      // Of the completed, those with a wrong result are a part of their own.
      parts[0]! -= parts[1]!;
      return parts;
    }),
  );
  const rates = counts.map((steps) =>
    steps.map((row, index) => {
      const { startDays, endDays } = samples.bins[index]!;
      const hours = (endDays - startDays) * HOURS_PER_DAY;
      return row === null || hours === 0 ? null : row.map((count) => count / hours);
    }),
  );
  return { samples, counts, rates };
}

/** Says that results were wrong, where some were. */
function wrongOf(shares: readonly (number | null)[]): string {
  return shares.every((share) => !share) ? '' : ` (${told(shares, 'fraction')} of them with a wrong result)`;
}

/** How jobs end, over time. */
export const jobOutcomes: Chart = {
  name: 'job-outcomes',
  title: 'Jobs by outcome',
  description:
    'The parts of a run add up to the rate of all jobs that ended: completed, with a right or a wrong result, ' +
    'rejected by verification, past their deadline, or unserved for want of a free node or of money.',
  isOverTime: true,
  spec(input) {
    const ended = countsOf(input);
    const { bins, replicationCount } = ended.samples;
    const { layers, hover } = replicationCount > 1 ? rateLines(input, ended) : rateSteps(input, ended);
    return {
      ...SINGLE_PANEL,
      title: chartTitle(
        this.title,
        `Jobs that ended, per hour. ${stepText(bins, replicationCount > 1 ? 'point' : 'step')}`,
        bandText(replicationCount),
      ),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [...layers, ...stripLayers(input, PLOT_HEIGHT), hover],
    };
  },
  says(input) {
    const each = countsOf(input, SAMPLE_DAYS);
    const counted = placesAfterWarmUp(input, each.samples.bins);
    const over = overReplications(each.samples.replicationCount);
    const totals = each.counts.map((steps) =>
      LABELS.map((_, at) => counted.reduce((sum, place) => sum + (steps[place]?.[at] ?? 0), 0)),
    );
    const alls = totals.map((own) => own.reduce((sum, count) => sum + count, 0));
    const completed = totals.map((own) => own[0]! + own[1]!);
    const since = input.warmUpDays > 0 ? ' after the warm-up' : '';
    if (alls.every((all) => all === 0)) return `No job ended${since}.`;
    const all = told(alls, '');
    const wrong = wrongOf(
      ratios(
        totals.map((own) => own[1]!),
        completed,
      ),
    );
    if (completed.every((count, at) => count === alls[at])) {
      return `All ${all} jobs that ended${since} were completed${wrong}${over}.`;
    }
    const shares = OUTCOMES.flatMap(({ said }, at) => {
      if (at === 1 || totals.every((own) => own[at] === 0)) return [];
      const counts = at === 0 ? completed : totals.map((own) => own[at]!);
      return [`${told(ratios(counts, alls), 'fraction')} ${said}${at === 0 ? wrong : ''}`];
    });
    const { samples, rates } = countsOf(input);
    const lost = placesAfterWarmUp(input, samples.bins).map((place) => {
      const parts = rates.map((steps) => {
        const row = steps[place];
        const ended = row?.reduce((sum, rate) => sum + rate, 0) ?? 0;
        return ended === 0 ? null : 1 - (row![0]! + row![1]!) / ended;
      });
      return { place, parts, middle: spreadOf(parts)?.middle ?? -1 };
    });
    const sentence = `Of ${all} jobs that ended${since}, ${listed(shares)}${over}.`;
    const worst = lost.reduce((most, one) => (one.middle > most.middle ? one : most), lost[0]!);
    if (!(worst.middle > 0)) return sentence;
    const { startDays, endDays } = samples.bins[worst.place]!;
    const when = during(startDays, endDays, input.horizonDays);
    const highest = told(worst.parts, 'fraction');
    return `${sentence} Losses were highest ${when}: ${highest} of the jobs that ended then${over}.`;
  },
};

type Ended = ReturnType<typeof countsOf>;

/** Parts of wholes, one a replication; null where the whole is nothing. */
function ratios(parts: readonly number[], wholes: readonly number[]): (number | null)[] {
  return parts.map((part, at) => (wholes[at] === 0 ? null : part / wholes[at]!));
}

const AXIS_TITLE = 'Jobs per hour';
const UNIT = 'jobs per hour';

function outcomeColor(rates: Ended['rates'], symbol: 'square' | 'stroke') {
  const occurring = LABELS.filter((_, at) => rates.some((steps) => steps.some((row) => (row?.[at] ?? 0) > 0)));
  return {
    type: 'nominal' as const,
    scale: { domain: [...LABELS], range: OUTCOMES.map((outcome) => outcome.color) },
    legend: { ...flatLegend(occurring, symbol), values: occurring },
  };
}

/** A line an outcome: medians and bands can't stand on one another. */
function rateLines(input: ChartInput, { samples, rates }: Ended) {
  const color = outcomeColor(rates, 'stroke');
  const names = color.legend.values;
  const { lines, hover } = spreadLines(input, {
    samples,
    axisTitle: AXIS_TITLE,
    unit: UNIT,
    key: 'line',
    names,
    colors: names.map((name) => OUTCOMES.find(({ label }) => label === name)!.color),
    encoding: { color: { ...color, field: 'line' } },
    value: (name, bin, replication) =>
      rates[replication]![bin]?.[LABELS.indexOf(name as (typeof LABELS)[number])] ?? null,
  });
  const warmUp = warmUpLayers(input);
  return { layers: [...warmUp.veil, ...lines, ...warmUp.label], hover };
}

/** One replication's, stacked. */
function rateSteps(input: ChartInput, { samples, rates }: Ended) {
  const { perDay } = timeUnit(input.horizonDays);
  const own = rates[0] ?? [];
  const values = stackSteps(samples.bins, LABELS, perDay, (index) => own[index] ?? null);
  const tipOf = (bin: number) =>
    LABELS.map((label, at): TipLine => [label, `${toNumber(own[bin]?.[at] ?? 0)} ${UNIT}`]);
  const area = {
    data: { values },
    mark: { type: 'area' as const },
    encoding: {
      x: { ...timeChannel(input), field: 'time' },
      y: {
        field: 'low',
        type: 'quantitative' as const,
        title: AXIS_TITLE,
        scale: countScale(values.map((corner) => corner.high)),
        axis: { tickCount: 5 },
      },
      y2: { field: 'high' },
      color: { field: 'part', ...outcomeColor(rates, 'square') },
    },
  };
  const warmUp = warmUpLayers(input);
  const hover = hoverLayer(binStretches(input, samples.bins, tipOf), timeChannel(input));
  return { layers: [area, ...warmUp.veil, ...warmUp.label], hover };
}
