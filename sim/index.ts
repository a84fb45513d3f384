/** The library's public names. */

export {
  constant,
  type Distribution,
  empirical,
  exponential,
  lognormal,
  pareto,
  uniform,
  weibull,
} from './engine/distributions.js';
export { EventQueue } from './engine/event-queue.js';
export { Fingerprint } from './engine/fingerprint.js';
export { KeyedDraw, namedStream, RANDOM_ALGORITHMS } from './engine/random-stream.js';
export { type EventHandler, Simulation } from './engine/simulation.js';
export type { ExperimentProgress } from './experiment/pool/runner.js';
export { type Precision, type Replicated, type ReplicateOptions, replicate } from './experiment/replicate.js';
export { checkExpectations } from './findings/checked-expectations.js';
export { writeReport } from './findings/report.js';
export type { DraftOptions } from './folder/draft-folder.js';
export { type Manifest, manifestSchema } from './folder/manifest.js';
export { type Effort, type RunFolderOptions, writeRunFolder } from './folder/run-folder.js';
export { type RunRecord, readRun } from './folder/run-record.js';
export { areaUnderCurve } from './kernels/area-under-curve.js';
export { gini, nakamotoCoefficient } from './kernels/concentration.js';
export { quantileSorted } from './kernels/quantile.js';
export type {
  AssignmentPolicy,
  ReputationModel,
  RewardRule,
  SlashingRule,
  Strategy,
  VerificationScheme,
} from './model/contract/roles.js';
export { metricNames } from './record/metrics/index.js';
export type { Cell, Column, Table } from './record/tables/table.js';
export { type Progress, type RunOptions, type RunResult, runScenario } from './run.js';
export { type LoadedScenario, type LoadOptions, loadScenario } from './scenario/load.js';
export { estimateRun, type RunEstimate } from './scenario/plan/estimate.js';
export { exogenousTrace } from './scenario/plan/exogenous-trace.js';
export { type StressSpan, stressSpans } from './scenario/plan/stress-spans.js';
export type { Scenario } from './scenario/schema/scenario-schema.js';
export { type Fault, InvalidInput } from './scenario/text/faults.js';
