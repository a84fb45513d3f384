import type { SlashDestination } from '../columns/rules.js';

/** What slashed tokens come to, by where they go; together the amount [micro-tokens]. */
export interface SlashParts {
  readonly burned: number;
  readonly insurance: number;
  readonly treasury: number;
}

/** Splits by cumulative floor, the remainder to the treasury; so does a challenger's share, as nobody challenges. */
export function slashParts(amount: number, { burn, challenger, insurance }: SlashDestination): SlashParts {
  const burned = Math.floor(amount * burn);
  const challengerUntil = Math.floor(amount * Math.min(1, burn + challenger));
  const insuranceUntil = Math.floor(amount * Math.min(1, burn + challenger + insurance));
  return {
    burned,
    insurance: insuranceUntil - challengerUntil,
    treasury: challengerUntil - burned + (amount - insuranceUntil),
  };
}
