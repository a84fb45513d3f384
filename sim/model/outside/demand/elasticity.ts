import { z } from 'zod';
import { exp, log } from '../../../engine/math.js';
import { choice, quantity } from '../../contract/settings.js';
import { microTokens } from '../../contract/units.js';

const elasticSchema = z.strictObject({
  exponent: quantity({
    above: 0,
    most: 20,
    unit: '1',
    meaning: 'Price elasticity e of demand: at a price p (p/reference)^−e as many jobs come as at the reference',
  }).default(1),
  price: choice(['fee', 'paid'], {
    meaning:
      'Price that clients look at, in USD as the token stands: the whole fee; or what the workload’s accepted jobs ' +
      'cost on average in the latest epoch that had any, bids and boosts counted',
  }).default('fee'),
  reference: quantity({
    above: 0,
    most: 1_000_000,
    unit: 'USD',
    meaning: 'Price at which as many jobs come as `arrivals` says; default: the fee, at the token’s price at the start',
  }).optional(),
  most: quantity({
    least: 1,
    most: 100,
    unit: '1',
    meaning: 'How many times the arrivals at the reference come at most, however low the price',
  }).default(4),
});

/** The setting `elasticity` of a workload. */
export const elasticitySchema = z
  .union([z.literal('none'), elasticSchema], 'expected none or {exponent: …, price: …, reference: …, most: …}')
  .describe('How demand reacts to the price of a job; none: it doesn’t')
  .default('none');

/** How a workload's demand reacts to the price. */
export interface ElasticitySettings {
  /** Above 0. */
  readonly exponent: number;
  readonly price: 'fee' | 'paid';
  /** Above 0 [USD]. */
  readonly referenceUsd: number;
  /** 1 or more. */
  readonly most: number;
}

/**
 * Demand of constant elasticity, as clients of whom each has a price that he would still pay.
 *
 * Of as many as would come at most, each has a reservation price with the tail (p/reference)^−e ÷ most, and comes if
 * what a job costs is below it. So who would come is the same whatever the network does, and a lower price adds some
 * and loses nobody.
 */
export class Elasticity {
  readonly settings: ElasticitySettings;
  /** Clients who found it too dear so far. */
  declined = 0;
  /** Mean price of accepted jobs, in the latest epoch that had any [micro-tokens]. */
  #lastPaid: number;
  #paid = 0;
  #jobs = 0;

  /** @param fee of a job, which counts until one was paid for [micro-tokens] */
  constructor(settings: ElasticitySettings, fee: number) {
    this.settings = settings;
    this.#lastPaid = fee;
  }

  /**
   * What a client would just not pay any more [USD].
   * @param luck uniform, 0 included and 1 excluded
   */
  reservationUsd(luck: number): number {
    const { exponent, most, referenceUsd } = this.settings;
    return luck === 0 ? Number.POSITIVE_INFINITY : referenceUsd * exp(-log(luck * most) / exponent);
  }

  /** What a job costs, at this price of a token [USD]. */
  priceUsd(tokenUsd: number): number {
    return (this.#lastPaid / microTokens) * tokenUsd;
  }

  /** An accepted job cost its client so much [micro-tokens]. */
  paid(amount: number): void {
    if (this.settings.price === 'fee') return;
    this.#paid += amount;
    this.#jobs++;
  }

  epochEnded(): void {
    if (this.#jobs === 0) return;
    this.#lastPaid = this.#paid / this.#jobs;
    this.#paid = 0;
    this.#jobs = 0;
  }
}
