import type { Chart, ChartInput } from '../drawing/chart.js';
import { chartTitle, PLOT_HEIGHT, SINGLE_PANEL, warmUpLayers } from '../drawing/frame.js';
import { HIDDEN_COHORTS } from '../drawing/interaction.js';
import { cohortLines } from '../drawing/lines.js';
import { stripLayers } from '../drawing/strip.js';
import { during, perCohort, percent } from '../drawing/words.js';
import { binSamples, lineBinDays, placesAfterWarmUp, SAMPLE_DAYS } from '../series/samples.js';
import { stepBinDays } from '../series/steps.js';

/** Slot time by bin, and the share of it that was worked; null where none was up. */
function slotTimeOf(input: ChartInput, binDays: number) {
  const samples = binSamples(input, ['slotHoursUp', 'slotHoursWorked'], binDays);
  const hours = (cohort: string, places: readonly number[]) => {
    const sum = (column: string) => places.reduce((all, bin) => all + (samples.sum(cohort, column, bin) ?? 0), 0);
    return { up: sum('slotHoursUp'), worked: sum('slotHoursWorked') };
  };
  const share = (cohort: string, places: readonly number[]) => {
    const { up, worked } = hours(cohort, places);
    return up > 0 ? worked / up : null;
  };
  return { samples, share };
}

/** How much of the time that the machines of each cohort were up they worked, over time. */
export const utilisation: Chart = {
  name: 'utilisation',
  title: 'How busy the machines were',
  description:
    'The share of the time of their slots, while machines were up, that was spent working on jobs. At 100 % no slot ' +
    'was ever free; a gap is a time in which no machine was up.',
  isOverTime: true,
  spec(input) {
    const { samples, share } = slotTimeOf(input, lineBinDays(input.horizonDays));
    const { line, hover } = cohortLines(input, {
      bins: samples.bins,
      axisTitle: 'Slot time worked [%]',
      unit: '%',
      value: (cohort, bin) => {
        const worked = share(cohort, [bin]);
        return worked === null ? null : 100 * worked;
      },
    });
    const warmUp = warmUpLayers(input);
    return {
      ...SINGLE_PANEL,
      title: chartTitle(this.title, 'Part of the slot time worked, by cohort.', samples.replicationCount),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [...warmUp.veil, line, ...warmUp.label, ...stripLayers(input, PLOT_HEIGHT), hover],
    };
  },
  says(input) {
    const { samples, share } = slotTimeOf(input, SAMPLE_DAYS);
    const counted = placesAfterWarmUp(input, samples.bins);
    const since = input.warmUpDays > 0 ? ' after the warm-up' : '';
    if (input.cohorts.every((cohort) => share(cohort, counted) === null)) return `No machine was up${since}.`;
    const steps = slotTimeOf(input, stepBinDays(input.horizonDays));
    const clause = (cohort: string) => {
      const worked = share(cohort, counted);
      if (worked === null) return `those of ${cohort} were never up`;
      const parts = placesAfterWarmUp(input, steps.samples.bins).map((bin) => ({
        worked: steps.share(cohort, [bin]) ?? -1,
        bin: steps.samples.bins[bin]!,
      }));
      const told = `those of ${cohort} worked ${percent(worked)}`;
      if (parts.length === 0 || worked === 0) return told;
      const most = parts.reduce((best, part) => (part.worked > best.worked ? part : best));
      const when = during(most.bin.startDays, most.bin.endDays, input.horizonDays);
      return `${told} (most, ${percent(most.worked)}, ${when})`;
    };
    return `Of the time that machines were up${since}, ${perCohort(input.cohorts, clause, input.attackers)}.`;
  },
};
