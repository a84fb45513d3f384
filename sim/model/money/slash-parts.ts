import type { SlashDestination } from '../columns/rules.js';

/** What becomes of slashed tokens [micro-tokens]. */
interface SlashParts {
  readonly burned: number;
  readonly challenger: number;
  readonly insurance: number;
  readonly treasury: number;
}

/** Splits by cumulative floor, the remainder to the treasury. */
export function slashParts(amount: number, { burn, challenger, insurance }: SlashDestination): SlashParts {
  const burnUntil = Math.floor(amount * burn);
  const challengerUntil = Math.floor(amount * Math.min(1, burn + challenger));
  const insuranceUntil = Math.floor(amount * Math.min(1, burn + challenger + insurance));
  return {
    burned: burnUntil,
    challenger: challengerUntil - burnUntil,
    insurance: insuranceUntil - challengerUntil,
    treasury: amount - insuranceUntil,
  };
}
