import { z } from 'zod';
import { nodesMost } from '../../columns/nodes.js';
import { choice, count, duration, tokens } from '../../contract/settings.js';

/** A limited number of places, or none: Bittensor's subnets have them, and push out who scores least. */
export const placesSchema = z
  .union(
    [
      z.literal('none'),
      z.strictObject({
        most: count({
          least: 1,
          most: nodesMost,
          unit: 'nodes',
          meaning: 'Places: identities that can be in the network at a time, whatever they declare',
        }),
        price: tokens({
          meaning: 'Price of entering a full network, out of the operator’s funds, besides stake and identity fee',
        }).default(1),
        priceTo: choice(['burn', 'treasury'], { meaning: 'Who gets the price' }).default('burn'),
        immunity: duration({
          meaning: 'Time from its entry, excluded, in which a node can’t be pushed out',
        }).prefault('1d'),
      }),
    ],
    'expected none or {most: …, price: …, immunity: …}',
  )
  .describe(
    'A limited number of places, or none: who enters a full network pushes out the node of the lowest score that ' +
      'isn’t immune, of equals the one that came first, and is refused if there is none',
  )
  .default('none');
