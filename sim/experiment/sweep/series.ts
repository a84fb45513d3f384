import { secondsPerDay } from '../../model/contract/units.js';
import type { Cell, Column, Table } from '../../record/tables/table.js';
import type { Unit } from '../work/outcome.js';
import { unpack } from '../work/packed-scenario.js';
import type { SweepPlan } from './plan.js';

/** Stretches of time of a series, at most, and replications that it is a mean of: what is kept stays small. */
const timesMost = 100;
export const seriesReplicationsMost = 8;

/** What comes before the means. */
const known: readonly Column[] = [
  { name: 'point', unit: '', window: 'fixed', meaning: 'Number of the point, from 1' },
  { name: 'variant', unit: '', window: 'fixed', meaning: 'Name of the variant' },
  { name: 'timeDays', unit: 'd', window: 'at the time', meaning: 'Mean time of the samples that are put together' },
  { name: 'cohort', unit: '', window: 'fixed', meaning: 'Cohort, or all for the whole network' },
  { name: 'isAttacker', unit: '', window: 'fixed', meaning: 'Whether the cohort attacks' },
  {
    name: 'replications',
    unit: 'replications',
    window: 'fixed',
    meaning: `Replications that it is a mean of, the first ${seriesReplicationsMost} at most`,
  },
];

/** Columns of the samples that tell which they are. */
const keys: readonly string[] = ['replication', 'timeDays', 'cohort'];

interface Sum {
  readonly cohort: string;
  readonly sums: Float64Array;
  readonly counts: Uint32Array;
}

/**
 * The course of each variant: samples by cohort, put together in stretches of time and averaged over replications.
 *
 * @param samplesOf the table `timeseries` of a run; undefined where it wasn't kept
 */
export function seriesTable(plan: SweepPlan, samplesOf: (unit: Unit) => Table | undefined): Table | undefined {
  const replications = Math.min(plan.request.replications, seriesReplicationsMost);
  let columns: readonly Column[] | undefined;
  const rows: Cell[][] = [];
  for (const [point, { cells, scenario }] of plan.points.entries()) {
    const { fleet, horizon, registry } = unpack(scenario, plan.allowPaths, { withTraces: false }).scenario;
    const sums = new Map<string, Sum>();
    let found = 0;
    for (let replication = 1; replication <= replications; replication++) {
      const samples = samplesOf({ point, replication });
      if (samples === undefined) continue;
      found++;
      columns ??= samples.columns.filter(({ name }) => !keys.includes(name));
      addSamples(samples, columns, horizon / secondsPerDay, sums);
    }
    for (const { cohort, sums: totals, counts } of sums.values()) {
      const means = Array.from(totals, (sum, at): Cell => (counts[at] === 0 ? null : sum / counts[at]!));
      const settings = fleet[cohort];
      const isAttacker = settings !== undefined && registry.isAttackers(settings);
      rows.push([point + 1, cells[0]!, means[0]!, cohort, isAttacker, found, ...means.slice(1)]);
    }
  }
  if (columns === undefined) return undefined;
  const means = columns.map((column) => ({ ...column, meaning: `${column.meaning}; mean` }));
  return {
    name: 'series',
    meaning: 'The course of each variant, averaged over replications',
    columns: [...known, ...means],
    rowCount: rows.length,
    rows: () => rows,
  };
}

/** Adds the samples of a run, by stretch of time and cohort; the first sum is that of the time. */
function addSamples(samples: Table, columns: readonly Column[], horizonDays: number, sums: Map<string, Sum>): void {
  const placeOf = (name: string) => samples.columns.findIndex((column) => column.name === name);
  const [time, cohortAt] = [placeOf('timeDays'), placeOf('cohort')];
  const places = [time, ...columns.map(({ name }) => placeOf(name))];
  for (const row of samples.rows()) {
    const cohort = String(row[cohortAt]);
    const bin = Math.min(timesMost - 1, Math.floor(((row[time] as number) / horizonDays) * timesMost));
    const key = `${bin} ${cohort}`;
    let own = sums.get(key);
    if (own === undefined) {
      own = { cohort, sums: new Float64Array(places.length), counts: new Uint32Array(places.length) };
      sums.set(key, own);
    }
    for (const [at, place] of places.entries()) {
      const cell = row[place];
      if (typeof cell !== 'number') continue;
      own.sums[at]! += cell;
      own.counts[at]! += 1;
    }
  }
}
