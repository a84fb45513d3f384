import type { Outline, Remark, Standing } from '../definition.js';
import { toDuration } from '../settings.js';
import { roundTokens } from '../units.js';

/*
 * What strategies can need of a network before they can act at all, as remarks on the strategy as a whole; each
 * strategy says by itself which of these it needs, and what comes of it where it lacks.
 */

/** Where nobody is asked about attempts. @param why such as `so that it slanders nobody` */
export function needsWitnesses({ witnesses }: Outline, why: string): readonly Remark[] {
  if (witnesses > 0) return [];
  return [{ setting: '', expected: 'a verification scheme that asks witnesses', found: 'none', why }];
}

/** Where neither witnesses nor jurors of disputes are asked. */
export function needsVoters({ witnesses, jurors }: Outline, why: string): readonly Remark[] {
  if (witnesses + jurors > 0) return [];
  return [{ setting: '', expected: 'a verification scheme that asks witnesses or jurors', found: 'none', why }];
}

/** Where whoever assigns jobs passes over what nodes ask for. @param setting that says what this strategy asks */
export function needsBids({ heedsBids }: Outline, setting: string, found: string): readonly Remark[] {
  if (heedsBids) return [];
  const expected = 'an assignment policy that goes by bids, such as cheapest or weighted-bids';
  return [{ setting, expected, found, why: 'so that asking for less brings it no more work' }];
}

/** Where an operator hasn't the tokens for one more identity, which it pays before it can take its stake back. */
export function needsEntryFunds(
  { identityFee }: Outline,
  { stake, fromPurse }: Standing,
  funds: number,
): readonly Remark[] {
  const price = stake + identityFee;
  if (Math.max(funds, fromPurse) >= price) return [];
  const expected = `funds of at least ${roundTokens(price)} tokens an operator, stake and fee of an identity`;
  const why = 'so that it enters under no other name before it earns otherwise';
  return [{ setting: '', expected, found: `${roundTokens(funds)} tokens`, why }];
}

/** Where no epoch ends before the horizon, for who acts at epochs' ends alone. */
export function needsEpochs({ epochSeconds, horizonSeconds }: Outline): readonly Remark[] {
  if (epochSeconds < horizonSeconds) return [];
  const expected = `an epoch that ends before the horizon, ${toDuration(horizonSeconds)}`;
  return [{ setting: '', expected, found: toDuration(epochSeconds), why: 'so that it never acts' }];
}
