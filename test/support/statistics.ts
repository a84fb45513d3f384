/** Mean of independent figures and its standard error, from their own spread. */
export function meanAndError(values: readonly number[]): { mean: number; error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/** Distance of the mean of independent figures from what theory says, in standard errors. */
export function errorsFrom(values: readonly number[], expected: number): number {
  const { mean, error } = meanAndError(values);
  return (mean - expected) / error;
}

/** Distance of a count of successes among independent trials from its expectation, in standard errors. */
export function binomialErrors(successes: number, trials: number, probability: number): number {
  return (successes - trials * probability) / Math.sqrt(trials * probability * (1 - probability));
}

/** Pearson's statistic, and its distance from its expectation in standard deviations. */
export function chiSquared(counts: readonly number[], shares: readonly number[]): { errors: number } {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const weight = shares.reduce((sum, share) => sum + share, 0);
  const statistic = counts.reduce((sum, count, index) => {
    const expected = (total * shares[index]!) / weight;
    return sum + (count - expected) ** 2 / expected;
  }, 0);
  const degrees = counts.length - 1;
  return { errors: (statistic - degrees) / Math.sqrt(2 * degrees) };
}

/** Seeds of the statistical tests: twenty, fixed. */
export const twentySeeds = Array.from({ length: 20 }, (_, index) => `theory-${index + 1}`);
