import type { Distribution } from '../../engine/distributions.js';
import type { Scenario } from '../schema/scenario-schema.js';

/** Plain data, as JSON holds it. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * Every value of the protocol in force, defaults included, as plain data: times in seconds, a distribution as it was
 * written, or, where it is a default, by its kind and mean.
 */
export function resolvedProtocol(scenario: Scenario, written: unknown): Plain {
  return toPlain(scenario.protocol, inside(written, 'protocol'));
}

function toPlain(value: unknown, written: unknown): Plain {
  if (isDistribution(value)) return (written as Plain | undefined) ?? { kind: value.kind, mean: orNull(value.mean) };
  if (Array.isArray(value)) return value.map((member, at) => toPlain(member, inside(written, String(at))));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== undefined && typeof inner !== 'function');
    return Object.fromEntries(entries.map(([key, inner]) => [key, toPlain(inner, inside(written, key))]));
  }
  if (typeof value === 'number') return orNull(value);
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

/** What JSON can't hold, such as a time without end, is null. */
function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Whether a checked setting is a distribution. */
export function isDistribution(value: unknown): value is Distribution {
  return typeof value === 'object' && value !== null && 'quantile' in value;
}

/** Equal texts for equal settings; distributions are equal if they are where it shows. */
export function toComparable(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner) => {
      if (!isDistribution(inner)) return inner;
      return { kind: inner.kind, mean: inner.mean, low: inner.quantile(0.1), high: inner.quantile(0.9) };
    }) ?? 'nothing'
  );
}

function inside(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[key];
}
