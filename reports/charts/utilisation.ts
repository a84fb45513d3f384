import type { Chart, ChartInput } from '../drawing/chart.js';
import { stripHeight } from '../drawing/episodes.js';
import { chartTitle, SPARSE_BIN_COUNT, timeChannel, timeUnit, warmUpLayers } from '../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer, shownOnly, type TipLine } from '../drawing/interaction.js';
import { binStretches } from '../drawing/lines.js';
import { hasWarmUp, panelGrid, panelName, panelNote, panelSpacing } from '../drawing/panels.js';
import { stripLayers } from '../drawing/strip.js';
import { castName, during, perCohort, percent } from '../drawing/words.js';
import { toNumber } from '../figure.js';
import { binSamples, lineBinDays, placesAfterWarmUp, rounded, SAMPLE_DAYS } from '../series/samples.js';
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
    'was ever free; a gap is a time in which no machine was up. All panels have the same scale.',
  isOverTime: true,
  spec(input) {
    const grid = panelGrid(input.cohorts.length);
    const slotTime = slotTimeOf(input, lineBinDays(input.horizonDays, grid.place(0).width));
    return {
      title: chartTitle(this.title, 'Part of the slot time worked, by cohort.', slotTime.samples.replicationCount),
      description: this.description,
      params: [HIDDEN_COHORTS],
      columns: grid.columns,
      bounds: 'flush',
      spacing: panelSpacing(input, stripHeight(input)),
      // a panel each: cohorts that are all busy would hide one another
      concat: input.cohorts.map((_, index) => toView(input, slotTime, index)),
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

function toView(input: ChartInput, { samples, share }: ReturnType<typeof slotTimeOf>, index: number) {
  const [cohort, color] = [input.cohorts[index]!, input.colors[index]!];
  const panel = panelGrid(input.cohorts.length).place(index);
  const { perDay } = timeUnit(input.horizonDays);
  const shares = samples.bins.map((_, bin) => share(cohort, [bin]));
  const values = samples.bins.map(({ meanDays }, bin) => {
    const worked = shares[bin]!;
    return { time: rounded(meanDays * perDay), cohort, worked: worked === null ? null : rounded(100 * worked) };
  });
  const time = timeChannel(input, panel.tickCount);
  const x = { ...time, title: panel.isLowest ? time.title : null, field: 'time' };
  const y = {
    field: 'worked',
    type: 'quantitative' as const,
    title: panel.isLeftmost ? 'Slot time worked [%]' : null,
    scale: { domain: [0, 100] },
    axis: { tickCount: 5, labels: panel.isLeftmost },
  };
  const tipOf = (bin: number): TipLine[] => {
    const worked = shares[bin]!;
    return worked === null ? [] : [[cohort, `${toNumber(100 * worked)} %`]];
  };
  const isSparse = samples.bins.length <= SPARSE_BIN_COUNT;
  const warmUp = warmUpLayers(input, panel.tickCount);
  return {
    width: panel.width,
    height: panel.height,
    data: { values },
    layer: [
      ...warmUp.veil,
      {
        transform: [shownOnly],
        mark: { type: 'area' as const, color, opacity: 0.18, line: false },
        encoding: { x, y },
      },
      {
        transform: [shownOnly],
        mark: { type: 'line' as const, color, strokeWidth: 1.75, point: isSparse ? { color } : false },
        encoding: { x, y },
      },
      ...warmUp.label,
      ...panelName(castName(input, cohort), panel, hasWarmUp(input)),
      ...(shares.every((worked) => worked === null) ? [panelNote('No machine was up', panel)] : []),
      ...stripLayers(input, panel.height, panel.tickCount, panel.isLeftmost),
      hoverLayer(binStretches(input, samples.bins, tipOf), { ...time, title: x.title }, String(index)),
    ],
  };
}
