import { handleStep } from '../../model/columns/side-by-side.js';
import { secondsPerDay } from '../../model/contract/units.js';
import type { World } from '../../model/world/world.js';
import type { Recorder } from '../recorder.js';
import { type Table, tableOf } from './table.js';

/** The figures of a trace that a replay is held against. */
export interface TraceFigures {
  readonly snapshotTimes: Float64Array;
  readonly snapshotOnline: Int32Array;
  readonly figures: readonly {
    readonly name: string;
    readonly unit: string;
    readonly value: number;
    readonly meaning: string;
  }[];
}

/** The replayed fleet beside the trace's own counts, and the trace's figures. */
export function traceTables(trace: TraceFigures, world: World, recorder: Recorder): readonly Table[] {
  const counts = recorder.snapshotCounts;
  const { snapshotCohort } = recorder.options;
  const rows = Array.from(counts, (up, index) => {
    const online = trace.snapshotOnline[index]!;
    return [trace.snapshotTimes[index]! / secondsPerDay, online, up, up - online];
  });
  let replayed = 0;
  let sessions = 0;
  for (let machine = 0; machine < world.machines.end; machine += handleStep) {
    if (world.machines.cohort[machine] !== snapshotCohort || world.machines.hasEntered[machine] === 0) continue;
    replayed++;
    sessions += world.machines.outageNumber[machine]! + world.machines.isUp[machine]!;
  }
  const matching = rows.filter((row) => row[3] === 0).length;
  const figures = [
    ...trace.figures.map(({ name, unit, value, meaning }) => [name, unit, value, `Trace: ${meaning}`]),
    ['replayedProviders', 'machines', replayed, 'Replay: machines that came up at least once'],
    ['replayedSessions', 'sessions', sessions, 'Replay: sessions that began up to the horizon'],
    ['snapshotsCompared', 'snapshots', rows.length, 'Replay: snapshots up to the horizon'],
    ['snapshotsEqual', 'snapshots', matching, 'Replay: snapshots at which machines up equal the trace’s nodes online'],
  ];
  return [
    tableOf(
      'trace-snapshots',
      'Machines up in the replay beside the trace’s count, at each of its snapshots',
      [
        { name: 'timeDays', unit: 'd', meaning: 'Time since the first snapshot' },
        { name: 'nodesOnlineTrace', unit: 'nodes', meaning: 'Nodes online as the trace counted them' },
        { name: 'machinesUp', unit: 'machines', meaning: 'Machines up in the replay, those of ejected nodes included' },
        { name: 'difference', unit: 'machines', meaning: 'machinesUp − nodesOnlineTrace' },
      ],
      rows,
    ),
    tableOf(
      'trace-figures',
      'Figures of the trace, and of its replay',
      [
        { name: 'figure', unit: '', meaning: 'Name of the figure' },
        { name: 'unit', unit: '', meaning: 'Unit of value' },
        { name: 'value', unit: 'the figure’s', meaning: 'Its value' },
        { name: 'meaning', unit: '', meaning: 'What was counted' },
      ],
      figures,
    ),
  ];
}
