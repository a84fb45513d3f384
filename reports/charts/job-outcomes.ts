import type { Chart } from './chart.js';
import { chartTitle, countScale, flatLegend, SINGLE_PANEL, timeChannel, timeUnit, warmUpLayers } from './frame.js';
import { binSamples } from './samples.js';
import { stackSteps, stepBinDays, stepText } from './steps.js';
import { OKABE_ITO } from './theme.js';

const OUTCOMES = [
  { column: 'jobsCompleted', label: 'Completed', color: '#a9c9de' },
  { column: 'jobsRejected', label: 'Rejected', color: OKABE_ITO.vermilion },
  { column: 'jobsTimedOut', label: 'Timed out', color: OKABE_ITO.orange },
  { column: 'jobsUnserved', label: 'Unserved', color: '#4a4a4a' },
] as const;

const LABELS = OUTCOMES.map((outcome) => outcome.label);
const HOURS_PER_DAY = 24;

/** How jobs end, over time. */
export const jobOutcomes: Chart = {
  name: 'job-outcomes',
  title: 'Jobs by outcome',
  description:
    'Jobs that ended, as a rate per hour: completed, rejected, past their deadline, or unserved for want of a node. ' +
    'The upper edge is the rate of all four.',
  spec(input) {
    const samples = binSamples(
      input,
      OUTCOMES.map((outcome) => outcome.column),
      stepBinDays(input.horizonDays),
    );
    const { perDay } = timeUnit(input.horizonDays);
    const values = stackSteps(samples.bins, LABELS, perDay, (index) => {
      const bin = samples.bins[index]!;
      const hours = (bin.endDays - bin.startDays) * HOURS_PER_DAY * samples.replicationCount;
      const counts = OUTCOMES.map((outcome) => samples.sum('all', outcome.column, index));
      return counts.every((count) => count === null) ? null : counts.map((count) => (count ?? 0) / hours);
    });
    const warmUp = warmUpLayers(input);
    return {
      ...SINGLE_PANEL,
      title: chartTitle(this.title, `Jobs that ended, per hour. ${stepText(samples.bins)}`, samples.replicationCount),
      description: this.description,
      layer: [
        {
          data: { values },
          mark: { type: 'area' },
          encoding: {
            x: { ...timeChannel(input), field: 'time' },
            y: {
              field: 'low',
              type: 'quantitative',
              title: 'Jobs per hour',
              scale: countScale(values.map((corner) => corner.high)),
              axis: { tickCount: 5 },
            },
            y2: { field: 'high' },
            color: {
              field: 'part',
              type: 'nominal',
              scale: { domain: [...LABELS], range: OUTCOMES.map((outcome) => outcome.color) },
              legend: flatLegend(LABELS, 'square'),
            },
          },
        },
        ...warmUp.veil,
        ...warmUp.label,
      ],
    };
  },
};
