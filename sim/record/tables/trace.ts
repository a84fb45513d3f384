import { handleStep } from '../../model/columns/rows/side-by-side.js';
import { secondsPerDay } from '../../model/contract/units.js';
import type { World } from '../../model/world/world.js';
import type { Recorder } from '../recorder.js';
import { type ColumnOf, type Table, tableOf } from './table.js';

/** A number that sums up a trace, or its replay. */
interface Figure {
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly meaning: string;
}

/** The figures of a trace that a replay is held against. */
export interface TraceFigures {
  readonly snapshotTimes: Float64Array;
  readonly snapshotOnline: Int32Array;
  readonly figures: readonly Figure[];
}

/** One of the trace's counts of nodes online beside that of machines up. */
interface Snapshot {
  readonly timeSeconds: number;
  readonly online: number;
  readonly up: number;
}

const snapshotColumns: readonly ColumnOf<Snapshot>[] = [
  {
    name: 'timeDays',
    unit: 'd',
    window: 'at the time',
    meaning: 'Time since the first snapshot',
    value: ({ timeSeconds }) => timeSeconds / secondsPerDay,
  },
  {
    name: 'nodesOnlineTrace',
    unit: 'nodes',
    window: 'at the time',
    meaning: 'Nodes online as the trace counted them',
    value: ({ online }) => online,
  },
  {
    name: 'machinesUp',
    unit: 'machines',
    window: 'at the time',
    meaning: 'Machines up in the replay, those of ejected nodes included',
    value: ({ up }) => up,
  },
  {
    name: 'difference',
    unit: 'machines',
    window: 'at the time',
    meaning: 'machinesUp − nodesOnlineTrace',
    value: ({ up, online }) => up - online,
  },
];

const figureColumns: readonly ColumnOf<Figure>[] = [
  { name: 'figure', unit: '', window: 'fixed', meaning: 'Name of the figure', value: ({ name }) => name },
  { name: 'unit', unit: '', window: 'fixed', meaning: 'Unit of value', value: ({ unit }) => unit },
  { name: 'value', unit: 'the figure’s', window: 'whole run', meaning: 'Its value', value: ({ value }) => value },
  { name: 'meaning', unit: '', window: 'fixed', meaning: 'What was counted', value: ({ meaning }) => meaning },
];

/** The replayed fleet beside the trace's own counts, and the trace's figures. */
export function traceTables(trace: TraceFigures, world: World, recorder: Recorder): readonly Table[] {
  const snapshots = Array.from(recorder.snapshotCounts, (up, index): Snapshot => {
    return { timeSeconds: trace.snapshotTimes[index]!, online: trace.snapshotOnline[index]!, up };
  });
  const figures = [
    ...trace.figures.map((figure) => ({ ...figure, meaning: `Trace: ${figure.meaning}` })),
    ...replayFigures(world, recorder.options.snapshotCohort, snapshots),
  ];
  return [
    tableOf(
      'trace-snapshots',
      'Machines up in the replay beside the trace’s count, at each of its snapshots',
      snapshotColumns,
      snapshots,
    ),
    tableOf('trace-figures', 'Figures of the trace, and of its replay', figureColumns, figures),
  ];
}

function replayFigures({ machines }: World, cohort: number, snapshots: readonly Snapshot[]): readonly Figure[] {
  let replayed = 0;
  let sessions = 0;
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    if (machines.cohort[machine] !== cohort || machines.hasEntered[machine] === 0) continue;
    replayed++;
    sessions += machines.outageNumber[machine]! + machines.isUp[machine]!;
  }
  const equal = snapshots.filter(({ up, online }) => up === online).length;
  return [
    {
      name: 'replayedProviders',
      unit: 'machines',
      value: replayed,
      meaning: 'Replay: machines that came up at least once',
    },
    {
      name: 'replayedSessions',
      unit: 'sessions',
      value: sessions,
      meaning: 'Replay: sessions that began up to the horizon',
    },
    {
      name: 'snapshotsCompared',
      unit: 'snapshots',
      value: snapshots.length,
      meaning: 'Replay: snapshots up to the horizon',
    },
    {
      name: 'snapshotsEqual',
      unit: 'snapshots',
      value: equal,
      meaning: 'Replay: snapshots at which machines up equal the trace’s nodes online',
    },
  ];
}
