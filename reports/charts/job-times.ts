import { largest, smallest } from '../../sim/kernels/extent.js';
import { secondsPerDay, secondsPerHour, secondsPerMinute } from '../../sim/model/contract/units.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { stripHeight } from '../drawing/episodes.js';
import {
  chartTitle,
  countScale,
  flatLegend,
  HALF_PLOT_HEIGHT,
  SPARSE_BIN_COUNT,
  STACKED_PLOT_WIDTH,
  timeChannel,
  timeUnit,
  warmUpLayers,
} from '../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer, type TipLine } from '../drawing/interaction.js';
import { binStretches } from '../drawing/lines.js';
import { panelName, panelNote } from '../drawing/panels.js';
import { stripLayers } from '../drawing/strip.js';
import { GREYS } from '../drawing/theme.js';
import { during } from '../drawing/words.js';
import { toFigure, toPhrase } from '../figure.js';
import {
  type BinnedSamples,
  binSamples,
  lineBinDays,
  placesAfterWarmUp,
  rounded,
  SAMPLE_DAYS,
} from '../series/samples.js';

/** The two times, each with what is typical and what the slow jobs take. */
const PANELS = [
  { name: 'Latency: from submission to result', axis: 'Latency', columns: ['latencyP50Seconds', 'latencyP95Seconds'] },
  {
    name: 'Waiting: until a node takes the job',
    axis: 'Waiting',
    columns: ['waitingMeanSeconds', 'waitingP95Seconds'],
  },
] as const;
const LINES = ['Typical: median latency, mean wait', 'Slow: 95 % of the jobs are quicker'] as const;
const COLORS = [GREYS.dark, GREYS.light];
const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  min: secondsPerMinute,
  h: secondsPerHour,
  d: secondsPerDay,
};

const samplesOf = (input: ChartInput, binDays = lineBinDays(input.horizonDays)) =>
  binSamples(
    input,
    PANELS.flatMap(({ columns }) => columns),
    binDays,
  );

/** How long jobs take and wait, over time. */
export const jobTimes: Chart = {
  name: 'job-times',
  title: 'Latency and waiting',
  description:
    'Of the jobs that ended in each interval between samples. Where a point stands for several intervals, it is the ' +
    'mean of theirs.',
  isOverTime: true,
  spec(input) {
    const samples = samplesOf(input);
    return {
      title: chartTitle(this.title, 'Of the jobs that ended in an interval.', samples.replicationCount),
      description: this.description,
      params: [HIDDEN_COHORTS],
      spacing: 108 + stripHeight(input),
      bounds: 'flush',
      vconcat: PANELS.map((_, index) => toView(input, samples, index)),
    };
  },
  says(input) {
    const samples = samplesOf(input, SAMPLE_DAYS);
    const places = placesAfterWarmUp(input, samples.bins);
    const valuesOf = (column: string) => places.map((bin) => samples.mean('all', column, bin));
    const known = (values: readonly (number | null)[]) => values.filter((value) => value !== null);
    const medians = known(valuesOf('latencyP50Seconds'));
    const [since, from] = input.warmUpDays > 0 ? [' after the warm-up', 'After the warm-up, from'] : ['', 'From'];
    if (medians.length === 0) return `No job was completed${since}.`;
    const range = (values: readonly number[]) => {
      const [low, high] = [toPhrase(smallest(values), 's'), toPhrase(largest(values), 's')];
      return low === high ? `was ${low} throughout` : `lay between ${low} and ${high}`;
    };
    const waits = valuesOf('waitingMeanSeconds');
    const waited = known(waits);
    const latency = `${from} sample to sample, the median latency ${range(medians)}`;
    if (waited.length === 0 || largest(waited) === 0) return `${latency}; no job had to wait for a node.`;
    const worst = waits.indexOf(largest(waited));
    const { startDays, endDays } = samples.bins[places[worst]!]!;
    const when = during(startDays, endDays, input.horizonDays);
    return `${latency}; jobs waited longest for a node ${when}: ${toPhrase(waits[worst]!, 's')} on average.`;
  },
};

function toView(input: ChartInput, samples: BinnedSamples, index: number) {
  const { name, axis, columns } = PANELS[index]!;
  const { perDay } = timeUnit(input.horizonDays);
  const size = { width: STACKED_PLOT_WIDTH, height: HALF_PLOT_HEIGHT };
  const seconds = columns.map((column) => samples.bins.map((_, bin) => samples.mean('all', column, bin)));
  const highest = seconds.flat().reduce<number>((high, value) => Math.max(high, value ?? 0), 0);
  const unit = highest > 0 ? toFigure(highest, 's').unit : 's';
  const values = LINES.flatMap((line, at) =>
    samples.bins.map((bin, place) => {
      const value = seconds[at]![place]!;
      const length = value === null ? null : rounded(value / SECONDS[unit]!);
      return { time: rounded(bin.meanDays * perDay), line, length };
    }),
  );
  const tipOf = (bin: number): TipLine[] =>
    LINES.flatMap((line, at): TipLine[] => {
      const value = seconds[at]![bin]!;
      return value === null ? [] : [[line.slice(0, line.indexOf(':')), toPhrase(value, 's')]];
    });
  const warmUp = warmUpLayers(input);
  const isEmpty = values.every(({ length }) => length === null);
  return {
    ...size,
    layer: [
      ...warmUp.veil,
      {
        data: { values },
        mark: { type: 'line' as const, strokeWidth: 1.75, point: samples.bins.length <= SPARSE_BIN_COUNT },
        encoding: {
          x: { ...timeChannel(input), field: 'time' },
          y: {
            field: 'length',
            type: 'quantitative' as const,
            title: `${axis} [${unit}]`,
            scale: countScale(values.map(({ length }) => length)),
            axis: { tickCount: 4 },
          },
          color: {
            field: 'line',
            type: 'nominal' as const,
            scale: { domain: [...LINES], range: COLORS },
            legend: index === 0 ? flatLegend(LINES, 'stroke') : null,
          },
        },
      },
      ...warmUp.label,
      ...panelName(name, size, input.warmUpDays > 0),
      ...(isEmpty ? [panelNote('No job ended', size)] : highest === 0 ? [panelNote('0 throughout', size)] : []),
      ...stripLayers(input, size.height),
      hoverLayer(binStretches(input, samples.bins, tipOf), timeChannel(input), String(index)),
    ],
  };
}
