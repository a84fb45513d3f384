import { z } from 'zod';
import { pow } from '../../engine/math.js';
import { compositeScore } from '../../kernels/scores/composite-score.js';
import { JobMark, JobWindow } from '../../kernels/scores/job-window.js';
import { LatencyRanks } from '../../kernels/scores/latency-ranks.js';
import { epochsRemembered, QuorumTrust } from '../../kernels/scores/quorum-trust.js';
import { bayesianAverage } from '../../kernels/trust/bayesian-average.js';
import { AttemptKind, AttemptState } from '../../model/columns/attempts.js';
import { type AttemptIndex, NONE, type NodeIndex, NodeState } from '../../model/columns/nodes.js';
import { defineReputationModel } from '../../model/contract/definition.js';
import { type Evidence, EvidenceKind, EvidenceRole } from '../../model/contract/evidence.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { choice, count, duration, fraction, quantity } from '../../model/contract/settings.js';
import { secondsPerDay } from '../../model/contract/units.js';

const weight = (meaning: string) => fraction({ meaning: `Weight of ${meaning}` });

/** How far times of a run may be off by rounding [s]: what is that much beyond a limit still keeps it. */
const timeRounding = 1e-6;

/** How far scores may be off by rounding: those that near to a threshold are at it. */
const scoreRounding = 1e-9;

const Tier = { lowRisk: 0, standard: 1, premium: 2 } as const;

/**
 * R = a · success + b · SLA + c · latency over a node's latest jobs, and tiers by thresholds.
 *
 * success is the share of its jobs not found to have failed; SLA the share acknowledged and returned in time; latency
 * the percentile rank of its mean latency among present nodes, half in the whole network, half in its region, as
 * reckoned at the last epoch's end: the share of the others that are slower, equal ones half. A node alone in its
 * region is ranked in the whole network, and alone in that has 1. Latencies of real-time jobs are compared in seconds,
 * of others as multiples of the declared work; a node that has both has the mean of the two ranks by jobs. Until a node
 * was ranked its latency is the prior's, and who returned nothing has 0.
 *
 * Below the least number of jobs each part is a Bayesian average with the prior, and the node is of the standard tier,
 * whatever its score. From it on the score is R, so it can jump there. With weights 0.5, 0.3 and 0.2 the premium tier
 * needs a latency rank of at least 0.75, even when all else is perfect.
 *
 * Jobs that several nodes do together are for those above a score and a quorum trust: the mean of success on such jobs,
 * of how long the stake has been locked, and of how steadily the score was above the standard tier's bound.
 *
 * Who is barred from real-time jobs for its latency stays so until they have left its window, and is let in again then.
 *
 * A large drop from one epoch's end to the next wipes out the window, as does a penalty that says so: then the prior
 * holds again, for who failed, too. A penalty on the score fades as the window turns over. Who misses every check-in
 * for long loses a share of its score a day, and regains a day's for each job that succeeds.
 *
 * After the rules of a compute mesh with tiers; worked case: 0.962, 0.928 and 0.88 give 0.9354. What those rules leave
 * open is this project's reading: the limit of execution, equal ranks, regain by job, the drop that counts as large.
 */
export const windowComposite = defineReputationModel({
  kind: 'window-composite',
  meaning: 'Success, service level and latency rank over a node’s latest jobs, weighted; grants tiers by thresholds.',
  settings: z
    .strictObject({
      kind: z.literal('window-composite'),
      weights: z
        .strictObject({
          success: weight('the share of jobs that succeeded').default(0.5),
          sla: weight('the share of jobs that kept the service level').default(0.3),
          latency: weight('the percentile rank of the mean latency').default(0.2),
        })
        .refine(({ success, sla, latency }) => Math.abs(success + sla + latency - 1) < 1e-9, {
          message: 'expected weights that sum to 1',
        })
        .describe('What the parts of the score weigh; they sum to 1')
        .prefault({}),
      window: count({ least: 1, most: 100_000, unit: 'jobs', meaning: 'Latest jobs that count' }).default(1_000),
      minJobs: count({
        least: 1,
        most: 100_000,
        unit: 'jobs',
        meaning: 'Jobs in the window from which thresholds apply, and the prior no longer does',
      }).default(100),
      initial: fraction({ meaning: 'Score of a new node, and mean of the prior' }).default(0.9),
      priorWeight: quantity({ unit: 'jobs', least: 0, most: 1e6, meaning: 'Jobs that the prior counts like' }).default(
        100,
      ),
      sla: z
        .strictObject({
          acknowledgeWithin: duration({ meaning: 'Longest time to the acknowledgement' }).prefault('300ms'),
          measureAt: choice(['node', 'orchestrator'], {
            meaning: 'Where that time runs: from the receipt at the node, or there and back from the client’s region',
          }).default('node'),
          times: quantity({
            unit: '1',
            least: 0,
            most: 1e6,
            meaning: 'Longest time from assignment to the result, as a multiple of the declared work',
          }).default(4),
          atLeast: duration({ meaning: 'The same however little work there is' }).prefault('1s'),
          loadedTimes: quantity({
            unit: '1',
            least: 1,
            most: 1_000,
            meaning: 'Multiple of that limit for nodes with more attempts assigned than they have slots',
          }).default(1.5),
          retriesMost: z
            .union(
              [z.literal('unlimited'), count({ most: 31, meaning: 'Retries of a job that failed elsewhere' })],
              'expected an integer from 0 to 31, or unlimited',
            )
            .describe('Attempts at the job that failed before, above which its result is out of the service level')
            .default('unlimited'),
        })
        .describe('The service level that a job must keep')
        .prefault({}),
      regionalShare: fraction({ meaning: 'Share of the latency rank that is among nodes of the same region' }).default(
        0.5,
      ),
      realTime: z
        .strictObject({
          classes: z
            .array(z.string())
            .default(['inference', 'oracle-query'])
            .describe('Job classes whose latency counts in seconds'),
          medianMost: duration({
            meaning: 'Median latency above which a node gets no more jobs of these classes',
          }).prefault('500ms'),
        })
        .describe('What holds of jobs in real time')
        .prefault({}),
      tiers: z
        .strictObject({
          standardAbove: fraction({ meaning: 'Score above which a node may have jobs of tier 1' }).default(0.7),
          successLeast: fraction({ meaning: 'Success rate that jobs of tier 1 and up need' }).default(0.85),
          premiumFrom: fraction({ meaning: 'Score from which a node may have jobs of tier 2 and up' }).default(0.95),
        })
        .refine(({ standardAbove, premiumFrom }) => standardAbove < premiumFrom, {
          path: ['premiumFrom'],
          message: 'expected a score above standardAbove',
        })
        .describe('Which nodes may serve jobs of a tier; those of tier 0 are everybody’s')
        .prefault({}),
      quorum: z
        .strictObject({
          classes: z
            .array(z.string())
            .default(['training-cohort'])
            .describe('Job classes whose jobs several nodes do together'),
          scoreAbove: fraction({ meaning: 'Score above which a node may have jobs of these classes' }).default(0.7),
          trustAbove: fraction({
            meaning:
              'Quorum trust above which it may: the mean of success on these jobs, stake lock-in and consistency',
          }).default(0.5),
          lockIn: duration({
            positive: true,
            meaning: 'Time for which the stake was locked and became no less that counts as all of lock-in',
          }).default(14 * secondsPerDay),
          epochs: count({
            least: 1,
            most: epochsRemembered,
            unit: 'epochs',
            meaning: 'Latest ends of epochs of which consistency is the share with a score above standardAbove',
          }).default(14),
          priorJobs: quantity({
            unit: 'jobs',
            least: 0,
            most: 1e6,
            meaning: 'Jobs that the prior of success on these jobs counts like',
          }).default(10),
        })
        .describe('Who may have jobs that several nodes do together, such as cohorts of training')
        .prefault({}),
      resetDrop: fraction({
        meaning: 'Fall of the score from one epoch’s end to the next, excluded, that wipes out the window',
      }).default(0.1),
      stale: z
        .strictObject({
          after: duration({
            meaning: 'Time of missed check-ins after which the score decays, by whole epochs',
          }).prefault('72h'),
          perDay: quantity({ unit: 'fraction', least: 0, below: 1, meaning: 'Share of the score lost a day' }).default(
            0.01,
          ),
        })
        .describe('What becomes of the score of a node that is not heard of')
        .prefault({}),
    })
    .refine(({ minJobs, window }) => minJobs <= window, {
      path: ['minJobs'],
      message: 'expected at most as many jobs as the window holds',
    }),
  grantsTiers: true,
  measures: [
    'latencyRank',
    'realTimeLatencyMedianSeconds',
    'windowJobs',
    'successRate',
    'slaRate',
    'tier',
    'quorumTrust',
  ],
  scores: ({ initial }) => ({ lowest: 0, reachesLowest: true, highest: 1, initial, unworked: initial }),
  tiers: ({ tiers: { standardAbove, successLeast } }) => ({ scoreAbove: standardAbove, successLeast }),
  remarks: ({ realTime, quorum }, { classNames }) =>
    Object.entries({ realTime, quorum }).flatMap(([name, { classes }]) =>
      classes
        .filter((one) => !classNames.includes(one))
        .map((one) => ({
          setting: `${name}.classes`,
          expected: `job classes: ${classNames.join(', ')}`,
          found: one,
          why: 'so that it stands for no job',
        })),
    ),
  create: (settings, context): ReputationModel => {
    const { attempts, classes, jobs, kinds, lanes, network, nodes } = context;
    const window = new JobWindow(nodes.capacity);
    const ranks = new LatencyRanks(nodes.capacity, network.regionCount, window);
    /** Rank of the latency, 0 to 1; NaN until the node was ranked. */
    const latencyRank = context.column().fill(Number.NaN);
    /** Of real-time jobs [s]; NaN without any. */
    const medianLatency = context.column().fill(Number.NaN);
    const publishedRank = context.measure('latencyRank', {
      unit: 'fraction',
      meaning: 'Share of the other nodes whose latency is longer, at the last epoch’s end',
    });
    const publishedMedian = context.measure('realTimeLatencyMedianSeconds', {
      unit: 's',
      meaning: 'Median latency of its latest real-time jobs, at the last epoch’s end',
    });
    const windowJobs = context.measure('windowJobs', { unit: 'jobs', meaning: 'Latest jobs that count' });
    const successRate = context.measure('successRate', {
      unit: 'fraction',
      meaning: 'Share of its latest jobs that succeeded',
    });
    const slaRate = context.measure('slaRate', {
      unit: 'fraction',
      meaning: 'Share of its latest jobs that kept the service level',
    });
    const tierOf = context.measure('tier', {
      unit: '',
      meaning: 'Tier of jobs that it may have: 0 low-risk ones alone, 1 standard, 2 premium',
    });
    const quorumTrust = context.measure('quorumTrust', {
      unit: 'fraction',
      meaning: 'Trust for jobs that several nodes do together, at the last epoch’s end',
    });
    const quorums = new QuorumTrust(nodes.capacity);
    const quorumTerms = settings.map(({ initial, quorum }) => ({
      lockSeconds: quorum.lockIn,
      epochs: quorum.epochs,
      priorMean: initial,
      priorCount: quorum.priorJobs,
    }));
    /** What penalties took from the score; fades as the window turns over. */
    const penalties = context.column();
    /** Share of the score that is lost by missed check-ins. */
    const decayed = context.column();
    const silentSeconds = context.column();
    const isHeard = context.column();
    const hasMissed = context.column();
    /** NaN where no thresholds applied then. */
    const scoreAtLastEpoch = context.column().fill(Number.NaN);
    const granted = context.column();
    const acknowledgedAt = context.attemptColumn();
    const wasLoaded = context.attemptColumn();
    /** How long the node let the request wait before it acknowledged it [s]. */
    const waitedFor = context.attemptColumn();
    const realTimeClasses = settings.map(({ realTime }) => classes.map(({ name }) => realTime.classes.includes(name)));
    const quorumClasses = settings.map(({ quorum }) => classes.map(({ name }) => quorum.classes.includes(name)));
    let reckonedAt = 0;

    const forget = (node: NodeIndex): number => {
      window.clear(node);
      quorums.forgetJobs(node);
      latencyRank[node] = Number.NaN;
      medianLatency[node] = Number.NaN;
      penalties[node] = 0;
      decayed[node] = 0;
      silentSeconds[node] = 0;
      scoreAtLastEpoch[node] = Number.NaN;
      return measured(node, settings.now.initial);
    };
    /** Tells others what is measured of the node now that its score is this. */
    const measured = (node: NodeIndex, score: number): number => {
      const held = window.count(node);
      windowJobs[node] = held;
      publishedRank[node] = latencyRank[node]!;
      publishedMedian[node] = medianLatency[node]!;
      successRate[node] = held === 0 ? Number.NaN : window.successes(node) / held;
      slaRate[node] = held === 0 ? Number.NaN : window.slaKept(node) / held;
      const { minJobs, tiers } = settings.now;
      if (held < minJobs) tierOf[node] = Tier.standard;
      else if (successRate[node]! < tiers.successLeast || score <= tiers.standardAbove + scoreRounding)
        tierOf[node] = Tier.lowRisk;
      else tierOf[node] = score >= tiers.premiumFrom - scoreRounding ? Tier.premium : Tier.standard;
      // lanes are asked for with a new score and at an epoch's end, and stay the same in between
      if (score !== nodes.score[node]) grant(node, score);
      return score;
    };
    const grant = (node: NodeIndex, score: number) => {
      const { medianMost } = settings.now.realTime;
      const { scoreAbove, trustAbove } = settings.now.quorum;
      const isSlow = window.count(node) >= settings.now.minJobs && medianLatency[node]! > medianMost;
      const isTrusted = quorumTrust[node]! > trustAbove && score > scoreAbove + scoreRounding;
      let mask = 0;
      for (const { index, jobClass, tier } of lanes) {
        const isBarred = (isSlow && realTimeClasses.now[jobClass]!) || (!isTrusted && quorumClasses.now[jobClass]!);
        if (!isBarred && Math.min(tier, Tier.premium) <= tierOf[node]!) mask |= 1 << index;
      }
      granted[node] = mask;
    };
    /** R of the window, without penalties. */
    const composite = (node: NodeIndex): number => {
      const { initial, minJobs, priorWeight, weights } = settings.now;
      const held = window.count(node);
      if (held === 0) return initial;
      const rank = Number.isNaN(latencyRank[node]!) ? initial : latencyRank[node]!;
      if (held >= minJobs)
        return compositeScore(window.successes(node) / held, window.slaKept(node) / held, rank, weights);
      const success = bayesianAverage(window.successes(node), held, initial, priorWeight);
      const sla = bayesianAverage(window.slaKept(node), held, initial, priorWeight);
      const latency = rank === initial ? initial : bayesianAverage(held * rank, held, initial, priorWeight);
      return compositeScore(success, sla, latency, weights);
    };
    const within = (score: number) => Math.min(1, Math.max(0, score));
    const scoreOf = (node: NodeIndex) => within(composite(node) * (1 - decayed[node]!) + penalties[node]!);

    const remember = (node: NodeIndex, latency: number, mark: number) => {
      const most = settings.now.window;
      window.add(node, latency, mark, most);
      penalties[node]! *= 1 - 1 / most;
    };
    /** Attempts at the same job that had failed when this one was assigned. */
    const failedBefore = (attempt: AttemptIndex): number => {
      let failed = 0;
      const number = attempts.number[attempt]!;
      let other = jobs.lastAttempt[attempts.job[attempt]!]!;
      for (; other !== NONE; other = attempts.nextOfJob[other]!) {
        const isEarlier = attempts.kind[other] === AttemptKind.work && attempts.number[other]! < number;
        if (
          isEarlier &&
          attempts.state[other] === AttemptState.failed &&
          kinds.isFailure[attempts.verdict[other]!] === 1
        )
          failed++;
      }
      return failed;
    };
    const keepsSla = ({ attempt, job }: Evidence): boolean => {
      const { sla } = settings.of(job);
      const assignedAt = attempts.assignedAt[attempt]!;
      const isAtNode = sla.measureAt === 'node';
      const waited = isAtNode ? waitedFor.get(attempt) : acknowledgedAt.get(attempt) - assignedAt;
      if (waited > sla.acknowledgeWithin + timeRounding) return false;
      if (sla.retriesMost !== 'unlimited' && failedBefore(attempt) > sla.retriesMost) return false;
      const limit = Math.max(sla.atLeast, sla.times * jobs.work[job]!);
      const times = wasLoaded.get(attempt) === 1 ? sla.loadedTimes : 1;
      return attempts.returnedAt[attempt]! - assignedAt <= limit * times + timeRounding;
    };
    const rememberJob = (evidence: Evidence, isSuccess: boolean) => {
      const { attempt, job, jobClass, subject } = evidence;
      let mark = isSuccess ? JobMark.succeeded : 0;
      if (jobClass !== NONE && quorumClasses.of(job)[jobClass]!) quorums.served(subject, isSuccess);
      if (attempt === NONE || attempts.state[attempt] !== AttemptState.returned) {
        // of what isn't an attempt nothing else is known
        if (isSuccess) mark |= JobMark.keptSla;
        remember(subject, 0, mark);
        return;
      }
      const seconds = attempts.returnedAt[attempt]! - attempts.assignedAt[attempt]!;
      const isRealTime = jobClass !== NONE && realTimeClasses.of(job)[jobClass]!;
      const work = jobs.work[job]!;
      if (keepsSla(evidence)) mark |= JobMark.keptSla;
      if (isRealTime) mark |= JobMark.isRealTime;
      if (isRealTime || work > 0) mark |= JobMark.hasLatency;
      remember(subject, isRealTime || work === 0 ? seconds : seconds / work, mark);
    };
    /** Decays the score of a node that missed every check-in of the epoch. */
    const growStale = (node: NodeIndex, elapsed: number) => {
      const { after, perDay } = settings.now.stale;
      const before = silentSeconds[node]!;
      const isSilent = hasMissed[node] === 1 && isHeard[node] === 0;
      silentSeconds[node] = isSilent ? before + elapsed : 0;
      hasMissed[node] = 0;
      isHeard[node] = 0;
      const days = (Math.max(after, silentSeconds[node]!) - Math.max(after, before)) / secondsPerDay;
      if (isSilent && days > 0) decayed[node] = 1 - (1 - decayed[node]!) * pow(1 - perDay, days);
    };

    const eachPresent = (visit: (node: NodeIndex) => void) => {
      for (let node = 0; node < nodes.count; node++) if (nodes.state[node] === NodeState.present) visit(node);
    };

    return {
      lowest: () => 0,
      highest: () => 1,
      prior: () => settings.now.initial,
      nodeJoined: (node) => {
        forget(node);
        hasMissed[node] = 0;
        isHeard[node] = 0;
        quorums.join(node, context.now());
        quorumTrust[node] = quorums.trust(node, context.now(), quorumTerms.now);
        grant(node, settings.now.initial);
      },
      historyReset: forget,
      acknowledged: (attempt, at) => {
        const node = attempts.node[attempt]!;
        acknowledgedAt.set(attempt, at);
        const region = jobs.region[attempts.job[attempt]!]!;
        const receivedAt = attempts.assignedAt[attempt]! + network.latency(region, nodes.region[node]!);
        waitedFor.set(attempt, context.now() - receivedAt);
        wasLoaded.set(attempt, nodes.assigned[node]! > nodes.slots[node]! ? 1 : 0);
      },
      scoreMoved: (node, change) => {
        const score = within(nodes.score[node]! + change);
        penalties[node] = score - composite(node) * (1 - decayed[node]!);
        return measured(node, score);
      },
      scoreAfter: (evidence, score) => {
        const { kind, role, subject } = evidence;
        if (kind === EvidenceKind.checkInMade) isHeard[subject] = 1;
        else if (kind === EvidenceKind.checkInMissed) hasMissed[subject] = 1;
        const isSuccess = kind === EvidenceKind.success;
        if (role !== EvidenceRole.worker || (!isSuccess && kinds.isFailure[kind] !== 1)) return score;
        rememberJob(evidence, isSuccess);
        if (isSuccess) {
          isHeard[subject] = 1;
          const left = (1 - decayed[subject]!) / (1 - settings.now.stale.perDay);
          if (decayed[subject]! > 0) decayed[subject] = Math.max(0, 1 - left);
        }
        return measured(subject, scoreOf(subject));
      },
      reckon: () => {
        ranks.clear();
        eachPresent((node) => {
          medianLatency[node] = ranks.look(node, nodes.region[node]!);
        });
        ranks.sort();
        const { regionalShare } = settings.now;
        eachPresent((node) => {
          if (window.count(node) > 0) latencyRank[node] = ranks.rank(node, nodes.region[node]!, regionalShare);
        });
      },
      scoreAtEpoch: (node) => {
        growStale(node, context.now() - Math.max(reckonedAt, nodes.joinedAt[node]!));
        const score = scoreOf(node);
        const fall = scoreAtLastEpoch[node]! - score;
        scoreAtLastEpoch[node] = window.count(node) < settings.now.minJobs ? Number.NaN : score;
        const after = fall > settings.now.resetDrop + scoreRounding ? forget(node) : measured(node, score);
        quorums.epochEnded(node, context.now(), nodes.stake[node]!, after > settings.now.tiers.standardAbove);
        quorumTrust[node] = quorums.trust(node, context.now(), quorumTerms.now);
        grant(node, after);
        return after;
      },
      epochEnded: () => {
        reckonedAt = context.now();
      },
      lanes: (node) => granted[node]!,
    };
  },
});
