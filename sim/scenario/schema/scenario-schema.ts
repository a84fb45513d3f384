import { z } from 'zod';
import { throughputLeast, throughputMost } from '../../model/columns/hardware.js';
import { nodesMost } from '../../model/columns/nodes.js';
import { byProfitSchema, entrantsMost } from '../../model/contract/cohorts/by-profit.js';
import { followsYieldSchema } from '../../model/contract/cohorts/follows-yield.js';
import { resourceTokenSaleSchema } from '../../model/contract/cohorts/resource-token-sale.js';
import type { DeclaredKind } from '../../model/contract/findings/evidence-kinds.js';
import {
  choice,
  count,
  distribution,
  duration,
  flag,
  fraction,
  partName,
  probability,
  quantity,
  tokens,
  usd,
} from '../../model/contract/settings.js';
import { secondsPerDay, secondsPerHour } from '../../model/contract/units.js';
import { tokenPathSchema } from '../../model/money/token-price.js';
import { lendingSchema } from '../../model/nodes/economy/lending-schema.js';
import { placesSchema } from '../../model/nodes/economy/places-schema.js';
import { treasurySchema } from '../../model/nodes/economy/treasury-schema.js';
import { cohortProcessKeys } from '../../model/outside/cohort-processes.js';
import { providersSchema } from '../../model/outside/common-cause.js';
import { elasticitySchema } from '../../model/outside/demand/elasticity.js';
import { outagesSchema } from '../../model/outside/outages.js';
import { valueSchema } from '../../model/outside/true-values.js';
import { answersSchema } from './answers-schema.js';
import { arrivalsSchema } from './arrivals-schema.js';
import { catalogue, deadlineSchema } from './catalogue.js';
import { ballotSchema, changesSchema, votesSchema } from './changes-schema.js';
import { joinsSchema, leavesSchema } from './churn-schema.js';
import { defaultKinds } from './default-kinds.js';
import { expectationSchema } from './expectation-schema.js';
import { experimentSchema, variantsSchema } from './experiment-schema.js';
import { appealSchema, insuranceSchema, slashedToSchema, suspensionSchema } from './penalty-schema.js';
import type { Registry } from './registry.js';
import { seedSchema } from './seed-schema.js';
import { stressSchema } from './stress-schema.js';

interface Entry {
  readonly kind: string;
  readonly meaning: string;
  readonly settings: z.ZodType;
}

/** What a mechanism says of the findings that it brings. */
interface Brings {
  readonly kinds?: readonly DeclaredKind[];
}

/** A mechanism by its settings, or by its bare name where the defaults will do. */
function mechanism<const Entries extends readonly Entry[]>(
  entries: Entries,
  meaning: string,
): z.ZodType<z.output<Entries[number]['settings']>> {
  const names = entries.map((entry) => entry.kind) as [string, ...string[]];
  const explained = entries.map(({ kind, meaning, settings }) => settings.meta({ title: kind, description: meaning }));
  const kinds = z.discriminatedUnion('kind', explained as never);
  const expected = `expected one of: ${names.join(', ')}`;
  const word = z
    .enum(names, expected)
    .transform((kind) => ({ kind }))
    .pipe(kinds as never);
  return z.union([word, kinds], expected).describe(meaning) as never;
}

const share = (meaning: string) => fraction({ meaning });
const nameOf = (names: readonly string[], meaning: string) => choice(names as [string, ...string[]], { meaning });

/** Shares by name that sum to 1, or one name for the whole. */
function mixture(names: readonly string[], meaning: string): z.ZodType<Readonly<Record<string, number>>> {
  const known = nameOf(names, meaning);
  return z.union(
    [
      known.transform((name): Record<string, number> => ({ [name]: 1 })),
      z
        .partialRecord(z.enum(names as [string, ...string[]]), share('Share of the nodes'))
        .refine((shares) => Object.keys(shares).length > 0, 'expected at least one name with a share')
        .refine((shares) => Object.keys(shares).length === 0 || sumsToOne(shares), 'expected shares that sum to 1'),
    ],
    `expected one of: ${names.join(', ')}, or shares by name`,
  ) as never;
}

function sumsToOne(shares: Readonly<Record<string, number | undefined>>): boolean {
  let sum = 0;
  for (const value of Object.values(shares)) sum += value ?? 0;
  return Math.abs(sum - 1) < 1e-9;
}

const unlimitedOr = <Output, Input>(schema: z.ZodType<Output, Input>, expected: string) =>
  z.union([z.literal('unlimited'), schema], expected);

function protocolOf({ registered }: Registry) {
  const verificationScheme = mechanism(registered.verification, 'How results are checked');
  const schemeNamed = (kind: string) => registered.verification.find((entry) => entry.kind === kind)!;
  const isChallengeable = (settings: { readonly kind: string }): boolean => {
    const { isChallengeable: isOwn, members } = schemeNamed(settings.kind);
    return isOwn === true || (members?.(settings as never) ?? []).some(isChallengeable);
  };
  const { strategy: _, ...mechanisms } = registered;
  const brought = Object.values(mechanisms)
    .flatMap((entries: readonly Brings[]) => entries)
    .flatMap((entry) => entry.kinds ?? []);
  return z.strictObject({
    epoch: duration({ least: secondsPerHour, most: 7 * secondsPerDay, meaning: 'Length of an epoch' }).prefault('24h'),
    assignment: mechanism(registered.assignment, 'Who gets a job').prefault(defaultKinds.assignment),
    verification: z
      .union(
        [
          verificationScheme,
          z
            .array(verificationScheme)
            .min(1)
            .max(16)
            .refine(
              (schemes) => schemes.filter(isChallengeable).length <= 1,
              'expected at most one scheme whose results can be challenged',
            )
            .refine(
              (schemes) => !schemes.some((one) => schemeNamed(one.kind).holdsList?.(one as never) === true),
              'expected no list within a list',
            ),
        ],
        'expected a verification scheme, or a list of them',
      )
      .describe('How results are checked; schemes in a list run one after the other')
      .prefault(defaultKinds.verification),
    reputation: mechanism(registered.reputation, 'What a node’s score is after each finding').prefault(
      defaultKinds.reputation,
    ),
    slashing: mechanism(registered.slashing, 'What a finding costs').prefault(defaultKinds.slashing),
    rewards: mechanism(registered.rewards, 'Who is paid what, and when').prefault(defaultKinds.rewards),
    slashedTo: slashedToSchema(brought),
    appeal: appealSchema,
    suspension: suspensionSchema,
    insurance: insuranceSchema(brought),
    places: placesSchema,
    treasury: treasurySchema,
    lendAgainstScore: lendingSchema,
    stake: z
      .strictObject({
        minimum: tokens({ meaning: 'Stake below which a node gets no work' }).default(10),
        identityFee: tokens({ meaning: 'Fee for each identity that enters' }).default(1),
        resourceToken: flag({
          meaning:
            'Whether an identity gets work only with a resource token: each machine has one, minted of what its ' +
            'first identity declares, which one identity holds at a time, and with which goes what was proven of the ' +
            'hardware',
        }).default(false),
        delegatorShare: fraction({
          meaning: 'Share of a node’s income of which its delegators get theirs, in proportion to its stake',
        }).default(0.5),
        tellFallsAbove: z
          .union(
            [
              z.literal('none'),
              quantity({
                unit: 'score',
                least: 0,
                most: 1_000_000,
                meaning: 'Fall of the published score since the last epoch’s end',
              }),
            ],
            'expected none or a fall of the score',
          )
          .describe(
            'Fall of the published score since the last epoch’s end, excluded, that a node’s delegators are told of, ' +
              'who then leave (fleet.NAME.delegatorsLeave); none: of nothing',
          )
          .default('none'),
      })
      .describe('What an identity must put in')
      .prefault({}),
    importedScores: z
      .strictObject({
        discount: fraction({
          meaning: 'Share of a score brought from another network that doesn’t count',
        }).default(0.5),
      })
      .describe('What scores of other networks are worth, that nodes bring along')
      .prefault({}),
    bondCurrency: choice(['token', 'bond-token'], {
      meaning:
        'Currency of bonds, of attempts and of challengers: the token, or one of their own, of which a bond takes as ' +
        'many as it would take tokens',
    }).default('token'),
    queueLimit: unlimitedOr(
      count({ most: 1_000_000, meaning: 'Attempts queued at a node beyond its slots' }),
      'expected an integer of at least 0, or unlimited',
    ).default(0),
    attempts: count({
      least: 1,
      most: 32,
      meaning: 'Attempts of a job, if earlier ones fail or are handed back',
    }).default(3),
    acknowledgeWithin: unlimitedOr(
      duration({ positive: true, meaning: 'Time in which a node must acknowledge a job' }),
      'expected a duration such as 30s, or unlimited',
    ).default(30),
    giveUpAfter: unlimitedOr(
      duration({
        positive: true,
        meaning:
          'Time from assignment after which a finished attempt without a deadline that sends nothing is given up, ' +
          'and from asking after which witnesses are whose replies have no limit',
      }),
      'expected a duration such as 7d, or unlimited',
    ).default(7 * secondsPerDay),
    seesDoubleSigning: probability({
      meaning: 'Probability that it is seen, and found as doubleSigned, if a node signs what contradicts itself',
    }).default(1),
    directedJobs: flag({
      meaning: 'Whether jobs may name the node that they are for; those that operators submit do, for their own nodes',
    }).default(false),
    checkIn: z
      .union(
        [
          z.literal('none'),
          z.strictObject({
            every: duration({ least: 1, meaning: 'Interval of availability check-ins' }).prefault('1h'),
          }),
        ],
        'expected none or {every: …}',
      )
      .describe('Availability check-ins, or none')
      .prefault({}),
    publish: z
      .strictObject({
        every: duration({
          least: 1,
          orZero: true,
          meaning: 'Interval at which the reputation oracle reads the scores, 1 s or more; 0: at once',
        }).prefault('10m'),
        delay: duration({ meaning: 'Time from reading to publication' }).prefault('1m'),
        reporters: count({ least: 1, most: 99, meaning: 'Seats among the reporters' }).default(5),
        threshold: count({ least: 1, most: 99, meaning: 'Reports that a publication needs' }).default(3),
      })
      .refine((settings) => settings.threshold <= settings.reporters, {
        path: ['threshold'],
        message: 'expected a threshold of at most the number of reporters',
      })
      .describe('How scores become public')
      .prefault({}),
  });
}

const trace = z
  .strictObject({
    format: choice(['golem-2019'], { meaning: 'Format of the records' }),
    path: z.string().min(1).max(4_096).describe('Folder of the records'),
    month: z
      .string()
      .regex(/^\d{4}-\d{2}$/, 'expected a month such as 2019-01')
      .describe('Month to replay'),
    sessionEnd: choice(['announced', 'failure'], {
      meaning: 'Whether a session’s end is an announced departure or a failure',
    }).default('announced'),
    successWithoutOutcomes: probability({ meaning: 'Success rate of providers that have no outcomes' }).default(0.955),
  })
  .describe('Records of a real fleet to replay, in place of nodes');

function cohort({ registered }: Registry) {
  const { hardware, regionSets } = catalogue();
  const regionNames = [...new Set(Object.values(regionSets).flatMap((set) => set.regions))];
  return z
    .strictObject({
      nodes: count({
        least: 1,
        most: nodesMost,
        unit: 'nodes',
        meaning: 'Identities that the cohort declares; a trace brings its own',
      }).optional(),
      trace: trace.optional(),
      hardware: mixture(Object.keys(hardware), 'Hardware class').prefault('consumer-gpu'),
      regions: mixture(
        [...Object.keys(regionSets), ...regionNames],
        'Where the nodes are; default: as the network’s shares',
      ).optional(),
      stake: tokens({ meaning: 'Stake that each identity locks' }).default(100),
      importedScore: quantity({
        unit: 'score',
        least: 0,
        most: 1_000_000,
        meaning: 'Score of another network that each identity brings, in this one’s measure; default: none',
      }).optional(),
      delegated: tokens({
        meaning: 'Stake that others delegate to each identity as it enters; slashed with its own, back after unbonding',
      }).default(0),
      delegatorsLeave: fraction({
        meaning: 'Share of that which leaves a node, by unbonding, each time that its delegators are told of a fall',
      }).default(1),
      delegatorsSpread: count({
        least: 1,
        most: nodesMost,
        unit: 'nodes',
        meaning:
          'Nodes of the cohort over which each of those who delegate to them spreads, evenly: the same tokens lie ' +
          'with each node, and what one delegator loses depends on so many',
      }).default(1),
      delegatorsFollow: followsYieldSchema,
      borrows: fraction({
        meaning: 'Share of the stake that a node may borrow against its score that it does (protocol.lendAgainstScore)',
      }).default(0),
      sellsResourceTokens: resourceTokenSaleSchema.optional(),
      funds: tokens({
        meaning: 'Tokens of the cohort beyond the first stakes and fees, split between operators',
      }).default(0),
      bondFunds: tokens({
        meaning: 'Tokens of the cohort in the bond currency, if there is one, split between operators',
      }).default(0),
      strategy: mechanism(registered.strategy, 'How the cohort’s operators behave').prefault(defaultKinds.strategy),
      attack: partName
        .transform((name) => (name === 'none' ? undefined : name))
        .describe(
          'Attack that the cohort takes part in: its members, of any cohort, know one another and agree on ' +
            'answers, and count as attackers whatever their strategy; none, as by default, for no attack',
        )
        .optional(),
      purse: z
        .strictObject({
          gives: fraction({
            meaning:
              'Share of what its nodes earned in an epoch that its operators lay into the purse at its end, once ' +
              'they are paid',
          }).default(0),
          takesUpTo: tokens({
            meaning:
              'Free tokens that each of its operators has at most after taking what it lacks out of the purse, at ' +
              'the end of each epoch',
          }).default(0),
        })
        .describe('What its operators do with the purse of their attack')
        .prefault({}),
      reporters: count({
        most: 99,
        unit: 'seats',
        meaning: 'Seats among the reporters of the reputation oracle that its operators hold; others’ report as is',
      }).default(0),
      turnout: probability({ meaning: 'Probability that an operator takes part in a vote' }).default(1),
      ballot: ballotSchema,
      outages: outagesSchema.prefault('none'),
      ...cohortProcessKeys,
      providers: providersSchema.optional(),
      joins: joinsSchema.prefault({}),
      leaves: leavesSchema.optional(),
      byProfit: byProfitSchema.optional(),
      throughput: distribution({
        least: throughputLeast,
        most: throughputMost,
        unit: 'reference cards',
        meaning: 'True and declared throughput; default: the hardware’s',
      }).optional(),
      slots: count({ least: 1, most: 65_535, meaning: 'Jobs at a time; default: the hardware’s' }).optional(),
      quality: probability({
        meaning: 'Probability that an honest computation is right; default: 1 less the hardware’s fault probability',
      }).optional(),
      completion: probability({ meaning: 'Probability that an attempt ends with a result' }).default(1),
      answers: answersSchema,
      publicAddress: fraction({ meaning: 'Share of the nodes that are reachable from anywhere' }).default(0.7),
    })
    .refine((settings) => (settings.nodes === undefined) !== (settings.trace === undefined), {
      message: 'expected either nodes or a trace',
    })
    .refine(({ delegatorsSpread, nodes }) => delegatorsSpread === 1 || delegatorsSpread <= (nodes ?? nodesMost), {
      path: ['delegatorsSpread'],
      message: 'expected at most as many as the cohort has nodes',
    })
    .refine(({ delegatorsSpread, delegatorsFollow }) => delegatorsSpread === 1 || delegatorsFollow === 'none', {
      path: ['delegatorsSpread'],
      message: 'expected 1 beside delegatorsFollow, as nobody knows by then what lies where of whom',
    })
    .refine(({ attack, purse }) => attack !== undefined || purse.gives + purse.takesUpTo === 0, {
      path: ['purse'],
      message: 'expected an attack beside it, whose members share the purse',
    })
    .refine(({ trace, joins }) => trace === undefined || joins.newcomers === undefined, {
      path: ['joins', 'newcomers'],
      message: 'expected no newcomers beside a trace, which says who comes',
    })
    .refine(({ leaves, trace }) => !leavesAtTime(leaves) || trace === undefined, {
      path: ['leaves'],
      message: 'expected after, because the trace says who comes when',
    })
    .refine(({ byProfit, trace, joins }) => entrantsMost(byProfit) === 0 || !(trace || joins.newcomers), {
      path: ['byProfit', 'enters'],
      message: 'expected none beside a trace or newcomers, which say who comes',
    })
    .refine(({ byProfit, leaves }) => entrantsMost(byProfit) === 0 || leaves === undefined, {
      path: ['leaves'],
      message: 'expected none beside byProfit.enters, as nobody knows when they come',
    })
    .refine(({ leaves, joins }) => !leavesAtTime(leaves) || joins.newcomers === undefined, {
      path: ['leaves'],
      message: 'expected after, because newcomers keep coming',
    })
    .refine(({ leaves, joins }) => !leavesAtTime(leaves) || leavesAfterEntry(leaves, joins), {
      path: ['leaves'],
      message: 'expected departures only once all have joined',
    });
}

type Leaves = z.output<typeof leavesSchema> | undefined;

/** True if the nodes leave at a time of the run, whenever they came. */
function leavesAtTime(leaves: Leaves): leaves is NonNullable<Leaves> {
  return leaves !== undefined && (leaves.at !== undefined || leaves.over !== undefined);
}

function leavesAfterEntry({ at = 0, over = 0 }: NonNullable<Leaves>, joins: z.output<typeof joinsSchema>): boolean {
  const entered = joins.at + joins.over;
  return at > entered || (at === entered && over > 0);
}

function workload() {
  const { jobClasses, regionSets } = catalogue();
  const regionNames = [...new Set(Object.values(regionSets).flatMap((set) => set.regions))];
  return z.strictObject({
    class: nameOf(Object.keys(jobClasses), 'Job class').default('simulation'),
    arrivals: arrivalsSchema,
    elasticity: elasticitySchema,
    jobs: count({
      least: 1,
      most: 1_000_000_000,
      unit: 'jobs',
      meaning: 'Most jobs ever submitted; default: no limit',
    }).optional(),
    work: distribution({ unit: 'seconds', meaning: 'Work on the reference card; default: the class’s' }).optional(),
    fee: tokens({ meaning: 'Fee of a job; default: the class’s' }).optional(),
    feeFactor: distribution({
      unit: '1',
      most: 1_000_000,
      meaning: 'Factor on the fee, drawn for each job, which elasticity leaves out; default: all jobs pay the same',
    }).optional(),
    valueAtRisk: tokens({ meaning: 'Value of an undetected wrong result to who returned it on purpose' }).default(0),
    valueFactor: distribution({
      unit: '1',
      most: 1_000_000,
      meaning: 'Factor on the value at risk, drawn for each job; default: all have the same at risk',
    }).optional(),
    valueFollowsFee: flag({ meaning: 'Whether the fee’s factor multiplies the value at risk, too' }).default(false),
    value: valueSchema,
    tolerance: fraction({
      meaning: 'How far a numeric answer may be off and be right, as a share of the true one',
    }).default(0.01),
    difficulty: fraction({
      meaning: 'Share of the variance of honest errors that all who answer a job have in common, as it is hard for all',
    }).default(0),
    deadline: deadlineSchema
      .describe('Deadline from submission, by the work at the node’s throughput, or none; default: the class’s')
      .optional(),
    minimumScore: quantity({
      unit: 'score',
      least: 0,
      most: 1_000_000,
      meaning: 'Published score that a node needs for a job; default: none',
    }).optional(),
    gatedShare: fraction({ meaning: 'Share of the jobs that state the minimum score; others are open to all' }).default(
      1,
    ),
    tier: count({
      most: 1_000,
      unit: '1',
      meaning: 'Tier of the jobs: the reputation model says which nodes may serve it; 0 for all of them',
    }).default(0),
    regions: mixture(
      [...Object.keys(regionSets), ...regionNames],
      'Where the clients are; default: as the network’s shares',
    ).optional(),
  });
}

const money = z.strictObject({
  tokenPrice: usd({ meaning: 'Price of a token, at the start' }).default(1),
  tokenPath: tokenPathSchema,
  bondTokenPrice: usd({ meaning: 'Price of a token of the bond currency' }).default(1),
  electricity: usd({ meaning: 'Price of a kilowatt-hour' }).default(0.15),
  capitalCost: fraction({ meaning: 'Yearly cost of locked capital, as a share' }).default(0.08),
  savedHour: usd({ meaning: 'Worth of a reference-card hour that was not computed' }).default(0.2),
  strike: usd({ meaning: 'Price of a forced outage, for who orders it outside of the network' }).default(50),
  eclipse: usd({ meaning: 'Price of eclipsing a node for an epoch, for who orders it' }).default(5),
  treasury: tokens({ meaning: 'Tokens of the treasury at the start' }).default(10_000),
  clientBudget: tokens({ meaning: 'Tokens of the clients of each workload at the start' }).default(100_000_000),
});

/** Modules that one scenario may bring. */
const pluginsMost = 16;

const cohortName = partName.refine(
  (name) => name !== 'all',
  'expected another name than all, which stands for the whole network',
);

/** The two settings that bound each other, as checked values. */
const spans = z.object({ horizon: z.number(), warmUp: z.number().optional() });

/** The whole scenario, with what the registry has; what is left out takes the default written here. */
export function scenarioSchema(registry: Registry): ReturnType<typeof buildSchema> {
  let schema = built.get(registry);
  if (schema === undefined) {
    schema = buildSchema(registry);
    built.set(registry, schema);
  }
  return schema;
}

/** Building it takes longer than checking a scenario, of which a sweep has thousands. */
const built = new WeakMap<Registry, ReturnType<typeof buildSchema>>();

function buildSchema(registry: Registry) {
  const expectation = expectationSchema(registry.metrics);
  return z
    .strictObject({
      seed: seedSchema.prefault('1'),
      plugins: z
        .array(z.string().min(1).max(4_096))
        .max(pluginsMost)
        .describe(
          'Modules with kinds and metrics of the scenario’s own, beside the file that names them: code that runs ' +
            'with the rights of whoever reads the scenario',
        )
        .default([]),
      horizon: duration({ positive: true, most: 3_650 * secondsPerDay, meaning: 'Length of the simulated time' }),
      warmUp: duration({ meaning: 'Start that metrics leave out; default: a tenth of the horizon' }).optional(),
      sampleEvery: duration({
        positive: true,
        meaning: 'Interval of samples; one more is taken if the warm-up ends between two',
      }).prefault('1h'),
      network: nameOf(Object.keys(catalogue().regionSets), 'Set of regions with their latencies').default('world'),
      protocol: protocolOf(registry).describe('Rules of the network: mechanisms and parameters').prefault({}),
      fleet: z
        .record(cohortName, cohort(registry))
        .refine((cohorts) => Object.keys(cohorts).length > 0, 'expected at least one cohort')
        .describe('Cohorts of nodes, by name'),
      workload: z
        .record(cohortName, workload())
        .refine((workloads) => Object.keys(workloads).length > 0, 'expected at least one workload')
        .describe('Streams of jobs, by name'),
      stress: stressSchema().describe('What befalls many machines together, whoever owns them').prefault({}),
      changes: changesSchema.default([]),
      votes: votesSchema.default([]),
      twin: z
        .boolean()
        .describe('Run the same network with every attacker honest, too, and tell what the attack brought')
        .default(false),
      money: money.describe('Prices, and what purses hold at the start').prefault({}),
      question: z
        .strictObject({
          ask: z.string().min(1).max(200).describe('The question; default: the first comment').optional(),
          yesIf: expectation
            .refine(({ against }) => against === undefined, {
              path: ['against'],
              message: 'expected a bound on this run’s own figures',
            })
            .describe('What a yes depends on: a bound on a metric, as in expect; at worstEpoch one epoch is enough'),
        })
        .describe('A question that a run answers with yes, no, or that it can’t be told')
        .optional(),
      expect: z.array(expectation).describe('Bounds on metrics, which the run is held against').default([]),
      variants: variantsSchema.optional(),
      experiment: experimentSchema(registry.metrics).prefault({}),
    })
    .refine((scenario) => (scenario.warmUp ?? 0) < scenario.horizon, {
      path: ['warmUp'],
      message: 'expected a warm-up shorter than the horizon',
      // told beside the faults of other settings
      when: ({ value }) => spans.safeParse(value).success,
    })
    .transform((scenario) => ({ ...scenario, registry }));
}

/** A checked scenario, and the registry that its kinds are of. */
export type Scenario = z.output<ReturnType<typeof scenarioSchema>>;

/** Start of the run that metrics leave out [s]: what the scenario says, or a tenth of the horizon. */
export function warmUpSeconds({ warmUp, horizon }: Pick<Scenario, 'warmUp' | 'horizon'>): number {
  return warmUp ?? horizon / 10;
}

/** An expectation, and where it stands in the scenario. */
export interface StatedExpectation {
  readonly path: readonly string[];
  /** From 1; 0 for what a yes to the question depends on. */
  readonly number: number;
  readonly expectation: Expectation;
}

/**
 * Everything that a run of the scenario is held against: its expectations, and what answers its question. What is
 * expected of the change since a baseline isn't among it: no run can tell that by itself.
 */
export function statedExpectations({ expect, question }: Scenario): readonly StatedExpectation[] {
  const stated = expect
    .map((expectation, index) => ({ path: ['expect', String(index)], number: index + 1, expectation }))
    .filter(({ expectation }) => expectation.against === undefined);
  return question === undefined
    ? stated
    : [...stated, { path: ['question', 'yesIf'], number: 0, expectation: question.yesIf }];
}

export type Expectation = Scenario['expect'][number];
export type CohortSettings = Scenario['fleet'][string];
export type ProtocolSettings = Scenario['protocol'];
export type WorkloadEntry = Scenario['workload'][string];
