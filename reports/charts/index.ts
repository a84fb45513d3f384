import type { Chart } from '../drawing/chart.js';
import { chartNames } from './chart-files.js';
import { finalScores } from './final-scores.js';
import { honestTwin } from './honest-twin.js';
import { income } from './income.js';
import { jobOutcomes } from './job-outcomes.js';
import { jobTimes } from './job-times.js';
import { measures } from './measures.js';
import { newcomerParity } from './newcomer-parity.js';
import { nodesOnline } from './nodes-online.js';
import { replications } from './replications.js';
import { scoreQuantiles } from './score-quantiles.js';
import { stake } from './stake.js';
import { utilisation } from './utilisation.js';
import { workReputation } from './work-reputation.js';
import { workShare } from './work-share.js';

export type { Chart, ChartInput, NewcomersOfCohort, ReplicatedFigure } from '../drawing/chart.js';

const byName: Readonly<Record<(typeof chartNames)[number], Chart>> = {
  'score-quantiles': scoreQuantiles,
  'work-share': workShare,
  'job-outcomes': jobOutcomes,
  'nodes-online': nodesOnline,
  utilisation: utilisation,
  stake: stake,
  income: income,
  'honest-twin': honestTwin,
  'newcomer-parity': newcomerParity,
  'job-times': jobTimes,
  'final-scores': finalScores,
  'work-reputation': workReputation,
  measures: measures,
  replications: replications,
};

/** All charts, in the order of the report. */
export const charts: readonly Chart[] = chartNames.map((name) => byName[name]);
