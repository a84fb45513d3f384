import type { ProtocolSettings } from '../../schema/scenario-schema.js';
import { bitOf, type PlannedVote } from './votes.js';

/** A change of the protocol's settings in mid-run. */
export interface PlannedChange {
  /** [s] */
  readonly at: number;
  /** What it depends on; null for one that comes in any case. */
  readonly vote: PlannedVote | null;
  /**
   * All settings that are in force from then on, by the votes of which those are that came into force before it, and by
   * itself: a bit each, `bitOf`.
   */
  readonly protocols: ReadonlyMap<number, ProtocolSettings>;
  /** Those that it names, by their paths below the protocol. */
  readonly settings: readonly { readonly path: string; readonly value: string }[];
}

/** Every protocol that can be in force from a change on, in place of those before it: these too, if it is voted on. */
export function possibleAfter(
  before: readonly ProtocolSettings[],
  { protocols, vote }: PlannedChange,
): readonly ProtocolSettings[] {
  return vote === null ? [...protocols.values()] : [...before, ...protocols.values()];
}

/** The protocol in force at the end, given the votes by which settings came into force. */
export function protocolAtEnd(
  start: ProtocolSettings,
  changes: readonly PlannedChange[],
  isInForce: (vote: number) => boolean,
): ProtocolSettings {
  let protocol = start;
  let inForce = 0;
  for (const { protocols, vote } of changes) {
    if (vote !== null && !isInForce(vote.number)) continue;
    inForce |= bitOf(vote);
    protocol = protocols.get(inForce)!;
  }
  return protocol;
}
