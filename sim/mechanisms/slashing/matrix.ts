import { z } from 'zod';
import { GroupedValues } from '../../kernels/grouped-values.js';
import { quantileOf } from '../../kernels/quantile.js';
import { AttemptKind, AttemptState } from '../../model/columns/attempts.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { defineSlashingRule, type Remark, type ScoreRange, type TierBounds } from '../../model/contract/definition.js';
import { type Evidence, EvidenceKind, EvidenceRole, EvidenceSource } from '../../model/contract/evidence.js';
import type { DeclaredKind } from '../../model/contract/findings/evidence-kinds.js';
import type { Penalty } from '../../model/contract/findings/penalty.js';
import type { SlashingRule } from '../../model/contract/roles.js';
import { choice, count, duration, fraction, quantity, text } from '../../model/contract/settings.js';

type Range = readonly [from: number, to: number];

/** A penalty that grows from one end of a band to the other. */
const growing = (value: z.ZodType<number>, [from, to]: Range, meaning: string) =>
  z
    .strictObject({ from: value.default(from), to: value.default(to) })
    .refine((range) => range.from <= range.to, { path: ['to'], message: 'expected at least as much as from' })
    .describe(meaning)
    .prefault({});

const jail = count({ most: 10_000, unit: 'epochs', meaning: 'Whole epochs in jail' });
const stakeShare = fraction({ meaning: 'Share of the remaining stake' });
const scoreShare = fraction({ meaning: 'Share of the score’s range that the score falls by' });

const grave = (meaning: string, stake: Range, epochs: Range, score: Range) =>
  z
    .strictObject({
      fraction: growing(stakeShare, stake, 'Share of the stake slashed, from one end of the band to the other'),
      jailEpochs: growing(jail, epochs, 'Epochs in jail, from one end of the band to the other'),
      score: growing(scoreShare, score, 'Fall of the score as a share of its range, over the band'),
    })
    .describe(meaning)
    .prefault({});

const kind = (name: string, rank: number, meaning: string): DeclaredKind => ({
  name,
  meaning,
  isFailure: true,
  isAccepted: false,
  rank,
});

/** Longer than any answer takes [s]: of a query that none came to. */
const unanswered = 1e12;

/** A cell of the matrix: how grave, and how far into its band the measure is, from 0 to 1. */
interface Cell {
  readonly gravity: 0 | 1 | 2 | 3;
  readonly place: number;
}
const none: Cell = { gravity: 0, place: 0 };

/**
 * The penalty matrix: latency, deviation from the consensus, and uptime, each minor, major or critical.
 *
 * An end point that two classes share belongs to the lower one. Measured over an epoch: the 95th percentile of latency
 * with queries that nobody answered though the node was reachable, the median of |deviation|, and the check-ins made,
 * without jail and announced maintenance. Only the gravest cell applies, within a class the one furthest into its band.
 * Judged by job, an answer whose latency has cost something when its deviation becomes known pays the rest of what the
 * graver of the two costs, of its score as of one penalty. A deviation that is found when the job is long over, as from
 * an outcome, is judged by itself.
 */
export const matrix = defineSlashingRule({
  kind: 'matrix',
  meaning: 'Latency, deviation and uptime of an epoch cost by the gravest of minor, major and critical cells.',
  settings: z
    .strictObject({
      kind: z.literal('matrix'),
      evaluate: choice(['epoch', 'job'], {
        meaning: 'Whether latency and deviation are judged over an epoch, or of each job; uptime always over an epoch',
      }).default('epoch'),
      leastQueries: count({
        least: 1,
        most: 1_000_000,
        unit: 'jobs',
        meaning: 'Queries from which an epoch is judged',
      }).default(10),
      latency: z
        .strictObject({
          minor: duration({ meaning: 'Latency above which it is minor' }).default(5),
          major: duration({ meaning: 'Latency above which it is major' }).default(30),
          end: duration({ meaning: 'Latency at which the major penalty is the largest' }).default(60),
        })
        .refine(({ minor, major, end }) => minor < major && major < end, 'expected minor below major below end')
        .describe('Bands of latency, from assignment to the result’s arrival')
        .prefault({}),
      deviation: z
        .strictObject({
          minor: fraction({ meaning: 'Deviation from which it is minor' }).default(0.01),
          major: fraction({ meaning: 'Deviation above which it is major' }).default(0.05),
          critical: fraction({ meaning: 'Deviation above which it is critical' }).default(0.2),
          finding: text({ meaning: 'Finding whose value is the deviation' }).default('deviation'),
        })
        .refine(
          ({ minor, major, critical }) => minor < major && major < critical,
          'expected minor below major below critical',
        )
        .describe('Bands of the deviation from the consensus')
        .prefault({}),
      uptime: z
        .strictObject({
          minor: fraction({ meaning: 'Uptime below which it is minor' }).default(0.95),
          major: fraction({ meaning: 'Uptime below which it is major' }).default(0.8),
        })
        .refine(({ minor, major }) => minor > major, 'expected minor above major')
        .describe('Bands of the share of check-ins made in an epoch')
        .prefault({}),
      criticalFindings: z
        .array(z.string())
        .default(['doubleSigned', 'unrevealed'])
        .describe('Findings that are critical by themselves'),
      minor: grave('Minor penalties', [0.005, 0.02], [1, 3], [0.01, 0.05]),
      major: grave('Major penalties', [0.05, 0.15], [10, 50], [0.1, 0.5]),
      critical: z
        .strictObject({
          fraction: fraction({ meaning: 'Share of the remaining stake slashed' }).default(1),
          score: scoreShare.default(1),
          review: count({ most: 365, unit: 'epochs', meaning: 'Ends of epochs until it is decided' }).default(1),
          sentence: choice(['jailed', 'ejected'], {
            meaning: 'Whether the node is jailed for ever, or ejected',
          }).default('jailed'),
        })
        .describe('Critical penalties')
        .prefault({}),
      challenged: z
        .strictObject({
          bondFraction: fraction({ meaning: 'Share of the attempt’s bond that is lost' }).default(0),
          score: fraction({ meaning: 'Share of the score’s range that the score falls by, at once' }).default(0),
        })
        .describe('What a challenge that is upheld costs, besides the cells')
        .prefault({}),
      lateBondFraction: fraction({
        meaning: 'Share of its bond that an answer loses that came after latency.minor, or not in time',
      }).default(0),
      lowScore: z
        .union(
          [
            z.literal('none'),
            z.strictObject({
              below: quantity({ unit: 'score', least: 0, most: 1_000_000, meaning: 'Score below which it is due' }),
              fraction: fraction({ meaning: 'Share of the remaining stake slashed' }).default(0.05),
              score: fraction({ meaning: 'Share of the score’s range that the score falls by' }).default(0),
            }),
          ],
          'expected none or {below: …, fraction: …}',
        )
        .describe(
          'What it costs if the score has fallen below a threshold, once a fall, at the end of an epoch; or none',
        )
        .default('none'),
    })
    .refine(({ minor, major }) => minor.fraction.to <= major.fraction.from, {
      path: ['major', 'fraction', 'from'],
      message: 'expected at least as much as what is minor costs',
    })
    .refine(({ minor, major }) => minor.jailEpochs.to <= major.jailEpochs.from, {
      path: ['major', 'jailEpochs', 'from'],
      message: 'expected at least as long as for what is minor',
    })
    .refine(({ minor, major }) => minor.score.to <= major.score.from, {
      path: ['major', 'score', 'from'],
      message: 'expected at least as much as what is minor costs',
    })
    .refine(({ major, critical }) => major.fraction.to <= critical.fraction, {
      path: ['critical', 'fraction'],
      message: 'expected at least as much as what is major costs',
    })
    .refine(({ major, critical }) => major.score.to <= critical.score, {
      path: ['critical', 'score'],
      message: 'expected at least as much as what is major costs',
    }),
  kinds: [
    kind('latencyBreach', 5, 'Answers of an epoch came too late'),
    kind('deviationBreach', 6, 'Answers of an epoch deviated from the consensus'),
    { ...kind('uptimeBreach', 5, 'Too many check-ins of an epoch were missed'), isExcusable: true },
    kind('silence', 8, 'No query of an epoch was answered while check-ins went on'),
    kind('lowScore', 5, 'The score has fallen below the threshold'),
  ],
  remarks: (
    { challenged, critical, criticalFindings, deviation, lateBondFraction, lowScore },
    { epochSeconds, findings, horizonSeconds, locksBonds, scores, tiers },
  ) => {
    const isKnown = (name: string) => findings.includes(name);
    const expected = `a finding that the protocol can make: ${findings.join(', ')}`;
    const found: Remark[] = criticalFindings
      .filter((name) => !isKnown(name))
      .map((name) => ({ setting: 'criticalFindings', expected, found: name, why: 'so that it is never critical' }));
    if (!isKnown(deviation.finding)) {
      const why = 'so that no deviation is ever judged';
      found.push({ setting: 'deviation.finding', expected, found: deviation.finding, why });
    }
    for (const [setting, share] of [
      ['challenged.bondFraction', challenged.bondFraction],
      ['lateBondFraction', lateBondFraction],
    ] as const) {
      if (share === 0 || locksBonds) continue;
      const why = 'so that there is no bond to lose';
      found.push({ setting, expected: 'rewards that lock bonds', found: `${share}`, why });
    }
    if (critical.review * epochSeconds > horizonSeconds) {
      const expected = `at most the epochs of the run, ${Math.floor(horizonSeconds / epochSeconds)}`;
      const why = 'so that no case is decided, and what is critical counts as no loss';
      found.push({ setting: 'critical.review', expected, found: `${critical.review}`, why });
    }
    return lowScore === 'none' ? found : [...found, ...lowScoreRemarks(lowScore.below, scores, tiers)];
  },
  create: (settings, context): SlashingRule => {
    const { attempts, jobs, kinds, nodes, scores } = context;
    const breach = {
      latency: kinds.indexOf('latencyBreach'),
      deviation: kinds.indexOf('deviationBreach'),
      uptime: kinds.indexOf('uptimeBreach'),
      silence: kinds.indexOf('silence'),
      lowScore: kinds.indexOf('lowScore'),
    };
    const named = settings.map(({ deviation, criticalFindings }) => ({
      deviation: kinds.find(deviation.finding),
      critical: new Set(criticalFindings.map((name) => kinds.find(name)).filter((index) => index !== NONE)),
    }));
    const latencies = new GroupedValues(nodes.capacity);
    const deviations = new GroupedValues(nodes.capacity);
    const made = context.column();
    const missed = context.column();
    /** The critical finding of the epoch by node, plus one; 0 without any. */
    const critical = context.column();
    /** By node: 1 if its low score was paid for, until it is no longer low. */
    const wasLow = context.column();

    const latencyCell = (seconds: number, { minor, major, end }: Bands['latency']): Cell => {
      if (seconds > major) return { gravity: 2, place: Math.min(1, (seconds - major) / (end - major)) };
      return seconds > minor ? { gravity: 1, place: (seconds - minor) / (major - minor) } : none;
    };
    const deviationCell = (share: number, { minor, major, critical }: Bands['deviation']): Cell => {
      if (share > critical) return { gravity: 3, place: 1 };
      if (share > major) return { gravity: 2, place: (share - major) / (critical - major) };
      return share >= minor ? { gravity: 1, place: (share - minor) / (major - minor) } : none;
    };
    const uptimeCell = (share: number, { minor, major }: Bands['uptime']): Cell => {
      if (share < major) return { gravity: 2, place: (major - share) / major };
      return share < minor ? { gravity: 1, place: (minor - share) / (minor - major) } : none;
    };

    /** Latency of a client's query [s], `unanswered`, or NaN where it says nothing of the node. */
    const latencyOf = (attempt: AttemptIndex, found: EvidenceKind): number => {
      if (attempts.kind[attempt] !== AttemptKind.work || found === EvidenceKind.withdrawn) return Number.NaN;
      if (attempts.state[attempt] === AttemptState.returned) {
        return attempts.returnedAt[attempt]! - attempts.assignedAt[attempt]!;
      }
      const node = attempts.node[attempt]!;
      // an outage counts as uptime
      const wasReachable = nodes.isOnline[node] === 1 && nodes.onlineSince[node]! <= attempts.assignedAt[attempt]!;
      return wasReachable ? unanswered : Number.NaN;
    };

    /** Fills in what a cell costs. */
    const fill = (penalty: Penalty, { gravity, place }: Cell, cause: EvidenceKind, bands: Bands) => {
      if (gravity === 0) return;
      const range = scores.highest() - scores.lowest();
      penalty.cause = cause;
      if (gravity === 3) {
        const { fraction, score, review, sentence } = bands.critical;
        penalty.stakeFraction = fraction;
        penalty.scoreChange -= score * range;
        penalty.delayEpochs = review;
        if (sentence === 'ejected') penalty.ejects = true;
        else penalty.jailEpochs = Number.POSITIVE_INFINITY;
        return;
      }
      const { fraction, jailEpochs, score } = gravity === 2 ? bands.major : bands.minor;
      penalty.stakeFraction = within(fraction, place);
      penalty.jailEpochs = Math.round(within(jailEpochs, place));
      penalty.scoreChange -= within(score, place) * range;
    };

    /** The cell of an answer’s latency, or of what came instead of an answer. */
    const latencyCellOf = (attempt: AttemptIndex, found: EvidenceKind, bands: Bands): Cell =>
      attempt === NONE ? none : latencyCell(latencyOf(attempt, found), bands.latency);
    /** The cell by which the node's answer to a job has been charged already, since its attempt was settled. */
    const chargedCell = (node: NodeIndex, job: JobIndex, bands: Bands): Cell => {
      let attempt = job === NONE ? NONE : jobs.lastAttempt[job]!;
      while (attempt !== NONE && (attempts.node[attempt] !== node || attempts.kind[attempt] !== AttemptKind.work)) {
        attempt = attempts.nextOfJob[attempt]!;
      }
      return attempt === NONE ? none : latencyCellOf(attempt, attempts.verdict[attempt]!, bands);
    };
    /** What an answer’s deviation costs beyond what its latency has cost. */
    const chargeDeviation = ({ subject, value, job }: Evidence, penalty: Penalty, bands: Bands) => {
      const cell = deviationCell(Math.abs(value), bands.deviation);
      const charged = chargedCell(subject, job, bands);
      if (!isGraver(cell, charged)) return;
      fill(penalty, cell, breach.deviation, bands);
      if (charged.gravity === 0) return;
      const { fraction, score } = charged.gravity === 2 ? bands.major : bands.minor;
      const left = 1 - within(fraction, charged.place);
      penalty.stakeFraction = left > 0 ? Math.max(0, 1 - (1 - penalty.stakeFraction) / left) : 0;
      penalty.scoreChangeBefore = -within(score, charged.place) * (scores.highest() - scores.lowest());
      penalty.scoreChange -= penalty.scoreChangeBefore;
    };

    /** What the bond loses, and what a challenge costs besides. */
    const chargeBond = ({ kind, attempt, job, source, role }: Evidence, penalty: Penalty, bands: Bands) => {
      if (role !== EvidenceRole.worker || attempt === NONE) return;
      if (source === EvidenceSource.dispute && kinds.isFailure[kind] === 1) {
        penalty.bondFraction = bands.challenged.bondFraction;
        penalty.scoreChange -= bands.challenged.score * (scores.highest() - scores.lowest());
        return;
      }
      if (bands.lateBondFraction > 0 && latencyOf(attempt, kind) > settings.of(job).latency.minor) {
        penalty.bondFraction = bands.lateBondFraction;
      }
    };
    /** What the fall of the score below the threshold costs besides the cell. */
    const chargeLowScore = (node: NodeIndex, penalty: Penalty, { lowScore }: Bands) => {
      if (lowScore === 'none' || nodes.score[node]! >= lowScore.below) {
        wasLow[node] = 0;
        return;
      }
      if (wasLow[node] === 1) return;
      wasLow[node] = 1;
      if (penalty.isNone) penalty.cause = breach.lowScore;
      // one after the other
      penalty.stakeFraction = 1 - (1 - penalty.stakeFraction) * (1 - lowScore.fraction);
      penalty.scoreChange -= lowScore.score * (scores.highest() - scores.lowest());
    };

    const rememberQuery = ({ subject, kind, attempt }: Evidence) => {
      const latency = attempt === NONE ? Number.NaN : latencyOf(attempt, kind);
      if (!Number.isNaN(latency)) latencies.add(subject, latency);
    };

    return {
      nodeJoined: (node) => {
        made[node] = 0;
        missed[node] = 0;
        critical[node] = 0;
        // who begins below has not fallen
        const { lowScore } = settings.now;
        wasLow[node] = lowScore !== 'none' && scores.prior(node) < lowScore.below ? 1 : 0;
      },
      evidenceArrived: (evidence) => {
        const { subject, kind, count, value, job } = evidence;
        if (kind === EvidenceKind.checkInMade) made[subject]! += count;
        else if (kind === EvidenceKind.checkInMissed) missed[subject]! += count;
        if (kind === named.of(job).deviation) deviations.add(subject, Math.abs(value));
        else rememberQuery(evidence);
        if (named.of(job).critical.has(kind)) critical[subject] = kind + 1;
      },
      penalize: (evidence, _score, penalty) => {
        const { kind, attempt, job } = evidence;
        const bands = settings.of(job);
        chargeBond(evidence, penalty, bands);
        if (bands.evaluate === 'epoch') return;
        if (kind === named.of(job).deviation) chargeDeviation(evidence, penalty, bands);
        else fill(penalty, latencyCellOf(attempt, kind, bands), breach.latency, bands);
      },
      assess: (node, penalty) => {
        const bands = settings.now;
        if (critical[node]! > 0) {
          fill(penalty, { gravity: 3, place: 1 }, critical[node]! - 1, bands);
          chargeLowScore(node, penalty, bands);
          return;
        }
        let gravest: Cell = none;
        let cause = breach.latency;
        const consider = (cell: Cell, of: EvidenceKind) => {
          if (!isGraver(cell, gravest)) return;
          gravest = cell;
          cause = of;
        };
        const queries = latencies.of(node);
        if (queries.length >= bands.leastQueries) {
          if (made[node]! > 0 && queries.every((latency) => latency === unanswered)) {
            consider({ gravity: 3, place: 1 }, breach.silence);
          } else if (bands.evaluate === 'epoch') {
            consider(latencyCell(quantileOf(queries, 0.95), bands.latency), breach.latency);
          }
        }
        const measured = deviations.of(node);
        if (bands.evaluate === 'epoch' && measured.length >= bands.leastQueries) {
          consider(deviationCell(quantileOf(measured, 0.5), bands.deviation), breach.deviation);
        }
        if (made[node]! + missed[node]! > 0 && !satInJail(node)) {
          consider(uptimeCell(made[node]! / (made[node]! + missed[node]!), bands.uptime), breach.uptime);
        }
        fill(penalty, gravest, cause, bands);
        chargeLowScore(node, penalty, bands);
      },
      epochEnded: () => {
        latencies.clear();
        deviations.clear();
        made.fill(0);
        missed.fill(0);
        critical.fill(0);
      },
    };

    /** Until its release, which comes after the assessment. */
    function satInJail(node: NodeIndex): boolean {
      return nodes.jailedUntil[node]! > 0;
    }
  },
});

type Bands = z.output<typeof matrix.settings>;

/** Of a threshold that no score is below, or falls below; and of one that slashes those who may have jobs of a tier. */
function lowScoreRemarks(below: number, { highest, lowest }: ScoreRange, tiers: TierBounds | null): Remark[] {
  const remark = (expected: string, why: string): Remark[] => [
    { setting: 'lowScore.below', expected, found: `${below}`, why },
  ];
  if (below <= lowest) {
    return remark(`a score above the lowest that the model gives, ${lowest}`, 'so that nobody’s is ever lower');
  }
  if (below > highest) {
    return remark(`at most the highest score that the model gives, ${highest}`, 'so that nobody’s ever falls below it');
  }
  if (tiers === null || below <= tiers.scoreAbove) return [];
  return remark(
    `at most the score above which nodes may have jobs of tier 1, ${tiers.scoreAbove}`,
    'so that nodes are slashed that may have such jobs',
  );
}

/** Whether a cell is of a graver class, or of the same and further into its band. */
function isGraver(cell: Cell, than: Cell): boolean {
  return cell.gravity > than.gravity || (cell.gravity === than.gravity && cell.place > than.place);
}

/** Linear between the two ends of a band, at a place from 0 to 1. */
function within({ from, to }: { readonly from: number; readonly to: number }, place: number): number {
  return from + (to - from) * place;
}
