import { type DifferingSetting, differingSettings } from '../../findings/comparison/differing-settings.js';
import { type RunRow, runColumns } from '../../record/tables/runs.js';
import { type ColumnOf, cellOf, type Table, tableOf } from '../../record/tables/table.js';
import { failuresTable } from '../failures.js';
import { metricsOf } from '../work/known-metrics.js';
import type { Compared, ComparedSide, Difference } from './compare.js';

interface Labelled {
  /** What the side is called. */
  readonly scenario: string;
}

const scenarioColumn: ColumnOf<Labelled> = {
  name: 'scenario',
  unit: '',
  window: 'fixed',
  meaning: 'What the scenario is called in the comparison',
  value: ({ scenario }) => scenario,
};

/** A row for each run that came to an end. */
function comparedRunsTable(sides: readonly ComparedSide[]): Table {
  type Row = Labelled & { readonly run: RunRow };
  const rows = sides.flatMap(({ label, runs }) => runs.map((run): Row => ({ scenario: label, run })));
  const columns = runColumns(metricsOf(sides.map(({ scenario }) => scenario)));
  const ofRun = columns.map((column): ColumnOf<Row> => ({ ...column, value: ({ run }) => column.value(run) }));
  return tableOf('runs', 'A row a scenario and replication, a column a metric', [scenarioColumn, ...ofRun], rows);
}

const ofMetric = { unit: 'the metric’s', window: 'the metric’s' } as const;
const text = { unit: '', window: 'fixed' } as const;

const differenceColumns: readonly ColumnOf<Difference & Labelled>[] = [
  { ...scenarioColumn, meaning: 'What the scenario that is compared with the first is called' },
  { name: 'metric', ...text, meaning: 'Name of the metric, a column of runs.csv', value: ({ metric }) => metric },
  {
    name: 'unit',
    ...text,
    meaning: 'Unit of base, value, difference and its interval',
    value: ({ metricUnit }) => metricUnit,
  },
  {
    name: 'base',
    ...ofMetric,
    meaning: 'Mean of the first scenario over the seeds of which both can tell it',
    value: ({ before }) => cellOf(before),
  },
  { name: 'value', ...ofMetric, meaning: 'The same of this scenario', value: ({ now }) => cellOf(now) },
  {
    name: 'difference',
    ...ofMetric,
    meaning: 'Mean of value less base, seed by seed; empty where no seed has both',
    value: ({ difference }) => cellOf(difference),
  },
  {
    name: 'low',
    ...ofMetric,
    meaning:
      'Lower end of the interval of the difference, at the level that manifest.json names; empty for too few pairs',
    value: ({ interval }) => cellOf(interval.low),
  },
  { name: 'high', ...ofMetric, meaning: 'Its upper end', value: ({ interval }) => cellOf(interval.high) },
  { name: 'n', unit: 'replications', window: 'fixed', meaning: 'Seeds of which both can tell it', value: ({ n }) => n },
  {
    name: 'isChanged',
    ...text,
    meaning: 'Whether the interval leaves out 0; empty where the pairs are too few to tell it from chance',
    value: ({ isChanged }) => isChanged,
  },
];

function differencesTable({ sides, differences }: Compared): Table {
  const rows = differences.map((one) => ({ ...one, scenario: sides[one.side]!.label }));
  return tableOf('differences', 'Each metric of each scenario less that of the first', differenceColumns, rows);
}

interface SettingRow extends Labelled {
  readonly setting: string;
  readonly value: string;
}

const settingColumns: readonly ColumnOf<SettingRow>[] = [
  {
    name: 'setting',
    ...text,
    meaning: 'Path of a setting that isn’t the same in all',
    value: ({ setting }) => setting,
  },
  scenarioColumn,
  { name: 'value', ...text, meaning: 'As the scenario has it; a dash for none', value: ({ value }) => value },
];

function settingsTable(sides: readonly ComparedSide[]): Table {
  const rows = differingSettings(sides).flatMap(({ path, values }: DifferingSetting) => {
    return values.map((value, place): SettingRow => ({ setting: path, scenario: sides[place]!.label, value }));
  });
  return tableOf('settings', 'Settings in which the scenarios differ', settingColumns, rows);
}

function comparedFailuresTable(sides: readonly ComparedSide[]): Table {
  const labels = sides.flatMap(({ label, failures }) => failures.map(() => label));
  const table = failuresTable(sides.flatMap(({ failures }) => failures));
  return {
    ...table,
    columns: [scenarioColumn, ...table.columns],
    *rows() {
      let place = 0;
      for (const row of table.rows()) yield [labels[place++]!, ...row];
    },
  };
}

/** All that a comparison tells. */
export function comparisonTables(compared: Compared): readonly Table[] {
  const { sides } = compared;
  return [comparedRunsTable(sides), differencesTable(compared), settingsTable(sides), comparedFailuresTable(sides)];
}
