/** The public functions, with what they are given checked: a plain mistake is told by the name of the option. */
import { z } from 'zod';
import {
  type Baseline,
  baselineSchema,
  readBaseline as openBaseline,
  writeBaseline as store,
} from '../experiment/check/baseline.js';
import { type Checked, type CheckOptions, checkScenarios } from '../experiment/check/check.js';
import { Journal } from '../experiment/pool/journal.js';
import { type Replicated, type ReplicateOptions, replicate as runAgain } from '../experiment/replicate.js';
import { type WriteSweepOptions, writeSweepFolder as writeSweep } from '../experiment/sweep/folder.js';
import { sweep as runSweep, type SweepOptions, type Swept } from '../experiment/sweep/sweep.js';
import { checkExpectations as expectationsIn } from '../findings/checked-expectations.js';
import type { HeldExpectation } from '../findings/expectations.js';
import { writeReport as drawReport } from '../findings/report.js';
import { writeSweepReport as drawSweepReport } from '../findings/sweep/report.js';
import type { DraftOptions } from '../folder/draft-folder.js';
import type { ReadOptions } from '../folder/load-again.js';
import { type Drawn, type RunFolderOptions, writeRunFolder as writeFolder } from '../folder/run-folder.js';
import { readRun as openFolder, type RunRecord } from '../folder/run-record.js';
import { readSweep as openSweepFolder, type SweepRecord } from '../folder/sweep-record.js';
import type { Table } from '../record/tables/table.js';
import { type RunOptions, type RunResult, runScenario as run } from '../run.js';
import { type LoadedScenario, type LoadOptions, loadScenario as load } from '../scenario/load.js';
import type { PlannedComparison } from '../scenario/plan/compared.js';
import { estimateRun as estimate, type RunEstimate } from '../scenario/plan/estimate.js';
import { exogenousTrace as traceOf } from '../scenario/plan/exogenous-trace.js';
import { honestTwin as twinOf } from '../scenario/plan/fleet/honest-twin.js';
import type { PlannedScenario } from '../scenario/plan/planned-scenario.js';
import { type StressSpan, stressSpans as spansOf } from '../scenario/plan/stress/stress-spans.js';
import { Registry } from '../scenario/schema/registry.js';
import type { Scenario } from '../scenario/schema/scenario-schema.js';
import { checkGiven, flag, func, number, objectWith, options, signal, text, texts } from './given.js';

export const loaded = objectWith(['scenario', 'traces', 'compared'], 'what loadScenario returns');
const ran = objectWith(['loaded', 'tables', 'row'], 'what runScenario returns');
const record = objectWith(['manifest', 'table'], 'what readRun returns');
const loadedText = objectWith(['scenario', 'traces', 'compared', 'position'], 'what loadScenario returns');
const swept = objectWith(['plan', 'runs', 'failures'], 'what sweep returns');
const sweepRecord = objectWith(['manifest', 'table', 'scenario'], 'what readSweep returns');
const table = objectWith(['name', 'columns', 'rowCount'], 'a table');

const registry = z.custom<Registry>((value) => value instanceof Registry, 'expected a Registry');
const loadOptions = options({
  ...{ set: texts, allowPaths: texts, withTraces: flag, registry },
  ...{ withPlugins: flag, onPlugin: func, pluginFiles: texts },
});
export const readOptions = options({ registry, allowPaths: texts, onPlugin: func });
const whole = 'expected a whole number from 1 on';
export const count = z.number(whole).int(whole).min(1, whole);
const runOptions = options({ detail: flag, onProgress: func, replication: count, signal });
const precision = z.strictObject(
  {
    metric: z.string('expected the name of a metric'),
    halfWidth: z.number('expected a number above 0').positive('expected a number above 0'),
  },
  'expected {metric, halfWidth}',
);
/** What all experiments take. */
export const runnerOptions = {
  ...{ workers: count.optional(), allowPaths: texts.optional(), detail: flag.optional() },
  ...{ signal: signal.optional(), now: signal.optional(), tablesOf: func.optional() },
  ...{ onProgress: func.optional(), onResult: func.optional(), journal: z.instanceof(Journal).optional() },
  performer: objectWith(['perform', 'close'], 'who performs runs').optional(),
};
const replicateOptions = z.strictObject(
  {
    replications: count,
    ...{ precision: z.array(precision, 'expected a list').optional(), replicationsMost: count.optional() },
    ...runnerOptions,
  },
  'expected options with replications',
);
const sweepOptions = options({
  ...{ vary: texts, variants: flag, points: text, replications: count, metrics: texts, workers: count },
  ...{ allowPaths: texts, signal, now: signal, onProgress: func, onResult: func, journal: z.instanceof(Journal) },
});
const several = 'expected a whole number from 2 on';
const countOfSeveral = z.number(several).int(several).min(2, several);
const chance = 'expected a number between 0 and 1';
export const errorRate = z.number(chance).gt(0, chance).lt(1, chance);
const checkOptions = z
  .strictObject(
    {
      errorRate: errorRate.optional(),
      ...{ replications: countOfSeveral.optional(), replicationsMost: countOfSeveral.optional() },
      baselines: z.map(z.string(), baselineSchema, 'expected a map of baselines by scenario').optional(),
      margin: z.number('expected a number of at least 0').min(0, 'expected a number of at least 0').optional(),
      baselineReplications: countOfSeveral.optional(),
      ...runnerOptions,
    },
    'expected an object with options',
  )
  .optional();
const effort = z.strictObject(
  { startedAt: z.date('expected a date'), wallSeconds: number, processorSeconds: number },
  'expected {startedAt, wallSeconds, processorSeconds}',
);
export const folderOptions = options({
  command: text,
  overrides: texts,
  drawReport: func,
  effort,
  signal,
  force: flag,
  keep: texts,
});

/**
 * Reads, merges, overrides and checks a scenario, `-` for the one on standard input; throws InvalidInput with every
 * fault.
 */
export function loadScenario(file: string, options?: LoadOptions): LoadedScenario {
  checkGiven('loadScenario', { file: text, options: loadOptions }, { file, options });
  return load(file, options);
}

/**
 * Runs a loaded scenario once, and each that it is compared to: the same scenario and seed give the same result on
 * every machine. Throws what the signal says when aborted.
 */
export async function runScenario(scenario: LoadedScenario, options?: RunOptions): Promise<RunResult> {
  checkGiven('runScenario', { loaded, options: runOptions }, { loaded: scenario, options });
  return await run(scenario, options);
}

/**
 * Runs a scenario again and again with seeds of their own on worker threads, of which how many there are changes
 * nothing. Throws what the signal says when aborted; a run that fails is told among the failures.
 */
export async function replicate(scenario: LoadedScenario, given: ReplicateOptions): Promise<Replicated> {
  checkGiven('replicate', { loaded, options: replicateOptions }, { loaded: scenario, options: given });
  return await runAgain(scenario, given);
}

/**
 * Runs a scenario under many settings, or under each of its variants, on worker threads, with the same seeds at every
 * point. Throws InvalidInput for points that can't be, and what the signal says when aborted; a run that fails is told
 * among the failures.
 */
export async function sweep(scenario: LoadedScenario, given: SweepOptions = {}): Promise<Swept> {
  checkGiven('sweep', { loaded: loadedText, options: sweepOptions }, { loaded: scenario, options: given });
  return await runSweep(scenario, given);
}

/** Writes everything that a sweep left to a folder, under the rules of `writeRunFolder`. */
export async function writeSweepFolder(folder: string, result: Swept, options?: WriteSweepOptions): Promise<Drawn> {
  const given = { folder, result, options };
  checkGiven('writeSweepFolder', { folder: text, result: swept, options: folderOptions }, given);
  return await writeSweep(folder, result, options);
}

/** Opens a sweep's folder, and holds every table against its hash. */
export function readSweep(folder: string, given: ReadOptions = {}): SweepRecord {
  checkGiven('readSweep', { folder: text, options: readOptions }, { folder, options: given });
  return openSweepFolder(folder, given);
}

/** Draws charts and report of a sweep into its folder. */
export async function writeSweepReport(folder: string, record: SweepRecord, abort?: AbortSignal): Promise<Drawn> {
  const parameters = { folder: text, sweep: sweepRecord, signal: signal.optional() };
  checkGiven('writeSweepReport', parameters, { folder, sweep: record, signal: abort });
  return await drawSweepReport(folder, record, abort);
}

/**
 * Holds scenarios against their expectations, and their figures against baselines, with as many replications as the
 * verdicts take; the chance that any of them is wrong is at most the error rate. Throws what the signal says when
 * aborted; a run that fails is told among the failures.
 */
export async function check(scenarios: readonly LoadedScenario[], given: CheckOptions = {}): Promise<Checked> {
  const parameters = {
    scenarios: z.array(loaded, 'expected a list of loaded scenarios').min(1),
    options: checkOptions,
  };
  checkGiven('check', parameters, { scenarios, options: given });
  return await checkScenarios(scenarios, given);
}

/** Reads the baseline of the scenario of that name; throws InvalidInput where it isn't there, or another scenario's. */
export function readBaseline(folder: string, name: string): Baseline {
  checkGiven('readBaseline', { folder: text, name: text }, { folder, name });
  return openBaseline(folder, name);
}

/** Writes a baseline, which `check` made, into the folder; returns its path. */
export function writeBaseline(folder: string, baseline: Baseline): string {
  checkGiven('writeBaseline', { folder: text, baseline: baselineSchema }, { folder, baseline });
  return store(folder, baseline);
}

/**
 * Writes everything that a run left to a folder, which appears when its tables are complete; an earlier run's files are
 * replaced, what others put beside them stays. Throws InvalidInput when the folder is refused or can't be written.
 */
export async function writeRunFolder(
  folder: string,
  result: RunResult,
  options?: RunFolderOptions & DraftOptions,
): Promise<Drawn> {
  const given = { folder, result, options };
  checkGiven('writeRunFolder', { folder: text, result: ran, options: folderOptions }, given);
  return await writeFolder(folder, result, options);
}

/** Opens a run's folder, and holds every table against its hash; its kinds are of the registry, if one is given. */
export function readRun(folder: string, given: ReadOptions = {}): RunRecord {
  checkGiven('readRun', { folder: text, options: readOptions }, { folder, options: given });
  return openFolder(folder, given);
}

/** Draws charts and report of a run into its folder. */
export async function writeReport(folder: string, run: RunRecord, abort?: AbortSignal): Promise<Drawn> {
  const parameters = { folder: text, run: record, signal: signal.optional() };
  checkGiven('writeReport', parameters, { folder, run, signal: abort });
  return await drawReport(folder, run, abort);
}

/** What became of a scenario's expectations, of the table `expectations`. */
export function checkExpectations(held: Table): readonly HeldExpectation[] {
  checkGiven('checkExpectations', { table }, { table: held });
  return expectationsIn(held);
}

/** What a run takes at most, roughly, and rather too much than too little. */
export function estimateRun(scenario: PlannedComparison): RunEstimate {
  checkGiven('estimateRun', { loaded }, { loaded: scenario });
  return estimate(scenario);
}

/** Everything that comes from outside the protocol, up to the horizon, whether or not a run uses it. */
export function exogenousTrace(scenario: PlannedScenario): Table {
  checkGiven(
    'exogenousTrace',
    { loaded: objectWith(['scenario', 'traces'], 'what loadScenario returns') },
    { loaded: scenario },
  );
  return traceOf(scenario);
}

/**
 * The scenario with every attacker honest: each attacking operator keeps its machines, capital, and when they come, go
 * and fail, with one truthful identity a machine. `runScenario` runs it; no folder can be written of it.
 */
export function honestTwin(scenario: LoadedScenario): LoadedScenario {
  checkGiven('honestTwin', { loaded }, { loaded: scenario });
  return twinOf(scenario);
}

/** When something strikes many machines or workloads together, by the scenario alone. */
export function stressSpans(scenario: Scenario): readonly StressSpan[] {
  const known = objectWith(['stress', 'workload', 'fleet'], 'the scenario of what loadScenario returns');
  checkGiven('stressSpans', { scenario: known }, { scenario });
  return spansOf(scenario);
}
