import type { Deterrents } from '../model/contract/cohorts/deterrents.js';
import type { Registry } from '../scenario/schema/registry.js';
import type { ProtocolSettings } from '../scenario/schema/scenario-schema.js';

/** What a protocol's mechanisms say of what a lie risks; schemes in a list find it one after the other. */
export function deterrentsOf({ verification, slashing, rewards }: ProtocolSettings, registry: Registry): Deterrents {
  const found = [verification]
    .flat()
    .map((scheme) => registry.entry('verification', scheme.kind).foundProbability?.(scheme as never) ?? Number.NaN)
    .filter((probability) => !Number.isNaN(probability));
  return {
    foundProbability: found.length === 0 ? Number.NaN : found.reduce((together, q) => together + (1 - together) * q),
    slashedFraction: registry.entry('slashing', slashing.kind).slashedFraction?.(slashing as never) ?? Number.NaN,
    payFraction: registry.entry('rewards', rewards.kind).payFraction?.(rewards as never) ?? Number.NaN,
  };
}
