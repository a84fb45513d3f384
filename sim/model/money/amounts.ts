/** Throws unless it is a whole amount from 0 to `most` [micro-tokens]: an error of this program. */
export function checkAmount(amount: number, most: number, what: string): void {
  if (amount >= 0 && amount <= most && Math.floor(amount) === amount) return;
  throw new Error(`${what}: expected a whole amount from 0 to ${most} micro-tokens, found ${amount}`);
}
