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
export type { Baseline, Verdict } from './experiment/check/baseline.js';
export type { MetricChange } from './experiment/check/changes.js';
export type { Checked, CheckOptions } from './experiment/check/check.js';
export type { CheckedExpectation, CheckedScenario } from './experiment/check/scenario-check.js';
export type { Compared, ComparedSide, Difference } from './experiment/compare/compare.js';
export type { ComparisonFolderOptions, WriteComparisonOptions } from './experiment/compare/folder.js';
export type { Comparable } from './experiment/compare/sides.js';
export type { ExperimentProgress } from './experiment/pool/runner.js';
export type { Precision, Replicated, ReplicateOptions } from './experiment/replicate.js';
export type { SweepFolderOptions, WriteSweepOptions } from './experiment/sweep/folder.js';
export type { SweepOptions, Swept } from './experiment/sweep/sweep.js';
export type { ComparisonManifest } from './folder/comparison-manifest.js';
export type { ComparisonRecord } from './folder/comparison-record.js';
export type { DraftOptions } from './folder/draft-folder.js';
export type { ReadOptions } from './folder/load-again.js';
export { type Manifest, manifestSchema } from './folder/manifest.js';
export type { Effort, RunFolderOptions } from './folder/run-folder.js';
export type { RunRecord } from './folder/run-record.js';
export type { SweepManifest } from './folder/sweep-manifest.js';
export type { SweepRecord } from './folder/sweep-record.js';
export type { SortitionDraw } from './kernels/sortition.js';
export type { BetaEvidence } from './kernels/trust/beta-reputation.js';
export type { ConsensusOptions, ConsensusWeights, WeightMatrix } from './kernels/trust/consensus-weights.js';
export type { EigenTrustOptions, LocalTrust } from './kernels/trust/eigen-trust.js';
export type { LiquidRankOptions, PeriodRatings } from './kernels/trust/liquid-rank.js';
export type { PeerTrustOptions, RatedDealings } from './kernels/trust/peer-trust.js';
export type { Opinion } from './kernels/trust/subjective-logic.js';
export type { TrustGuardOptions } from './kernels/trust/trust-guard.js';
export {
  check,
  checkExpectations,
  estimateRun,
  exogenousTrace,
  honestTwin,
  loadScenario,
  readBaseline,
  readRun,
  readSweep,
  replicate,
  runScenario,
  stressSpans,
  sweep,
  writeBaseline,
  writeReport,
  writeRunFolder,
  writeSweepFolder,
  writeSweepReport,
} from './library/checked.js';
export {
  type CompareGiven,
  compare,
  readComparison,
  writeComparisonFolder,
  writeComparisonReport,
} from './library/checked-comparison.js';
export {
  defineAssignmentPolicy,
  defineMetric,
  defineReputationModel,
  defineRewardRule,
  defineSlashingRule,
  defineStrategy,
  defineVerificationScheme,
} from './library/define.js';
export {
  areaUnderCurve,
  epochBeacon,
  gini,
  nakamotoCoefficient,
  quantileSorted,
  recomputeSortition,
} from './library/kernels.js';
export { auditScore, compositeScore } from './library/score-kernels.js';
export {
  bayesianAverage,
  betaReputation,
  committeeCapture,
  consensusWeights,
  correlationPenalty,
  credibility,
  eigenTrust,
  liquidRank,
  majorityError,
  peerTrust,
  subjectiveLogic,
  trustGuard,
} from './library/trust-kernels.js';
export { AttemptKind, AttemptState } from './model/columns/attempts.js';
export { type AttemptIndex, type JobIndex, NONE, type NodeIndex, NodeState } from './model/columns/nodes.js';
export { PanelRole } from './model/columns/panels.js';
export type { OwnColumn } from './model/columns/rows/own-column.js';
export { PolicyCause } from './model/columns/unserved-reason.js';
export type { Attack } from './model/contract/cohorts/attack.js';
export { Ballot, type Proposal } from './model/contract/cohorts/ballots.js';
export { type CohortPlan, type Look, oneEach } from './model/contract/cohorts/cohort-plan.js';
export type {
  AssignmentContext,
  MechanismContext,
  SlashingContext,
  StrategyContext,
  VerificationContext,
} from './model/contract/context.js';
export type {
  Definition,
  Outline,
  Remark,
  ScoreRange,
  StrategyDefinition,
  TierBounds,
} from './model/contract/definition.js';
export { type Evidence, EvidenceKind, EvidenceRole, EvidenceSource } from './model/contract/evidence.js';
export type { DeclaredKind, EvidenceKinds } from './model/contract/findings/evidence-kinds.js';
export type { Findings } from './model/contract/findings/findings.js';
export type { Penalty } from './model/contract/findings/penalty.js';
export type { Live } from './model/contract/live.js';
export {
  type Actions,
  type AssignmentPolicy,
  Attestation,
  type Bribe,
  type ChallengeWindow,
  type Mechanism,
  NextStep,
  type PanelRequest,
  type Payouts,
  type ReputationModel,
  type RewardRule,
  type SlashingRule,
  type Strategy,
  type VerificationScheme,
} from './model/contract/roles.js';
export { metricNames } from './record/metrics/index.js';
export type { FinishedRun, Group, Metric } from './record/metrics/metric.js';
export type { Cell, Column, Table } from './record/tables/table.js';
export type { Progress, RunOptions, RunResult } from './run.js';
export type { LoadedScenario, LoadOptions } from './scenario/load.js';
export type { RunEstimate } from './scenario/plan/estimate.js';
export type { StressSpan } from './scenario/plan/stress/stress-spans.js';
export type { Plugin, PluginDefinitions } from './scenario/plugins/load-plugin.js';
export type { PluginMark } from './scenario/plugins/plugin-file.js';
export type { Toolbox } from './scenario/plugins/toolbox.js';
export { type OwnMetric, type Registered, type Registrable, Registry } from './scenario/schema/registry.js';
export type { Scenario } from './scenario/schema/scenario-schema.js';
export { type Fault, InvalidInput } from './scenario/text/faults.js';
