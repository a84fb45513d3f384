import fc from 'fast-check';
import { assignmentPolicies } from '../../sim/mechanisms/assignment/index.js';
import { reputationModels } from '../../sim/mechanisms/reputation/index.js';
import { rewardRules } from '../../sim/mechanisms/rewards/index.js';
import { slashingRules } from '../../sim/mechanisms/slashing/index.js';
import { verificationSchemes } from '../../sim/mechanisms/verification/index.js';
import { strategies } from '../../sim/strategies/index.js';
import { settingsWithin } from './settings-within.js';

type Settings = Record<string, unknown>;

/** Settings worth trying besides the defaults, by kind; a kind that isn't listed runs with its defaults. */
const variants: Record<string, fc.Arbitrary<Settings>> = {
  'weighted-random': fc.record(
    {
      exponent: fc.constantFrom(0, 1, 2),
      probation: fc.constantFrom({ below: 0.6, rest: '20m' }, { below: 0.9, rest: '1h', feeMost: 0.1 }),
      slow: fc.constantFrom({ below: 0.5 }, { below: 1, factor: 0 }),
    },
    { requiredKeys: ['exponent'] },
  ),
  elected: fc.record({ seats: fc.constantFrom(1, 3, 21) }),
  'hash-power': fc.record({
    prior: fc.constantFrom('1m', '1h'),
    halfLife: fc.constantFrom('1h', '7d'),
    benchmarks: fc.boolean(),
    falsePass: fc.constantFrom(0, 0.5),
  }),
  sortition: fc.record({ floor: fc.constantFrom(0, 0.05, 0.5) }),
  bidder: fc.record({ bid: fc.constantFrom(0.8, 1), least: fc.constantFrom(0, 0.6), step: fc.constantFrom(0, 0.1, 1) }),
  'multi-factor': fc.record({ scoreExponent: fc.constantFrom(0, 2), stakeExponent: fc.constantFrom(0, 0.25, 1) }),
  'peer-attestation': fc.integer({ min: 1, max: 5 }).chain((peers) =>
    fc.record({
      peers: fc.constant(peers),
      threshold: fc.integer({ min: 1, max: peers }),
      among: fc.constantFrom('online', 'any'),
      observes: fc.constantFrom('participation', 'result'),
      errorProbability: fc.constantFrom(0, 0.1, 0.5),
      replyDelay: fc.constantFrom('0s', '2s', { exponential: { mean: '20s' } }),
      replyWithin: fc.constantFrom('30s', 'unlimited'),
    }),
  ),
  redundancy: fc.integer({ min: 1, max: 4 }).chain((replicas) =>
    fc.record({
      replicas: fc.constant(replicas),
      quorum: fc.integer({ min: 1, max: replicas }),
      endsAtQuorum: fc.boolean(),
    }),
  ),
  consensus: fc.integer({ min: 1, max: 4 }).chain((committee) =>
    fc.record({
      committee: fc.constant(committee),
      quorum: fc.integer({ min: 1, max: committee }),
      method: fc.constantFrom('median', 'trimmed-mean'),
      tolerance: fc.constantFrom(0, 0.003, 0.05),
      commitReveal: fc.constantFrom('none', '1m'),
    }),
  ),
  'm-first': fc.record({ m: fc.integer({ min: 1, max: 3 }), returnedMost: fc.constantFrom(3, 5) }),
  margin: fc.record({ lead: fc.integer({ min: 1, max: 3 }), returnedMost: fc.constantFrom(3, 9) }),
  'adaptive-replication': fc.record({ trustedFrom: fc.constantFrom(1, 3), returnedMost: fc.constantFrom(2, 5) }),
  'spot-check': fc.record({ probability: fc.constantFrom(0, 0.1, 0.5) }),
  credibility: fc.record({
    assumedFaulty: fc.constantFrom(0.1, 0.4),
    errorMost: fc.constantFrom(0.001, 0.05, 0.5),
    probability: fc.constantFrom(0, 0.3),
    blacklists: fc.boolean(),
    returnedMost: fc.constantFrom(2, 7),
  }),
  'zero-knowledge': fc.record({ proofFactor: fc.constantFrom(1, 3), soundnessError: fc.constantFrom(0, 0.3, 1) }),
  tee: fc.record({ brokenShare: fc.constantFrom(0, 0.5, 1), brokenFrom: fc.constantFrom(0, '3h') }),
  'weighted-bids': fc.record({ stakeWeight: fc.constantFrom(0, 1), priceScale: fc.constantFrom(0.05, 1) }),
  'proof-of-compute': fc.record({ every: fc.constantFrom(1, 2), passProbability: fc.constantFrom(0, 0.5, 1) }),
  'stake-compute': fc.record({ priorWeight: fc.constantFrom(0, 20), computeWeight: fc.constantFrom(0, 1) }),
  'hardware-spoof': fc.record({ hardware: fc.constantFrom('l40s', 't4'), failProbability: fc.constantFrom(0, 0.5) }),
  'stake-weighted': fc.record({ exponent: fc.constantFrom(0, 0.5, 1) }),
  beta: fc.record({
    forgetting: fc.constantFrom(0, 0.9, 1),
    halfLife: fc.constantFrom('unlimited', '5h'),
    byClass: fc.boolean(),
  }),
  honest: fc.record({
    noticesFaults: fc.constantFrom(0, 0.5, 1),
    signsUnseen: fc.constantFrom(0, 0, 0.5),
    identitiesPerMachine: fc.constantFrom(1, 1, 2),
    machinesPerOperator: fc.constantFrom(1, 1, 2),
    takesBribes: fc.constantFrom(0, 0.5, 1),
    statesConfidence: fc.boolean(),
  }),
  'collusion-ring': fc.record({
    // more than some schemes have replicas is refused
    least: fc.constant(1),
    wrongProbability: fc.constantFrom(0.5, 1),
    vouches: fc.boolean(),
  }),
  recompute: fc.record({ share: fc.constantFrom(0, 0.1, 0.5, 1) }),
  step: fc.record({
    initial: fc.constantFrom(0.05, 1, 2),
    gain: fc.constantFrom(0, 0.005, 0.1),
    loss: fc.constantFrom(0.02, 0.3),
    checkInLoss: fc.constantFrom(0.002, 0.05),
  }),
  ema: fc.record({
    alpha: fc.constantFrom(0, 0.05, 0.5, 1),
    initial: fc.constantFrom(0.01, 0.5, 1),
    byClass: fc.boolean(),
  }),
  'beta-audit': fc.record({
    forgetting: fc.constantFrom(0, 0.9, 0.999, 1),
    successes: fc.constantFrom(5, 1_000),
    failures: fc.constantFrom(0, 1),
    disqualifiedAt: fc.constantFrom(0, 0.5),
  }),
  eigentrust: fc.record({
    preTrustWeight: fc.constantFrom(0.1, 0.5, 1),
    preTrusted: fc.constantFrom('all', 'founders'),
    everyEpochs: fc.constantFrom(1, 3),
    forgetting: fc.constantFrom(0, 0.9, 1),
  }),
  peertrust: fc.record({
    communityWeight: fc.constantFrom(0, 0.3, 1),
    initial: fc.constantFrom(0, 0.5, 1),
    rounds: fc.constantFrom(1, 10),
    forgetting: fc.constantFrom(0, 0.9, 1),
  }),
  'subjective-logic': fc.record({ baseRate: fc.constantFrom(0, 0.5, 1), forgetting: fc.constantFrom(0, 0.9, 1) }),
  'liquid-rank': fc.record({
    conservatism: fc.constantFrom(0, 0.5, 1),
    unrated: fc.constantFrom(0, 0.5),
    weighting: fc.constantFrom('equal', 'fee'),
    downrates: fc.boolean(),
    logarithmic: fc.boolean(),
    fullRange: fc.boolean(),
  }),
  'consensus-weights': fc.record({
    kappa: fc.constantFrom(0, 0.5, 1),
    among: fc.constantFrom('raters', 'all'),
    bondRate: fc.constantFrom(0, 0.1, 1),
    bondClipping: fc.constantFrom(0, 1),
    dividendShare: fc.constantFrom(0, 0.5, 1),
    forgetting: fc.constantFrom(0, 0.9),
  }),
  'reputation credibility': fc.record({
    assumedFaulty: fc.constantFrom(0, 0.1, 0.5),
    blacklists: fc.boolean(),
    counts: fc.constantFrom('spot-checks', 'results'),
  }),
  'bonding-curve': fc.record({
    scale: fc.constantFrom(0.1, 5, 200),
    halfLife: fc.constantFrom('unlimited', '5h', '60d'),
    initialScore: fc.constantFrom(0, 0.6, 0.99),
    penaltyWeight: fc.constantFrom(0, 1),
    byClass: fc.boolean(),
  }),
  score: fc.record({
    fraction: fc.constantFrom(0.3, 1),
    offlineFraction: fc.constantFrom(0, 0.1),
    criticalFrom: fc.constantFrom(0, 1),
    stakeFraction: fc.constantFrom(0, 0.05),
  }),
  trustguard: fc.record({
    current: fc.constantFrom(0, 0.4, 1),
    memory: fc.constantFrom(0, 0.9, 1),
    initial: fc.constantFrom(0.1, 0.5, 1),
  }),
  // the prior ends at 60 jobs or more, where a score can jump, too
  'window-composite': fc.record({
    window: fc.constantFrom(100, 1_000),
    minJobs: fc.constantFrom(61, 100),
    initial: fc.constantFrom(0.3, 0.9, 1),
    priorWeight: fc.constantFrom(0, 20, 100),
    regionalShare: fc.constantFrom(0, 0.5, 1),
    resetDrop: fc.constantFrom(0, 0.1, 1),
    sla: fc.constantFrom({}, { measureAt: 'orchestrator', acknowledgeWithin: '50ms', times: 1 }, { retriesMost: 0 }),
    quorum: fc.constantFrom({}, { classes: ['task'], trustAbove: 0.3, lockIn: '2h', epochs: 1 }),
    realTime: fc.constantFrom({}, { classes: ['task', 'oracle-query'], medianMost: '1m' }),
    stale: fc.constantFrom({}, { after: 0, perDay: 0.5 }),
  }),
  'oracle-composite': fc.record({
    uptimeWeight: fc.constantFrom(0, 0.25),
    window: fc.constantFrom(1, 20, 1_000),
    priorWeight: fc.constantFrom(0, 20, 100),
    halfLife: fc.constantFrom('unlimited', '1h', '30d'),
    slashScar: fc.constantFrom(0, 50, 1_000),
    byClass: fc.boolean(),
  }),
  fixed: fc.record({
    fraction: fc.constantFrom(0, 0.01, 0.5, 1),
    bondFraction: fc.constantFrom(0, 0.5, 1),
    jailEpochs: fc.constantFrom(0, 1, 2),
    ejectsFor: fc.constantFrom([], [], ['spotCheckFailed'], ['timeout', 'invalid']),
    byFinding: fc.constantFrom({}, { checkInMissed: 0.1, timeout: 0 }),
  }),
  matrix: fc.record({
    evaluate: fc.constantFrom('epoch', 'job'),
    leastQueries: fc.constantFrom(1, 3),
    latency: fc.constantFrom({}, { minor: 60, major: '10m', end: '1h' }),
    criticalFindings: fc.constantFrom([], ['invalid']),
    critical: fc.constantFrom({}, { fraction: 0.5, review: 0, sentence: 'ejected' }),
  }),
  'success-rate': fc.record({
    below: fc.constantFrom(0.7, 1),
    leastJobs: fc.constantFrom(1, 10),
    grace: fc.constantFrom('none', { scoreFrom: 0.8, epochs: 2 }),
    resets: fc.boolean(),
  }),
  correlated: fc.record({
    base: fc.constantFrom('progressive', { kind: 'fixed', fraction: 0.2 }, { kind: 'matrix', leastQueries: 1 }),
    multiplier: fc.constantFrom(0.5, 3),
    period: fc.constantFrom(1, 2),
  }),
  progressive: fc.record({ maxFraction: fc.constantFrom(0.2, 1), ejectAt: fc.constantFrom(0, 0.5) }),
  'fee-split': fc
    .record({
      bondFraction: fc.constantFrom(0, 0.5, 1),
      holdEpochs: fc.constantFrom(0, 1, 3),
      boosts: fc.constantFrom('none', {}, { score: 1, from: 0.2, full: 0.5, fastestFrom: 0.5 }),
      emission: fc.constantFrom(0, 0.08, 5),
      unbonding: fc.constantFrom('0s', '1h', '14d'),
    })
    // pay that waits longer than stake is refused
    .map((settings) => (settings.holdEpochs > 0 ? { ...settings, unbonding: '21d' } : settings)),
  'always-wrong': fc.record({
    wrongProbability: fc.constantFrom(0.3, 1),
    computes: fc.boolean(),
    bid: fc.constantFrom(0.25, 1),
  }),
  bribery: fc.record({
    bribe: fc.constantFrom(0.01, 1, 1_000),
    paysLosersOnly: fc.boolean(),
    about: fc.constantFrom('own', 'rivals'),
    wrongProbability: fc.constantFrom(0.5, 1),
  }),
  'reporter-collusion': fc.record({ reports: fc.constantFrom('lift', 'sink', 'both', 'nothing') }),
  equivocate: fc.record({ probability: fc.constantFrom(0.2, 1) }),
  eclipse: fc.record({ targets: fc.constantFrom(1, 3), probability: fc.constantFrom(0.5, 1) }),
  sabotage: fc.record({
    targets: fc.constantFrom(1, 100),
    probability: fc.constantFrom(0.5, 1),
    for: fc.constantFrom('1s', '30m', '9h'),
  }),
  'cherry-picking': fc.record({
    payLeast: fc.constantFrom(0.1, 1, 10),
    others: fc.constantFrom('refuse', 'drop', 'let-wait'),
    droppedAfter: fc.constantFrom(0, 0.5),
  }),
  'wash-trading': fc.record({ jobsPerEpoch: fc.integer({ min: 1, max: 3 }), directs: fc.boolean() }),
  'sybil-swarm': fc.record({
    machines: fc.integer({ min: 1, max: 4 }),
    replacesEjected: fc.boolean(),
    identitiesMost: fc.constantFrom(0, 200),
  }),
};

/** Settings of a kind whose name another role has, too, stand under both names. */
const variantsOf = (kind: string, role = '') => variants[`${role} ${kind}`] ?? variants[kind] ?? fc.constant({});

/** Any entry of a registry, with its defaults or with one of the variants. */
function anyOf(registry: readonly { readonly kind: string }[], role = ''): fc.Arbitrary<Settings> {
  const settings = registry.map(({ kind }) =>
    variantsOf(kind, role).map((variant): Settings => ({ kind, ...variant })),
  );
  return fc.oneof(...settings);
}

const registries = { reputation: reputationModels, slashing: slashingRules, rewards: rewardRules };

/** A number from low to high with up to six decimals. */
const decimal = (low: number, high: number) =>
  fc.integer({ min: Math.round(low * 1e6), max: Math.round(high * 1e6) }).map((millionths) => millionths / 1e6);

/** Finer settings than those of scenarios, for mechanisms that are asked directly. */
const fine: Record<string, fc.Arbitrary<Settings>> = {
  step: fc.tuple(decimal(0, 2), decimal(0, 2)).chain(([one, other]) =>
    fc.record({
      lowest: fc.constant(Math.min(one, other)),
      highest: fc.constant(Math.max(one, other)),
      initial: decimal(Math.min(one, other), Math.max(one, other)),
      gain: decimal(0, 0.5),
      loss: decimal(0, 0.5),
      checkInGain: decimal(0, 0.1),
      checkInLoss: decimal(0, 0.1),
    }),
  ),
  ema: fc.record({
    alpha: decimal(0, 1),
    floor: decimal(0, 1),
    initial: decimal(0, 1),
  }),
  beta: fc.record({ forgetting: decimal(0, 1) }),
  progressive: fc.record({
    neutral: fc.constantFrom(0.5, 1, 2),
    maxFraction: decimal(0, 1),
    exponent: decimal(0, 8),
    ejectAt: fc.constantFrom(0, 0.3, 1),
  }),
  'fee-split': fc.tuple(fc.nat(1_000), fc.nat(1_000)).map(([one, other]) => {
    const [low, high] = [Math.min(one, other), Math.max(one, other)];
    return {
      operator: low / 1_000,
      verifiers: (high - low) / 1_000,
      treasury: (1_000 - high) / 1_000,
      bondFraction: 0.3,
    };
  }),
};

/** Settings of one kind that its schema takes: the defaults, variants, odd numbers, and any in their ranges. */
export function anySettings(role: keyof typeof registries, kind: string): fc.Arbitrary<Settings> {
  const entry = registries[role].find((candidate) => candidate.kind === kind)!;
  return fc
    .oneof(fc.constant({}), variantsOf(kind, role), fine[kind] ?? fc.constant({}), settingsWithin(role, kind))
    .map((settings): Settings => ({ kind, ...settings }))
    .filter((settings) => entry.settings.safeParse(settings).success);
}

const scheme = anyOf(verificationSchemes);
type Scheme = typeof scheme extends fc.Arbitrary<infer Value> ? Value : never;
const kindOf = (one: Scheme) => (typeof one === 'string' ? one : one.kind);
const plain = <One extends Scheme>(one: One) => kindOf(one) !== 'by-class';

/** One for jobs of the class that all have, or half of them, and another for the rest. */
const byClass = (member: fc.Arbitrary<unknown>, otherwise: fc.Arbitrary<unknown>) =>
  fc.record({
    kind: fc.constant('by-class'),
    otherwise,
    classes: member.map((one) => ({ task: one })),
  }) as unknown as fc.Arbitrary<Settings>;

const protocol = fc.record({
  epoch: fc.constantFrom('1h', '4000s', '6h'),
  assignment: anyOf(assignmentPolicies),
  verification: fc.oneof(
    scheme,
    byClass(
      fc.oneof(
        scheme.filter(plain),
        fc.uniqueArray(scheme.filter(plain), { minLength: 1, maxLength: 2, selector: kindOf }),
      ),
      scheme.filter(plain),
    ),
    fc.uniqueArray(scheme, { minLength: 1, maxLength: 3, selector: kindOf }),
    fc
      .tuple(scheme, fc.constant<Scheme>({ kind: 'recompute', share: 0.5 }))
      .filter(([first, second]) => kindOf(first) !== kindOf(second)),
  ),
  reputation: anyOf(reputationModels, 'reputation'),
  slashing: fc.oneof(
    anyOf(slashingRules),
    byClass(anyOf(slashingRules).filter(plain), anyOf(slashingRules).filter(plain)),
  ),
  rewards: fc.oneof(anyOf(rewardRules), byClass(anyOf(rewardRules).filter(plain), anyOf(rewardRules).filter(plain))),
  slashedTo: fc.constantFrom(
    { burn: 1, challenger: 0, treasury: 0, insurance: 0 },
    { burn: 0.3, challenger: 0.3, treasury: 0.2, insurance: 0.2 },
    { burn: 0, challenger: 0, treasury: 1, insurance: 0 },
    { byFinding: { timeout: { treasury: 1 }, silence: { insurance: 0.5, burn: 0.5 } } },
  ),
  suspension: fc.constantFrom(
    'none',
    'none',
    { window: 1, below: 1, grace: 0 },
    { window: 3, below: 0.9, grace: 1, review: 'none' },
  ),
  appeal: fc.constantFrom(
    'none',
    'none',
    { within: 1, committee: 3 },
    { within: 2, committee: 1, errorProbability: 1 },
  ),
  places: fc.constantFrom(
    'none',
    'none',
    { most: 3, price: 0, immunity: 0 },
    { most: 5, price: 0.3, priceTo: 'treasury', immunity: '3h' },
  ),
  stake: fc.record({
    minimum: fc.constantFrom(0, 10, 60),
    identityFee: fc.constantFrom(0, 1),
    delegatorShare: fc.constantFrom(0, 0.3, 1),
    resourceToken: fc.constantFrom(false, false, true),
  }),
  bondCurrency: fc.constantFrom('token', 'token', 'bond-token'),
  insurance: fc.constantFrom('none', 'none', { premium: 5, covers: 0.7, findings: ['timeout', 'invalid', 'absence'] }),
  queueLimit: fc.constantFrom(0, 0, 1, 3, 'unlimited'),
  attempts: fc.integer({ min: 1, max: 4 }),
  directedJobs: fc.boolean(),
  acknowledgeWithin: fc.constantFrom('30s', '200ms', 'unlimited'),
  checkIn: fc.constantFrom({ every: '10m' }, { every: '1h' }, 'none'),
  publish: fc.constantFrom(
    { every: 0, delay: 0 },
    { every: '10m', delay: '1m' },
    { every: '5m', delay: '12m' },
    { every: '7m', delay: 0 },
  ),
});

/** Changes of rules that any protocol takes: no mechanism's own, but some that each of them feels. */
const changes = fc.array(
  fc.record({
    at: fc.constantFrom('1h', '2h', '5h'),
    set: fc
      .record(
        {
          'protocol.stake.minimum': fc.constantFrom(0, 20, 60),
          'protocol.stake.identityFee': fc.constantFrom(0, 2),
          'protocol.queueLimit': fc.constantFrom(0, 2, 'unlimited'),
          'protocol.attempts': fc.integer({ min: 1, max: 4 }),
          'protocol.acknowledgeWithin': fc.constantFrom('200ms', 'unlimited'),
          'protocol.checkIn': fc.constantFrom({ every: '7m' }, 'none'),
          'protocol.publish.every': fc.constantFrom(0, '3m', '10m'),
          'protocol.publish.delay': fc.constantFrom(0, '30s', '12m'),
          'protocol.rewards.bondFraction': fc.constantFrom(0, 0.5, 1),
          'protocol.rewards.emission': fc.constantFrom(0, 5),
          'protocol.rewards.unbonding': fc.constantFrom('0s', '14d'),
        },
        { requiredKeys: [] },
      )
      .filter((set) => Object.keys(set).length > 0),
  }),
  { maxLength: 2 },
);

const outages = fc.oneof(
  fc.constant('none' as unknown),
  fc.constant({ pattern: 'none', running: 'finish' }),
  fc.record({
    up: fc.constantFrom({ exponential: { mean: '1h' } }, { weibull: { shape: 0.6, scale: '2h' } }, '30m'),
    down: fc.constantFrom({ exponential: { mean: '10m' } }, { lognormal: { median: '5m', sigma: 1 } }, '3h'),
    running: fc.constantFrom('lose', 'pause', 'finish'),
    announced: fc.boolean(),
  }),
);

const cohort = fc
  .record(
    {
      nodes: fc.integer({ min: 1, max: 8 }),
      hardware: fc.constantFrom('consumer-gpu', 'reference-cpu', { 'consumer-gpu': 0.5, 'reference-cpu': 0.5 }),
      stake: fc.constantFrom(0, 50, 100),
      funds: fc.constantFrom(0, 0.5, 500),
      bondFunds: fc.constantFrom(0, 0.5, 500),
      delegated: fc.constantFrom(0, 30, 0.000003),
      strategy: anyOf(strategies),
      attack: fc.constantFrom('raid', 'other'),
      outages,
      maintenance: fc.constantFrom({ every: '3h', for: '20m' }, { every: '2h', for: '1h', at: '1h', over: 0 }),
      providers: fc.constantFrom({ acme: 0.5, bolt: 0.5 }, { acme: 1 }),
      wear: fc.constantFrom({ every: '1h', loss: 0.2 }, { every: '5h', loss: 0.9, share: 0.5 }),
      joins: fc.constantFrom(
        { at: 0, over: 0 },
        { at: '30m', over: '2h' },
        { at: 0, over: '6h' },
        { newcomers: { perHour: 1 } },
        { at: '1h', newcomers: { perHour: 3, from: '2h', most: 4 } },
      ),
      leaves: fc.constantFrom(
        { at: '3h', over: '2h' },
        { at: '1h', over: '10h' },
        { after: { exponential: { mean: '4h' } } },
        { after: '90m' },
      ),
      throughput: fc.constantFrom(1, { lognormal: { median: 1, sigma: 0.5 } }),
      slots: fc.integer({ min: 1, max: 3 }),
      reporters: fc.constantFrom(0, 1),
      quality: fc.constantFrom(0.5, 0.9, 1),
      completion: fc.constantFrom(0.7, 1),
      importedScore: fc.constantFrom(0.5, 1.5, 4),
      publicAddress: fc.constantFrom(0, 0.7, 1),
      answers: fc.constantFrom({ noise: 0, hallucination: 0 }, { hallucination: 0.3, drift: -0.5 }),
    },
    { requiredKeys: ['nodes', 'strategy', 'outages', 'completion', 'funds'] },
  )
  // departures at a set time come after all entries
  .map(({ leaves, ...rest }) => {
    if (leaves === undefined) return rest;
    return { ...rest, leaves: 'at' in leaves && rest.joins !== undefined ? { after: '90m' } : leaves };
  });

const workload = fc.record(
  {
    class: fc.constantFrom('task', 'simulation', 'tunnel', 'rendering', 'oracle-query', 'iot-oracle'),
    value: fc.constantFrom({ volatility: 0 }, { start: 1e-6, volatility: 1, every: '7m' }),
    tolerance: fc.constantFrom(0, 0.1),
    difficulty: fc.constantFrom(0.3, 1),
    arrivals: fc.record(
      {
        perHour: fc.constantFrom(5, 20, 60),
        diurnal: fc.constantFrom(0, 0.8),
        peakAt: fc.constantFrom('6h', '20h'),
        surges: fc.constantFrom(
          { launch: { at: ['1h', '4h'], for: '30m', factor: 5 } },
          { lull: { at: '2h', for: '2h', factor: 0 }, viral: { between: '1h', for: '10m', factor: 3 } },
        ),
      },
      { requiredKeys: ['perHour'] },
    ),
    jobs: fc.constantFrom(10, 1_000_000),
    minimumScore: fc.constantFrom(0.3, 0.6, 0.97),
    gatedShare: fc.constantFrom(0, 0.5, 1),
    tier: fc.constantFrom(0, 1),
    work: fc.constantFrom('2m', { exponential: { mean: '5m' } }, { lognormal: { median: '5m', sigma: 1 } }, '0s'),
    fee: fc.constantFrom(0, 0.2, 0.123457, 5),
    valueAtRisk: fc.constantFrom(0, 1),
    feeFactor: fc.constantFrom({ lognormal: { median: 1, sigma: 1 } }, { uniform: { low: 0, high: 2 } }),
    valueFactor: fc.constantFrom(3, { exponential: { mean: 1 } }),
    valueFollowsFee: fc.boolean(),
    deadline: fc.constantFrom(
      'none',
      { times: 1, atLeast: 1 },
      { times: 3, atLeast: '60s' },
      { times: 6, atLeast: '1h' },
    ),
  },
  { requiredKeys: ['class', 'arrivals', 'work', 'deadline'] },
);

const when = fc.constantFrom(
  { at: 0, for: '2h' },
  { at: ['1h', '2h', '5h'], for: '1h' },
  { at: ['1h', '2h', '3h'], for: { exponential: { mean: '2h' } } },
  { between: { exponential: { mean: '2h' } }, for: { lognormal: { median: '20m', sigma: 1 } } },
  { between: '1h', for: '1h' },
);
const where = fc.constantFrom('region', 'provider', 'hardware');
const share = fc.constantFrom(0, 0.4, 1);
const cause = fc.record({ where, when, share });
const sharedOutage = fc.record({ where, when, share, announced: fc.boolean() });
const stress = fc.record({
  outages: fc.oneof(fc.constant([]), fc.array(sharedOutage, { maxLength: 3 })),
  bugs: fc.oneof(fc.constant([]), fc.array(cause, { maxLength: 2 })),
  partitions: fc.oneof(fc.constant([]), fc.array(when, { maxLength: 2 })),
});

type Cause = Readonly<Record<'where' | 'when' | 'share', unknown>>;

/** Names the causes, and names the places that the scenario has. */
function placed(causes: readonly Cause[], places: Settings): Settings {
  const entries = causes.map(({ where: kind, when: time, ...rest }, index) => {
    const key = places[kind as string] === undefined ? 'region' : (kind as string);
    return [`c${index}`, { [key]: places[key], ...(time as Settings), ...rest }];
  });
  return Object.fromEntries(entries);
}

/** Names the partitions, each between Europe and one or two others. */
function parted(spans: readonly unknown[]): Settings {
  const others = [['north-america'], ['north-america', 'japan']];
  const entries = spans.map((time, index) => [
    `p${index}`,
    { sides: [['europe'], others[index]], ...(time as Settings) },
  ]);
  return Object.fromEntries(entries);
}

/** No two changes of one instant, which may be of the same setting. */
function withoutRepeats<Change extends { readonly at: string }>(all: readonly Change[]): readonly Change[] {
  return all.filter(({ at }, place) => all.findIndex((other) => other.at === at) === place);
}

/** The changes without those that would give stake back before pay that waits, or of settings that there aren't. */
function withoutContradictions(
  changes: readonly { readonly at: string; readonly set: Settings }[],
  rewards: Settings,
): readonly object[] {
  const isComposite = rewards.kind === 'by-class';
  if (isComposite) {
    const others = changes.map(({ at, set }) => ({ at, set: withoutRewards(set) }));
    return others.filter(({ set }) => Object.keys(set).length > 0);
  }
  if (!((rewards.holdEpochs as number | undefined) ?? 0)) return changes;
  const kept = changes.map(({ at, set: { 'protocol.rewards.unbonding': _, ...set } }) => ({ at, set }));
  return kept.filter(({ set }) => Object.keys(set).length > 0);
}

function withoutRewards(set: Settings): Settings {
  return Object.fromEntries(Object.entries(set).filter(([path]) => !path.startsWith('protocol.rewards.'))) as Settings;
}

/** The schemes that results can be checked by, those of job classes too. */
function schemesIn(verification: unknown): readonly Settings[] {
  return ([verification].flat() as Settings[]).flatMap((one) => {
    if (one.kind !== 'by-class') return [one];
    return [one.otherwise ?? [], ...Object.values((one.classes ?? {}) as object)].flatMap(schemesIn);
  });
}

/** The fleet with operators enough in its first cohort for the witnesses and equal answers that schemes ask for. */
function withEnough({ fleet, protocol }: { readonly fleet: object; readonly protocol: Settings }): Settings {
  const schemes = schemesIn(protocol.verification);
  const least = schemes.map((settings) => {
    const { kind, threshold = 3, quorum = 2, m = 2, lead = 2 } = settings;
    if (kind === 'peer-attestation') return (threshold as number) + 1;
    if (kind === 'consensus') return (settings.quorum as number | undefined) ?? 4;
    if (kind === 'margin') return lead as number;
    if (kind === 'redundancy' || kind === 'adaptive-replication') return quorum as number;
    return kind === 'm-first' ? (m as number) : 1;
  });
  const [[name, first], ...others] = Object.entries(fleet as Record<string, Settings>) as [[string, Settings]];
  const { identitiesPerMachine = 1, machinesPerOperator = 1 } = Object(first.strategy) as Record<string, number>;
  const nodes = Math.max(
    first.nodes as number,
    ...least.map((one) => one * identitiesPerMachine * machinesPerOperator),
  );
  return { [name]: { ...first, nodes }, ...Object.fromEntries(others) };
}

/** The fleet in which the second cohort sells the tokens of its machines to the first, where there are any. */
function withSale(fleet: Settings, sale: object, protocol: Settings): Settings {
  const [buyer, seller] = Object.keys(fleet);
  if (seller === undefined || !(protocol.stake as Settings).resourceToken) return fleet;
  return { ...fleet, [seller]: { ...(fleet[seller] as Settings), sellsResourceTokens: { to: buyer, ...sale } } };
}

/** The fleet where whoever works against others has any, and no more than there are. */
function withVictims(fleet: Settings): Settings {
  const cohorts = Object.entries(fleet) as [string, Settings][];
  const alike = cohorts.map(([name, cohort]): [string, Settings] => {
    if (!/sabotage|eclipse|griefing-client|bribery/.test(JSON.stringify(cohort.strategy ?? ''))) return [name, cohort];
    const isMember = ([other, { attack }]: [string, Settings]) =>
      other === name || (attack !== undefined && attack === cohort.attack);
    const others = cohorts.reduce((sum, one) => sum + (isMember(one) ? 0 : (one[1].nodes as number)), 0);
    if (others === 0) return [name, { ...cohort, strategy: 'honest' }];
    const within = JSON.stringify(cohort.strategy).replaceAll(/"targets":(\d+)/g, (_all, targets) => {
      return `"targets":${Math.min(Number(targets), others)}`;
    });
    return [name, { ...cohort, strategy: JSON.parse(within) }];
  });
  return Object.fromEntries(alike);
}

/**
 * Small scenarios of up to some thousand events, with every registered kind, outages of each sort, maintenance, bugs,
 * surges, newcomers, joins, leaves, deadlines or none, queues or none, changes of rules or none; as the text of a
 * scenario file.
 */
export const anyScenario: fc.Arbitrary<string> = fc
  .record({
    seed: fc.integer({ min: 0, max: 1_000_000 }),
    horizon: fc.constantFrom('6h', '12h', '20h'),
    network: fc.constantFrom('world', 'single'),
    protocol,
    changes: fc.oneof(fc.constant([]), changes).map(withoutRepeats),
    fleet: fc.oneof(
      fc.record({ a: cohort }),
      fc.record({ a: cohort, b: cohort }),
      fc.record({ a: cohort, b: cohort, c: cohort }),
    ),
    workload: fc.oneof(fc.record({ u: workload }), fc.record({ u: workload, v: workload })),
    stress,
    money: fc.record({ treasury: fc.constantFrom(0, 1, 10_000), clientBudget: fc.constantFrom(3, 1_000_000) }),
    sale: fc.constantFrom({ at: 0 }, { at: '2h', price: 3 }, { at: '5h' }),
  })
  .map(({ sale, ...scenario }) => {
    const cohorts = Object.values(scenario.fleet) as Partial<Record<string, unknown>>[];
    const provider = cohorts.flatMap(({ providers }) => Object.keys(providers ?? {}))[0];
    const { hardware } = cohorts[0]!;
    const places = {
      region: scenario.network === 'world' ? 'europe' : 'here',
      provider,
      hardware: typeof hardware === 'string' ? hardware : Object.keys(hardware ?? { 'consumer-gpu': 1 })[0],
    };
    const causes = {
      outages: placed(scenario.stress.outages, places),
      bugs: placed(scenario.stress.bugs, places),
      // one region can't be apart from itself
      partitions: scenario.network === 'world' ? parted(scenario.stress.partitions) : {},
    };
    const changes = withoutContradictions(scenario.changes, scenario.protocol.rewards);
    const fleet = withSale(withVictims(withEnough(scenario)), sale, scenario.protocol);
    return JSON.stringify({ ...scenario, changes, fleet, stress: causes });
  });

/** Votes that any protocol takes, which come into force at times of their own. */
const votes = fc
  .array(
    fc.record({
      set: fc.constantFrom<Settings>(
        { 'protocol.stake.minimum': 60 },
        { 'protocol.stake.delegatorShare': 1 },
        { 'protocol.insurance': { premium: 5, covers: 1, findings: ['timeout', 'invalid', 'checkInMissed'] } },
        { 'protocol.slashedTo': { burn: 0.25, challenger: 0.25, treasury: 0.25, insurance: 0.25 } },
        { 'protocol.attempts': 1, 'protocol.queueLimit': 3 },
      ),
      weights: fc.constantFrom('stake', 'operator', 'identity'),
      quorum: fc.constantFrom(0, 0.3),
      timelock: fc.constantFrom(0, '11m'),
      veto: fc.constantFrom('none', 0.4),
      honest: fc.constantFrom('for', 'for', 'against', 'abstain'),
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) => all.map((one, place) => ({ ...one, proposed: `${17 + 101 * place}m`, open: '1h', by: 'a' })));

/**
 * The same, in which operators vote on some rules; more of them delegate, unbond and are insured; newcomers are
 * subsidised, delegators follow the yield, and clients look at the price.
 */
export const anyScenarioWithVotes: fc.Arbitrary<string> = fc
  .tuple(anyScenario, votes, fc.constantFrom(0.5, 1), fc.constantFrom(0, 40), fc.boolean(), fc.boolean())
  .map(([text, proposed, turnout, delegated, isInsured, follows]) => {
    const { fleet, protocol, workload, ...rest } = JSON.parse(text) as Record<
      'fleet' | 'protocol' | 'workload',
      Settings
    >;
    const elasticity = follows ? { exponent: 2, price: 'paid', reference: 0.4, most: 2 } : 'none';
    const markets = Object.entries(workload).map(([name, one]) => [name, { ...(one as Settings), elasticity }]);
    const following = follows ? { delegatorsFollow: { rate: 1, window: 1, tolerance: 0 } } : {};
    const voters = Object.entries(fleet).map(([name, cohort]) => {
      return [name, { ...(cohort as Settings), turnout, delegated, borrows: follows ? 0.7 : 0, ...following }];
    });
    const treasury = { budget: 3, subsidy: { tokens: 0.5, epochs: 4 } };
    const insurance = isInsured ? { insurance: { premium: 2, covers: 0.5 }, treasury, lendAgainstScore: {} } : {};
    const all = { ...protocol, ...insurance };
    const parts = { fleet: Object.fromEntries(voters), workload: Object.fromEntries(markets), protocol: all };
    return JSON.stringify({ ...rest, votes: proposed, ...parts });
  });
