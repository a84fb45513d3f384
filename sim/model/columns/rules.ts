/** Where slashed tokens go; the shares sum to 1. */
export interface SlashDestination {
  readonly burn: number;
  readonly challenger: number;
  readonly treasury: number;
  readonly insurance: number;
}

/** Who gets what an operator is charged. */
export const ChargedTo = { treasury: 0, burn: 1 } as const;
export type ChargedTo = (typeof ChargedTo)[keyof typeof ChargedTo];

/** A slash is decided by a committee so many ends of epochs later; until then its tokens are held. */
export interface AppealRules {
  readonly withinEpochs: number;
  /** Jurors asked. */
  readonly jurors: number;
  /** Probability that a juror's look at the case shows the opposite. */
  readonly errorProbability: number;
}

/** Who is down too often gets no work until it is reinstated. */
export interface SuspensionRules {
  /** Latest epochs over which uptime is counted, by check-ins. */
  readonly windowEpochs: number;
  /** Share of the check-ins due, excluded, below which a node is suspended. */
  readonly below: number;
  /** Ends of epochs at which a node may be below before the one that suspends it. */
  readonly graceEpochs: number;
  /** null: nobody looks, and only the window reinstates. */
  readonly review: {
    /** Epochs since the suspension in which the node must have been up that often again. */
    readonly afterEpochs: number;
    /** Share of the nodes, included: an epoch in which so many were below counts for nobody. */
    readonly networkWide: number;
  } | null;
}

/** An insurance of stake against slashes, paid for by premiums and by shares of what is slashed. */
export interface InsuranceRules {
  /** A year, as a share of the stake. */
  readonly premium: number;
  /** Share of what is slashed that it pays, as far as it has it. */
  readonly covers: number;
  /** Names of the findings that it pays for. */
  readonly findings: readonly string[];
}

/** A limited number of places, for the best of those who want in. */
export interface PlacesRules {
  readonly most: number;
  /** What it costs to take the place of another [micro-tokens]. */
  readonly price: number;
  readonly priceTo: ChargedTo;
  /** Since its entry, in which nobody can push a node out [s], excluded. */
  readonly immunitySeconds: number;
}

/** What the treasury may pay. */
export interface TreasuryRules {
  /** In an epoch [micro-tokens]; Infinity without limit. */
  readonly budget: number;
  /** To each newcomer at an end of an epoch [micro-tokens], so many ends after its entry; null: nothing. */
  readonly subsidy: { readonly amount: number; readonly epochs: number } | null;
}

/** Stake that the treasury lends against scores. */
export interface LendingRules {
  /** Share of a node's stake that may be lent at the highest score, below 1. */
  readonly share: number;
  /** A year, as a share of what is owed. */
  readonly interest: number;
  /** Share of a node's income that pays for it. */
  readonly repays: number;
}

/**
 * Rules of the protocol that the handlers themselves apply. A job keeps those of its submission: its attempts and how
 * long each is waited for; all others are those in force.
 */
export interface Rules {
  /** The same for the whole run [s]. */
  readonly epochSeconds: number;
  /** Attempts that may be queued at a node beyond its slots; Infinity for no limit. */
  readonly queueLimit: number;
  /** Most attempts of kind work a job gets when attempts fail. */
  readonly attemptsMost: number;
  /** An attempt not acknowledged within this time is given up [s]; Infinity never. */
  readonly acknowledgeWithinSeconds: number;
  /**
   * A silent attempt without a deadline is given up this long after its assignment [s], and so is a witness this long
   * after it was asked, where replies have no limit of their own; Infinity never.
   */
  readonly giveUpAfterSeconds: number;
  /** Interval of availability check-ins [s]; Infinity for none. */
  readonly checkInSeconds: number;
  /** Probability that it is seen if a node signs two things that contradict each other. */
  readonly seesDoubleSigning: number;
  /** Whether jobs may name the node that they are for. */
  readonly directedJobs: boolean;
  /** Stake below which a node isn't active [micro-tokens]. */
  readonly minimumStake: number;
  /** [micro-tokens] for each identity */
  readonly identityFee: number;
  /** Whether a node that holds no resource token isn't active. */
  readonly resourceToken: boolean;
  /** Share of a node's income that is split by whose its stake is. */
  readonly delegatorShare: number;
  /** Fall of the published score since the last epoch's end above which delegators are told; Infinity for none. */
  readonly tellFallsAbove: number;
  /** Share of a score from another network that counts for a node that brings it. */
  readonly importedFraction: number;
  /** Where slashed tokens go, unless the penalty or its cause says otherwise. */
  readonly slashedTo: SlashDestination & { readonly byFinding: Readonly<Record<string, SlashDestination | undefined>> };
  /** Appeals against slashes; null: they are final. */
  readonly appeal: AppealRules | null;
  /** Suspension by uptime; null: there is none. */
  readonly suspension: SuspensionRules | null;
  /** Insurance against slashes; null: there is none. */
  readonly insurance: InsuranceRules | null;
  /** A limited number of places; null: there is room for everybody. */
  readonly places: PlacesRules | null;
  /** What the treasury may pay. */
  readonly treasury: TreasuryRules;
  /** Loans against scores; null: there are none any more. */
  readonly lending: LendingRules | null;
  /** Scores become public at multiples of this interval [s]; 0 at once. */
  readonly publishEverySeconds: number;
  readonly publishDelaySeconds: number;
  /** Seats among the reporters of the reputation oracle, and how many reports a publication needs. */
  readonly reporters: number;
  readonly reportThreshold: number;
  /** Class under which recomputations are assigned, an index; −1 for the job's own; the same for the whole run. */
  readonly recheckClass: number;
  /** The lane of that class for them; −1 for the job's own. */
  readonly recheckLane: number;
}

/** How many epochs have ended by then [s]; epoch k ends at k × its length. */
export function epochsEndedBy({ epochSeconds }: Rules, seconds: number): number {
  const ended = Math.floor(seconds / epochSeconds);
  // the quotient can be rounded either way at a boundary
  if (ended * epochSeconds > seconds) return ended - 1;
  return (ended + 1) * epochSeconds <= seconds ? ended + 1 : ended;
}
