import type { Chart } from '../drawing/chart.js';
import { corruption } from './attack/corruption.js';
import { detectionCurve } from './attack/detection-curve.js';
import { profitAgainstTwin } from './attack/profit-against-twin.js';
import { scoreAsDetector } from './attack/score-as-detector.js';
import { chartNames } from './chart-files.js';
import { finalScores } from './final-scores.js';
import { honestTwin } from './honest-twin.js';
import { income } from './income.js';
import { jobOutcomes } from './job-outcomes.js';
import { jobTimes } from './job-times.js';
import { measures } from './measures.js';
import { honestHarm } from './money/honest-harm.js';
import { incomeLorenz } from './money/income-lorenz.js';
import { slashingsByCause } from './money/slashings-by-cause.js';
import { newcomerParity } from './newcomer-parity.js';
import { nodesOnline } from './nodes-online.js';
import { replications } from './replications.js';
import { scoreQuantiles } from './score-quantiles.js';
import { stake } from './stake.js';
import { utilisation } from './utilisation.js';
import { workReputation } from './work-reputation.js';
import { workShare } from './work-share.js';

export type {
  AccountOverTwin,
  Chart,
  ChartInput,
  DetectionsOfCohort,
  Loss,
  NewcomersOfCohort,
  ReplicatedFigure,
} from '../drawing/chart.js';

const byName: Readonly<Record<(typeof chartNames)[number], Chart>> = {
  'score-quantiles': scoreQuantiles,
  'work-share': workShare,
  'job-outcomes': jobOutcomes,
  'nodes-online': nodesOnline,
  utilisation: utilisation,
  stake: stake,
  income: income,
  'income-lorenz': incomeLorenz,
  'honest-twin': honestTwin,
  'profit-against-twin': profitAgainstTwin,
  corruption: corruption,
  'detection-curve': detectionCurve,
  'slashings-by-cause': slashingsByCause,
  'honest-harm': honestHarm,
  'newcomer-parity': newcomerParity,
  'job-times': jobTimes,
  'final-scores': finalScores,
  'score-as-detector': scoreAsDetector,
  'work-reputation': workReputation,
  measures: measures,
  replications: replications,
};

/** All charts, in the order of the report. */
export const charts: readonly Chart[] = chartNames.map((name) => byName[name]);
