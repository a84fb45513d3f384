import { largest, smallest } from '../../sim/kernels/extent.js';
import { bandText } from '../drawing/band.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { chartTitle, PLOT_HEIGHT, SINGLE_PANEL, warmUpLayers } from '../drawing/frame.js';
import { HIDDEN_COHORTS } from '../drawing/interaction.js';
import { cohortLines } from '../drawing/lines.js';
import { stripLayers } from '../drawing/strip.js';
import { atTime, overReplications, perCohort, told } from '../drawing/words.js';
import { binSamples, lineBinDays, type ReplicationSamples, SAMPLE_DAYS } from '../series/samples.js';
import { steppedSpread } from '../series/stepped-spread.js';

const samplesOf = (input: ChartInput) => binSamples(input, ['nodesOnline'], lineBinDays(input.horizonDays));

/** Nodes of each cohort that are reachable, over time. */
export const nodesOnline: Chart = {
  name: 'nodes-online',
  title: 'Nodes online',
  description:
    'A line rises when nodes join or come back, and falls when they fail or leave; it holds from sample to sample.',
  isOverTime: true,
  spec(input) {
    const samples = samplesOf(input);
    const each = binSamples(input, ['nodesOnline'], SAMPLE_DAYS);
    const { lines, hover } = cohortLines(input, {
      samples,
      axisTitle: 'Nodes online',
      unit: 'nodes',
      tickMinStep: 1,
      value: (cohort, bin, replication) => samples.each[replication]!.mean(cohort, 'nodesOnline', bin),
      levels: (cohort) =>
        steppedSpread(each, (one, at) => one.mean(cohort, 'nodesOnline', at), samples.bins, input.horizonDays),
    });
    const warmUp = warmUpLayers(input);
    return {
      ...SINGLE_PANEL,
      title: chartTitle(this.title, 'Reachable nodes of each cohort.', bandText(samples.replicationCount)),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [...warmUp.veil, ...lines, ...warmUp.label, ...stripLayers(input, PLOT_HEIGHT), hover],
    };
  },
  says(input) {
    const samples = binSamples(input, ['nodesOnline'], SAMPLE_DAYS);
    if (samples.bins.length === 0) return 'There are no samples.';
    const end = samples.bins.length - 1;
    const clause = (cohort: string) => {
      const ranges = samples.each.map((one) => rangeOf(one, cohort));
      const known = ranges.filter((range) => range !== null);
      if (known.length === 0) return `${cohort} none at any time`;
      const since = smallest(known.map(({ sinceDays }) => sinceDays));
      const late = since > 0 ? ` from ${atTime(since, input.horizonDays)} on` : '';
      const [low, high] = [known.map((range) => range.low), known.map((range) => range.high)];
      const most = told(high, nodes);
      if (known.every((range) => range.low === range.high)) return `${cohort} ${most}${late || ' throughout'}`;
      const last = samples.each.map((one) => Math.round(one.last(cohort, 'nodesOnline', end) ?? 0));
      const least = told(low, nodes);
      const between =
        samples.replicationCount > 1 ? `at least ${least} and at most ${most}` : `between ${least} and ${most}`;
      return `${cohort} ${between}${late}, ${told(last, nodes)} at the end`;
    };
    const over = overReplications(samples.replicationCount);
    return `Nodes online: ${perCohort(input.cohorts, clause, input.attackers)}${over}.`;
  },
};

/** A count without a word behind it, as the sentence has that. */
const nodes = '';

interface Range {
  /** Time of the first sample with a node online [days]. */
  readonly sinceDays: number;
  readonly low: number;
  readonly high: number;
}

/** Fewest and most nodes of a cohort online in any sample since the first that had one; null if none had. */
function rangeOf(samples: ReplicationSamples, cohort: string): Range | null {
  const online = samples.bins.map((_, bin) => samples.mean(cohort, 'nodesOnline', bin) ?? 0);
  const first = online.findIndex((count) => count > 0);
  if (first < 0) return null;
  const since = online.slice(first);
  return { sinceDays: samples.bins[first]!.endDays, low: smallest(since), high: largest(since) };
}
