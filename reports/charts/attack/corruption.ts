import { bandText } from '../../drawing/band.js';
import type { Chart, ChartInput } from '../../drawing/chart.js';
import { chartTitle, flatLegend, PLOT_HEIGHT, SINGLE_PANEL, warmUpLayers } from '../../drawing/frame.js';
import { HIDDEN_COHORTS } from '../../drawing/interaction.js';
import { spreadLines } from '../../drawing/lines.js';
import { stripLayers } from '../../drawing/strip.js';
import { COHORT_COLORS, DASHES } from '../../drawing/theme.js';
import { atTime, overReplications, told } from '../../drawing/words.js';
import { type BinnedSamples, binSamples, lineBinDays, SAMPLE_DAYS } from '../../series/samples.js';

const LINES = ['What it brought', 'What it cost'] as const;
const COLUMNS = ['corruptionGainUsd', 'corruptionCostUsd'] as const;
const COLORS = [COHORT_COLORS[3]!, COHORT_COLORS[0]!];

/** Of all attackers together so far [USD]; null where a bin has no sample. */
function soFar({ attackers }: ChartInput, samples: BinnedSamples, column: string, bin: number, replication: number) {
  let sum: number | null = null;
  for (const cohort of attackers) {
    const own = samples.each[replication]!.last(cohort, column, bin);
    if (own !== null) sum = (sum ?? 0) + own;
  }
  return sum;
}

/** What corruption brought the attackers, and what it cost them, added up over time. */
export const corruption: Chart = {
  name: 'corruption',
  title: 'Profit from corruption, and its cost',
  description:
    'Added up from the start over all attackers. Brought: what wrong results that nobody found out were worth to ' +
    'them, and computing that they left out. Cost: what was slashed, fees for entering, jobs of their own, bribes, ' +
    'outages and eclipses that they ordered. Pay for work, and what work costs, are in neither. Where the cost lies ' +
    'above, corruption doesn’t pay.',
  isOverTime: true,
  applies: ({ attackers, timeseries }) =>
    attackers.length > 0 && COLUMNS.every((name) => timeseries.columns.some((column) => column.name === name)),
  spec(input) {
    const samples = binSamples(input, COLUMNS, lineBinDays(input.horizonDays));
    const scale = { domain: [...LINES] };
    const legend = flatLegend(LINES, 'stroke');
    const { lines, hover } = spreadLines(input, {
      samples,
      axisTitle: 'So far [USD]',
      unit: 'USD',
      key: 'line',
      names: LINES,
      colors: COLORS,
      encoding: {
        color: { field: 'line', type: 'nominal' as const, scale: { ...scale, range: COLORS }, legend },
        strokeDash: {
          field: 'line',
          type: 'nominal' as const,
          scale: { ...scale, range: [[...DASHES.attackers], [1, 0]] },
          legend,
        },
      },
      value: (line, bin, replication) =>
        soFar(input, samples, COLUMNS[LINES.indexOf(line as (typeof LINES)[number])]!, bin, replication),
    });
    const warmUp = warmUpLayers(input);
    return {
      ...SINGLE_PANEL,
      title: chartTitle(
        this.title,
        'What cheating brought all attackers so far, and what it cost them.',
        bandText(samples.replicationCount),
      ),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [...warmUp.veil, ...lines, ...warmUp.label, ...stripLayers(input, PLOT_HEIGHT), hover],
    };
  },
  says(input) {
    const samples = binSamples(input, COLUMNS, SAMPLE_DAYS);
    const end = samples.bins.length - 1;
    const over = overReplications(samples.replicationCount);
    if (end < 0 || input.attackers.length === 0) return `Nobody attacked${over}.`;
    const [gains, costs] = COLUMNS.map((column) =>
      samples.each.map((_, replication) => soFar(input, samples, column, end, replication)),
    );
    const [brought, cost] = [told(gains!, 'USD'), told(costs!, 'USD')];
    const since = samples.replicationCount === 1 ? lastLead(input, samples) : '';
    return `By the end corruption had brought attackers ${brought} and cost them ${cost}${since}${over}.`;
  },
};

/** Since when the one of the two has been above the other, of one replication. */
function lastLead(input: ChartInput, samples: BinnedSamples): string {
  const lead = (bin: number) => {
    const [gain, cost] = COLUMNS.map((column) => soFar(input, samples, column, bin, 0) ?? 0);
    return Math.sign(gain! - cost!);
  };
  const end = samples.bins.length - 1;
  const now = lead(end);
  if (now === 0) return '';
  let since = end;
  while (since > 0 && lead(since - 1) === now) since--;
  const word = now > 0 ? 'it paid' : 'it cost more than it brought';
  return since === 0
    ? `: ${word} throughout`
    : `: ${word} from ${atTime(samples.bins[since]!.endDays, input.horizonDays)} on`;
}
