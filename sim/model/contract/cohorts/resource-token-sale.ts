import { z } from 'zod';
import { duration, partName, tokens } from '../settings.js';

/** The setting `sellsResourceTokens` of a cohort: to whom, when, at which price. */
export const resourceTokenSaleSchema = z
  .strictObject({
    to: partName.describe('Cohort whose nodes buy, one token each: those without one first'),
    at: duration({ meaning: 'When they change hands' }),
    price: tokens({ meaning: 'What a buyer’s operator pays the seller’s for one; who can’t doesn’t get it' }).default(
      0,
    ),
  })
  .describe(
    'Sale of the resource tokens that the cohort’s nodes hold (protocol.stake.resourceToken): its nodes get no work ' +
      'from then on, and who buys declares the hardware that is attested, whatever its own machine is; default: none',
  );

/** A sale as it is planned. */
export interface ResourceTokenSale {
  /** Cohort that buys, an index. */
  readonly to: number;
  /** [s] */
  readonly at: number;
  /** Of each [micro-tokens] */
  readonly price: number;
}
