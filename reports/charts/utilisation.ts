import { bandLayers, bandPoint, bandText, spreadText } from '../drawing/band.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { stripHeight } from '../drawing/episodes.js';
import { chartTitle, SPARSE_BIN_COUNT, timeChannel, timeUnit, warmUpLayers } from '../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer, shownOnly, type TipLine } from '../drawing/interaction.js';
import { binStretches } from '../drawing/lines.js';
import { hasWarmUp, panelGrid, panelName, panelNote, panelSpacing } from '../drawing/panels.js';
import { stripLayers } from '../drawing/strip.js';
import { castName, during, overReplications, perCohort, told } from '../drawing/words.js';
import { binSamples, lineBinDays, placesAfterWarmUp, rounded, SAMPLE_DAYS } from '../series/samples.js';
import { spreadOf } from '../series/spread.js';
import { stepBinDays } from '../series/steps.js';

/** The share of the slot time of bins that was worked, by replication; null where no slot was up. */
function slotTimeOf(input: ChartInput, binDays: number) {
  const samples = binSamples(input, ['slotHoursUp', 'slotHoursWorked'], binDays);
  const shares = (cohort: string, places: readonly number[]) =>
    samples.each.map((one) => {
      const sum = (column: string) => places.reduce((all, bin) => all + (one.sum(cohort, column, bin) ?? 0), 0);
      const up = sum('slotHoursUp');
      return up > 0 ? sum('slotHoursWorked') / up : null;
    });
  return { samples, shares };
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
    const { replicationCount } = slotTime.samples;
    return {
      title: chartTitle(this.title, 'Part of the slot time worked, by cohort.', bandText(replicationCount)),
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
    const { samples, shares } = slotTimeOf(input, SAMPLE_DAYS);
    const counted = placesAfterWarmUp(input, samples.bins);
    const since = input.warmUpDays > 0 ? ' after the warm-up' : '';
    const isNever = (all: readonly (number | null)[]) => all.every((share) => share === null);
    if (input.cohorts.every((cohort) => isNever(shares(cohort, counted)))) return `No machine was up${since}.`;
    const over = overReplications(samples.replicationCount);
    const steps = slotTimeOf(input, stepBinDays(input.horizonDays));
    const clause = (cohort: string) => {
      const worked = shares(cohort, counted);
      if (isNever(worked)) return `those of ${cohort} were never up`;
      const parts = placesAfterWarmUp(input, steps.samples.bins).map((bin) => {
        const part = steps.shares(cohort, [bin]);
        return { worked: part, middle: spreadOf(part)?.middle ?? -1, bin: steps.samples.bins[bin]! };
      });
      const sentence = `those of ${cohort} worked ${told(worked, 'fraction')}`;
      if (parts.length === 0 || worked.every((share) => !share)) return sentence;
      const most = parts.reduce((best, part) => (part.middle > best.middle ? part : best));
      const when = during(most.bin.startDays, most.bin.endDays, input.horizonDays);
      return `${sentence} (most, ${told(most.worked, 'fraction')}, ${when})`;
    };
    return `Of the time that machines were up${since}, ${perCohort(input.cohorts, clause, input.attackers)}${over}.`;
  },
};

function toView(input: ChartInput, { samples, shares }: ReturnType<typeof slotTimeOf>, index: number) {
  const [cohort, color] = [input.cohorts[index]!, input.colors[index]!];
  const panel = panelGrid(input.cohorts.length).place(index);
  const { perDay } = timeUnit(input.horizonDays);
  const { replicationCount } = samples;
  const spreads = samples.bins.map((_, bin) => {
    return spreadOf(shares(cohort, [bin]).map((share) => (share === null ? null : 100 * share)));
  });
  const values = samples.bins.map(({ meanDays }, bin) => {
    return { time: rounded(meanDays * perDay), cohort, worked: rounded(spreads[bin]?.middle ?? null) };
  });
  const bands = samples.bins.map(({ meanDays }, bin) => {
    return bandPoint(meanDays * perDay, 'cohort', cohort, color, spreads[bin]!);
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
    const spread = spreads[bin]!;
    return spread === null ? [] : [[cohort, spreadText(spread, '%', replicationCount)]];
  };
  const area = {
    transform: [shownOnly],
    mark: { type: 'area' as const, color, opacity: 0.18, line: false },
    encoding: { x, y },
  };
  const isSparse = samples.bins.length <= SPARSE_BIN_COUNT;
  const warmUp = warmUpLayers(input, panel.tickCount);
  return {
    width: panel.width,
    height: panel.height,
    data: { values },
    layer: [
      ...warmUp.veil,
      ...(replicationCount > 1 ? bandLayers(replicationCount, bands, { x, y, key: 'cohort' }) : [area]),
      {
        transform: [shownOnly],
        mark: { type: 'line' as const, color, strokeWidth: 1.75, point: isSparse ? { color } : false },
        encoding: { x, y },
      },
      ...warmUp.label,
      ...panelName(castName(input, cohort), panel, hasWarmUp(input)),
      ...(spreads.every((spread) => spread === null) ? [panelNote('No machine was up', panel)] : []),
      ...stripLayers(input, panel.height, panel.tickCount, panel.isLeftmost),
      hoverLayer(binStretches(input, samples.bins, tipOf), { ...time, title: x.title }, String(index)),
    ],
  };
}
