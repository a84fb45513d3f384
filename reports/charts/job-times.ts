import { largest, smallest } from '../../sim/kernels/extent.js';
import { secondsPerDay, secondsPerHour, secondsPerMinute } from '../../sim/model/contract/units.js';
import { bandText } from '../drawing/band.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { stripHeight } from '../drawing/episodes.js';
import { chartTitle, flatLegend, HALF_PLOT_HEIGHT, STACKED_PLOT_WIDTH, warmUpLayers } from '../drawing/frame.js';
import { HIDDEN_COHORTS } from '../drawing/interaction.js';
import { spreadLines } from '../drawing/lines.js';
import { panelName, panelNote } from '../drawing/panels.js';
import { stripLayers } from '../drawing/strip.js';
import { GREYS } from '../drawing/theme.js';
import { during, overReplications, told } from '../drawing/words.js';
import { toFigure, toPhrase, toRange } from '../figure.js';
import { type BinnedSamples, binSamples, lineBinDays, placesAfterWarmUp, SAMPLE_DAYS } from '../series/samples.js';
import { spreadOf } from '../series/spread.js';

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
      title: chartTitle(this.title, 'Of the jobs that ended in an interval.', bandText(samples.replicationCount)),
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
    const over = overReplications(samples.replicationCount);
    /** By place, one a replication. */
    const valuesOf = (column: string) => places.map((bin) => samples.each.map((one) => one.mean('all', column, bin)));
    const medians = samples.each.map((_, replication) => {
      return valuesOf('latencyP50Seconds').flatMap((each) => each[replication] ?? []);
    });
    const [since, from] = input.warmUpDays > 0 ? [' after the warm-up', 'After the warm-up, from'] : ['', 'From'];
    if (medians.every((own) => own.length === 0)) return `No job was completed${since}.`;
    const known = medians.filter((own) => own.length > 0);
    const [low, high] = [known.map(smallest), known.map(largest)].map((ends) => told(ends, 's')) as [string, string];
    const between = over === '' ? `lay between ${low} and ${high}` : `was at least ${low} and at most ${high}`;
    const range = low === high ? `was ${low} throughout` : between;
    const waits = valuesOf('waitingMeanSeconds');
    const middles = waits.map((each) => spreadOf(each)?.middle ?? -1);
    const latency = `${from} sample to sample, the median latency ${range}`;
    const most = largest(waits.flatMap((each) => each.map((wait) => wait ?? 0)));
    if (!(most > 0)) return `${latency}; no job had to wait for a node${over}.`;
    const longest = largest(middles);
    if (!(longest > 0)) return `${latency}; in most of them no job had to wait for a node${over}.`;
    const worst = middles.indexOf(longest);
    const { startDays, endDays } = samples.bins[places[worst]!]!;
    const when = during(startDays, endDays, input.horizonDays);
    const wait = told(waits[worst]!, 's');
    return `${latency}; jobs waited longest for a node ${when}: ${wait} on average${over}.`;
  },
};

function toView(input: ChartInput, samples: BinnedSamples, index: number) {
  const { name, axis, columns } = PANELS[index]!;
  const size = { width: STACKED_PLOT_WIDTH, height: HALF_PLOT_HEIGHT };
  const { replicationCount } = samples;
  const spreads = columns.map((column) =>
    samples.bins.map((_, bin) => spreadOf(samples.each.map((one) => one.mean('all', column, bin)))),
  );
  const highest = spreads.flat().reduce((most, spread) => Math.max(most, spread?.high ?? 0), 0);
  const unit = highest > 0 ? toFigure(highest, 's').unit : 's';
  const { lines, hover } = spreadLines(input, {
    samples,
    axisTitle: `${axis} [${unit}]`,
    tickCount: 4,
    unit,
    key: 'line',
    names: LINES,
    colors: COLORS,
    hoverName: String(index),
    caption: name,
    encoding: {
      color: {
        field: 'line',
        type: 'nominal' as const,
        scale: { domain: [...LINES], range: COLORS },
        legend: index === 0 ? flatLegend(LINES, 'stroke') : null,
      },
    },
    value: (name, bin, replication) => {
      const seconds = samples.each[replication]!.mean(
        'all',
        columns[LINES.indexOf(name as (typeof LINES)[number])]!,
        bin,
      );
      return seconds === null ? null : seconds / SECONDS[unit]!;
    },
    tip: (name, bin) => {
      const at = LINES.indexOf(name as (typeof LINES)[number]);
      const spread = spreads[at]![bin]!;
      if (spread === null) return null;
      const { low, middle, high } = spread;
      const around = replicationCount > 1 ? ` (${toRange({ low, high }, 's')})` : '';
      return [name.slice(0, name.indexOf(':')), `${toPhrase(middle, 's')}${around}`];
    },
  });
  const warmUp = warmUpLayers(input);
  const isEmpty = spreads.every((own) => own.every((spread) => spread === null));
  return {
    ...size,
    layer: [
      ...warmUp.veil,
      ...lines,
      ...warmUp.label,
      ...panelName(name, size, input.warmUpDays > 0),
      ...(isEmpty ? [panelNote('No job ended', size)] : highest === 0 ? [panelNote('0 throughout', size)] : []),
      ...stripLayers(input, size.height),
      hover,
    ],
  };
}
