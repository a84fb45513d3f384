import type { Chart } from './chart.js';
import { chartTitle, flatLegend, SINGLE_PANEL, timeChannel, timeUnit, warmUpLayers } from './frame.js';
import { binSamples } from './samples.js';
import { stackSteps, stepBinDays, stepText } from './steps.js';
import { cohortColors } from './theme.js';

/** Share of the work that each cohort does, over time. */
export const workShare: Chart = {
  name: 'work-share',
  title: 'Share of the work done',
  description:
    "Each cohort's part of the work completed in an interval, counted in hours on the reference card; the parts add " +
    'up to 100 %. A gap is a time in which no work was completed.',
  spec(input) {
    const samples = binSamples(input, ['workReferenceHours'], stepBinDays(input.horizonDays));
    const { perDay } = timeUnit(input.horizonDays);
    const values = stackSteps(samples.bins, input.cohorts, perDay, (bin) => {
      const hours = input.cohorts.map((cohort) => samples.sum(cohort, 'workReferenceHours', bin) ?? 0);
      const total = hours.reduce((sum, value) => sum + value, 0);
      return total > 0 ? hours.map((value) => (100 * value) / total) : null;
    });
    const warmUp = warmUpLayers(input);
    return {
      ...SINGLE_PANEL,
      title: chartTitle(
        this.title,
        `Part of the work completed, by cohort. ${stepText(samples.bins)}`,
        samples.replicationCount,
      ),
      description: this.description,
      layer: [
        {
          data: { values },
          mark: { type: 'area', opacity: 0.8, stroke: '#ffffff', strokeWidth: 0.5 },
          encoding: {
            x: { ...timeChannel(input), field: 'time' },
            y: {
              field: 'low',
              type: 'quantitative',
              title: 'Share of work [%]',
              scale: { domain: [0, 100] },
              axis: { tickCount: 5 },
            },
            y2: { field: 'high' },
            color: {
              field: 'part',
              type: 'nominal',
              scale: { domain: [...input.cohorts], range: cohortColors(input.cohorts) },
              legend: flatLegend(input.cohorts, 'square'),
            },
          },
        },
        ...warmUp.veil,
        ...warmUp.label,
      ],
    };
  },
};
