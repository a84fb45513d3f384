import { Ballot, type VotingWeight } from '../../../model/contract/cohorts/ballots.js';
import type { Scenario } from '../../schema/scenario-schema.js';

/** A vote on a change of the protocol's settings. */
export interface PlannedVote {
  /** Its place in the scenario. */
  readonly number: number;
  /** When it begins, and when ballots are counted [s]. */
  readonly proposedAt: number;
  readonly closesAt: number;
  /** Cohort that proposed it; null for nobody's. */
  readonly by: string | null;
  readonly weights: VotingWeight;
  /** Shares of all weight, of the weight for or against, and of all weight; Infinity where nobody can stop it. */
  readonly quorum: number;
  readonly passes: number;
  readonly veto: number;
  readonly honest: Ballot;
}

export function planVote(settings: Scenario['votes'][number], number: number): PlannedVote {
  const { by = null, honest, open, passes, proposed, quorum, veto, weights } = settings;
  return {
    number,
    proposedAt: proposed,
    closesAt: proposed + open,
    by,
    weights,
    quorum,
    passes,
    veto: veto === 'none' ? Number.POSITIVE_INFINITY : veto,
    honest: Ballot[honest],
  };
}

/** A bit for each vote; 0 for what depends on none. */
export function bitOf(vote: PlannedVote | null): number {
  return vote === null ? 0 : 1 << vote.number;
}

/** The votes whose bits are set, by number. */
export function votesOf(bits: number): readonly number[] {
  return Array.from({ length: 32 - Math.clz32(bits) }, (_, number) => number).filter((number) => (bits >> number) & 1);
}
