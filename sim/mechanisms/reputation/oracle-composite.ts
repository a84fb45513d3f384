import { z } from 'zod';
import { DecayedWindow } from '../../kernels/scores/decayed-window.js';
import {
  type CountedMean,
  type OracleWeights,
  oracleScore,
  oracleScoreMost,
  sumOfWeights,
} from '../../kernels/scores/oracle-score.js';
import { UptimeBuckets } from '../../kernels/scores/uptime-buckets.js';
import { AttemptState } from '../../model/columns/attempts.js';
import { type JobIndex, NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { defineReputationModel, type Remark } from '../../model/contract/definition.js';
import { type Evidence, EvidenceKind, EvidenceRole, EvidenceSource } from '../../model/contract/evidence.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { choice, count, duration, flag, fraction, quantity, tokens } from '../../model/contract/settings.js';
import { microTokens, secondsPerDay } from '../../model/contract/units.js';

const weight = (meaning: string) => fraction({ meaning: `Weight of ${meaning}` });
const points = (meaning: string) => count({ most: oracleScoreMost, unit: 'points', meaning });

/**
 * Accuracy, latency and uptime of an oracle, 0 to 1,000 points, rounded to whole ones.
 *
 * accuracy is the mean over the latest answers of 1 − deviation / `zeroAccuracyAt`, at least 0; exact answers count 1
 * or 0, and none 0. latency is the mean of 1 up to `latency.full`, 0 from `latency.none`, linear in between. uptime is
 * the share of check-ins made, over `slaUptime`, at most 1, as of the last epoch's end. Stake and age count 1 from
 * `stakeFull` and `ageFull` on. Older answers count 2^(−age/halfLife) times; each part is a Bayesian average with the
 * prior.
 *
 * A penalty lowers the score at once. `slashScar` points of what one act costs stay for ever, and the rest fades as the
 * window turns over: who serves no jobs regains nothing. A challenge that was upheld counts as one more answer of
 * accuracy 0.
 *
 * After a guide to oracles' reputation. Its sample code adds accuracy and latency alone: `uptimeWeight: 0`. What it
 * leaves open is this project's reading: grades of accuracy and latency, the prior of each part, what fades.
 */
export const oracleComposite = defineReputationModel({
  kind: 'oracle-composite',
  meaning: 'Accuracy, latency and uptime of an oracle over its latest answers, weighted, in points from 0 to 1,000.',
  settings: z
    .strictObject({
      kind: z.literal('oracle-composite'),
      accuracyWeight: weight('accuracy').default(0.5),
      latencyWeight: weight('latency').default(0.25),
      uptimeWeight: weight('uptime').default(0.25),
      stakeWeight: weight('the stake').default(0),
      ageWeight: weight('the time since joining').default(0),
      window: count({ least: 1, most: 100_000, unit: 'jobs', meaning: 'Latest jobs that count' }).default(1_000),
      prior: points('Score of a new node, and what the prior is worth').default(500),
      priorWeight: quantity({ unit: 'jobs', least: 0, most: 1e6, meaning: 'Jobs that the prior counts like' }).default(
        100,
      ),
      halfLife: z
        .union(
          [duration({ positive: true, meaning: 'Time in which a job comes to count half' }), z.literal('unlimited')],
          'expected a duration such as 30d, or unlimited',
        )
        .describe('Time in which a job comes to count half')
        .default(30 * secondsPerDay),
      accuracyAgainst: choice(['consensus', 'outcome'], {
        meaning: 'Whether numeric answers are held against the consensus, or what came to be, once that is known',
      }).default('consensus'),
      zeroAccuracyAt: quantity({
        unit: 'fraction',
        above: 0,
        most: 1_000,
        meaning: 'Deviation from which on an answer’s accuracy is 0',
      }).default(0.05),
      latency: z
        .strictObject({
          full: duration({ meaning: 'Latency up to which an answer counts in full' }).default(0.5),
          none: duration({ meaning: 'Latency from which on it counts nothing' }).default(5),
        })
        .refine(({ full, none }) => full < none, { path: ['none'], message: 'expected more than full' })
        .describe('What latencies are worth, from assignment to the answer’s arrival')
        .prefault({}),
      uptimeOver: duration({ positive: true, meaning: 'Time over which uptime is measured' }).default(
        30 * secondsPerDay,
      ),
      slaUptime: quantity({
        unit: 'fraction',
        above: 0,
        most: 1,
        meaning: 'Uptime from which on it counts in full',
      }).default(0.995),
      stakeFull: tokens({ least: 1, meaning: 'Stake from which on it counts in full' }).default(1_000),
      ageFull: duration({ positive: true, meaning: 'Time since joining from which on it counts in full' }).default(
        365 * secondsPerDay,
      ),
      slashScar: points('What stays for ever of each penalty on the score').default(50),
      confidenceWeight: fraction({
        meaning: 'Share of an answer’s accuracy that is lost for confidence that its committee refutes altogether',
      }).default(0),
      byClass: flag({ meaning: 'Keep a score for each job class, too, from what was counted of its jobs' }).default(
        false,
      ),
    })
    .refine((settings) => sumOfWeights(weightsOf(settings)) > 0, {
      path: ['accuracyWeight'],
      message: 'expected weights that sum to more than 0',
    })
    .refine((settings) => sumOfWeights(weightsOf(settings)) < 1 + 1e-9, {
      path: ['accuracyWeight'],
      message: 'expected weights that sum to at most 1',
    })
    .refine((settings) => settings.prior <= oracleScoreMost * sumOfWeights(weightsOf(settings)) + 1e-9, {
      path: ['prior'],
      message: 'expected at most the best score, 1,000 times the sum of the weights',
    }),
  measures: ['accuracyMean', 'latencyGrade', 'uptimeFraction', 'scarPoints'],
  scores: ({ prior }) => ({
    lowest: 0,
    reachesLowest: true,
    highest: oracleScoreMost,
    initial: prior,
    // uptime, stake and age count like jobs
    unworked: prior,
  }),
  remarks: ({ accuracyAgainst, confidenceWeight }, { filed, hasNumeric }) => {
    const found: Remark[] = [];
    if (accuracyAgainst === 'outcome' && hasNumeric && !filed.includes('outcomeDeviation')) {
      const expected = 'consensus, or a scheme that files outcomes (verification.outcomeAfter)';
      const why = 'so that no answer is ever accurate, or not';
      found.push({ setting: 'accuracyAgainst', expected, found: accuracyAgainst, why, isFault: true });
    }
    if (confidenceWeight > 0 && !filed.includes('confidenceGap')) {
      const expected = '0, or a scheme that compares confidence (verification.comparesConfidence)';
      const why = 'so that it counts nothing';
      found.push({ setting: 'confidenceWeight', expected, found: `${confidenceWeight}`, why });
    } else if (confidenceWeight > 0 && accuracyAgainst === 'outcome') {
      const why = 'so that it counts nothing, as it is of answers to jobs that are long over';
      found.push({ setting: 'confidenceWeight', expected: '0 beside outcome', found: `${confidenceWeight}`, why });
    }
    return found;
  },
  create: (settings, context): ReputationModel => {
    const { attempts, classes, kinds, nodes } = context;
    const hasClasses = settings.now.byClass;
    /** Rows of a node: its own, then that of each class. */
    const rowsEach = 1 + (hasClasses ? classes.length : 0);
    const rows = nodes.capacity * rowsEach;
    const rowOf = (node: NodeIndex, jobClass: number) => node * rowsEach + 1 + jobClass;
    const halfLifeNow = () =>
      settings.now.halfLife === 'unlimited' ? Number.POSITIVE_INFINITY : settings.now.halfLife;
    const accuracies = new DecayedWindow(rows, halfLifeNow());
    const latencies = new DecayedWindow(rows, halfLifeNow());
    const uptimes = new UptimeBuckets(nodes.capacity);
    /** The share of check-ins made, as of the last epoch's end; NaN without any. */
    const uptime = context.column().fill(Number.NaN);
    /** By row: the job whose answer's accuracy came last, plus one: findings on it may still come. */
    const lastJob = context.column(rowsEach);
    /** By row: what of penalties fades [points], below 0 for a loss, and what stays. */
    const fading = context.column(rowsEach);
    const scars = context.column(rowsEach);
    // brought by a scheme, and schemes are made later: looked up as nodes join
    const named = { deviation: NONE, outcome: kinds.find('outcomeDeviation'), gap: kinds.find('confidenceGap') };
    const measured = {
      accuracy: context.measure('accuracyMean', { unit: 'fraction', meaning: 'Mean accuracy of its latest answers' }),
      latency: context.measure('latencyGrade', { unit: 'fraction', meaning: 'Mean worth of its latest latencies' }),
      uptime: context.measure('uptimeFraction', { unit: 'fraction', meaning: 'Share of its check-ins made' }),
      scars: context.measure('scarPoints', { unit: 'points', meaning: 'What penalties took for ever' }),
    };
    const weights = settings.map(weightsOf);
    const blank = (): CountedMean => ({ mean: 0, count: 0 });
    const parts = { accuracy: blank(), latency: blank(), uptime: blank(), stake: blank(), age: blank() };
    let reckonedAt = 0;

    const within = (score: number) => Math.round(Math.min(oracleScoreMost, Math.max(0, score)));
    /** The score by what was observed, without penalties, not rounded. */
    const observed = (node: NodeIndex, row: number): number => {
      const { prior, priorWeight, slaUptime, stakeFull, ageFull } = settings.now;
      const now = context.now();
      const { accuracy, latency } = parts;
      accuracy.count = accuracies.weight(row, now);
      accuracy.mean = accuracies.mean(row);
      latency.count = latencies.weight(row, now);
      latency.mean = latencies.mean(row);
      parts.uptime.count = Number.isNaN(uptime[node]!) ? 0 : latency.count;
      parts.uptime.mean = Math.min(1, uptime[node]! / slaUptime);
      parts.stake.count = latency.count;
      parts.stake.mean = Math.min(1, nodes.stake[node]! / (stakeFull * microTokens));
      parts.age.count = latency.count;
      parts.age.mean = Math.min(1, Math.max(0, now - nodes.joinedAt[node]!) / ageFull);
      return oracleScore(parts, weights.now, prior, priorWeight);
    };
    const scoreOf = (node: NodeIndex, row: number): number => {
      const score = within(observed(node, row) + fading[row]! - scars[row]!);
      if (row === node * rowsEach) publish(node, row);
      return score;
    };
    const publish = (node: NodeIndex, row: number) => {
      measured.accuracy[node] = accuracies.mean(row);
      measured.latency[node] = latencies.mean(row);
      measured.uptime[node] = uptime[node]!;
      measured.scars[node] = scars[row]!;
    };

    const gradeOf = (seconds: number, { full, none }: { readonly full: number; readonly none: number }) =>
      Math.min(1, Math.max(0, (none - seconds) / (none - full)));
    const accuracyOf = (deviation: number, job: JobIndex) =>
      Math.max(0, 1 - Math.abs(deviation) / settings.of(job).zeroAccuracyAt);
    const addAccuracy = (row: number, job: JobIndex, accuracy: number) => {
      accuracies.add(row, accuracy, context.now(), settings.now.window);
      lastJob[row] = job + 1;
    };
    /** What a finding on an answer says of accuracy and latency; false if it says nothing. */
    const remember = (row: number, { kind, job, jobClass, attempt, source }: Evidence): boolean => {
      const isSuccess = kind === EvidenceKind.success;
      if (!isSuccess && kinds.isFailure[kind] !== 1) return false;
      if (source === EvidenceSource.dispute) {
        addAccuracy(row, NONE, isSuccess ? 1 : 0);
        return true;
      }
      const hasAnswer = attempt !== NONE && attempts.state[attempt] === AttemptState.returned;
      const isLater =
        hasAnswer &&
        settings.of(job).accuracyAgainst === 'outcome' &&
        jobClass !== NONE &&
        classes[jobClass]!.answers === 'numeric';
      if (!isLater) addAccuracy(row, job, isSuccess ? 1 : 0);
      const seconds = hasAnswer ? attempts.returnedAt[attempt]! - attempts.assignedAt[attempt]! : 0;
      // of what isn't an attempt nothing is known but how it ended
      const grade = hasAnswer ? gradeOf(seconds, settings.of(job).latency) : isSuccess ? 1 : 0;
      latencies.add(row, grade, context.now(), settings.now.window);
      // a job has touched the window: what penalties took fades with it
      fading[row]! *= 1 - 1 / settings.now.window;
      return true;
    };
    /** The same of what was measured of it: how far it was off, or how much too sure. */
    const refine = (row: number, { kind, job, value }: Evidence): boolean => {
      if (kind === named.outcome) {
        if (settings.now.accuracyAgainst !== 'outcome') return false;
        addAccuracy(row, NONE, accuracyOf(value, NONE));
        return true;
      }
      if (job === NONE || lastJob[row] !== job + 1 || settings.of(job).accuracyAgainst === 'outcome') return false;
      if (kind === named.deviation) accuracies.replaceLatest(row, accuracyOf(value, job));
      else accuracies.replaceLatest(row, accuracies.latest(row) * (1 - settings.of(job).confidenceWeight * value));
      return true;
    };
    const after = (node: NodeIndex, row: number, evidence: Evidence, score: number): number => {
      const { kind, role } = evidence;
      if (role !== EvidenceRole.worker) return score;
      const isMeasured = kind === named.outcome || kind === named.deviation || kind === named.gap;
      const says = isMeasured ? refine(row, evidence) : remember(row, evidence);
      return says ? scoreOf(node, row) : score;
    };
    /** What stays for ever of a penalty [points]. */
    const scarOf = (change: number) => Math.min(settings.now.slashScar, Math.floor(Math.max(0, -change)));
    const move = (node: NodeIndex, row: number, score: number, change: number, before = 0): number => {
      // whole points, and never further than it is moved
      const moved = within(change < 0 ? Math.ceil(score + change) : Math.floor(score + change));
      // of all that one act costs, whether at once or one after the other
      const scar = change < 0 ? scarOf(before + change) - scarOf(before) : 0;
      scars[row]! += scar;
      fading[row]! += moved - score + scar;
      if (row === node * rowsEach) publish(node, row);
      return moved;
    };
    const forget = (node: NodeIndex) => {
      for (let row = node * rowsEach; row < (node + 1) * rowsEach; row++) {
        accuracies.clear(row);
        latencies.clear(row);
        lastJob[row] = 0;
        fading[row] = 0;
      }
    };

    const model: ReputationModel = {
      lowest: () => 0,
      highest: () => oracleScoreMost,
      prior: () => settings.now.prior,
      nodeJoined: (node) => {
        if (named.deviation === NONE) named.deviation = kinds.find('deviation');
        forget(node);
        scars.fill(0, node * rowsEach, (node + 1) * rowsEach);
        uptimes.clear(node);
        uptime[node] = Number.NaN;
        publish(node, node * rowsEach);
      },
      // scars are for ever
      historyReset: (node) => {
        forget(node);
        return scoreOf(node, node * rowsEach);
      },
      scoreMoved: (node, change, before) => move(node, node * rowsEach, nodes.score[node]!, change, before),
      scoreAfter: (evidence, score) => {
        const { kind, subject, count } = evidence;
        if (kind === EvidenceKind.checkInMade) uptimes.add(subject, count, count);
        else if (kind === EvidenceKind.checkInMissed) uptimes.add(subject, 0, count);
        return after(subject, subject * rowsEach, evidence, score);
      },
      reckon: () => {
        for (let node = 0; node < nodes.count; node++) uptime[node] = uptimes.share(node);
      },
      scoreAtEpoch: (node) => scoreOf(node, node * rowsEach),
      epochEnded: () => {
        uptimes.pass(context.now() - reckonedAt, settings.now.uptimeOver);
        reckonedAt = context.now();
      },
      settingsChanged: () => {
        accuracies.decayBy(halfLifeNow());
        latencies.decayBy(halfLifeNow());
      },
    };
    if (!hasClasses) return model;
    return {
      ...model,
      classScores: {
        scoreAfter: (evidence, score) =>
          after(evidence.subject, rowOf(evidence.subject, evidence.jobClass), evidence, score),
        scoreMoved: (node, jobClass, change, before) =>
          move(node, rowOf(node, jobClass), nodes.classScore[node * classes.length + jobClass]!, change, before),
        scoreAtEpoch: (node, jobClass) => scoreOf(node, rowOf(node, jobClass)),
      },
    };
  },
});

interface Weights {
  readonly accuracyWeight: number;
  readonly latencyWeight: number;
  readonly uptimeWeight: number;
  readonly stakeWeight: number;
  readonly ageWeight: number;
}

function weightsOf({ accuracyWeight, latencyWeight, uptimeWeight, stakeWeight, ageWeight }: Weights): OracleWeights {
  return {
    accuracy: accuracyWeight,
    latency: latencyWeight,
    uptime: uptimeWeight,
    stake: stakeWeight,
    age: ageWeight,
  };
}
