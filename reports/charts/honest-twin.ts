import { bandText } from '../drawing/band.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { stripHeight } from '../drawing/episodes.js';
import { chartTitle, flatLegend, HALF_PLOT_HEIGHT, STACKED_PLOT_WIDTH, warmUpLayers } from '../drawing/frame.js';
import { HIDDEN_COHORTS } from '../drawing/interaction.js';
import { spreadLines } from '../drawing/lines.js';
import { panelName } from '../drawing/panels.js';
import { stripLayers } from '../drawing/strip.js';
import { COHORT_COLORS, DASHES, GREYS } from '../drawing/theme.js';
import { overReplications, told } from '../drawing/words.js';
import { type BinnedSamples, binSamples, lineBinDays, type ReplicationSamples } from '../series/samples.js';

const LINES = ['As it was', 'All of them honest'] as const;
const COLUMNS = ['incomeTokens', 'slashedTokens'] as const;

/** The operators that a panel is about. */
interface Group {
  readonly name: string;
  readonly cohorts: readonly string[];
}

function groupsOf({ cohorts, attackers }: ChartInput): readonly Group[] {
  return [
    { name: 'Attackers', cohorts: cohorts.filter((cohort) => attackers.includes(cohort)) },
    { name: 'Honest operators', cohorts: cohorts.filter((cohort) => !attackers.includes(cohort)) },
  ].filter((group) => group.cohorts.length > 0);
}

/** Samples of the run and of its twin, with the same bins. */
function bothOf(input: ChartInput): readonly [BinnedSamples, BinnedSamples] {
  const binDays = lineBinDays(input.horizonDays);
  return [binSamples(input, COLUMNS, binDays), binSamples({ ...input, timeseries: input.twin! }, COLUMNS, binDays)];
}

/** What the cohorts were paid so far less what was slashed from them [tokens]; null where a bin has no sample. */
function earnedBy(cohorts: readonly string[], samples: ReplicationSamples, bin: number): number | null {
  let sum = 0;
  for (const cohort of cohorts) {
    const [paid, slashed] = COLUMNS.map((column) => samples.last(cohort, column, bin));
    if (paid === null || paid === undefined) return null;
    sum += paid - (slashed ?? 0);
  }
  return sum;
}

/** What attackers and others earned in the run, and in the same run with every attacker honest. */
export const honestTwin: Chart = {
  name: 'honest-twin',
  title: 'With the attack, and without it',
  description:
    'Fees and rewards paid so far less what was slashed; costs, and what wrong results were worth, aren’t in it. The ' +
    'dashed line is the honest twin: the same operators on the same machines with the same luck, all of them honest.',
  isOverTime: true,
  applies: ({ twin }) => twin !== null,
  spec(input) {
    const both = bothOf(input);
    const groups = groupsOf(input);
    return {
      title: chartTitle(
        this.title,
        'Income so far less what was slashed, as it was and with every attacker honest.',
        bandText(both[0].replicationCount),
      ),
      description: this.description,
      params: [HIDDEN_COHORTS],
      spacing: 108 + stripHeight(input),
      bounds: 'flush',
      vconcat: groups.map((group, index) => panel(input, both, group, index)),
    };
  },
  says(input) {
    const [run, twin] = bothOf(input);
    const last = run.bins.length - 1;
    if (last < 0) return 'There are no samples.';
    const clauses = groupsOf(input).map(({ name, cohorts }) => {
      const [own, honest] = [run, twin].map((samples) => samples.each.map((one) => earnedBy(cohorts, one, last)));
      return `${name.toLowerCase()} ${told(own!, 'tokens')}, and ${told(honest!, 'tokens')} had all been honest`;
    });
    return `Paid by the end, less what was slashed: ${clauses.join('; ')}${overReplications(run.replicationCount)}.`;
  },
};

function panel(
  input: ChartInput,
  both: readonly [BinnedSamples, BinnedSamples],
  { name, cohorts }: Group,
  index: number,
) {
  const size = { width: STACKED_PLOT_WIDTH, height: HALF_PLOT_HEIGHT };
  const colors = [COHORT_COLORS[0]!, GREYS.dark];
  const scale = { domain: [...LINES] };
  const legend = index === 0 ? flatLegend(LINES, 'stroke') : null;
  const { lines, hover } = spreadLines(input, {
    samples: both[0],
    axisTitle: 'Paid less slashed [tokens]',
    tickCount: 4,
    unit: 'tokens',
    key: 'line',
    names: LINES,
    colors,
    hoverName: String(index),
    caption: name,
    encoding: {
      color: { field: 'line', type: 'nominal' as const, scale: { ...scale, range: colors }, legend },
      strokeDash: {
        field: 'line',
        type: 'nominal' as const,
        scale: { ...scale, range: [[1, 0], [...DASHES.attackers]] },
        legend,
      },
    },
    value: (line, bin, replication) => {
      return earnedBy(cohorts, both[LINES.indexOf(line as (typeof LINES)[number])]!.each[replication]!, bin);
    },
  });
  const warmUp = warmUpLayers(input);
  return {
    ...size,
    layer: [
      ...warmUp.veil,
      ...lines,
      ...warmUp.label,
      ...panelName(name, size, input.warmUpDays > 0),
      ...stripLayers(input, size.height),
      hover,
    ],
  };
}
