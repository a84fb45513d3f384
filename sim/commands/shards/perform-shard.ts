import { toNumber } from '../../../reports/figure.js';
import { type Point, Runner, type RunnerOptions } from '../../experiment/pool/runner.js';
import { Workspace } from '../../experiment/pool/workspace.js';
import {
  checkShardTarget,
  isDone,
  type Shard,
  sealShard,
  shardFolder,
  unitsOfShard,
} from '../../experiment/shards/shard.js';
import { isFailure, type Unit } from '../../experiment/work/outcome.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import { ExitCode } from '../line/exit-code.js';
import { toExperimentFailure } from '../line/experiment.js';
import { hearInterrupts } from '../line/interrupt.js';
import { createExperimentProgress } from '../terminal/experiment-progress.js';
import type { Terminal } from '../terminal/terminal.js';

/** An experiment of which a shard is to be done. */
export interface ShardedExperiment {
  readonly kind: 'sweep' | 'run';
  /** The hash of all that its results depend on. */
  readonly identity: string;
  readonly points: readonly Point[];
  /** All of its runs, in their order. */
  readonly units: readonly Unit[];
  /** What it asks for; plain data, of which `sim merge` makes the same experiment. */
  readonly asked: Record<string, unknown>;
  /** Where the tables of a run are to be written, if they are wanted. */
  readonly tablesOf?: (workspace: Workspace, unit: Unit) => string | undefined;
  /** The command that does one run alone. */
  readonly commandOf: (unit: Unit) => string;
  /** The command that does this shard. */
  readonly command: string;
}

interface ShardHow {
  /** That of the whole experiment; the shard's is beside it. */
  readonly folder: string;
  readonly shard: Shard;
  readonly force: boolean;
  readonly resume: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
  readonly running: RunnerOptions;
}

/** Does one of n parts of an experiment and leaves its results in a folder; 1 if a run failed, the others are there. */
export async function performShard(one: ShardedExperiment, how: ShardHow, terminal: Terminal): Promise<number> {
  const { shard } = how;
  const folder = shardFolder(how.folder, shard);
  const { kind, identity, points, asked } = one;
  const units = unitsOfShard(one.units, shard);
  const interrupt = hearInterrupts();
  try {
    checkShardTarget(folder, how.force);
    if (how.resume && !Workspace.isUnfinished(folder) && isDone(folder, { kind, identity, ...shard, asked })) {
      terminal.print(`shard ${shard.number} of ${shard.of} is done already`);
      terminal.print(`folder ${folder}; sim merge puts all ${shard.of} together`);
      return ExitCode.fine;
    }
    const workspace = Workspace.open(folder, identity, how);
    const { tablesOf } = one;
    const runner = new Runner(points, {
      ...how.running,
      journal: workspace.journal,
      ...(tablesOf === undefined ? {} : { tablesOf: (unit: Unit) => tablesOf(workspace, unit) }),
      signal: interrupt.signal,
      now: interrupt.again,
      ...(how.quiet ? {} : { onProgress: createExperimentProgress(terminal) }),
    });
    let failed = 0;
    try {
      const results = await runner.run(units);
      terminal.show('');
      for (const [place, result] of results.entries()) {
        if (!isFailure(result)) continue;
        failed++;
        const { point, replication } = units[place]!;
        const where = points.length === 1 ? '' : `point ${point + 1}, `;
        terminal.say(`${where}replication ${replication} (seed ${result.seed}) failed: ${result.failed}`);
        terminal.say(`to reproduce: ${one.commandOf(units[place]!)}`);
      }
    } finally {
      await runner.close();
    }
    sealShard(workspace, folder, { kind, identity, ...shard, units: one.units.length, folder: how.folder, asked });
    const counts = { shard: `${shard.number}/${shard.of}`, folder, runs: units.length, failed };
    if (how.json) terminal.print(toJsonLine(counts));
    else {
      terminal.print(
        `shard ${shard.number} of ${shard.of}: ${toNumber(units.length)} of ${toNumber(one.units.length)} runs`,
      );
      terminal.print(`folder ${folder}; sim merge puts all ${shard.of} together`);
    }
    return failed === 0 ? ExitCode.fine : ExitCode.internalError;
  } catch (error) {
    terminal.show('');
    throw toExperimentFailure(error, folder, false, one.command);
  } finally {
    terminal.show('');
    interrupt.release();
  }
}
