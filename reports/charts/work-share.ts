import type { Chart, ChartInput } from '../drawing/chart.js';
import { chartTitle, PLOT_HEIGHT, SINGLE_PANEL, timeChannel, timeUnit, warmUpLayers } from '../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer, shownOnly, type TipLine } from '../drawing/interaction.js';
import { binStretches, cohortColor } from '../drawing/lines.js';
import { stripLayers } from '../drawing/strip.js';
import { during, perCohort, percent } from '../drawing/words.js';
import { toNumber } from '../figure.js';
import { binSamples, placesAfterWarmUp, rounded, SAMPLE_DAYS } from '../series/samples.js';
import { referenceLayers, stepBinDays, stepText } from '../series/steps.js';

/** Work of each cohort by step of time [h on the reference card], and its share; null where none was done. */
function workOf(input: ChartInput, binDays = stepBinDays(input.horizonDays)) {
  const samples = binSamples(input, ['workReferenceHours'], binDays);
  const hours = samples.bins.map((_, bin) =>
    input.cohorts.map((cohort) => samples.sum(cohort, 'workReferenceHours', bin) ?? 0),
  );
  const shares = hours.map((row) => {
    const total = row.reduce((sum, value) => sum + value, 0);
    return total > 0 ? row.map((value) => value / total) : null;
  });
  return { samples, hours, shares };
}

/** Share of the work that each cohort does, over time. */
export const workShare: Chart = {
  name: 'work-share',
  title: 'Share of the work done',
  description:
    'Work is counted in hours on the reference card; the parts add up to 100 %. A gap is a time in which no work was ' +
    'completed.',
  isOverTime: true,
  spec(input) {
    const { samples, shares } = workOf(input);
    const { perDay } = timeUnit(input.horizonDays);
    // Both corners of a step are stacked in the drawing, of those that are shown; a gap has no height.
    const values = samples.bins.flatMap(({ startDays, endDays }, bin) =>
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
    const warmUp = warmUpLayers(input);
    return {
      ...SINGLE_PANEL,
      title: chartTitle(
        this.title,
        `Part of the work completed, by cohort. ${stepText(samples.bins)}`,
        samples.replicationCount,
      ),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [
        {
          data: { values },
          transform: [
            shownOnly,
            { stack: 'share', groupby: ['corner'], sort: [{ field: 'rank' }], as: ['low', 'top'] },
            // Rounded shares may add up to a little more than all.
            { calculate: 'min(100, datum.top)', as: 'high' },
          ],
          mark: { type: 'area', opacity: 0.8, stroke: '#ffffff', strokeWidth: 0.5 },
          encoding: {
            x: { ...timeChannel(input), field: 'time' },
            y: {
              field: 'low',
              type: 'quantitative',
              title: 'Share of work [%]',
              scale: values.some(({ share }) => share > 0) ? { zero: true, nice: true } : { domain: [0, 100] },
              axis: { tickCount: 5 },
            },
            y2: { field: 'high' },
            color: cohortColor(input, 'square'),
          },
        },
        ...warmUp.veil,
        ...warmUp.label,
        ...referenceLayers(values),
        ...stripLayers(input, PLOT_HEIGHT),
        hoverLayer(binStretches(input, samples.bins, tipOf), timeChannel(input)),
      ],
    };
  },
  says(input) {
    const { samples, hours } = workOf(input, SAMPLE_DAYS);
    const counted = placesAfterWarmUp(input, samples.bins);
    const totals = input.cohorts.map((_, at) => counted.reduce((sum, place) => sum + hours[place]![at]!, 0));
    const all = totals.reduce((sum, total) => sum + total, 0);
    const since = input.warmUpDays > 0 ? ' after the warm-up' : '';
    if (all === 0) return `No work was completed${since}.`;
    const whole = `${toNumber(Math.round(all / samples.replicationCount))} hours of work${since}`;
    if (input.cohorts.length === 1) return `All ${whole} were done by ${input.cohorts[0]}.`;
    const steps = workOf(input);
    const clause = (cohort: string, at: number) => {
      if (totals[at] === 0) return `${cohort} did none`;
      const parts = placesAfterWarmUp(input, steps.samples.bins).map((place) => ({
        share: steps.shares[place]?.[at] ?? -1,
        bin: steps.samples.bins[place]!,
      }));
      const share = `${cohort} did ${percent(totals[at]! / all)}`;
      if (parts.length === 0) return share;
      const most = parts.reduce((best, part) => (part.share > best.share ? part : best));
      const when = during(most.bin.startDays, most.bin.endDays, input.horizonDays);
      return `${share} (most, ${percent(most.share)}, ${when})`;
    };
    return `Of ${whole}, ${perCohort(input.cohorts, clause, input.attackers)}.`;
  },
};
