import type { Chart } from './chart.js';
import { finalScores } from './final-scores.js';
import { income } from './income.js';
import { jobOutcomes } from './job-outcomes.js';
import { jobTimes } from './job-times.js';
import { nodesOnline } from './nodes-online.js';
import { scoreQuantiles } from './score-quantiles.js';
import { stake } from './stake.js';
import { workReputation } from './work-reputation.js';
import { workShare } from './work-share.js';

export type { Chart, ChartInput } from './chart.js';

/** The charts of a run, in the order of the report. */
export const charts: readonly Chart[] = [
  scoreQuantiles,
  workShare,
  jobOutcomes,
  nodesOnline,
  stake,
  income,
  jobTimes,
  finalScores,
  workReputation,
];
