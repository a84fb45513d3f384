import { quantileSorted } from '../../kernels/quantile.js';
import type { RecordFile } from './record-file.js';
import type { FleetTrace, TraceFigure } from './trace.js';

/**
 * What sums up a month of the format `golem-2019`.
 *
 * The lengths of sessions are left out if the records see none from start to end.
 */
export function figuresOfGolem2019(
  trace: Omit<FleetTrace, 'figures'>,
  sessions: RecordFile,
  outcomes: RecordFile,
): readonly TraceFigure[] {
  const { offsets, snapshotOnline: online } = trace;
  const lengths = uncensoredHours(sessions);
  const absent = trace.names.filter((_, machine) => offsets[machine] === offsets[machine + 1]).length;
  const active = new Set(outcomes.names('node').filter((_, row) => outcomeCount(outcomes, row) > 0)).size;
  const negative = negativeCells(outcomes);
  return [
    figure('providers', 'nodes', trace.names.length, 'Providers seen in the month'),
    figure('providersWithoutSessions', 'nodes', absent, 'Providers that never come up'),
    figure('providersWithoutOutcomes', 'nodes', trace.names.length - active, 'Providers with no outcome in the month'),
    figure('sessions', 'sessions', sessions.rowCount, 'Unbroken presences of a provider'),
    figure('uncensoredSessions', 'sessions', lengths.length, 'Sessions that begin and end between snapshots'),
    ...(lengths.length === 0
      ? []
      : [
          figure('uncensoredSessionMeanHours', 'h', mean(lengths), 'Mean length of uncensored sessions'),
          figure('uncensoredSessionMedianHours', 'h', median(lengths), 'Median length of uncensored sessions'),
        ]),
    figure('snapshots', 'snapshots', online.length, 'Hourly counts of providers online'),
    figure('onlineMean', 'nodes', mean(online), 'Mean of providers online over the snapshots'),
    figure(
      'onlineMin',
      'nodes',
      online.reduce((least, nodes) => Math.min(least, nodes)),
      'Fewest providers online',
    ),
    figure(
      'onlineMax',
      'nodes',
      online.reduce((most, nodes) => Math.max(most, nodes)),
      'Most providers online',
    ),
    figure(
      'snapshotsUnequal',
      'snapshots',
      unequalSnapshots(trace),
      'Snapshots whose count the sessions don’t add up to',
    ),
    figure('outcomesSuccess', 'attempts', sumOfRises(outcomes, 'd_success'), 'Attempts that ended with a result'),
    figure('outcomesError', 'attempts', sumOfRises(outcomes, 'd_error'), 'Attempts that ended with an error'),
    figure('outcomesTimeout', 'attempts', sumOfRises(outcomes, 'd_timeout'), 'Attempts that took too long'),
    figure('negativeCells', 'cells', negative.cells, 'Negative changes of a counter, counted as 0'),
    figure('negativeRows', 'rows', negative.rows, 'Rows of outcomes with a negative change'),
  ];
}

const outcomeColumns = ['d_success', 'd_error', 'd_timeout'] as const;

function figure(name: string, unit: string, value: number, meaning: string): TraceFigure {
  return { name, unit, value, meaning };
}

/** Lengths of the sessions that the records see from start to end [h]: an hour for each snapshot they appear in. */
function uncensoredHours(sessions: RecordFile): readonly number[] {
  const left = sessions.numbers('left_censored');
  const right = sessions.numbers('right_censored');
  return sessions.numbers('snapshots').filter((_, row) => left[row] === 0 && right[row] === 0);
}

function outcomeCount(outcomes: RecordFile, row: number): number {
  return outcomeColumns.reduce((sum, column) => sum + Math.max(0, outcomes.numbers(column)[row]!), 0);
}

function sumOfRises(outcomes: RecordFile, column: string): number {
  return outcomes.numbers(column).reduce((sum, change) => sum + Math.max(0, change), 0);
}

function negativeCells(outcomes: RecordFile): { readonly cells: number; readonly rows: number } {
  let cells = 0;
  let rows = 0;
  for (let row = 0; row < outcomes.rowCount; row++) {
    const inRow = outcomeColumns.filter((column) => outcomes.numbers(column)[row]! < 0).length;
    cells += inRow;
    if (inRow > 0) rows++;
  }
  return { cells, rows };
}

/** Snapshots at which not as many machines are up in the replay as the records counted. */
function unequalSnapshots({ starts, ends, snapshotTimes, snapshotOnline }: Omit<FleetTrace, 'figures'>): number {
  const startsInOrder = starts.toSorted();
  const endsInOrder = ends.toSorted();
  let begun = 0;
  let over = 0;
  let unequal = 0;
  snapshotTimes.forEach((time, snapshot) => {
    while (begun < startsInOrder.length && startsInOrder[begun]! <= time) begun++;
    while (over < endsInOrder.length && endsInOrder[over]! <= time) over++;
    if (begun - over !== snapshotOnline[snapshot]) unequal++;
  });
  return unequal;
}

function mean(values: Int32Array | readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function median(values: readonly number[]): number {
  return quantileSorted(
    values.toSorted((a, b) => a - b),
    0.5,
  );
}
