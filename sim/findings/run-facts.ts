import type { RunRecord } from '../folder/run-record.js';
import type { Table } from '../record/tables/table.js';
import type { RunFacts } from './answer/facts.js';
import { valuesByReplication } from './replications.js';

/** What the answer is made of, from a run's folder alone. */
export function factsOfRecord(run: RunRecord, tableOf: (name: string) => Table = run.table): RunFacts {
  return {
    values: run.values,
    replications: valuesByReplication(run.table('runs'), run.scenario.registry.metrics),
    scenario: run.scenario,
    written: run.manifest.scenario,
    table: tableOf,
  };
}
