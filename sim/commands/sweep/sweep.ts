import { join } from 'node:path';
import { askedSweep } from '../../experiment/sweep/asked.js';
import { planSweep } from '../../experiment/sweep/plan.js';
import type { SweepArguments } from '../declarations/sweep.js';
import { folderName, loadForRun } from '../run/perform-run.js';
import type { Terminal } from '../terminal/terminal.js';
import { performSweep } from './perform-sweep.js';

/** `sim sweep`: runs a scenario at many points, and says where its expectations turn; 1 if a run failed. */
export async function sweepCommand(options: SweepArguments, terminal: Terminal): Promise<number> {
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
  return (await performSweep(plan, { ...options, folder, command }, terminal)).code;
}

/** The words of the scenario and what is laid over it. */
function givenWords({ scenario, set, 'allow-path': allowPath }: SweepArguments): readonly string[] {
  return [scenario, ...repeated('--set', set), ...repeated('--allow-path', allowPath)];
}

const repeated = (option: string, given: readonly string[]) => given.flatMap((one) => [option, one]);
