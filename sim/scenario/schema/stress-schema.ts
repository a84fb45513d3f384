import { z } from 'zod';
import { partName } from '../../model/contract/settings.js';
import { bugSchema, bugsMost } from '../../model/outside/bugs.js';
import { partitionSchema } from '../../model/outside/regions/partitions.js';
import { sharedOutageSchema } from '../../model/outside/shared-outages.js';
import { catalogue } from './catalogue.js';

/** What befalls many machines together, whoever owns them. */
export function stressSchema() {
  const { hardware, regionSets } = catalogue();
  const places = {
    regions: [...new Set(Object.values(regionSets).flatMap((set) => set.regions))],
    hardware: Object.keys(hardware),
  };
  return z.strictObject({
    outages: z
      .record(partName, sharedOutageSchema(places))
      .describe('Outages of regions, providers or hardware classes, by name')
      .default({}),
    bugs: z
      .record(partName, bugSchema(places))
      .refine((bugs) => Object.keys(bugs).length <= bugsMost, `expected at most ${bugsMost} bugs`)
      .describe('Bugs of the client software, by name')
      .default({}),
    partitions: z
      .record(partName, partitionSchema(places.regions))
      .describe('Partitions between regions, by name')
      .default({}),
  });
}
