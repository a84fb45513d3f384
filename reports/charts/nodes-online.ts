import type { Chart, ChartInput } from '../drawing/chart.js';
import { chartTitle, PLOT_HEIGHT, SINGLE_PANEL, warmUpLayers } from '../drawing/frame.js';
import { HIDDEN_COHORTS } from '../drawing/interaction.js';
import { cohortLines } from '../drawing/lines.js';
import { stripLayers } from '../drawing/strip.js';
import { atTime, perCohort } from '../drawing/words.js';
import { toNumber } from '../figure.js';
import { levelBinDays, levelsOf } from '../series/levels.js';
import { binSamples, lineBinDays, SAMPLE_DAYS } from '../series/samples.js';

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
    const { line, hover } = cohortLines(input, {
      bins: samples.bins,
      axisTitle: 'Nodes online',
      unit: 'nodes',
      tickMinStep: 1,
      value: (cohort, bin) => samples.mean(cohort, 'nodesOnline', bin),
      levels: (cohort) =>
        levelsOf(each, (sample) => each.mean(cohort, 'nodesOnline', sample), levelBinDays(input.horizonDays)),
    });
    const warmUp = warmUpLayers(input);
    return {
      ...SINGLE_PANEL,
      title: chartTitle(this.title, 'Reachable nodes of each cohort.', samples.replicationCount),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [...warmUp.veil, line, ...warmUp.label, ...stripLayers(input, PLOT_HEIGHT), hover],
    };
  },
  says(input) {
    const { samples, ranges } = { samples: samplesOf(input), ranges: rangesOf(input) };
    if (samples.bins.length === 0) return 'There are no samples.';
    const clause = (cohort: string) => {
      const range = ranges.get(cohort);
      if (range === undefined) return `${cohort} none at any time`;
      const { low, high, sinceDays } = range;
      const late = sinceDays > 0 ? ` from ${atTime(sinceDays, input.horizonDays)} on` : '';
      if (low === high) return `${cohort} ${toNumber(high)}${late || ' throughout'}`;
      const end = samples.last(cohort, 'nodesOnline', samples.bins.length - 1) ?? 0;
      return `${cohort} between ${toNumber(low)} and ${toNumber(high)}${late}, ${toNumber(Math.round(end))} at the end`;
    };
    return `Nodes online: ${perCohort(input.cohorts, clause, input.attackers)}.`;
  },
};

interface Range {
  /** Time of the first sample with a node online [days]. */
  readonly sinceDays: number;
  low: number;
  high: number;
}

/** Fewest and most nodes of each cohort online in any sample since the first that had one. */
function rangesOf(input: ChartInput): ReadonlyMap<string, Range> {
  const samples = binSamples(input, ['nodesOnline'], SAMPLE_DAYS);
  const ranges = new Map<string, Range>();
  for (const cohort of input.cohorts) {
    samples.bins.forEach(({ endDays }, bin) => {
      const online = samples.mean(cohort, 'nodesOnline', bin) ?? 0;
      const range = ranges.get(cohort);
      if (range !== undefined) {
        range.low = Math.min(range.low, online);
        range.high = Math.max(range.high, online);
      } else if (online > 0) ranges.set(cohort, { sinceDays: endDays, low: online, high: online });
    });
  }
  return ranges;
}
