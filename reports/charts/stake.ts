import { largest } from '../../sim/kernels/extent.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { stripHeight } from '../drawing/episodes.js';
import {
  chartTitle,
  countScale,
  HALF_PLOT_HEIGHT,
  STACKED_PLOT_WIDTH,
  timeChannel,
  timeUnit,
  warmUpLayers,
} from '../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer, shownOnly, type TipLine } from '../drawing/interaction.js';
import { binStretches, cohortColor, cohortLines } from '../drawing/lines.js';
import { panelName, panelNote } from '../drawing/panels.js';
import { stripLayers } from '../drawing/strip.js';
import { during, perCohort, percent } from '../drawing/words.js';
import { toNumber } from '../figure.js';
import { incrementsOf } from '../series/increments.js';
import { levelBinDays, levelsOf } from '../series/levels.js';
import { binSamples, lineBinDays, rounded, SAMPLE_DAYS } from '../series/samples.js';
import { stackSteps, stepBinDays } from '../series/steps.js';

const samplesOf = (input: ChartInput, binDays = lineBinDays(input.horizonDays)) =>
  binSamples(input, ['stakeTokens'], binDays);

/** Tokens slashed by step of time and cohort. */
function slashedOf(input: ChartInput) {
  const samples = binSamples(input, ['slashedTokens'], stepBinDays(input.horizonDays));
  const byCohort = input.cohorts.map((cohort) => incrementsOf(samples, cohort, 'slashedTokens'));
  const tokens = samples.bins.map((_, bin) => byCohort.map((increments) => increments[bin] ?? 0));
  return { samples, tokens };
}

/** Stake that each cohort has locked, and what is slashed of it, over time. */
export const stake: Chart = {
  name: 'stake',
  title: 'Stake and slashing',
  description: 'Above, the stake locked by each cohort; below, the tokens slashed, as a rate per day.',
  isOverTime: true,
  spec(input) {
    const samples = samplesOf(input);
    const each = samplesOf(input, SAMPLE_DAYS);
    const { line, hover } = cohortLines(input, {
      bins: samples.bins,
      axisTitle: 'Stake [tokens]',
      unit: 'tokens',
      value: (cohort, bin) => samples.mean(cohort, 'stakeTokens', bin),
      levels: (cohort) =>
        levelsOf(each, (sample) => each.mean(cohort, 'stakeTokens', sample), levelBinDays(input.horizonDays)),
    });
    const warmUp = warmUpLayers(input);
    const size = { width: STACKED_PLOT_WIDTH, height: HALF_PLOT_HEIGHT };
    const name = (text: string) => panelName(text, size, input.warmUpDays > 0);
    return {
      title: chartTitle(this.title, 'Locked, and slashed per day, by cohort.', samples.replicationCount),
      description: this.description,
      params: [HIDDEN_COHORTS],
      spacing: 108 + stripHeight(input),
      bounds: 'flush',
      vconcat: [
        {
          ...size,
          layer: [...warmUp.veil, line, ...warmUp.label, ...name('Locked'), ...stripLayers(input, size.height), hover],
        },
        {
          ...size,
          layer: [...slashedLayers(input, size), ...name('Slashed')],
        },
      ],
    };
  },
  says(input) {
    const samples = samplesOf(input, SAMPLE_DAYS);
    if (samples.bins.length === 0) return 'There are no samples.';
    const clause = (cohort: string) => {
      const stakes = samples.bins.map((_, bin) => samples.last(cohort, 'stakeTokens', bin) ?? 0);
      return `${toNumber(stakes.at(-1)!)} of ${cohort} (at most ${toNumber(largest(stakes))})`;
    };
    const slashed = slashedOf(input);
    const totals = input.cohorts.map((_, at) => slashed.tokens.reduce((sum, row) => sum + row[at]!, 0));
    const all = totals.reduce((sum, total) => sum + total, 0);
    const stakes = `Tokens locked at the end: ${perCohort(input.cohorts, clause, input.attackers)}.`;
    if (all <= 0) return `${stakes} Nothing was slashed.`;
    const most = totals.indexOf(largest(totals));
    const whole = slashed.tokens.map((row) => row.reduce((sum, tokens) => sum + tokens, 0));
    const worst = whole.indexOf(largest(whole));
    const { startDays, endDays } = slashed.samples.bins[worst]!;
    const when = during(startDays, endDays, input.horizonDays);
    const from = `${percent(totals[most]! / all)} of them from ${input.cohorts[most]}`;
    return `${stakes} Over the whole run ${toNumber(all)} tokens were slashed, ${from}; most of all ${when}.`;
  },
};

function slashedLayers(input: ChartInput, size: { readonly width: number; readonly height: number }) {
  const { samples, tokens } = slashedOf(input);
  const { perDay } = timeUnit(input.horizonDays);
  const rate = (bin: number) => {
    const { startDays, endDays } = samples.bins[bin]!;
    return endDays <= startDays ? null : tokens[bin]!.map((value) => rounded(value / (endDays - startDays))!);
  };
  const values = stackSteps(samples.bins, input.cohorts, perDay, rate).map(({ part, ...corner }) => {
    return { cohort: part, ...corner };
  });
  const tipOf = (bin: number) =>
    input.cohorts.map((cohort, at): TipLine => [cohort, `${toNumber(rate(bin)?.[at] ?? 0)} tokens a day`]);
  const warmUp = warmUpLayers(input);
  const isEmpty = values.every(({ high }) => !high);
  return [
    {
      data: { values },
      transform: [shownOnly],
      mark: { type: 'area' as const, opacity: 0.8 },
      encoding: {
        x: { ...timeChannel(input), field: 'time' },
        y: {
          field: 'low',
          type: 'quantitative' as const,
          title: 'Slashed [tokens/day]',
          scale: countScale(values.map(({ high }) => high)),
          axis: { tickCount: 4 },
        },
        y2: { field: 'high' },
        color: { ...cohortColor(input, 'stroke'), legend: null },
      },
    },
    ...warmUp.veil,
    ...warmUp.label,
    ...(isEmpty ? [panelNote('Nothing was slashed', size)] : []),
    ...stripLayers(input, size.height),
    hoverLayer(binStretches(input, samples.bins, tipOf), timeChannel(input), '1'),
  ];
}
