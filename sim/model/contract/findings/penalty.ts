import { NONE } from '../../columns/nodes.js';
import type { SlashDestination } from '../../columns/rules.js';
import type { EvidenceKind } from '../evidence.js';

/** What a finding costs; the handler clears it before each question. */
export class Penalty {
  /** Share of the node's remaining stake, 0 to 1, of what unbonds, too. */
  stakeFraction = 0;
  /** Of what the share leaves [whole micro-tokens]; more than there is takes all. */
  stakeAmount = 0;
  /** Share of the attempt's bond, 0 to 1. */
  bondFraction = 0;
  /** Share of the pay that escrow holds for the node, 0 to 1, which goes back to who paid, where that is known. */
  clawBackFraction = 0;
  /** Added to the score, which stays in its range. */
  scoreChange = 0;
  /**
   * What earlier penalties for the same act changed the score by, 0 or less, where this one charges the rest of a
   * graver one: a model that keeps something of each penalty keeps it of the whole.
   */
  scoreChangeBefore = 0;
  /** Whether the reputation model forgets the node's history. */
  resets = false;
  /** Whole epochs from the next boundary; Infinity for ever. */
  jailEpochs = 0;
  ejects = false;
  /**
   * Ends of epochs until the case is decided: until then stake and pay are held, and who may be jailed or ejected is
   * barred; all else but the bond waits. 0: at once.
   */
  delayEpochs = 0;
  /** Where these tokens go; null: where the protocol says for its cause. */
  destination: SlashDestination | null = null;
  /** The finding that it is for; NONE: the one that was asked about, so that rules which assess state it. */
  cause: EvidenceKind | typeof NONE = NONE;

  clear(): void {
    this.stakeFraction = 0;
    this.stakeAmount = 0;
    this.bondFraction = 0;
    this.clawBackFraction = 0;
    this.scoreChange = 0;
    this.scoreChangeBefore = 0;
    this.resets = false;
    this.jailEpochs = 0;
    this.ejects = false;
    this.delayEpochs = 0;
    this.destination = null;
    this.cause = NONE;
  }

  /** Adds another penalty for the node: shares multiply, terms add up, the longer time and the first word count. */
  join(other: Penalty): void {
    this.stakeFraction = both(this.stakeFraction, other.stakeFraction);
    this.stakeAmount += other.stakeAmount;
    this.bondFraction = both(this.bondFraction, other.bondFraction);
    this.clawBackFraction = both(this.clawBackFraction, other.clawBackFraction);
    this.scoreChange += other.scoreChange;
    this.scoreChangeBefore += other.scoreChangeBefore;
    this.resets ||= other.resets;
    this.jailEpochs = Math.max(this.jailEpochs, other.jailEpochs);
    this.ejects ||= other.ejects;
    this.delayEpochs = Math.max(this.delayEpochs, other.delayEpochs);
    this.destination ??= other.destination;
    if (this.cause === NONE) this.cause = other.cause;
  }

  /** True if it costs nothing at all, the bond left aside. */
  get isNone(): boolean {
    return (
      this.stakeFraction === 0 &&
      this.stakeAmount === 0 &&
      this.clawBackFraction === 0 &&
      this.scoreChange === 0 &&
      !this.resets &&
      this.jailEpochs === 0 &&
      !this.ejects
    );
  }
}

/** The share that two shares take one after the other; of one alone exactly that. */
function both(first: number, second: number): number {
  return first === 0 ? second : 1 - (1 - first) * (1 - second);
}
