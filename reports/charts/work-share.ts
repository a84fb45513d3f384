import { largest } from '../../sim/kernels/extent.js';
import { bandText } from '../drawing/band.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { chartTitle, PLOT_HEIGHT, SINGLE_PANEL, timeChannel, timeUnit, warmUpLayers } from '../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer, shownOnly, type TipLine } from '../drawing/interaction.js';
import { binStretches, cohortColor, cohortLines } from '../drawing/lines.js';
import { stripLayers } from '../drawing/strip.js';
import { during, overReplications, perCohort, percent, told } from '../drawing/words.js';
import { binSamples, placesAfterWarmUp, rounded, SAMPLE_DAYS } from '../series/samples.js';
import { spreadOf } from '../series/spread.js';
import { referenceLayers, stepBinDays, stepText } from '../series/steps.js';

/** Work by replication, step of time and cohort [h on the reference card], and its share; null where none was done. */
function workOf(input: ChartInput, binDays = stepBinDays(input.horizonDays)) {
  const samples = binSamples(input, ['workReferenceHours'], binDays);
  const hours = samples.each.map((one) =>
    samples.bins.map((_, bin) => input.cohorts.map((cohort) => one.sum(cohort, 'workReferenceHours', bin) ?? 0)),
  );
  const shares = hours.map((steps) =>
    steps.map((row) => {
      const total = row.reduce((sum, value) => sum + value, 0);
      return total > 0 ? row.map((value) => value / total) : null;
    }),
  );
  return { samples, hours, shares };
}

/** Share of the work that each cohort does, over time. */
export const workShare: Chart = {
  name: 'work-share',
  title: 'Share of the work done',
  description:
    'Work is counted in hours on the reference card; the parts of a run add up to 100 %. A gap is a time in which ' +
    'no work was completed.',
  isOverTime: true,
  spec(input) {
    const work = workOf(input);
    const { bins, replicationCount } = work.samples;
    const { layers, hover } = replicationCount > 1 ? shareLines(input, work) : shareSteps(input, work);
    const step = stepText(bins, replicationCount > 1 ? 'point' : 'step');
    const subtitle = `Part of the work completed, by cohort. ${step}`;
    return {
      ...SINGLE_PANEL,
      title: chartTitle(this.title, subtitle, bandText(replicationCount)),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [...layers, ...stripLayers(input, PLOT_HEIGHT), hover],
    };
  },
  says(input) {
    const { samples, hours } = workOf(input, SAMPLE_DAYS);
    const counted = placesAfterWarmUp(input, samples.bins);
    const totals = hours.map((own) =>
      input.cohorts.map((_, at) => counted.reduce((sum, place) => sum + own[place]![at]!, 0)),
    );
    const alls = totals.map((own) => own.reduce((sum, total) => sum + total, 0));
    const since = input.warmUpDays > 0 ? ' after the warm-up' : '';
    if (alls.every((all) => all === 0)) return `No work was completed${since}.`;
    const over = overReplications(samples.replicationCount);
    const whole = `${told(alls.map(Math.round), 'hours')} of work${since}`;
    if (input.cohorts.length === 1) return `All ${whole} were done by ${input.cohorts[0]}${over}.`;
    const steps = workOf(input);
    const clause = (cohort: string, at: number) => {
      if (totals.every((own) => own[at] === 0)) return `${cohort} did none`;
      const parts = placesAfterWarmUp(input, steps.samples.bins).map((place) => {
        const shares = steps.shares.map((own) => own[place]?.[at] ?? null);
        return { shares, middle: spreadOf(shares)?.middle ?? -1, bin: steps.samples.bins[place]! };
      });
      const shares = totals.map((own, replication) => {
        return alls[replication] === 0 ? null : own[at]! / alls[replication]!;
      });
      const share = `${cohort} did ${told(shares, 'fraction')}`;
      if (parts.length === 0) return share;
      const most = parts.reduce((best, part) => (part.middle > best.middle ? part : best));
      const when = during(most.bin.startDays, most.bin.endDays, input.horizonDays);
      return `${share} (most, ${told(most.shares, 'fraction')}, ${when})`;
    };
    return `Of ${whole}, ${perCohort(input.cohorts, clause, input.attackers)}${over}.`;
  },
};

type Work = ReturnType<typeof workOf>;

const AXIS_TITLE = 'Share of work [%]';

/** A line a cohort: of parts that add up in each replication, medians and bands can't stand on one another. */
function shareLines(input: ChartInput, { samples, shares }: Work) {
  const percentOf = (cohort: string, bin: number, replication: number) => {
    const share = shares[replication]![bin]?.[input.cohorts.indexOf(cohort)];
    return share === undefined ? null : 100 * share;
  };
  const { lines, hover } = cohortLines(input, { samples, axisTitle: AXIS_TITLE, unit: '%', value: percentOf });
  const highest = input.cohorts.map((cohort, corner) => {
    const ends = samples.bins.map((_, bin) => {
      return spreadOf(shares.map((_, replication) => percentOf(cohort, bin, replication)))?.high ?? 0;
    });
    return { corner, cohort, share: rounded(Math.max(0, largest(ends)))! };
  });
  const warmUp = warmUpLayers(input);
  return { layers: [...warmUp.veil, ...lines, ...warmUp.label, ...referenceLayers(highest)], hover };
}

/** One replication's, stacked. */
function shareSteps(input: ChartInput, work: Work) {
  const { bins } = work.samples;
  const shares = work.shares[0] ?? [];
  const { perDay } = timeUnit(input.horizonDays);
  // Both corners of a step are stacked in the drawing, of those that are shown; a gap has no height.
  const values = bins.flatMap(({ startDays, endDays }, bin) =>
    endDays <= startDays
      ? []
      : [startDays, endDays].flatMap((days, side) =>
          input.cohorts.map((cohort, at) => {
            const share = rounded(100 * (shares[bin]?.[at] ?? 0))!;
            // Attackers lie on the axis, where their share can be read.
            const rank = input.attackers.includes(cohort) ? at - input.cohorts.length : at;
            return { corner: 2 * bin + side, time: days * perDay, cohort, rank, share };
          }),
        ),
  );
  const tipOf = (bin: number) =>
    input.cohorts.flatMap((cohort, at): TipLine[] => {
      const share = shares[bin]?.[at];
      return share === undefined ? [] : [[cohort, percent(share)]];
    });
  const area = {
    data: { values },
    transform: [
      shownOnly,
      { stack: 'share', groupby: ['corner'], sort: [{ field: 'rank' }], as: ['low', 'top'] as [string, string] },
      // Rounded shares may add up to a little more than all.
      { calculate: 'min(100, datum.top)', as: 'high' },
    ],
    mark: { type: 'area' as const, opacity: 0.8, stroke: '#ffffff', strokeWidth: 0.5 },
    encoding: {
      x: { ...timeChannel(input), field: 'time' },
      y: {
        field: 'low',
        type: 'quantitative' as const,
        title: AXIS_TITLE,
        scale: values.some(({ share }) => share > 0) ? { zero: true, nice: true } : { domain: [0, 100] },
        axis: { tickCount: 5 },
      },
      y2: { field: 'high' },
      color: cohortColor(input, 'square'),
    },
  };
  const warmUp = warmUpLayers(input);
  const layers = [area, ...warmUp.veil, ...warmUp.label, ...referenceLayers(values)];
  return { layers, hover: hoverLayer(binStretches(input, bins, tipOf), timeChannel(input)) };
}
