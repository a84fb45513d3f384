import { join } from 'node:path';
import { z } from 'zod';
import { throughputLeast, throughputMost } from '../../model/columns/hardware.js';
import {
  choice,
  count,
  distribution,
  duration,
  flag,
  probability,
  quantity,
  text,
  tokens,
  usd,
} from '../../model/contract/settings.js';
import { packageRoot } from '../../package.js';
import { checkSource } from '../text/check.js';
import { readSource } from '../text/source.js';

const deadline = z.strictObject({
  times: quantity({ above: 0, most: 1e6, unit: '1', meaning: 'Multiple of the work on the node' }).default(6),
  atLeast: duration({ meaning: 'Shortest deadline' }).default(60),
});

/** A deadline, or `none`. */
export const deadlineSchema = z.union([z.literal('none'), deadline], 'expected none or {times: …, atLeast: …}');

const hardwareClass = z.strictObject({
  label: z.string(),
  type: z.enum(['gpu', 'cpu']),
  throughput: quantity({
    least: throughputLeast,
    most: throughputMost,
    unit: 'reference cards',
    meaning: 'Throughput',
  }),
  memoryGiB: quantity({ above: 0, unit: 'GiB', meaning: 'Memory' }),
  slots: count({ least: 1, most: 65_535, meaning: 'Jobs at a time' }),
  fixedUsdPerHour: usd({ meaning: 'Owning or renting the machine, each hour' }),
  busyWatts: quantity({ least: 0, unit: 'W', meaning: 'Power when busy' }),
  idleWatts: quantity({ least: 0, unit: 'W', meaning: 'Power when idle' }),
  faultProbability: probability({ meaning: 'Probability that an honest computation is wrong' }),
  sources: z.record(z.string(), z.string()),
});

const regionSet = z.strictObject({
  source: z.string(),
  regions: z
    .array(text({ meaning: 'Name of a region' }))
    .min(1)
    .max(255),
  shares: z.array(z.number().min(0).max(1)).min(1),
  latencyMs: z.array(z.array(z.number().min(0))),
});

const jobClass = z.strictObject({
  meaning: z.string(),
  startUp: duration({ meaning: 'Time to start the container' }),
  memoryGiB: quantity({ least: 0, unit: 'GiB', meaning: 'Memory needed' }),
  needsGpu: flag({ meaning: 'Whether only GPUs can do it' }),
  needsPublicAddress: flag({ meaning: 'Whether the node must be reachable from anywhere' }),
  isRecomputable: flag({ meaning: 'Whether the result can be recomputed' }),
  answers: choice(['exact', 'numeric'], { meaning: 'Whether answers are equal or not, or numbers near one another' }),
  work: distribution({ unit: 'seconds', meaning: 'Work on the reference card' }),
  fee: tokens({ meaning: 'Fee of a job' }),
  deadline: deadlineSchema,
});

export type HardwareEntry = z.output<typeof hardwareClass>;
export type RegionSet = z.output<typeof regionSet>;
export type JobClassEntry = z.output<typeof jobClass>;

/** Hardware, regions and job classes that scenarios can name, as the package's data files list them. */
export interface Catalogue {
  readonly hardware: Readonly<Record<string, HardwareEntry>>;
  readonly regionSets: Readonly<Record<string, RegionSet>>;
  readonly jobClasses: Readonly<Record<string, JobClassEntry>>;
}

let loaded: Catalogue | undefined;

/** Reads the data files of the package, once a process. */
export function catalogue(): Catalogue {
  loaded ??= {
    hardware: checkSource(
      readSource(join(packageRoot(), 'scenarios/hardware.yaml')),
      z.record(z.string(), hardwareClass),
    ),
    regionSets: checkSource(readSource(join(packageRoot(), 'scenarios/regions.yaml')), z.record(z.string(), regionSet)),
    jobClasses: checkSource(
      readSource(join(packageRoot(), 'scenarios/workloads.yaml')),
      z.record(z.string(), jobClass),
    ),
  };
  return loaded;
}
