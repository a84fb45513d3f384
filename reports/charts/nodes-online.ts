import type { Chart } from './chart.js';
import {
  chartTitle,
  countScale,
  flatLegend,
  SINGLE_PANEL,
  SPARSE_BIN_COUNT,
  timeChannel,
  timeUnit,
  warmUpLayers,
} from './frame.js';
import { binSamples, lineBinDays } from './samples.js';
import { cohortColors } from './theme.js';

/** Nodes of each cohort that are reachable, over time. */
export const nodesOnline: Chart = {
  name: 'nodes-online',
  title: 'Nodes online',
  description:
    'How many nodes of each cohort are reachable. A line rises when nodes join or come back, and falls when ' +
    'they fail ' +
    'or leave.',
  spec(input) {
    const samples = binSamples(input, ['nodesOnline'], lineBinDays(input.horizonDays));
    const { perDay } = timeUnit(input.horizonDays);
    const values = input.cohorts.flatMap((cohort) =>
      samples.bins.map((bin, index) => ({
        time: bin.meanDays * perDay,
        cohort,
        nodes: samples.mean(cohort, 'nodesOnline', index),
      })),
    );
    const warmUp = warmUpLayers(input);
    return {
      ...SINGLE_PANEL,
      title: chartTitle(this.title, 'Reachable nodes of each cohort.', samples.replicationCount),
      description: this.description,
      layer: [
        ...warmUp.veil,
        {
          data: { values },
          mark: { type: 'line', strokeWidth: 1.75, point: samples.bins.length <= SPARSE_BIN_COUNT },
          encoding: {
            x: { ...timeChannel(input), field: 'time' },
            y: {
              field: 'nodes',
              type: 'quantitative',
              title: 'Nodes online',
              scale: countScale(values.map((value) => value.nodes)),
              axis: { tickCount: 5, tickMinStep: 1 },
            },
            color: {
              field: 'cohort',
              type: 'nominal',
              scale: { domain: [...input.cohorts], range: cohortColors(input.cohorts) },
              legend: flatLegend(input.cohorts, 'stroke'),
            },
          },
        },
        ...warmUp.label,
      ],
    };
  },
};
