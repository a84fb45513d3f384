import { exp, gamma, log, normalQuantile, pow } from './math.js';

/** A distribution of one real number, sampled by inversion: `quantile(u)` of a uniform draw u in [0, 1). */
export interface Distribution {
  /** The function that made it, for messages and tables. */
  readonly kind: string;
  /** The expectation in the unit of the values; Infinity where it doesn't exist. */
  readonly mean: number;
  /** The value below which a share p of draws lies; p from 0 (included) to 1 (excluded), never decreasing, finite. */
  quantile(p: number): number;
}

/** The greatest p that a 53-bit draw can have, where an unbounded quantile is greatest. */
export const GREATEST_DRAW = 1 - 1 / 9007199254740992;

/** Points at which a quantile function is looked at, in the middle of as many equal parts. */
const PARTS = 1_000;

/**
 * The expectation m of min(X, limit) for X >= 0, by the midpoint rule: what a heavy tail adds that no time up to the
 * limit can see is left out. A renewal process with these intervals has between limit/m and 2·limit/m renewals up to
 * the limit in expectation (Erickson 1973), whatever its mean.
 */
export function meanUpTo({ quantile }: Distribution, limit: number): number {
  let sum = 0;
  for (let part = 0; part < PARTS; part++) sum += Math.min(limit, quantile((part + 0.5) / PARTS));
  return sum / PARTS;
}

/** Always `value`, any finite number. */
export function constant(value: number): Distribution {
  requireFinite('constant', 'value', value);
  return { kind: 'constant', mean: value, quantile: () => value };
}

/** Uniform from `low` to `high`, low <= high, both finite: low + (high - low)·p. */
export function uniform(low: number, high: number): Distribution {
  requireFinite('uniform', 'low', low);
  requireFinite('uniform', 'high', high);
  const span = high - low;
  if (!(span >= 0 && span < Infinity)) {
    throw new RangeError(`uniform: expected low <= high a finite span apart, found low ${low} and high ${high}`);
  }
  return { kind: 'uniform', mean: low + span / 2, quantile: (p) => low + span * p };
}

/** Exponential with expectation `mean` > 0, in the unit of the values: -mean·log(1 - p). */
export function exponential(mean: number): Distribution {
  requirePositive('exponential', 'mean', mean);
  return checked({ kind: 'exponential', mean, quantile: (p) => 0 - mean * log(1 - p) });
}

/**
 * Weibull with survival exp(-(x / scale)^shape): scale·(-log(1 - p))^(1 / shape), mean scale·Γ(1 + 1 / shape).
 *
 * `shape` > 0 has no unit, `scale` > 0 has that of the values; shapes so small that the mean overflows are refused.
 * Source: W. Weibull, A statistical distribution function of wide applicability, J. Appl. Mech. 18 (1951), 293-297.
 */
export function weibull(shape: number, scale: number): Distribution {
  requirePositive('weibull', 'shape', shape);
  requirePositive('weibull', 'scale', scale);
  const quantile = (p: number): number => scale * pow(0 - log(1 - p), 1 / shape);
  return checked({ kind: 'weibull', mean: scale * gamma(1 + 1 / shape), quantile });
}

/**
 * Log-normal, the exponential of a normal variable: median·exp(sigma·Φ⁻¹(p)), mean median·exp(sigma² / 2).
 *
 * `median` > 0 has the unit of the values; `sigma` >= 0 is the standard deviation of the logarithm. Draws reach
 * from -8.3 to 8.2 standard deviations, because p is cut to [2^-54, 1 - 2^-53].
 */
export function lognormal(median: number, sigma: number): Distribution {
  requirePositive('lognormal', 'median', median);
  if (!(sigma >= 0 && sigma < Infinity)) throw new RangeError(`lognormal: expected sigma >= 0, found ${sigma}`);
  const quantile = (p: number): number => median * exp(sigma * normalQuantile(p));
  return checked({ kind: 'lognormal', mean: median * exp((sigma * sigma) / 2), quantile });
}

/**
 * Pareto of the first kind with survival (minimum / x)^shape: minimum·(1 - p)^(-1 / shape).
 *
 * `minimum` > 0 is the least value; mean minimum·shape / (shape - 1), which is Infinity for shape <= 1, where
 * sample means never settle. Shapes so small that a draw overflows are refused.
 */
export function pareto(minimum: number, shape: number): Distribution {
  requirePositive('pareto', 'minimum', minimum);
  requirePositive('pareto', 'shape', shape);
  const quantile = (p: number): number => minimum * exp(-log(1 - p) / shape);
  requireFinite('pareto', 'greatest draw', quantile(GREATEST_DRAW));
  return { kind: 'pareto', mean: shape > 1 ? (minimum * shape) / (shape - 1) : Infinity, quantile };
}

/**
 * The values of a sample, each equally likely: the least listed x whose step distribution function exceeds p.
 *
 * Draws only listed values. `values` holds at least one finite number in any order; it is copied.
 */
export function empirical(values: readonly number[]): Distribution {
  if (!Array.isArray(values)) throw new RangeError(`empirical: expected a list of values, found ${values}`);
  if (values.length === 0) throw new RangeError('empirical: expected at least one value, found none');
  for (const value of values) requireFinite('empirical', 'value', value);
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  let mean = 0;
  // Dividing first keeps the sum of great values finite.
  for (let i = 0; i < count; i++) mean += sorted[i]! / count;
  return { kind: 'empirical', mean, quantile: (p) => sorted[Math.floor(p * count)]! };
}

/** Refuses arguments for which the mean or the greatest draw is beyond the range of numbers. */
function checked(distribution: Distribution): Distribution {
  requireFinite(distribution.kind, 'mean', distribution.mean);
  requireFinite(distribution.kind, 'greatest draw', distribution.quantile(GREATEST_DRAW));
  return distribution;
}

function requireFinite(kind: string, name: string, value: number): void {
  if (!Number.isFinite(value)) throw new RangeError(`${kind}: expected a finite ${name}, found ${value}`);
}

function requirePositive(kind: string, name: string, value: number): void {
  if (!(value > 0 && value < Infinity)) throw new RangeError(`${kind}: expected ${name} > 0, found ${value}`);
}
