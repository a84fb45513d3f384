/** Micro-tokens in a token: the smallest unit on the ledger. */
export const microTokens = 1_000_000;

/** Tokens as the ledger counts them, to the nearest micro-token. */
export function toMicroTokens(tokens: number): number {
  return Math.round(tokens * microTokens);
}

/** Tokens in whole micro-tokens, to be told: what comes of adding fractions isn't shown. */
export function roundTokens(tokens: number): number {
  return toMicroTokens(tokens) / microTokens;
}

export const secondsPerMinute = 60;
export const secondsPerHour = 3_600;
export const secondsPerDay = 86_400;
/** Julian years: of 365.25 days. */
export const secondsPerYear = 31_557_600;
export const hoursPerYear = 8_766;
/** A twelfth of such a year. */
export const secondsPerMonth = 2_629_800;
