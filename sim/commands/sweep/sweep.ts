import { join } from 'node:path';
import { replicationsMost } from '../../experiment/queue/chunk.js';
import { queueAddress } from '../../experiment/queue/connection.js';
import { parseShard } from '../../experiment/shards/shard.js';
import { askedSweep } from '../../experiment/sweep/asked.js';
import { planSweep } from '../../experiment/sweep/plan.js';
import { type Fault, InvalidInput } from '../../scenario/text/faults.js';
import type { SweepArguments } from '../declarations/sweep.js';
import { folderName, loadForRun } from '../run/perform-run.js';
import type { Terminal } from '../terminal/terminal.js';
import { performSweep } from './perform-sweep.js';

/** `sim sweep`: runs a scenario at many points, and says where its expectations turn; 1 if a run failed. */
export async function sweepCommand(options: SweepArguments, terminal: Terminal): Promise<number> {
  refuseInVain(options);
  const loaded = loadForRun(options, terminal);
  const { vary, points, replications, metric } = options;
  const asked = {
    ...{ vary },
    ...(points === undefined ? {} : { points }),
    ...(replications === undefined ? {} : { replications }),
    ...(metric.length === 0 ? {} : { metrics: metric }),
  };
  // its variants are no points of this sweep
  const alone = ['run', ...givenWords(options), ...(loaded.variants.size === 0 ? [] : ['--variant', 'base'])];
  const { request, placed } = askedSweep(loaded, asked, alone);
  const plan = planSweep(request, { allowPaths: options['allow-path'], placed });
  const command = [
    'sweep',
    ...givenWords(options),
    ...repeated('--seed', options.seed === undefined ? [] : [options.seed]),
    ...repeated('--vary', vary),
    ...repeated('--points', points === undefined ? [] : [points]),
    ...repeated('--replications', replications === undefined ? [] : [`${replications}`]),
    ...repeated('--metric', metric),
  ];
  const folder = options.out ?? join('out', `${folderName(loaded.name)}-sweep`);
  const how = { ...options, folder, command };
  if (options.queue === undefined || options['dry-run']) return (await performSweep(plan, how, terminal)).code;
  const { QueuePerformer } = await import('../../experiment/queue/queue-performer.js');
  const performer = await QueuePerformer.connect(queueAddress(options.queue), { chunk: options.chunk ?? 1 });
  if (!options.quiet) {
    const { shown } = queueAddress(options.queue);
    const workers = await performer.workers();
    const some = workers === 0 ? 'no worker is there yet' : `${workers} worker${workers === 1 ? '' : 's'} there`;
    terminal.say(`runs wait at ${shown} for sim worker --queue …; ${some}`);
  }
  return (await performSweep(plan, { ...how, performer }, terminal)).code;
}

/** Options that contradict each other, or say nothing alone. */
function refuseInVain({ queue, shard, chunk, workers }: SweepArguments): void {
  const faults: Fault[] = [];
  if (queue !== undefined && shard !== undefined) {
    faults.push({ path: '--shard', expected: 'either --shard or --queue', found: 'both' });
  }
  if (queue !== undefined && workers !== undefined) {
    faults.push({
      path: '--workers',
      expected: 'none beside --queue, as its workers have their own',
      found: `${workers}`,
    });
  }
  if (queue === undefined && chunk !== undefined) {
    faults.push({ path: '--chunk', expected: '--queue beside it', found: 'none' });
  }
  if (chunk !== undefined && chunk > replicationsMost) {
    faults.push({ path: '--chunk', expected: `at most ${replicationsMost}`, found: `${chunk}` });
  }
  if (faults.length > 0) throw new InvalidInput(faults);
  if (shard !== undefined) parseShard(shard);
  if (queue !== undefined) queueAddress(queue);
}

/** The words of the scenario and what is laid over it. */
function givenWords({ scenario, set, 'allow-path': allowPath }: SweepArguments): readonly string[] {
  return [scenario, ...repeated('--set', set), ...repeated('--allow-path', allowPath)];
}

const repeated = (option: string, given: readonly string[]) => given.flatMap((one) => [option, one]);
