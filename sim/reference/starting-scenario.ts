/** What a scenario to start from depends on. */
export interface StartingPoint {
  readonly protocol: string;
  /** Whether its committees agree on numbers. */
  readonly asksForNumbers: boolean;
  /** Which purses it needs for bonds and what answers cost: of tokens, of bond tokens as well, or none. */
  readonly purses: 'none' | 'tokens' | 'both';
  /** Of scenario.schema.json, seen from the scenario's folder. */
  readonly schemaPath: string;
}

/** The text of a scenario that runs in about a second and shows each block that there is, with what it means. */
export function startingScenario({ protocol, schemaPath, asksForNumbers, purses }: StartingPoint): string {
  const purse = (tokens: number) => {
    if (purses === 'none') return '';
    if (purses === 'tokens') return `\n    funds: ${tokens} # of the cohort, for bonds`;
    return `\n    funds: ${tokens} # of the cohort, for what answers cost\n    bondFunds: ${tokens} # for bonds`;
  };
  // who must put up a bond for each job loses it with each session that ends amid one: those keep to machine rooms
  const outages = purses === 'tokens' ? 'exponential # or none, heavy-tailed' : 'heavy-tailed # or none, exponential';
  return `# Do a hundred cheap identities earn more than they cost?
# yaml-language-server: $schema=${schemaPath}
#
# The first line is the question that the run answers. The line below it lets editors check and complete this file.
# Durations are written 30d, 20m or 300ms; amounts of money are in tokens. Every setting: docs/scenario-reference.md.

# The rules; settings beside extends override those of the protocol.
protocol:
  extends: ${protocol}
  # stake: { minimum: 20 }

seed: 1 # the same scenario and seed give the same results, byte for byte
horizon: 10d # simulated time
warmUp: 1d # left out of the figures

# Cohorts of nodes. Attackers are cohorts with another strategy.
fleet:
  honest:
    nodes: 300
    hardware: consumer-gpu
    regions: world
    stake: 100
    outages: ${outages}, { up: 8h, down: 20m }${purse(3_000)}
  swarm:
    nodes: 100
    stake: 10
    joins: { at: 3d, over: 12h }${purse(1_000)}
    strategy: { kind: sybil-swarm, machines: 5 }

# Streams of jobs that clients submit; what isn't set here comes from the job class.
workload:
  batch:
    class: ${asksForNumbers ? 'oracle-query' : 'simulation'}
    arrivals: { perHour: 300, diurnal: 0.4 }
    # work: { lognormal: { median: ${asksForNumbers ? '500ms' : '20m'}, sigma: 1 } }
    ${asksForNumbers ? 'fee: 0.05' : '# fee: 0.2'}

# What you expect to find; the run says whether it is so.
expect:
  - { metric: completedFraction, atLeast: 0.9 }
  - { metric: ${asksForNumbers ? 'wrongAcceptedRate, below: 0.05' : 'attackerReturnOnCapital, below: 0'} }
`;
}
