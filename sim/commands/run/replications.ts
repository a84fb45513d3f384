import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { toFigure, toNumber, toPhrase } from '../../../reports/figure.js';
import type { FailedRun } from '../../experiment/failures.js';
import { identityOf, recordsOf } from '../../experiment/identity.js';
import { Runner } from '../../experiment/pool/runner.js';
import { Workspace } from '../../experiment/pool/workspace.js';
import { type Precision, pointOf, replicate, replicationsMostByDefault } from '../../experiment/replicate.js';
import { fillReplicationsFolder } from '../../experiment/replications-folder.js';
import { parseShard } from '../../experiment/shards/shard.js';
import { isFailure } from '../../experiment/work/outcome.js';
import type { PackedScenario } from '../../experiment/work/packed-scenario.js';
import { headlineFigures } from '../../findings/headlines.js';
import { intervalInWords, summariesOf } from '../../findings/replications.js';
import { factsOfRecord } from '../../findings/run-facts.js';
import { type DraftFolder, draftFolder } from '../../folder/draft-folder.js';
import { drawRunFolder, type RunFolderOptions } from '../../folder/run-folder.js';
import { openRun, type RunRecord } from '../../folder/run-record.js';
import type { LoadedScenario } from '../../scenario/load.js';
import { estimateRun } from '../../scenario/plan/estimate.js';
import { type Fault, InvalidInput, nearestInWords } from '../../scenario/text/faults.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import type { RunArguments } from '../declarations/run.js';
import { ExitCode } from '../line/exit-code.js';
import { measureEffort, toExperimentFailure } from '../line/experiment.js';
import { hearInterrupts } from '../line/interrupt.js';
import { undrawnLine } from '../report.js';
import { performShard, type ShardedExperiment } from '../shards/perform-shard.js';
import { createExperimentProgress } from '../terminal/experiment-progress.js';
import { createFigureSoFar } from '../terminal/figure-so-far.js';
import type { Terminal } from '../terminal/terminal.js';
import { findingsToJson, orNull, printFindings, unmetExpectations } from './outcome.js';
import { commandOf, drawReport, folderName, isDrawn, overridesOf } from './perform-run.js';

/** Of the process without its threads. */
const baseMiB = 100;
const bytesAMiB = 1_048_576;
/** Replications of the first look where only a precision is asked for. */
const firstLook = 8;

/**
 * `sim run --replications`: runs a scenario again and again with seeds of their own, and says what came out, each
 * figure with its interval. Exit codes as of one run; 1 if a replication failed.
 *
 * @param held what is known already, all of it, where shards are put together
 */
export async function runReplications(
  loaded: LoadedScenario,
  options: RunArguments,
  terminal: Terminal,
  held?: (identity: string) => Workspace,
): Promise<number> {
  const precision = precisionOf(options.precision, loaded.scenario);
  const replications = options.replications ?? (precision.length > 0 ? firstLook : 1);
  const replicationsMost = options['replications-most'] ?? Math.max(replications, replicationsMostByDefault);
  if (options['dry-run']) {
    const most = precision.length > 0 ? replicationsMost : replications;
    return dryRun(loaded, { least: replications, most }, options, terminal);
  }
  const folder = options.out ?? join('out', folderName(loaded.name));
  if (options.shard !== undefined) return performPart(loaded, replications, folder, options, terminal);
  const interrupt = hearInterrupts();
  let draft: DraftFolder | undefined;
  let isWritten = false;
  try {
    draft = draftFolder(folder, { force: options.force, keep: [options.scenario] });
    const identity = identityOfRun(loaded, options);
    const finished = { command: commandOf(options, options.seed), scenario: loaded.written };
    const workspace = held?.(identity) ?? Workspace.open(folder, identity, { ...options, finished });
    const effort = measureEffort();
    const soFar = createFigureSoFar(
      loaded.scenario,
      precision.map(({ metric }) => metric),
    );
    const tell = createExperimentProgress(terminal, soFar.told);
    const replicated = await replicate(loaded, {
      replications,
      precision,
      replicationsMost,
      allowPaths: options['allow-path'],
      detail: options.detail,
      journal: workspace.journal,
      tablesOf: (unit) => workspace.tablesOf(unit),
      signal: interrupt.signal,
      now: interrupt.again,
      onResult: soFar.onResult,
      ...(options.workers === undefined ? {} : { workers: options.workers }),
      ...(options.quiet ? {} : { onProgress: tell }),
    });
    terminal.show('');
    const failures = replicated.failures.map(({ replication, failure: { seed, failed } }): FailedRun => {
      return { replication, seed, failed, command: commandOfOne(options, replication) };
    });
    for (const failure of failures) sayFailure(failure, terminal);
    if (replicated.replications.length === 0) {
      // nothing of it could be gone on with
      workspace.remove();
      throw new Error('no replication came to an end');
    }
    const isDrawable = isDrawn(options) && replicated.replications[0]!.replication === 1;
    if (isDrawn(options) && !isDrawable) terminal.say('no report: the first replication, whose nodes it shows, failed');
    const how: RunFolderOptions = {
      command: commandOf(options, options.seed),
      overrides: overridesOf(options),
      signal: interrupt.signal,
      effort: effort(),
      ...(isDrawable ? { drawReport } : {}),
    };
    terminal.show(options.quiet ? '' : 'writing the results');
    const partsOf = (replication: number) => workspace.tablesOf({ point: 0, replication });
    const manifest = fillReplicationsFolder(draft.folder, replicated, failures, partsOf, how);
    draft.commit();
    isWritten = true;
    workspace.remove();
    if (isDrawable) terminal.show(options.quiet ? '' : 'drawing the charts');
    const { undrawn } = await drawRunFolder(folder, manifest, loaded.scenario.registry, how);
    terminal.show('');
    for (const chart of undrawn) terminal.say(undrawnLine(chart));
    const run = openRun(folder, manifest, loaded.scenario.registry);
    const facts = factsOfRecord(run);
    if (options.json)
      terminal.print(toJsonLine({ ...toJson(loaded, run, failures), isPrecise: replicated.isPrecise, undrawn }));
    else printReplications(loaded, run, replicated.isPrecise, terminal);
    if (failures.length > 0 || undrawn.length > 0) return ExitCode.internalError;
    const unmet = unmetExpectations(facts);
    if (unmet.length === 0 || options['no-gate']) return ExitCode.fine;
    for (const line of unmet) terminal.say(line);
    return ExitCode.unmet;
  } catch (error) {
    terminal.show('');
    throw toExperimentFailure(error, folder, isWritten, commandOf(options, options.seed));
  } finally {
    terminal.show('');
    draft?.discard();
    interrupt.release();
  }
}

/** The hash of what each replication depends on. */
function identityOfRun(loaded: LoadedScenario, { detail }: RunArguments): string {
  const { scenario } = pointOf(loaded);
  const traces = recordsOf(loaded);
  return identityOf({ run: scenario, traces, detail });
}

/** What a shard's folder says of the run that it is of. */
export interface ShardedRun {
  readonly scenario: PackedScenario;
  readonly overrides: readonly string[];
  readonly replications: number;
  readonly options: Pick<RunArguments, 'scenario' | 'seed' | 'set' | 'allow-path' | 'detail' | 'replications'>;
}

/** Does one of n parts of the replications. */
function performPart(
  loaded: LoadedScenario,
  replications: number,
  folder: string,
  options: RunArguments,
  terminal: Terminal,
): Promise<number> {
  const shard = parseShard(options.shard!);
  const point = pointOf(loaded);
  const { scenario, seed, set, detail, workers, 'allow-path': allowPaths } = options;
  const sharded: ShardedRun = {
    ...{ scenario: point.scenario, overrides: loaded.overrides, replications },
    options: { scenario, seed, set, 'allow-path': allowPaths, detail, replications: options.replications },
  };
  const one: ShardedExperiment = {
    ...{ kind: 'run', identity: identityOfRun(loaded, options), points: [point] },
    units: Array.from({ length: replications }, (_, place) => ({ point: 0, replication: place + 1 })),
    asked: { ...sharded },
    tablesOf: (workspace, unit) => workspace.tablesOf(unit),
    commandOf: ({ replication }) => commandOfOne(options, replication),
    command: `${commandOf(options, seed)} --shard ${options.shard!}`,
  };
  const running = { allowPaths, detail, ...(workers === undefined ? {} : { workers }) };
  return performShard(one, { ...options, folder, shard, running }, terminal);
}

/** `METRIC=HALF-WIDTH`; throws InvalidInput with every fault. */
function precisionOf(given: readonly string[], { registry }: LoadedScenario['scenario']): readonly Precision[] {
  const metricNames = registry.metrics.map(({ name }) => name);
  const faults: Fault[] = [];
  const precision = given.map((text): Precision => {
    const [, metric = '', width = ''] = /^([^=]*)=?(.*)$/.exec(text) ?? [];
    const halfWidth = Number(width);
    if (!metricNames.includes(metric)) {
      const suggestion = nearestInWords(metric, metricNames);
      const fault = { path: '--precision', expected: 'METRIC=HALF-WIDTH with the name of a metric', found: text };
      faults.push(suggestion === undefined ? fault : { ...fault, suggestion: `${suggestion}=${width || '0.01'}` });
    } else if (width.trim() === '' || !(halfWidth > 0 && Number.isFinite(halfWidth))) {
      const expected = 'METRIC=HALF-WIDTH with a number above 0, in the metric’s unit';
      faults.push({ path: '--precision', expected, found: text });
    }
    return { metric, halfWidth };
  });
  if (faults.length > 0) throw new InvalidInput(faults);
  return precision;
}

/** The command that runs one replication by itself. */
function commandOfOne(options: RunArguments, replication: number): string {
  const alone = { ...options, replications: undefined, precision: [], 'replications-most': undefined, replication };
  return commandOf(alone, options.seed);
}

function sayFailure({ replication, seed, failed, command }: FailedRun, terminal: Terminal): void {
  terminal.say(`replication ${replication} (seed ${seed}) failed: ${failed}`);
  terminal.say(`to reproduce: ${command}`);
}

function printReplications(
  loaded: LoadedScenario,
  run: RunRecord,
  isPrecise: boolean | null,
  terminal: Terminal,
): void {
  const facts = factsOfRecord(run);
  const summaries = summariesOf(facts.replications, loaded.scenario.registry.metrics);
  const figures = headlineFigures(run.values, loaded.scenario).map(({ metric }) => {
    const summary = summaries.get(metric.name)!;
    // what its interval is of
    const { text, unit } = toFigure(metric.isQuantile === true ? summary.median : summary.mean, metric.unit);
    return { name: metric.name, text, unit: `${unit.padEnd(7)} ${intervalInWords(summary)}` };
  });
  printFindings(loaded, facts, figures, terminal);
  if (isPrecise === false) terminal.print('the precision asked for isn’t reached: --replications-most stopped it');
  terminal.print(`folder ${run.folder}`);
  const { trajectory, accounting } = run.manifest.fingerprints;
  const many = run.manifest.replications.length;
  terminal.print(`fingerprints ${trajectory} ${accounting} of the first of ${many} replications`);
}

function toJson({ name, question, warnings }: LoadedScenario, run: RunRecord, failures: readonly FailedRun[]): object {
  const facts = factsOfRecord(run);
  const metrics = [...summariesOf(facts.replications, facts.scenario.registry.metrics)].map(
    ([metric, { mean, low, high, median, values }]) => {
      const ends = { low95: orNull(low), high95: orNull(high) };
      return [metric, { mean: orNull(mean), ...ends, median: orNull(median), n: values.length }];
    },
  );
  const { seed, replications } = run.manifest;
  return {
    ...{ name, question, folder: run.folder, seed, replications, failures },
    metrics: Object.fromEntries(metrics),
    ...findingsToJson(facts),
    warnings,
  };
}

/** What it would take, from one run that is done to measure. */
async function dryRun(
  loaded: LoadedScenario,
  { least, most }: { readonly least: number; readonly most: number },
  options: RunArguments,
  terminal: Terminal,
): Promise<number> {
  const replications = most;
  const probe = mkdtempSync(join(tmpdir(), 'sim-probe-'));
  const runner = new Runner([pointOf(loaded)], {
    workers: 1,
    allowPaths: options['allow-path'],
    tablesOf: () => probe,
    detail: options.detail,
  });
  try {
    const startedAt = performance.now();
    const [result] = await runner.run([{ point: 0, replication: 1 }]);
    const seconds = (performance.now() - startedAt) / 1_000;
    if (result === undefined || isFailure(result)) throw new Error(`the run to measure failed: ${result?.failed}`);
    const threads = Math.min(options.workers ?? availableParallelism(), replications);
    const bytes = readdirSync(probe).reduce((sum, file) => sum + statSync(join(probe, file)).size, 0);
    const effort = {
      seconds: Math.ceil((seconds * replications) / threads),
      memoryMiB: baseMiB + threads * estimateRun(loaded).memoryMiB,
      diskMiB: Math.ceil((bytes * replications) / bytesAMiB),
    };
    if (options.json) terminal.print(toJsonLine({ points: 1, runs: replications, workers: threads, ...effort }));
    else {
      const some = (many: number, what: string) => `${toNumber(many)} ${what}${many === 1 ? '' : 's'}`;
      const from = least < most ? `${toNumber(least)} to ` : '';
      const runs = `${from}${some(replications, 'run')} on ${some(threads, 'thread')}`;
      const size = `${toNumber(effort.memoryMiB)} MiB of memory, at most ${toNumber(effort.diskMiB)} MiB of disk`;
      terminal.print(`1 point, ${runs}; one to measure took ${toPhrase(seconds, 's')}`);
      const time = `${toPhrase(effort.seconds, 's')}${least < most ? ' at most' : ''}`;
      terminal.print(`about ${time}, ${size}`);
    }
    return ExitCode.fine;
  } finally {
    await runner.close();
    rmSync(probe, { recursive: true, force: true });
  }
}
