/** Where slashed tokens go; the shares sum to 1. */
export interface SlashDestination {
  readonly burn: number;
  readonly challenger: number;
  readonly treasury: number;
  readonly insurance: number;
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
  /** Stake below which a node isn't active [micro-tokens]. */
  readonly minimumStake: number;
  /** [micro-tokens] for each identity */
  readonly identityFee: number;
  readonly slashDestination: SlashDestination;
  /** Scores become public at multiples of this interval [s]; 0 at once. */
  readonly publishEverySeconds: number;
  readonly publishDelaySeconds: number;
  /** Seats among the reporters of the reputation oracle, and how many reports a publication needs. */
  readonly reporters: number;
  readonly reportThreshold: number;
  /** Class under which recomputations are assigned, an index; −1 for the job's own; the same for the whole run. */
  readonly recheckClass: number;
}
