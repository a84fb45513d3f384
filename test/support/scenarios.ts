import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeCsv } from '../../reports/table-file/csv.js';
import {
  assignmentContext,
  instrumentsOf,
  mechanismContext,
  nodesByRegion,
  rewardContext,
  slashingContext,
  verificationContext,
} from '../../sim/build/mechanisms.js';
import { type Built, buildWorld } from '../../sim/build/world.js';
import type { Candidates } from '../../sim/model/contract/candidates.js';
import { createCandidates } from '../../sim/model/matching/candidates.js';
import { createRetries } from '../../sim/model/matching/retries.js';
import type { World } from '../../sim/model/world/world.js';
import { type FinishedRun, finishedRun } from '../../sim/record/metrics/metric.js';
import { Recorder } from '../../sim/record/recorder.js';
import { type Cell, numberOf, records as recordsOf, type Table } from '../../sim/record/tables/table.js';
import { type RunOptions, type RunResult, runRecorded } from '../../sim/run.js';
import { type LoadedScenario, loadScenario } from '../../sim/scenario/load.js';
import { Registry } from '../../sim/scenario/schema/registry.js';
import { InvalidInput } from '../../sim/scenario/text/faults.js';
import { folderOnDemand } from './temporary-folder.js';

const folder = folderOnDemand('scenarios');

/**
 * Loads a scenario from its text by the ordinary path: written to a file, read, merged, overridden, checked. A setting
 * that makes a new part, such as a cohort, may leave out the `+` before its path.
 */
export function loadText(text: string, ...set: readonly string[]): LoadedScenario {
  return loadTextWith(Registry.builtIn(), text, ...set);
}

/** The same with what another registry has. */
export function loadTextWith(registry: Registry, text: string, ...set: readonly string[]): LoadedScenario {
  const file = join(folder(), 'scenario.yaml');
  writeFileSync(file, text);
  const given = [...set];
  for (;;) {
    try {
      return loadScenario(file, { registry, set: given });
    } catch (error) {
      const faults = error instanceof InvalidInput ? error.faults : [];
      const lacking = faults.find(({ expected }) => expected.includes('+ before the path for a new one'));
      if (lacking === undefined) throw error;
      const index = lacking.position!.line - 1;
      given[index] = `+${given[index]}`;
    }
  }
}

/** The world of a loaded scenario before its first event. */
export function buildLoaded(loaded: LoadedScenario, detail = false): Built {
  return buildWorld(loaded, { detail });
}

/** Delivers the events of a built world up to a time [s]. */
export function runUntil({ world, handlers }: Built, seconds: number): void {
  world.simulation.runUntil(seconds, handlers);
}

/** Runs a scenario as everybody does, and keeps its world for a look at what the tables don’t tell. */
export async function runFinished(
  loaded: LoadedScenario,
  options: RunOptions = {},
): Promise<RunResult & { readonly finished: FinishedRun }> {
  let seen: { world: World; recorder: Recorder } | undefined;
  class Witness extends Recorder {
    override watch(world: World): void {
      super.watch(world);
      seen = { world, recorder: this };
    }
  }
  const result = await runRecorded(loaded, { ...options, createRecorder: (...given) => new Witness(...given) });
  return { ...result, finished: finishedRun(seen!.world, seen!.recorder, loaded.scenario.money) };
}

/** Who could take an attempt, as the world's policy and rewards have it. */
export function candidatesOf(world: World): Candidates {
  const { assignment, rewards } = world.roles;
  return createCandidates(world, rewards, (job, node) => assignment.admits?.(job, node) ?? true);
}

/** What mechanisms of the world are given, by role. */
export function contextsOf({ world, plans }: Built) {
  const all = mechanismContext(world);
  const candidates = candidatesOf(world);
  return {
    all,
    assignment: assignmentContext(all, candidates, nodesByRegion(world, plans), 'any seed', instrumentsOf(world)),
    rewards: rewardContext(all, Registry.builtIn()),
    slashing: slashingContext(all, Registry.builtIn(), world.roles.reputation),
    verification: verificationContext(all, Registry.builtIn(), createRetries(world), instrumentsOf(world)),
  };
}

export function tableNamed(result: RunResult, name: string): Table {
  const found = result.tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`expected a table ${name}, found none`);
  return found;
}

/** The rows of a table by column name. */
export function records(table: Table): Readonly<Record<string, Cell>>[] {
  const names = table.columns.map((column) => column.name);
  return [...recordsOf(table, names)];
}

/** The rows of the jobs that became final in a run with --detail. */
export function finalJobs(result: RunResult): Readonly<Record<string, Cell>>[] {
  return records(tableNamed(result, 'jobs')).filter(({ outcome }) => outcome !== 'open');
}

/** The columns of a table as numbers; empty cells are NaN. */
export function numbers(table: Table, name: string): number[] {
  return Array.from(recordsOf(table, [name]), (row) => numberOf(row[name]!));
}

/** The bytes that a run folder would hold for the table, as text. */
export function csvText(table: Table): string {
  const file = join(folder(), 'table.csv');
  writeCsv(table, file);
  return readFileSync(file, 'utf8');
}

export function metricOf(result: RunResult, name: string): number {
  const value = result.row.values[name];
  if (value === undefined) throw new Error(`expected a metric ${name}, found none`);
  return value;
}
