import { z } from 'zod';
import { nodesMost } from '../../columns/nodes.js';
import { count, probability, quantity } from '../settings.js';

const margin = (meaning: string) =>
  quantity({ least: -1_000, most: 1_000, unit: 'of the costs', meaning: `Profit over the window, ${meaning}` });

const leavesSchema = z.strictObject({
  below: margin('as a share of its costs, excluded, below which an operator may leave').default(0),
  probability: probability({
    meaning: 'Probability that an operator who is below leaves, with all of its nodes, at an end of an epoch',
  }).default(0.1),
});

const entersSchema = z.strictObject({
  above: margin('of the cohort as a share of its costs, excluded, above which others come').default(0),
  probability: probability({
    meaning: 'Probability that each operator who is there draws another node in, at an end of an epoch',
  }).default(0.1),
  most: count({
    least: 1,
    most: nodesMost,
    unit: 'nodes',
    meaning: 'Room for those who come so; later ones are refused',
  }),
});

/** The setting `byProfit` of a cohort: who leaves because it doesn't pay, and who comes because it does. */
export const byProfitSchema = z
  .strictObject({
    window: count({
      least: 1,
      most: 365,
      unit: 'epochs',
      meaning: 'Latest epochs over which profit and costs are reckoned; nobody leaves before having been there as long',
    }).default(7),
    leaves: z
      .union([z.literal('none'), leavesSchema], 'expected none or {below: …, probability: …}')
      .describe('Departure of operators that it doesn’t pay, or none')
      .prefault({}),
    enters: z
      .union([z.literal('none'), entersSchema], 'expected none or {above: …, probability: …, most: …}')
      .describe('Entry of nodes beyond those declared, while it pays; or none')
      .default('none'),
  })
  .refine(({ leaves, enters }) => leaves !== 'none' || enters !== 'none', 'expected leaves, or enters')
  .describe(
    'Entries and exits by profit: income less what machines, energy and locked capital cost, in USD; default: none',
  );

export type ByProfit = z.output<typeof byProfitSchema>;

/** Nodes that may come because it pays. */
export function entrantsMost(byProfit: ByProfit | undefined): number {
  return byProfit === undefined || byProfit.enters === 'none' ? 0 : byProfit.enters.most;
}
