import { z } from 'zod';
import type { StrategyDefinition } from '../definition.js';

/** What a strategy is told by: its kind alone, or with settings of its own. */
export type MemberSettings = { readonly kind: string };

/** The settings of any of the strategies, as they stand under `strategy` of a cohort. */
export function memberSettings(strategies: readonly StrategyDefinition[]): z.ZodType<MemberSettings> {
  const kinds = strategies.map(({ kind }) => kind) as [string, ...string[]];
  const expected = `expected one of: ${kinds.join(', ')}`;
  const settings = z.discriminatedUnion(
    'kind',
    strategies.map((strategy) => strategy.settings) as never,
  ) as unknown as z.ZodType<MemberSettings>;
  const word = z
    .enum(kinds, expected)
    .transform((kind) => ({ kind }))
    .pipe(settings as never) as unknown as typeof settings;
  // said where strategies are explained, once for all
  return z.union([word, settings], expected).meta({ membersOf: 'fleet.NAME.strategy' });
}
