import { bandText } from '../drawing/band.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { chartTitle, PLOT_HEIGHT, SINGLE_PANEL, warmUpLayers } from '../drawing/frame.js';
import { HIDDEN_COHORTS } from '../drawing/interaction.js';
import { cohortLines } from '../drawing/lines.js';
import { stripLayers } from '../drawing/strip.js';
import { overReplications, perCohort, told } from '../drawing/words.js';
import { incrementsOf } from '../series/increments.js';
import { type Bin, binSamples, type ReplicationSamples, SAMPLE_DAYS } from '../series/samples.js';
import { stepBinDays, stepText } from '../series/steps.js';

/** By replication, cohort and step of time: tokens paid, and days that its nodes were in the network. */
function incomeOf(input: ChartInput) {
  const samples = binSamples(input, ['incomeTokens'], stepBinDays(input.horizonDays));
  const present = binSamples(input, ['nodesPresent'], SAMPLE_DAYS);
  const replications = samples.each.map((one, replication) => {
    return input.cohorts.map((cohort) => ({
      tokens: incrementsOf(one, cohort, 'incomeTokens'),
      nodeDays: nodeDaysOf(present.each[replication]!, cohort, samples.bins),
    }));
  });
  return { samples, replications };
}

/**
 * Days that nodes of the cohort were in the network, by bin: each sample's count holds until the next sample, so that
 * an interval at whose end a cohort comes has none of it.
 */
function nodeDaysOf(samples: ReplicationSamples, cohort: string, bins: readonly Bin[]): readonly number[] {
  const days = new Array<number>(bins.length).fill(0);
  let bin = 0;
  samples.bins.forEach(({ startDays, endDays }, sample) => {
    while (bin < bins.length - 1 && endDays > bins[bin]!.endDays) bin++;
    const before = sample === 0 ? 0 : (samples.mean(cohort, 'nodesPresent', sample - 1) ?? 0);
    days[bin]! += before * (endDays - startDays);
  });
  return days;
}

/** What a node of each cohort is paid, over time. */
export const income: Chart = {
  name: 'income',
  title: 'Income of a node',
  description:
    'Fees and rewards paid to the operators of a cohort, for each of its nodes in the network and each day, before ' +
    'costs and what was slashed.',
  isOverTime: true,
  spec(input) {
    const { samples, replications } = incomeOf(input);
    const { lines, hover } = cohortLines(input, {
      samples,
      axisTitle: 'Income [tokens per node and day]',
      unit: 'tokens',
      value: (cohort, bin, replication) => {
        const { tokens, nodeDays } = replications[replication]![input.cohorts.indexOf(cohort)]!;
        const paid = tokens[bin];
        return paid === null || paid === undefined || nodeDays[bin] === 0 ? null : paid / nodeDays[bin]!;
      },
    });
    const warmUp = warmUpLayers(input);
    return {
      ...SINGLE_PANEL,
      title: chartTitle(
        this.title,
        `Paid to a node of each cohort in a day. ${stepText(samples.bins, 'point')}`,
        bandText(samples.replicationCount),
      ),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [...warmUp.veil, ...lines, ...warmUp.label, ...stripLayers(input, PLOT_HEIGHT), hover],
    };
  },
  says(input) {
    const { samples, replications } = incomeOf(input);
    if (samples.bins.length === 0) return 'There are no samples.';
    const sum = (values: readonly (number | null)[]) =>
      values.reduce<number>((total, value) => total + (value ?? 0), 0);
    const clause = (cohort: string, at: number) => {
      const paid = replications.map((cohorts) => {
        const { tokens, nodeDays } = cohorts[at]!;
        const days = sum(nodeDays);
        return days === 0 ? null : sum(tokens) / days;
      });
      if (paid.every((tokens) => tokens === null)) return `${cohort} had no nodes`;
      return `a node of ${cohort} was paid ${told(paid, 'tokens')} a day`;
    };
    const over = overReplications(samples.replicationCount);
    return `On average over the whole run, ${perCohort(input.cohorts, clause, input.attackers)}${over}.`;
  },
};
