import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { toNumber, toPhrase } from '../../../reports/figure.js';
import { identityOf, recordsOf } from '../../experiment/identity.js';
import { Runner, type RunnerOptions } from '../../experiment/pool/runner.js';
import type { Performer } from '../../experiment/pool/worker-pool.js';
import { Workspace } from '../../experiment/pool/workspace.js';
import { parseShard, type Shard } from '../../experiment/shards/shard.js';
import { fillSweepFolder } from '../../experiment/sweep/folder.js';
import { type SweepPlan, unitsOf } from '../../experiment/sweep/plan.js';
import { type SweepRequest, variantAxis } from '../../experiment/sweep/request.js';
import { commandOfRun, resultsOf } from '../../experiment/sweep/results.js';
import { seriesReplicationsMost } from '../../experiment/sweep/series.js';
import { runSweep } from '../../experiment/sweep/sweep.js';
import { isFailure, toLineOfText, type Unit, type UnitResult } from '../../experiment/work/outcome.js';
import { sweepFindings } from '../../findings/sweep/findings.js';
import { toCommandLine } from '../../folder/command-line.js';
import { type DraftFolder, draftFolder } from '../../folder/draft-folder.js';
import type { Drawn } from '../../folder/run-folder.js';
import { openTables } from '../../folder/run-record.js';
import { openSweep } from '../../folder/sweep-record.js';
import type { Table } from '../../record/tables/table.js';
import { estimateRun } from '../../scenario/plan/estimate.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import type { SweepArguments } from '../declarations/sweep.js';
import { ExitCode } from '../line/exit-code.js';
import { keptLine, measureEffort, toExperimentFailure } from '../line/experiment.js';
import { hearInterrupts, Interrupted } from '../line/interrupt.js';
import { undrawnLine } from '../report.js';
import { overridesOf } from '../run/perform-run.js';
import { performShard, type ShardedExperiment } from '../shards/perform-shard.js';
import { createExperimentProgress } from '../terminal/experiment-progress.js';
import { createFigureSoFar } from '../terminal/figure-so-far.js';
import type { Terminal } from '../terminal/terminal.js';
import { printSweep, sweepToJson } from './outcome.js';

/** Of the process without its threads, and of each result that it keeps. */
const baseMiB = 100;
const resultBytes = 8_000;
/** A row of each table of a sweep for one run, about, and the rows of a point. */
const runBytes = 1_500;
const pointBytes = 8_000;
const bytesAMiB = 1_048_576;
/** Runs that are in a queue at a time, so that no worker waits for the next. */
const queuedMost = 10_000;
/** A run that is over sooner is measured again on the warm thread. */
const warmSeconds = 3;

type Taken = 'scenario' | 'seed' | 'set' | 'force' | 'workers' | 'resume' | 'dry-run' | 'no-charts' | 'json' | 'quiet';

interface SweepHow extends Pick<SweepArguments, Taken | 'allow-path' | 'shard'> {
  readonly folder: string;
  /** The words behind `sim` that make it again. */
  readonly command: readonly string[];
  /** Has the runs done by others. */
  readonly performer?: Performer;
  /** What is known already, all of it, where shards are put together. */
  readonly held?: (identity: string) => Workspace;
}

/** What a shard's folder says of the sweep that it is of, and what the whole sweep is made of again. */
export interface ShardedSweep {
  readonly request: SweepRequest;
  readonly how: Pick<SweepHow, 'scenario' | 'seed' | 'set' | 'allow-path' | 'command'>;
}

interface PerformedSweep {
  /** 0, or 1 if a run failed or a chart couldn't be drawn. */
  readonly code: number;
  /** A line for each expectation of a point that isn't met or can't be told. */
  readonly unmet: readonly string[];
}

/** Runs a sweep, or what is left of it, writes its folder and says what came out. */
export async function performSweep(plan: SweepPlan, how: SweepHow, terminal: Terminal): Promise<PerformedSweep> {
  if (how['dry-run']) {
    await dryRun(plan, how, terminal);
    return { code: ExitCode.fine, unmet: [] };
  }
  const { folder, quiet, shard } = how;
  if (shard !== undefined) return { code: await performPart(plan, how, parseShard(shard), terminal), unmet: [] };
  const command = toCommandLine(how.command);
  const isOfVariants = plan.request.axes[0]!.name === variantAxis;
  const interrupt = hearInterrupts();
  let draft: DraftFolder | undefined;
  let isWritten = false;
  try {
    draft = draftFolder(folder, { force: how.force, keep: [how.scenario] });
    const identity = sweepIdentity(plan);
    const workspace =
      how.held?.(identity) ??
      Workspace.open(folder, identity, { ...how, finished: { command, scenario: plan.base.written } });
    const effort = measureEffort();
    const soFar = createFigureSoFar(plan.base.scenario, plan.request.metrics);
    const resultOf = await runSweep(plan, {
      ...runnerOptions(how),
      journal: workspace.journal,
      ...(isOfVariants ? { tablesOf: (unit: Unit) => samplesPlace(workspace, unit) } : {}),
      signal: interrupt.signal,
      // what others run can't be waited for: it is there for who asks again
      now: how.performer === undefined ? interrupt.again : interrupt.signal,
      onResult: soFar.onResult,
      ...(quiet ? {} : { onProgress: createExperimentProgress(terminal, soFar.told) }),
    });
    terminal.show('');
    const results = resultsOf(plan, resultOf);
    for (const { point, replication, seed, failed, command: alone } of results.failures) {
      terminal.say(`point ${point}, replication ${replication} (seed ${seed}) failed: ${failed}`);
      terminal.say(`to reproduce: ${alone}`);
    }
    if (results.runs.every((own) => own.length === 0)) {
      // nothing of it could be gone on with
      workspace.remove();
      throw new Error('no run came to an end');
    }
    terminal.show(quiet ? '' : 'writing the results');
    const manifest = fillSweepFolder(draft.folder, plan, results, {
      command,
      overrides: overridesOf(how),
      effort: effort(),
      signal: interrupt.signal,
      ...(isOfVariants ? { samplesOf: (unit: Unit) => samplesIn(samplesPlace(workspace, unit)) } : {}),
    });
    draft.commit();
    isWritten = true;
    workspace.remove();
    const record = openSweep(folder, manifest, plan.base.scenario.registry);
    let undrawn: Drawn['undrawn'] = [];
    if (!how['no-charts']) {
      terminal.show(quiet ? '' : 'drawing the charts');
      const { writeSweepReport } = await import('../../findings/sweep/report.js');
      undrawn = (await writeSweepReport(folder, record, interrupt.signal)).undrawn;
      terminal.show('');
      for (const chart of undrawn) terminal.say(undrawnLine(chart));
    }
    const findings = sweepFindings(record);
    if (how.json) terminal.print(toJsonLine({ ...sweepToJson(findings, record), failures: results.failures, undrawn }));
    else printSweep(findings, record, terminal);
    const isFine = results.failures.length === 0 && undrawn.length === 0;
    return { code: isFine ? ExitCode.fine : ExitCode.internalError, unmet: findings.unmet };
  } catch (error) {
    terminal.show('');
    // such as a Redis that has gone
    if (
      how.performer !== undefined &&
      !(error instanceof Interrupted) &&
      !isWritten &&
      Workspace.isUnfinished(folder)
    ) {
      terminal.say(keptLine);
    }
    throw toExperimentFailure(error, folder, isWritten, command);
  } finally {
    terminal.show('');
    draft?.discard();
    interrupt.release();
  }
}

/** Where the tables of a run of a variant are kept until the series are made; undefined for one that they leave out. */
function samplesPlace(workspace: Workspace, unit: Unit): string | undefined {
  return unit.replication > seriesReplicationsMost ? undefined : workspace.tablesOf(unit);
}

/** The samples among the tables of a run; undefined for a run that failed. */
function samplesIn(folder: string | undefined): Table | undefined {
  const isThere = folder !== undefined && existsSync(join(folder, 'timeseries.csv'));
  return isThere ? openTables(folder, { 'timeseries.csv': '' }).table('timeseries') : undefined;
}

/** The hash of what its results depend on: how many replications there are, and what is shown, isn't among it. */
function sweepIdentity({ base, request: { scenario, seed, axes, design } }: SweepPlan): string {
  const traces = recordsOf(base);
  return identityOf({ sweep: { scenario, seed, axes, design }, traces });
}

function runnerOptions({ workers, performer, 'allow-path': allowPaths }: SweepHow): RunnerOptions {
  return {
    allowPaths,
    ...(performer === undefined ? {} : { performer, workers: queuedMost }),
    ...(workers === undefined ? {} : { workers }),
  };
}

/** Does one of n parts of a sweep. */
function performPart(plan: SweepPlan, how: SweepHow, shard: Shard, terminal: Terminal): Promise<number> {
  const { scenario, seed, set, command, 'allow-path': allowPath } = how;
  const sharded: ShardedSweep = {
    request: plan.request,
    how: { scenario, seed, set, 'allow-path': allowPath, command },
  };
  const isOfVariants = plan.request.axes[0]!.name === variantAxis;
  const one: ShardedExperiment = {
    ...{ kind: 'sweep', identity: sweepIdentity(plan), points: plan.points, units: unitsOf(plan) },
    asked: { ...sharded },
    ...(isOfVariants ? { tablesOf: samplesPlace } : {}),
    commandOf: ({ point, replication }) => commandOfRun(plan, point, replication),
    command: toCommandLine([...command, '--shard', how.shard!]),
  };
  return performShard(one, { ...how, shard, running: runnerOptions(how) }, terminal);
}

/** What it would take, from one run of the costliest point that is done to measure. */
async function dryRun({ points, request, base }: SweepPlan, how: SweepHow, terminal: Terminal): Promise<void> {
  const total = points.reduce((sum, { cost }) => sum + cost, 0);
  const costliest = points.reduce((most, { cost }, place) => (cost > points[most]!.cost ? place : most), 0);
  const runner = new Runner(points, { ...runnerOptions(how), workers: 1 });
  try {
    let [result, seconds] = await measure(1);
    // starting a thread is paid once, and would count for most of a small run
    if (seconds < warmSeconds) [result, seconds] = await measure(2);
    if (result === undefined || isFailure(result)) throw new Error(`the run to measure failed: ${result?.failed}`);
    const runs = points.length * request.replications;
    const threads = Math.min(how.workers ?? availableParallelism(), runs);
    const share = total / (points[costliest]!.cost * points.length);
    const effort = {
      seconds: Math.ceil((seconds * share * runs) / threads),
      memoryMiB: baseMiB + threads * estimateRun(base).memoryMiB + Math.ceil((runs * resultBytes) / bytesAMiB),
      diskMiB: Math.ceil((runs * (runBytes + toLineOfText(result).length) + points.length * pointBytes) / bytesAMiB),
    };
    if (how.json) terminal.print(toJsonLine({ points: points.length, runs, workers: threads, ...effort }));
    else {
      const some = (many: number, what: string) => `${toNumber(many)} ${what}${many === 1 ? '' : 's'}`;
      const size = `${toNumber(effort.memoryMiB)} MiB of memory, at most ${toNumber(effort.diskMiB)} MiB of disk`;
      terminal.print(
        `${some(points.length, 'point')}, ${some(runs, 'run')} on ${some(threads, 'thread')}; ` +
          `one of the largest took ${toPhrase(seconds, 's')}`,
      );
      terminal.print(`about ${toPhrase(effort.seconds, 's')}, ${size}`);
    }
  } finally {
    await runner.close();
  }

  async function measure(replication: number): Promise<[result: UnitResult | undefined, seconds: number]> {
    const startedAt = performance.now();
    const [result] = await runner.run([{ point: costliest, replication }]);
    return [result, (performance.now() - startedAt) / 1_000];
  }
}
