import { errorFunction } from 'simple-statistics';

/** Standard normal distribution function, to 1e-7. */
export function normalBelow(x: number): number {
  return (1 + errorFunction(x / Math.SQRT2)) / 2;
}

/** The expectation of a function of a standard normal variable, by the midpoint rule from −8 to 8. */
export function expectationOf(value: (z: number) => number, parts = 4_000): number {
  let sum = 0;
  for (let part = 0; part < parts; part++) {
    const z = -8 + (16 * (part + 0.5)) / parts;
    sum += (value(z) * Math.exp((-z * z) / 2) * 16) / parts;
  }
  return sum / Math.sqrt(2 * Math.PI);
}

/** Probability of at least k successes among n independent trials. */
export function atLeast(n: number, k: number, p: number): number {
  let sum = 0;
  for (let j = k; j <= n; j++) sum += choose(n, j) * p ** j * (1 - p) ** (n - j);
  return sum;
}

export function choose(n: number, k: number): number {
  let product = 1;
  for (let j = 1; j <= k; j++) product *= (n - k + j) / j;
  return product;
}
