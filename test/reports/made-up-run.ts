import type { AccountOverTwin, ChartInput, Loss, ReplicatedFigure } from '../../reports/charts/index.js';
import { type Cast, castOf } from '../../reports/drawing/cast.js';
import type { MeasuredOfNodes } from '../../reports/series/measured.js';
import { cohortDetections } from '../../sim/findings/charts/detections.js';
import { cohortParities } from '../../sim/findings/cohort-parities.js';
import type { Cell, Column } from '../../sim/record/tables/table.js';
import { cellTable } from '../support/tables.js';

const NAMES = [
  ...['replication', 'timeDays', 'cohort', 'nodesPresent', 'nodesOnline', 'nodesJailed', 'nodesEjected'],
  ...['score05', 'score25', 'score50', 'score75', 'score95', 'workReferenceHours', 'workFraction'],
  ...['slotHoursUp', 'slotHoursWorked'],
  ...['stakeTokens', 'incomeTokens', 'slashedTokens', 'jobsFinal', 'jobsCompleted'],
  ...[
    'jobsWrongAccepted',
    'jobsRejected',
    'jobsTimedOut',
    'jobsUnserved',
    'jobsOpen',
    'latencyP50Seconds',
    'latencyP95Seconds',
  ],
  ...['waitingMeanSeconds', 'waitingP95Seconds', 'corruptionGainUsd', 'corruptionCostUsd'],
];

interface Options {
  readonly horizonDays?: number;
  readonly sampleCount?: number;
  readonly replicationCount?: number;
  /** What nodes, their work, stake and jobs are multiplied by in a replication, from 0; 1 without it. */
  readonly factorOf?: (replication: number) => number;
  readonly warmUpDays?: number;
  readonly cohorts?: readonly string[];
  readonly attackers?: readonly string[];
  /** In each interval, of the completed ones. */
  readonly wrongJobs?: number;
  /** The second cohort joins then; before, its scores are empty. */
  readonly joinDays?: number;
  /** Without them, the second cohort's entry. */
  readonly episodes?: readonly MadeUpEpisode[];
  /** Without them, twelve nodes a cohort that stay. */
  readonly nodes?: readonly MadeUpNode[];
  /** Without them, four a cohort. */
  readonly newcomers?: readonly MadeUpNewcomer[];
  /** Without them, four identities a cohort that cheated. */
  readonly cheats?: readonly MadeUpCheat[];
  /** Without them, two sides of which the attackers gain 60. */
  readonly overTwin?: readonly AccountOverTwin[];
  /** Without them, one for lateness in each cohort, and one for wrong answers in the second. */
  readonly losses?: readonly Loss[];
  /** Without them, the three of `MADE_UP_FIGURES`, whatever the replications. */
  readonly figures?: readonly ReplicatedFigure[];
}

const MADE_UP_FIGURES: readonly ReplicatedFigure[] = [
  figureOf({ label: 'attackers’ share of the work', unit: 'fraction', values: [0.01, 0.02, 0.03, 0.06] }),
  figureOf({ label: 'honest nodes slashed', unit: 'nodes', values: [0, 0, 0, 0] }),
  figureOf({ label: 'median latency', unit: 's', values: [60, 70, 80, 90], low: Number.NaN, high: Number.NaN }),
];

/** A figure whose middle is its mean, with an interval by a tenth of it around, in words as they come. */
export function figureOf(some: Partial<ReplicatedFigure> & Pick<ReplicatedFigure, 'values'>): ReplicatedFigure {
  const middle = some.values.reduce((sum, value) => sum + value, 0) / some.values.length;
  const [low, high] = [0.9 * middle, 1.1 * middle];
  return { label: 'figure', unit: '1', missing: 0, low, high, middle, interval: 'from low to high', ...some };
}

/** Who appears of these cohorts, the later ones the larger. */
export function madeUpCast(cohorts: readonly string[], attackers: readonly string[] = []): Cast {
  return castOf(
    cohorts.map((cohort, index) => {
      const share = (index + 1) / cohorts.length ** 2;
      return { cohort, isAttacker: attackers.includes(cohort), workFraction: share, nodes: 100 * (index + 1) };
    }),
  );
}

/** A run that never was: smooth curves with the shape of a real time series, the second cohort joining late. */
export function madeUpRun(options: Options = {}): ChartInput {
  const { horizonDays = 30, sampleCount = 721, replicationCount = 1, warmUpDays = 3, joinDays = 10 } = options;
  const cohorts = options.cohorts ?? ['honest', 'swarm', 'fleet-a'];
  const cast = madeUpCast(cohorts, options.attackers);
  const intervalDays = horizonDays / (sampleCount - 1);
  const rows: Cell[][] = [];
  for (let replication = 0; replication < replicationCount; replication++) {
    const factor = options.factorOf?.(replication) ?? 1;
    for (let sample = 0; sample < sampleCount; sample++) {
      const timeDays = sample * intervalDays;
      cohorts.forEach((cohort, index) => {
        const isPresent = index !== 1 || timeDays >= joinDays;
        const nodes = isPresent ? 100 * (index + 1) * factor : 0;
        const rise = 1 - Math.exp(-timeDays / horizonDays);
        const scores = isPresent ? [0.1, 0.2, 0.3, 0.4, 0.5].map((spread) => 0.4 + spread * rise) : Array(5).fill(null);
        const hours = sample === 0 ? 0 : nodes * intervalDays * 24;
        const [stake, income, slashed] = [10 * nodes, isPresent ? nodes * timeDays : 0, isPresent ? timeDays : 0];
        // two slots a node, of which more are worked in the second half
        const slotHours = [2 * hours, 2 * hours * (timeDays > horizonDays / 2 ? 0.8 : 0.4)];
        const sums = [...slotHours, stake, income, slashed];
        rows.push([replication, timeDays, cohort, nodes, nodes, 0, 0, ...scores, hours, null, ...sums]);
      });
      const jobs = sample === 0 ? 0 : Math.round(100 * intervalDays * 24 * factor);
      rows.push([
        replication,
        timeDays,
        'all',
        600,
        600,
        0,
        0,
        ...Array(12).fill(null),
        jobs,
        jobs,
        sample === 0 ? 0 : (options.wrongJobs ?? 0),
        1,
        1,
        0,
        5,
        60,
        120,
        3,
        9,
      ]);
    }
  }
  const padded = rows.map((row) => {
    const sums = Array<Cell>(NAMES.length - row.length).fill(null);
    // ten USD a day brought, four cost
    const timeDays = Number(row[1]);
    if (cast.attackers.includes(String(row[2]))) sums.splice(-2, 2, 10 * timeDays, 4 * timeDays);
    return [...row, ...sums];
  });
  const timeseries = cellTable('timeseries', columnsOf(NAMES), padded);
  const ownNodes = options.nodes ?? madeUpNodes(cohorts, joinDays, horizonDays);
  const nodeRows = ownNodes.map((node) => NODE_COLUMNS.map((name) => node[name] ?? null));
  const nodes = cellTable('nodes', columnsOf(NODE_COLUMNS), nodeRows);
  const attack = {
    kind: 'attackEntry',
    label: 'joins',
    startDays: joinDays,
    endDays: Math.min(joinDays + 1, horizonDays),
  };
  const episodes = options.episodes ?? (joinDays < horizonDays ? [{ ...attack, scope: cohorts[1] ?? 'all' }] : []);
  const newcomers = madeUpNewcomers(options.newcomers ?? cohorts.flatMap(fourNewcomers), cast);
  const figures = options.figures ?? MADE_UP_FIGURES;
  return {
    timeseries,
    // an attack that brings nothing: its twin is the run
    twin: timeseries,
    nodes,
    measures: cohorts.length === 0 ? [] : madeUpMeasures(cast.cohorts),
    episodes: madeUpEpisodes(episodes),
    newcomers,
    detections: madeUpDetections(options.cheats ?? cohorts.flatMap(fourCheats), cast),
    overTwin: options.overTwin ?? MADE_UP_ACCOUNTS,
    losses: options.losses ?? madeUpLosses(cohorts),
    figures,
    ...cast,
    horizonDays,
    warmUpDays,
  };
}

/** An episode as the table has it. */
export interface MadeUpEpisode {
  readonly kind: string;
  readonly scope: string;
  readonly startDays: number;
  readonly endDays: number;
  readonly label: string;
}

const EPISODE_COLUMNS = ['kind', 'scope', 'startDays', 'endDays', 'label'] as const;
const NODE_COLUMNS = [
  ...(['cohort', 'joinedDays', 'leftDays', 'score', 'workReferenceHours', 'operator', 'incomeTokens'] as const),
];

/** A node as the table has it. */
export interface MadeUpNode {
  readonly cohort: string;
  readonly joinedDays: number | null;
  readonly leftDays: number | null;
  readonly score: number | null;
  readonly workReferenceHours: number;
  readonly operator?: number;
  readonly incomeTokens?: number;
}

const columnsOf = (names: readonly string[]) =>
  names.map((name): Column => ({ name, unit: '', window: 'own', meaning: name }));

/** A share, and a time, of three nodes a cohort. */
function madeUpMeasures(cohorts: readonly string[]): readonly MeasuredOfNodes[] {
  const of = (factor: number) => cohorts.map((_, index) => [1, 2, 3].map((place) => (factor * (place + index)) / 9));
  return [
    { name: 'successRate', unit: 'fraction', meaning: 'made up', byCohort: of(1) },
    { name: 'latencyMeanSeconds', unit: 's', meaning: 'made up', byCohort: of(900) },
  ];
}

function madeUpEpisodes(episodes: readonly MadeUpEpisode[]) {
  const rows = episodes.map((episode) => EPISODE_COLUMNS.map((name) => episode[name]));
  return cellTable('episodes', columnsOf(EPISODE_COLUMNS), rows);
}

/** A newcomer as the table has it. */
export interface MadeUpNewcomer {
  readonly cohort: string;
  readonly watchedDays: number;
  readonly isAtParity: boolean;
}

const NEWCOMER_COLUMNS = ['cohort', 'watchedDays', 'isAtParity'] as const;

function madeUpNewcomers(newcomers: readonly MadeUpNewcomer[], cast: Cast) {
  const rows = newcomers.map((newcomer) => NEWCOMER_COLUMNS.map((name) => newcomer[name]));
  return cohortParities(cellTable('newcomers', columnsOf(NEWCOMER_COLUMNS), rows), cast);
}

/** They reach parity after 1, 2 and 4 days, later by half a day for each cohort; one leaves after 3. */
function fourNewcomers(cohort: string, index: number): MadeUpNewcomer[] {
  return [1, 2, 3, 4].map((days) => ({ cohort, watchedDays: days + index / 2, isAtParity: days !== 3 }));
}

/** A cheat as the table of detection has it. */
export interface MadeUpCheat {
  readonly cohort: string;
  readonly unpunishedDays: number;
  readonly isPunished: boolean;
}

const CHEAT_COLUMNS = ['cohort', 'unpunishedDays', 'isPunished'] as const;

function madeUpDetections(cheats: readonly MadeUpCheat[], cast: Cast) {
  const rows = cheats.map((cheat) => CHEAT_COLUMNS.map((name) => cheat[name]));
  return cohortDetections(cellTable('detection', columnsOf(CHEAT_COLUMNS), rows), cast);
}

/** Punished after 1, 2 and 4 days; one leaves after 3. */
function fourCheats(cohort: string): MadeUpCheat[] {
  return [1, 2, 3, 4].map((days) => ({ cohort, unpunishedDays: days, isPunished: days !== 3 }));
}

const MADE_UP_ACCOUNTS: readonly AccountOverTwin[] = [
  {
    side: 'attackers',
    items: [
      { name: 'pay and rewards', usd: 100 },
      { name: 'computing left out', usd: 0 },
      { name: 'slashed', usd: -40 },
    ],
    profitUsd: 60,
  },
  {
    side: 'honest',
    items: [
      { name: 'pay and rewards', usd: -100 },
      { name: 'computing left out', usd: 0 },
      { name: 'slashed', usd: 0 },
    ],
    profitUsd: -100,
  },
];

/** Twelve tokens for lateness in each cohort, and 36 for wrong answers in the second. */
function madeUpLosses(cohorts: readonly string[]): Loss[] {
  const late = cohorts.map((cohort) => ({ cohort, cause: 'lateness', tokens: 12, count: 12, nodes: 6 }));
  return [...late, { cohort: cohorts[1] ?? '', cause: 'wrong answers', tokens: 36, count: 3, nodes: 2 }];
}

/** Twelve nodes a cohort: scores from 0.5 on by hundredths; node n does n hours a day. */
function madeUpNodes(cohorts: readonly string[], joinDays: number, horizonDays: number): MadeUpNode[] {
  return cohorts.flatMap((cohort, index) =>
    Array.from({ length: 12 }, (_, node): MadeUpNode => {
      const joinedDays = index === 1 ? joinDays : 0;
      if (joinedDays > horizonDays) {
        return { cohort, joinedDays: null, leftDays: null, score: null, workReferenceHours: 0 };
      }
      const workReferenceHours = node * (horizonDays - joinedDays);
      const own = { operator: 12 * index + node, incomeTokens: node };
      return { cohort, joinedDays, leftDays: null, score: 0.5 + node / 100, workReferenceHours, ...own };
    }),
  );
}
