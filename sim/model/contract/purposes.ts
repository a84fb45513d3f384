/** What a keyed draw is for: the last part of its key, so that no two uses of a stream share a value. */
export const Purpose = {
  // of a machine or node, keyed by its ordinal within the cohort
  hardware: 1,
  region: 2,
  throughput: 3,
  publicAddress: 4,
  join: 5,
  leave: 6,
  session: 7,
  outage: 8,
  provider: 9,
  maintenance: 10,
  newcomer: 11,
  wear: 12,
  trustedHardware: 13,
  // of a job, keyed by its ordinal within the workload
  interarrival: 16,
  thinning: 17,
  clientRegion: 18,
  work: 19,
  fee: 20,
  luck: 21,
  completion: 22,
  statesMinimum: 23,
  hardness: 24,
  noise: 25,
  wildness: 26,
  valueAtRisk: 205,
  // of a client, keyed by the job's ordinal: what the job is worth to him
  reservation: 170,
  // of a step of what a workload asks for, keyed by its number
  value: 27,
  // of the network's reaction to a job
  assignedRegion: 32,
  assignedNode: 33,
  observer: 34,
  observerError: 35,
  observerDelay: 36,
  validationCheck: 37,
  checkCall: 38,
  checker: 39,
  forcedError: 40,
  trust: 42,
  proof: 43,
  spotCheck: 44,
  spotCheckDelay: 45,
  // of a strategy
  misbehaviour: 48,
  selfTest: 49,
  signing: 50,
  // of what a juror finds, keyed by its ordinal and how often it slandered, or might have
  slander: 102,
  guess: 61,
  // of an operator that draws its strategy, keyed by its first node
  mixture: 100,
  // of a spot-check that somebody recognises
  recognition: 101,
  // of an answer that leaks though it is sealed, keyed by job and attempt
  leak: 130,
  // of a result that somebody challenges without looking
  challenge: 131,
  // of an operator that tries what it knows little of, keyed by its first node and the epoch: whether, and what
  exploration: 132,
  explored: 133,
  // of who is bribed, struck or eclipsed: keyed by the node's ordinal, or of an eclipse by the job's
  fickle: 51,
  sabotage: 52,
  eclipse: 53,
  conspirator: 54,
  // of a node that signs twice, keyed by its ordinal and how often it did
  doubleSigningSeen: 55,
  equivocation: 56,
  // of a benchmark of a node, keyed by its ordinal and the number of the benchmark
  benchmark: 57,
  // of an operator, keyed by its first node and the epoch: whether it leaves at a loss
  leavesByProfit: 140,
  // of a cohort, keyed by the number of who is there and the epoch: whether somebody comes
  entersByProfit: 141,
  // of a step of the token's price, keyed by its number
  tokenPrice: 142,
  // of an operator, keyed by its place in its cohort and the number of a vote: whether it takes part
  turnout: 160,
  // of which factor decides on an attempt, keyed by the attempt
  decidingFactor: 120,
  // of a span of time, keyed by its number
  spanGap: 64,
  spanLength: 65,
  // of a cause that befalls many machines, keyed by the machine's ordinal within its cohort and the span's number
  strike: 66,
} as const;

/**
 * The same of the stream of appeals, keyed by an appeal's ordinal: another stream has another key, so that what it
 * draws never meets what is drawn of jobs, whatever the numbers.
 */
export const AppealPurpose = {
  juror: 40,
  jurorError: 41,
} as const;
