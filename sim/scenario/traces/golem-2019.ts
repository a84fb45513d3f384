/**
 * Format `golem-2019`: a month of hourly snapshots of a decentralised compute network, in four CSV files.
 *
 *   nodes_MONTH      every provider seen, once
 *   sessions_MONTH   first and last snapshot of each unbroken presence
 *   outcomes_MONTH   changes of each provider's counters of results, errors and timeouts
 *   snapshots_MONTH  time of each snapshot, and how many providers were online
 */
import { secondsPerHour } from '../../model/contract/units.js';
import { InvalidInput, toFound } from '../text/faults.js';
import { figuresOfGolem2019 } from './golem-2019-figures.js';
import { type Column, RecordFile } from './record-file.js';
import type { FleetTrace } from './trace.js';

const count: Column = { kind: 'count' };
const optionalCount: Column = { kind: 'count', isOptional: true };
const optionalAmount: Column = { kind: 'amount', isOptional: true };
const optionalEpoch: Column = { kind: 'epoch', isOptional: true };

const nodeColumns = {
  node: { kind: 'name' },
  cpu_cores: optionalCount,
  memory_kib: optionalAmount,
  disk_kib: optionalAmount,
  min_price_gnt_wei_per_h: optionalAmount,
  first_seen: optionalEpoch,
  last_seen: optionalEpoch,
  snapshots_online: optionalCount,
  sessions: optionalCount,
  availability: optionalAmount,
} satisfies Record<string, Column>;

const sessionColumns = {
  node: { kind: 'name' },
  start_epoch: { kind: 'epoch' },
  end_epoch: { kind: 'epoch' },
  snapshots: count,
  left_censored: { kind: 'flag' },
  right_censored: { kind: 'flag' },
} satisfies Record<string, Column>;

const outcomeColumns = {
  node: { kind: 'name' },
  epoch: { kind: 'epoch' },
  d_success: { kind: 'change' },
  d_error: { kind: 'change' },
  d_timeout: { kind: 'change' },
} satisfies Record<string, Column>;

const snapshotColumns = { epoch: { kind: 'epoch' }, nodes_online: count } satisfies Record<string, Column>;

/** From one snapshot to the next, but for the few that the records took early or late [s]. */
const intervalSeconds = secondsPerHour;

/** Sessions by machine and time, as FleetTrace has them, but in seconds since 1970. */
interface Sessions {
  readonly offsets: Int32Array;
  readonly starts: Float64Array;
  readonly ends: Float64Array;
}

/**
 * Loads a month of the format `golem-2019` from a folder.
 *
 * A machine is up from a session's start until the first snapshot after its end, or for an hour more if it ends at the
 * last snapshot. Of a provider's outcomes, the share of results is its `completion`; negative changes, which resets of
 * a counter leave, count as 0. Times are cut to whole seconds. Throws InvalidInput with every fault of every file, at
 * most 20 lines a file.
 *
 * @param month such as `2019-01`
 * @param completionWithoutOutcomes completion of providers without outcomes; default: the share of results in all
 *   outcomes of January 2019 (0.9549), rounded
 */
export function loadGolem2019(folder: string, month: string, completionWithoutOutcomes = 0.955): FleetTrace {
  if (!/^\d{4}-\d{2}$/.test(month)) {
    throw new InvalidInput([{ path: 'month', expected: 'a month such as 2019-01', found: toFound(month) }]);
  }
  const nodes = new RecordFile(folder, `nodes_${month}.csv`, nodeColumns);
  const sessions = new RecordFile(folder, `sessions_${month}.csv`, sessionColumns);
  const outcomes = new RecordFile(folder, `outcomes_${month}.csv`, outcomeColumns);
  const snapshots = new RecordFile(folder, `snapshots_${month}.csv`, snapshotColumns);
  const files = [nodes, sessions, outcomes, snapshots];

  const machines = machinesByName(nodes);
  refuseEmpty(nodes);
  refuseUnknown(sessions, nodes, machines);
  refuseUnknown(outcomes, nodes, machines);
  refuseFallingTimes(snapshots);
  refuseEmpty(snapshots);
  refuseLacking(sessions, snapshots, 'nodes_online');
  refuseLacking(outcomes, sessions, 'snapshots');
  const epochs = snapshots.isSound ? Float64Array.from(snapshots.numbers('epoch')) : null;
  const replayed = replaySessions(sessions, machines, epochs);
  const faults = files.flatMap((file) => file.faults());
  if (faults.length > 0 || epochs === null) throw new InvalidInput(faults);

  const origin = epochs[0]!;
  const { offsets } = replayed;
  const starts = replayed.starts.map((epoch) => epoch - origin);
  const names = nodes.names('node');
  const trace = {
    format: 'golem-2019',
    names,
    joinAt: Float64Array.from(names, (_, machine) =>
      offsets[machine]! < offsets[machine + 1]! ? starts[offsets[machine]!]! : Number.POSITIVE_INFINITY,
    ),
    completion: completionOf(outcomes, machines, completionWithoutOutcomes),
    offsets,
    starts,
    ends: replayed.ends.map((epoch) => epoch - origin),
    snapshotTimes: epochs.map((epoch) => epoch - origin),
    snapshotOnline: Int32Array.from(snapshots.numbers('nodes_online')),
    seconds: epochs.at(-1)! - origin,
    endSeconds: epochs.at(-1)! - origin + intervalSeconds,
    files: files.map(({ name, sha256 }) => ({ path: name, sha256 })),
  };
  return { ...trace, figures: figuresOfGolem2019(trace, sessions, outcomes) };
}

function machinesByName(nodes: RecordFile): ReadonlyMap<string, number> {
  const machines = new Map<string, number>();
  nodes.names('node').forEach((name, row) => {
    if (name === '') return;
    const first = machines.get(name);
    if (first === undefined) machines.set(name, row);
    else nodes.refuse(row, 'node', 'every node once', `${name}, as in line ${nodes.lines[first]}`);
  });
  return machines;
}

function refuseEmpty(file: RecordFile): void {
  if (file.isSound && file.rowCount === 0) file.refuseFile('rows under the header', 'none');
}

/** A file without rows is no record where another one has counted something. */
function refuseLacking(file: RecordFile, other: RecordFile, counts: string): void {
  const most = other.numbers(counts).reduce((sum, count) => Math.max(sum, count), 0);
  if (file.isSound && file.rowCount === 0 && most > 0) {
    file.refuseFile(`rows under the header, as ${other.name} counts up to ${most} (${counts})`, 'none');
  }
}

function refuseUnknown(file: RecordFile, nodes: RecordFile, machines: ReadonlyMap<string, number>): void {
  // Without the list of nodes, every row would be one more fault.
  if (!nodes.hasRows) return;
  file.names('node').forEach((name, row) => {
    if (name !== '' && !machines.has(name)) file.refuse(row, 'node', `a node of ${nodes.name}`, name);
  });
}

function refuseFallingTimes(snapshots: RecordFile): void {
  const epochs = snapshots.numbers('epoch');
  epochs.forEach((epoch, row) => {
    if (row === 0 || !(epoch <= epochs[row - 1]!)) return;
    snapshots.refuse(row, 'epoch', `a time after ${epochs[row - 1]}`, String(epoch));
  });
}

/** Puts sessions in order; refuses those that end before they start, overlap, or leave the time of the snapshots. */
function replaySessions(
  sessions: RecordFile,
  machines: ReadonlyMap<string, number>,
  epochs: Float64Array | null,
): Sessions {
  const startOf = sessions.numbers('start_epoch');
  const endOf = sessions.numbers('end_epoch');
  const machineOf = sessions.names('node').map((name) => machines.get(name));
  const rows: number[] = [];
  machineOf.forEach((machine, row) => {
    const start = startOf[row]!;
    const end = endOf[row]!;
    if (end < start) sessions.refuse(row, 'end_epoch', `a time from start_epoch, ${start}`, String(end));
    if (epochs !== null && start < epochs[0]!) {
      sessions.refuse(row, 'start_epoch', `a time from the first snapshot, ${epochs[0]}`, String(start));
    }
    if (epochs !== null && end > epochs.at(-1)!) {
      sessions.refuse(row, 'end_epoch', `a time up to the last snapshot, ${epochs.at(-1)}`, String(end));
    }
    if (machine !== undefined && end >= start) rows.push(row);
  });
  rows.sort((a, b) => machineOf[a]! - machineOf[b]! || startOf[a]! - startOf[b]! || a - b);

  const offsets = new Int32Array(machines.size + 1);
  const starts = new Float64Array(rows.length);
  const ends = new Float64Array(rows.length);
  rows.forEach((row, index) => {
    const machine = machineOf[row]!;
    offsets[machine + 1] = index + 1;
    starts[index] = startOf[row]!;
    ends[index] = upUntil(endOf[row]!, epochs);
    const last = rows[index - 1];
    if (last === undefined || machineOf[last] !== machine || starts[index]! >= ends[index - 1]!) return;
    const expected = `a start after the session of line ${sessions.lines[last]}, which ends at ${endOf[last]}`;
    sessions.refuse(row, 'start_epoch', expected, String(startOf[row]));
  });
  // Machines without sessions end where the one before them does.
  for (let machine = 1; machine < offsets.length; machine++) {
    offsets[machine] = Math.max(offsets[machine]!, offsets[machine - 1]!);
  }
  return { offsets, starts, ends };
}

/** The first snapshot after the end of a session, an hour after the end if it is the last (or none is known). */
function upUntil(end: number, epochs: Float64Array | null): number {
  // Without sound snapshots, only what overlaps for certain can be refused.
  if (epochs === null) return end + 1;
  let from = 0;
  let to = epochs.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (epochs[middle]! > end) to = middle;
    else from = middle + 1;
  }
  return epochs[from] ?? epochs.at(-1)! + intervalSeconds;
}

function completionOf(outcomes: RecordFile, machines: ReadonlyMap<string, number>, without: number): Float64Array {
  const results = new Float64Array(machines.size);
  const attempts = new Float64Array(machines.size);
  const names = outcomes.names('node');
  for (const column of ['d_success', 'd_error', 'd_timeout']) {
    outcomes.numbers(column).forEach((change, row) => {
      const machine = machines.get(names[row]!)!;
      const ended = Math.max(0, change);
      attempts[machine]! += ended;
      if (column === 'd_success') results[machine]! += ended;
    });
  }
  return attempts.map((all, machine) => (all === 0 ? without : results[machine]! / all));
}
