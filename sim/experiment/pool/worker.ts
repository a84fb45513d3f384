/** What a worker thread does: runs of an experiment, one after the other; what it loaded and compiled stays warm. */
import { join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import { dataDictionary, writeCsv } from '../../../reports/table-file/csv.js';
import { inReplication, isKept, isOfAll } from '../../record/tables/replications.js';
import { runScenario } from '../../run.js';
import type { LoadedScenario } from '../../scenario/load.js';
import { failuresTable } from '../failures.js';
import { type Failure, outcomeOf, toLineOfText, type Unit } from '../work/outcome.js';
import { type PackedScenario, unpack, withSeed } from '../work/packed-scenario.js';

/** A run to do. */
export interface Task extends Unit {
  readonly scenario: PackedScenario;
  /** The same for the same scenario, which stays loaded. */
  readonly key: string;
  readonly seed: string;
  readonly allowPaths: readonly string[];
  /** The only files that may be plugins, found by their code; without it those that the scenario names. */
  readonly pluginFiles?: readonly string[];
  readonly detail: boolean;
  /** Where its tables are to be written, a folder that is there; without it they aren't kept. */
  readonly tables?: string;
}

/** What comes back: the outcome, or how it failed, as a line of text. */
export interface Done {
  readonly line: string;
}

/** Scenarios that stay loaded: with traces, each may take many megabytes. */
const loadedMost = 4;
const loaded = new Map<string, LoadedScenario>();

function scenarioOf({ key, scenario, allowPaths, pluginFiles }: Task): LoadedScenario {
  const before = loaded.get(key);
  if (before !== undefined) return before;
  for (const oldest of loaded.keys()) {
    if (loaded.size < loadedMost) break;
    loaded.delete(oldest);
  }
  const found = unpack(scenario, allowPaths, pluginFiles === undefined ? {} : { pluginFiles });
  loaded.set(key, found);
  return found;
}

async function perform(task: Task): Promise<string> {
  try {
    const { detail, replication, seed, tables } = task;
    const result = await runScenario(withSeed(scenarioOf(task), seed), {
      replication,
      detail: detail && replication === 1,
    });
    if (tables !== undefined) {
      const [ofAll, own] = [result.tables.filter(isOfAll), result.tables.filter((table) => isKept(table, replication))];
      const numbered = own.map((table) => inReplication(table, replication));
      const dictionary = dataDictionary([...ofAll, failuresTable([]), ...numbered]);
      for (const table of [...numbered, dictionary]) writeCsv(table, join(tables, `${table.name}.csv`));
    }
    return toLineOfText(outcomeOf(result));
  } catch (error) {
    const failure: Failure = { seed: task.seed, failed: error instanceof Error ? error.message : String(error) };
    return toLineOfText(failure);
  }
}

// tasks come one at a time: the next when this one's answer is out
parentPort?.on('message', async (task: Task) => {
  const done: Done = { line: await perform(task) };
  parentPort!.postMessage(done);
});
