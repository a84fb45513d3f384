import { Workspace } from '../../experiment/pool/workspace.js';
import { gatherShards, readShards } from '../../experiment/shards/merge.js';
import { planSweep, unitsOf } from '../../experiment/sweep/plan.js';
import { variantAxis } from '../../experiment/sweep/request.js';
import type { Unit } from '../../experiment/work/outcome.js';
import { unpack } from '../../experiment/work/packed-scenario.js';
import { refusal } from '../../folder/file-fault.js';
import type { MergeArguments } from '../declarations/merge.js';
import { ExitCode } from '../line/exit-code.js';
import { runReplications, type ShardedRun } from '../run/replications.js';
import { performSweep, type ShardedSweep } from '../sweep/perform-sweep.js';
import { sayPlugins } from '../terminal/plugin-line.js';
import type { Terminal } from '../terminal/terminal.js';

/** `sim merge`: puts shards together; exit codes as of the command that they are parts of. */
export async function mergeCommand(options: MergeArguments, terminal: Terminal): Promise<number> {
  const shards = readShards(options.shards);
  const [{ folder: first, mark }] = shards;
  const { force, json, quiet } = options;
  const same = { force, json, quiet, 'no-charts': options['no-charts'], resume: false, 'dry-run': false } as const;
  /** Shards of traces were done where those are; what is put together says itself whether they are the same. */
  const gathered = (target: string, units: readonly Unit[]) => (identity: string) => {
    if (identity !== mark.identity) {
      throw refusal(first, 'shards of the same scenario, records and version', 'those of another');
    }
    const workspace = Workspace.open(target, identity, { force: true });
    gatherShards(shards, units, workspace);
    return workspace;
  };
  if (mark.kind === 'sweep') {
    const { request, how } = mark.asked as unknown as ShardedSweep;
    const folder = options.out ?? mark.folder;
    const allowPaths = [...how['allow-path'], ...options['allow-path']];
    const plan = planSweep(request, { allowPaths, ...sayPlugins(terminal) });
    const held = gathered(folder, unitsOf(plan));
    const performed = { ...how, ...same, 'allow-path': allowPaths, folder, workers: undefined, shard: undefined, held };
    const { code, unmet } = await performSweep(plan, performed, terminal);
    // as sim run ends, which runs variants
    const isGated = request.axes[0]!.name === variantAxis && !options['no-gate'];
    if (code !== ExitCode.fine || unmet.length === 0 || !isGated) return code;
    for (const line of unmet) terminal.say(line);
    return ExitCode.unmet;
  }
  const { scenario, overrides, replications, options: typed } = mark.asked as unknown as ShardedRun;
  const out = options.out ?? mark.folder;
  const allowPaths = [...typed['allow-path'], ...options['allow-path']];
  const units = Array.from({ length: replications }, (_, place): Unit => ({ point: 0, replication: place + 1 }));
  const loaded = { ...unpack(scenario, allowPaths, sayPlugins(terminal)), overrides };
  return runReplications(
    loaded,
    {
      ...{ ...typed, ...same, 'allow-path': allowPaths, out, precision: [], 'no-gate': options['no-gate'] },
      ...{
        twin: false,
        'replications-most': undefined,
        replication: undefined,
        variant: undefined,
        workers: undefined,
      },
      ...{ shard: undefined, watch: false, charts: false, strict: false },
    },
    terminal,
    gathered(out, units),
  );
}
