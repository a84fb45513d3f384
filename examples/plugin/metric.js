// A metric of your own: a column of runs.csv, a row of summary.csv, and what expectations can bound.

import { leastOf } from './least-of.js';

/** @type {import('reputation-sim').Plugin} */
export default ({ defineMetric, NodeState }) => ({
  metrics: [
    defineMetric({
      name: 'honestLeastScore',
      unit: 'score',
      window: 'at the end',
      meaning: 'The lowest published score of any honest node in the network',
      about: 'honest',
      isAtEnd: true,
      // of the cohorts that it is asked about; NaN where it doesn't apply
      value: ({ world: { nodes, ownership } }, who) => {
        const scores = nodes.publishedScore.filter((_, node) => {
          return nodes.state[node] === NodeState.present && who(ownership.cohort[node]);
        });
        return leastOf(scores);
      },
    }),
    defineMetric({
      name: 'completedPerAttempt',
      unit: 'fraction',
      window: 'after the warm-up',
      meaning: 'Jobs completed for each attempt that ended',
      // of what was counted over a stretch of time, so that expectations can ask for windows of it
      of: ({ tally }) => tally.completed / tally.attempts,
    }),
  ],
});
