import { microTokens } from '../../model/contract/units.js';
import type { Metric } from './metric.js';

/** Jobs whose answer the protocol knew, made to check who does them: no client's, so in no other figure of jobs. */
export const spotCheckMetrics: readonly Metric[] = [
  {
    name: 'spotChecks',
    label: 'spot-checks',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Jobs whose answer was known that became final after the warm-up; they count as no client’s jobs',
    addsUp: true,
    of: ({ tally }) => tally.spotChecks,
  },
  {
    name: 'spotChecksWrong',
    label: 'spot-checks with a wrong result',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Of these, spot-checks of which some result was wrong',
    addsUp: true,
    of: ({ tally }) => tally.spotChecksWrong,
  },
  {
    name: 'spotCheckCostTokens',
    label: 'what spot-checks cost the treasury',
    unit: 'tokens',
    window: 'after the warm-up',
    meaning: 'What the treasury paid for spot-checks, less what came back to it',
    addsUp: true,
    of: ({ tally }) => tally.spotCheckCost / microTokens,
  },
];
