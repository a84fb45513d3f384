import { type Distribution, GREATEST_DRAW } from '../../../engine/distributions.js';
import type { KeyedDraw } from '../../../engine/random-stream.js';
import { Purpose } from '../../contract/purposes.js';

/** What a job pays and what a lie about it is worth, before and after what each has of its own. */
export interface AmountSettings {
  /** [micro-tokens] */
  readonly fee: number;
  /** [micro-tokens] */
  readonly valueAtRisk: number;
  /** By which each job's fee is multiplied; null: all pay the same. */
  readonly feeFactor: Distribution | null;
  /** By which each job's value at risk is multiplied; null: nothing of its own. */
  readonly valueFactor: Distribution | null;
  /** Whether the fee's factor multiplies the value at risk, too. */
  readonly valueFollowsFee: boolean;
}

/** All tokens that there can be [micro-tokens]: an amount beyond that is this much. */
const amountMost = 9e15;

/** What a job with this ordinal pays and has at risk, in whole micro-tokens: a function of the seed and the ordinal. */
export class Amounts {
  readonly #settings: AmountSettings;
  readonly #exogenous: KeyedDraw;

  constructor(settings: AmountSettings, exogenous: KeyedDraw) {
    this.#settings = settings;
    this.#exogenous = exogenous;
  }

  fee(ordinal: number): number {
    const { fee, feeFactor } = this.#settings;
    return feeFactor === null ? fee : whole(fee * this.#drawn(feeFactor, ordinal, Purpose.fee));
  }

  valueAtRisk(ordinal: number): number {
    const { valueAtRisk, feeFactor, valueFactor, valueFollowsFee } = this.#settings;
    if (valueAtRisk === 0 || !this.drawsValue) return valueAtRisk;
    const own = valueFactor === null ? 1 : this.#drawn(valueFactor, ordinal, Purpose.valueAtRisk);
    const fees = valueFollowsFee && feeFactor !== null ? this.#drawn(feeFactor, ordinal, Purpose.fee) : 1;
    return whole(valueAtRisk * own * fees);
  }

  /** Whether jobs differ in what they have at risk. */
  get drawsValue(): boolean {
    const { valueAtRisk, feeFactor, valueFactor, valueFollowsFee } = this.#settings;
    return valueAtRisk > 0 && (valueFactor !== null || (valueFollowsFee && feeFactor !== null));
  }

  /** What a job would have cost at a factor of 1, of one with this fee that cost so much [micro-tokens]. */
  atFactorOne(price: number, fee: number): number {
    return this.#settings.feeFactor === null || fee === 0 ? price : (price / fee) * this.#settings.fee;
  }

  /** The lowest and the highest fee that a job can have [micro-tokens]. */
  get fees(): readonly [number, number] {
    const [least, most] = feeRange(this.#settings);
    return [whole(least), whole(most)];
  }

  #drawn(factor: Distribution, ordinal: number, purpose: number): number {
    return factor.quantile(this.#exogenous.uniform(ordinal, 0, purpose));
  }
}

/** The lowest and the highest fee that a draw can give, in the unit of the fee. */
export function feeRange({
  fee,
  feeFactor,
}: {
  readonly fee: number;
  readonly feeFactor: Distribution | null | undefined;
}): readonly [number, number] {
  const [low, high] = factorRange(feeFactor);
  return [fee * low, fee * high];
}

/** The same of what is at risk. */
export function valueRange({
  valueAtRisk,
  feeFactor,
  valueFactor,
  valueFollowsFee,
}: {
  readonly valueAtRisk: number;
  readonly feeFactor: Distribution | null | undefined;
  readonly valueFactor: Distribution | null | undefined;
  readonly valueFollowsFee: boolean;
}): readonly [number, number] {
  const [least, most] = factorRange(valueFactor);
  const [low, high] = factorRange(valueFollowsFee ? feeFactor : null);
  return [valueAtRisk * least * low, valueAtRisk * most * high];
}

/** The least and the greatest factor that can be drawn. */
function factorRange(factor: Distribution | null | undefined): readonly [number, number] {
  return factor == null ? [1, 1] : [factor.quantile(0), factor.quantile(GREATEST_DRAW)];
}

function whole(amount: number): number {
  return Math.min(amountMost, Math.floor(amount));
}
