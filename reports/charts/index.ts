import type { Chart } from '../drawing/chart.js';
import { finalScores } from './final-scores.js';
import { income } from './income.js';
import { jobOutcomes } from './job-outcomes.js';
import { jobTimes } from './job-times.js';
import { newcomerParity } from './newcomer-parity.js';
import { nodesOnline } from './nodes-online.js';
import { replications } from './replications.js';
import { scoreQuantiles } from './score-quantiles.js';
import { stake } from './stake.js';
import { utilisation } from './utilisation.js';
import { workReputation } from './work-reputation.js';
import { workShare } from './work-share.js';

export type { Chart, ChartInput, NewcomersOfCohort, ReplicatedFigure } from '../drawing/chart.js';

/** All charts, in the order of the report. */
export const charts: readonly Chart[] = [
  scoreQuantiles,
  workShare,
  jobOutcomes,
  nodesOnline,
  utilisation,
  stake,
  income,
  newcomerParity,
  jobTimes,
  finalScores,
  workReputation,
  replications,
];
