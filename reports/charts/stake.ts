import { largest } from '../../sim/kernels/extent.js';
import { bandText } from '../drawing/band.js';
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
import { during, overReplications, perCohort, told } from '../drawing/words.js';
import { toNumber } from '../figure.js';
import { incrementsOf } from '../series/increments.js';
import { type BinnedSamples, binSamples, lineBinDays, rounded, SAMPLE_DAYS } from '../series/samples.js';
import { steppedSpread } from '../series/stepped-spread.js';
import { stackSteps, stepBinDays } from '../series/steps.js';

const samplesOf = (input: ChartInput, binDays = lineBinDays(input.horizonDays)) =>
  binSamples(input, ['stakeTokens'], binDays);

/** Tokens slashed by replication, step of time and cohort. */
function slashedOf(input: ChartInput) {
  const samples = binSamples(input, ['slashedTokens'], stepBinDays(input.horizonDays));
  const tokens = samples.each.map((one) => {
    const byCohort = input.cohorts.map((cohort) => incrementsOf(one, cohort, 'slashedTokens'));
    return samples.bins.map((_, bin) => byCohort.map((increments) => increments[bin] ?? 0));
  });
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
    const { lines, hover } = cohortLines(input, {
      samples,
      axisTitle: 'Stake [tokens]',
      unit: 'tokens',
      caption: 'Locked',
      value: (cohort, bin, replication) => samples.each[replication]!.mean(cohort, 'stakeTokens', bin),
      levels: (cohort) =>
        steppedSpread(each, (one, at) => one.mean(cohort, 'stakeTokens', at), samples.bins, input.horizonDays),
    });
    const warmUp = warmUpLayers(input);
    const size = { width: STACKED_PLOT_WIDTH, height: HALF_PLOT_HEIGHT };
    const name = (text: string) => panelName(text, size, input.warmUpDays > 0);
    return {
      title: chartTitle(this.title, 'Locked, and slashed per day, by cohort.', bandText(samples.replicationCount)),
      description: this.description,
      params: [HIDDEN_COHORTS],
      spacing: 108 + stripHeight(input),
      bounds: 'flush',
      vconcat: [
        {
          ...size,
          layer: [
            ...warmUp.veil,
            ...lines,
            ...warmUp.label,
            ...name('Locked'),
            ...stripLayers(input, size.height),
            hover,
          ],
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
    const over = overReplications(samples.replicationCount);
    const clause = (cohort: string) => {
      const stakes = samples.each.map((one) => samples.bins.map((_, bin) => one.last(cohort, 'stakeTokens', bin) ?? 0));
      const [end, most] = [stakes.map((own) => own.at(-1)!), stakes.map((own) => largest(own))];
      return `${told(end, '')} of ${cohort} (at most ${told(most, '')})`;
    };
    const stakes = `Tokens locked at the end: ${perCohort(input.cohorts, clause, input.attackers)}${over}.`;
    const slashed = slashedOf(input);
    const totals = slashed.tokens.map((steps) => {
      return input.cohorts.map((_, at) => steps.reduce((sum, row) => sum + row[at]!, 0));
    });
    const sums = totals.map((own) => own.reduce((sum, total) => sum + total, 0));
    const ofCohort = input.cohorts.map((_, at) => totals.reduce((sum, own) => sum + own[at]!, 0));
    if (largest(ofCohort) <= 0) return `${stakes} Nothing was slashed${over}.`;
    const most = ofCohort.indexOf(largest(ofCohort));
    const whole = slashed.samples.bins.map((_, bin) =>
      slashed.tokens.reduce((sum, steps) => steps[bin]!.reduce((all, tokens) => all + tokens, sum), 0),
    );
    const worst = whole.indexOf(largest(whole));
    const { startDays, endDays } = slashed.samples.bins[worst]!;
    const when = during(startDays, endDays, input.horizonDays);
    const shares = totals.map((own, replication) => (sums[replication]! > 0 ? own[most]! / sums[replication]! : null));
    const from = `${told(shares, 'fraction')} of them from ${input.cohorts[most]}`;
    return `${stakes} Over the whole run ${told(sums, 'tokens')} were slashed, ${from}; most of all ${when}${over}.`;
  },
};

function slashedLayers(input: ChartInput, size: { readonly width: number; readonly height: number }) {
  const { samples, tokens } = slashedOf(input);
  const rates = tokens.map((steps) =>
    samples.bins.map(({ startDays, endDays }, bin) => {
      return endDays <= startDays ? null : steps[bin]!.map((value) => rounded(value / (endDays - startDays))!);
    }),
  );
  const isEmpty = rates.every((steps) => steps.every((row) => row === null || row.every((rate) => !rate)));
  const { layers, hover } =
    rates.length > 1 ? slashedLines(input, samples, rates) : slashedSteps(input, samples, rates);
  const warmUp = warmUpLayers(input);
  return [
    ...layers,
    ...warmUp.veil,
    ...warmUp.label,
    ...(isEmpty ? [panelNote('Nothing was slashed', size)] : []),
    ...stripLayers(input, size.height),
    hover,
  ];
}

/** Tokens a day by replication, step and cohort; null where a step has no length. */
type Rates = readonly (readonly (readonly number[] | null)[])[];

const SLASHED_AXIS = { title: 'Slashed [tokens/day]', tickCount: 4 };

function slashedLines(input: ChartInput, samples: BinnedSamples, rates: Rates) {
  const { lines, hover } = cohortLines(input, {
    samples,
    axisTitle: SLASHED_AXIS.title,
    tickCount: SLASHED_AXIS.tickCount,
    unit: 'tokens a day',
    hasLegend: false,
    hoverName: '1',
    caption: 'Slashed',
    value: (cohort, bin, replication) => rates[replication]![bin]?.[input.cohorts.indexOf(cohort)] ?? null,
  });
  return { layers: lines, hover };
}

/** One replication's, stacked. */
function slashedSteps(input: ChartInput, samples: BinnedSamples, rates: Rates) {
  const { perDay } = timeUnit(input.horizonDays);
  const rate = (bin: number) => rates[0]?.[bin] ?? null;
  const values = stackSteps(samples.bins, input.cohorts, perDay, rate).map(({ part, ...corner }) => {
    return { cohort: part, ...corner };
  });
  const tipOf = (bin: number) =>
    input.cohorts.map((cohort, at): TipLine => [cohort, `${toNumber(rate(bin)?.[at] ?? 0)} tokens a day`]);
  const area = {
    data: { values },
    transform: [shownOnly],
    mark: { type: 'area' as const, opacity: 0.8 },
    encoding: {
      x: { ...timeChannel(input), field: 'time' },
      y: {
        field: 'low',
        type: 'quantitative' as const,
        title: SLASHED_AXIS.title,
        scale: countScale(values.map(({ high }) => high)),
        axis: { tickCount: SLASHED_AXIS.tickCount },
      },
      y2: { field: 'high' },
      color: { ...cohortColor(input, 'stroke'), legend: null },
    },
  };
  return { layers: [area], hover: hoverLayer(binStretches(input, samples.bins, tipOf), timeChannel(input), '1') };
}
