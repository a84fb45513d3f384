/** The library's public names. */
export type { DraftOptions } from './draft-folder.js';
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
export { estimateRun, type RunEstimate } from './estimate.js';
export { exogenousTrace } from './exogenous-trace.js';
export { type Manifest, manifestSchema } from './manifest.js';
export type {
  AssignmentPolicy,
  ReputationModel,
  RewardRule,
  SlashingRule,
  Strategy,
  VerificationScheme,
} from './model/roles.js';
export { checkExpectations } from './record/expectations.js';
export type { FinishedRun, Metric } from './record/metric.js';
export { metricNames, metrics } from './record/metrics.js';
export { areaUnderCurve, gini, nakamotoCoefficient, quantileSorted } from './record/quantile.js';
export type { Cell, Column, Table } from './record/table.js';
export { type Progress, type RunOptions, type RunResult, runScenario } from './run.js';
export { type Effort, type RunFolderOptions, writeRunFolder } from './run-folder.js';
export { type RunRecord, readRun } from './run-record.js';
export { writeReport } from './run-report.js';
export { type Fault, InvalidInput } from './scenario/faults.js';
export { type LoadedScenario, type LoadOptions, loadScenario } from './scenario/load.js';
export type { Scenario } from './scenario/schema.js';
export { type StressSpan, stressSpans } from './scenario/stress-spans.js';
