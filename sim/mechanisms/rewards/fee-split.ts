import { z } from 'zod';
import { AttemptKind, AttemptState } from '../../model/columns/attempts.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { ChargedTo } from '../../model/columns/rules.js';
import { defineRewardRule, type Remark } from '../../model/contract/definition.js';
import { EvidenceKind } from '../../model/contract/evidence.js';
import type { Payouts, RewardRule } from '../../model/contract/roles.js';
import { choice, count, duration, flag, fraction, quantity, tokens } from '../../model/contract/settings.js';
import { roundTokens, secondsPerDay, secondsPerYear, toMicroTokens } from '../../model/contract/units.js';
import { provenCompute } from '../../model/contract/verification/proof-of-compute.js';

/** Measures of a reputation model: what the fastest nodes are known by, and on how many jobs that stands. */
const [rankName, jobsName] = ['latencyRank', 'windowJobs'];

const boosts = z
  .strictObject({
    score: fraction({ meaning: 'What the highest score adds to the price, as a share of it' }).default(0.3),
    from: quantity({
      unit: 'score',
      least: 0,
      most: 1_000_000,
      meaning: 'Published score at which that begins, with nothing',
    }).default(0.95),
    full: quantity({
      unit: 'score',
      least: 0,
      most: 1_000_000,
      meaning: 'Published score from which it is added whole; in between it grows in proportion',
    }).default(1),
    fastest: fraction({ meaning: 'What being among the fastest adds, as a share of the price so far' }).default(0.1),
    fastestFrom: fraction({
      meaning: 'Measured rank of the latency, up to 1 for the fastest, from which that is added',
    }).default(0.9),
    leastJobs: count({
      most: 100_000,
      unit: 'jobs',
      meaning: 'Jobs measured of a node from which both are added',
    }).default(0),
  })
  .refine(({ from, full }) => from < full, { path: ['full'], message: 'expected a score above from' });

type Boosts = z.output<typeof boosts>;

/** By what a price is at most raised. */
const mostRaised = ({ score, fastest }: Boosts) => (1 + score) * (1 + fastest);

/**
 * Operator, verifiers and treasury share the price, which is the fee × the node's bid; shares are cut by cumulative
 * floor, the rest is the treasury's.
 *
 * Boosts raise the price for nodes of high score and for the fastest. The fee is what the client offers at most:
 * whoever has all boosts costs the whole of it, others less by what they lack, and the rest is the client's.
 *
 * Besides, each stake earns new tokens at a yearly rate for the time in which its node could be given work, paid at the
 * end of each epoch, and of one that the horizon cuts at the horizon.
 */
export const feeSplit = defineRewardRule({
  kind: 'fee-split',
  meaning: 'The fee is split between operator, verifiers and treasury; of a rejected job only verifiers are paid.',
  settings: z
    .strictObject({
      kind: z.literal('fee-split'),
      operator: fraction({ meaning: 'Share of the fee for the operators of accepted attempts' }).default(0.85),
      verifiers: fraction({ meaning: 'Share of the fee for the observers that replied' }).default(0.05),
      treasury: fraction({ meaning: 'Share of the fee for the treasury' }).default(0.1),
      bondFraction: quantity({
        unit: 'fees',
        least: 0,
        most: 1_000,
        meaning: 'Bond that a node locks for an attempt, as a share of the fee, or a multiple',
      }).default(0),
      bondRelief: fraction({
        meaning: 'Share of the bond that a published score of 1 replaces; lower ones in proportion',
      }).default(0),
      minimumScore: quantity({
        unit: 'score',
        least: 0,
        most: 1_000_000,
        meaning: 'Published score below which a node is paid nothing for its answers; its part is the treasury’s',
      }).default(0),
      txCost: tokens({ meaning: 'What an operator is charged for each answer that it sends' }).default(0),
      txCostTo: choice(['treasury', 'burn'], { meaning: 'Who gets that: the treasury, or nobody' }).default('treasury'),
      holdEpochs: count({ most: 365, unit: 'epochs', meaning: 'Epochs that pay waits for late challenges' }).default(0),
      holdLowScores: z
        .union(
          [
            z.literal('none'),
            z
              .strictObject({
                below: quantity({
                  unit: 'score',
                  least: 0,
                  most: 1_000_000,
                  meaning: 'Published score from which on pay doesn’t wait longer',
                }),
                epochs: count({
                  least: 1,
                  most: 365,
                  unit: 'epochs',
                  meaning: 'Epochs that pay of lower scores waits',
                }).default(2),
                lowest: z
                  .strictObject({
                    below: quantity({
                      unit: 'score',
                      least: 0,
                      most: 1_000_000,
                      meaning: 'Published score below which',
                    }),
                    epochs: count({ least: 1, most: 365, unit: 'epochs', meaning: 'Epochs that it then waits' }),
                  })
                  .describe('A longer wait for the lowest scores; default: the same for all')
                  .optional(),
              })
              .refine(({ below, lowest }) => lowest === undefined || lowest.below < below, {
                path: ['lowest', 'below'],
                message: 'expected a score below that of the other wait',
              })
              .refine(({ epochs, lowest }) => lowest === undefined || lowest.epochs > epochs, {
                path: ['lowest', 'epochs'],
                message: 'expected more epochs than of the other wait',
              }),
          ],
          'expected none or {below: …, epochs: …}',
        )
        .describe('Longer escrow of pay for nodes of low scores, or none')
        .default('none'),
      boosts: z
        .union(
          [z.literal('none'), boosts],
          'expected none or {score: …, from: …, full: …, fastest: …, fastestFrom: …, leastJobs: …}',
        )
        .describe('What is paid more for nodes of high score and for the fastest; the fee is the price with all of it')
        .default('none'),
      emission: quantity({
        unit: 'a year',
        least: 0,
        most: 10,
        meaning: 'New tokens a year for each staked one, while its node is online, not jailed, and staked enough',
      }).default(0.08),
      emissionBy: choice(['stake', 'compute'], {
        meaning: 'What earns that: stake, or stake × declared compute as far as proven (reference card = 1)',
      }).default('stake'),
      paysCheckers: flag({
        meaning: 'Whether who looked at a result, and didn’t challenge in vain, is one of the observers',
      }).default(false),
      unbonding: duration({ meaning: 'Time after leaving in which the stake can still be slashed' }).default(
        14 * secondsPerDay,
      ),
    })
    .refine((settings) => Math.abs(settings.operator + settings.verifiers + settings.treasury - 1) < 1e-9, {
      message: 'expected shares for operator, verifiers and treasury that sum to 1',
    }),
  remarks: (settings, outline) => {
    const {
      bondFraction,
      bondRelief,
      boosts,
      emission,
      holdEpochs,
      holdLowScores,
      minimumScore,
      txCost,
      txCostTo,
      unbonding,
    } = settings;
    const { bondFunds, bondPurse, epochSeconds, funds, horizonSeconds, leastFee, measures, scores, supply } = outline;
    const found: Remark[] = [];
    if (minimumScore > scores.highest) {
      const expected = `at most the highest score that the model gives, ${scores.highest}`;
      const why = 'so that nobody is ever paid';
      found.push({ setting: 'minimumScore', expected, found: `${minimumScore}`, why, isFault: true });
    }
    if (minimumScore > 0 && minimumScore <= scores.lowest) {
      const expected = `a score above the lowest that the model gives, ${scores.lowest}`;
      found.push({ setting: 'minimumScore', expected, found: `${minimumScore}`, why: 'so that it keeps no pay back' });
    }
    const [longest, setting] = longestWait(holdEpochs, holdLowScores);
    if (longest * epochSeconds > unbonding) {
      found.push({
        setting,
        expected: `at most as many epochs as unbonding takes, ${Math.floor(unbonding / epochSeconds)}`,
        found: String(longest),
        why: 'as stake would be back before the pay that waits with it for late challenges',
        isFault: true,
      });
    }
    if (longest * epochSeconds > horizonSeconds && longest * epochSeconds <= unbonding) {
      found.push({
        setting,
        expected: `at most the epochs of the run, ${Math.floor(horizonSeconds / epochSeconds)}`,
        found: String(longest),
        why: 'so that pay that waits so long is never paid',
      });
    }
    if (boosts !== 'none' && boosts.fastest > 0 && !measures.includes(rankName)) {
      const expected = `a reputation model that measures ${rankName}, or 0`;
      const why = 'so that nobody is among the fastest, and no job costs its whole fee';
      found.push({ setting: 'boosts.fastest', expected, found: String(boosts.fastest), why });
    }
    if (boosts !== 'none' && boosts.leastJobs > 0 && !measures.includes(jobsName)) {
      const expected = `0, or a reputation model that measures ${jobsName}`;
      const why = 'so that they are added from the first job on';
      found.push({ setting: 'boosts.leastJobs', expected, found: `${boosts.leastJobs}`, why });
    }
    if (boosts !== 'none' && boosts.score > 0 && boosts.from >= scores.highest) {
      const expected = `a score below the highest that the model gives, ${scores.highest}`;
      found.push({ setting: 'boosts.from', expected, found: String(boosts.from), why: 'so that nobody is paid more' });
    }
    if (boosts !== 'none' && boosts.score > 0 && boosts.full <= scores.lowest) {
      const expected = `a score above the lowest that the model gives, ${scores.lowest}`;
      const why = 'so that everybody is paid all of it';
      found.push({ setting: 'boosts.full', expected, found: String(boosts.full), why });
    }
    if (bondRelief > 0 && bondFraction === 0) {
      const why = 'so that there is no bond to replace';
      found.push({ setting: 'bondRelief', expected: 'a bondFraction above 0 beside it', found: `${bondRelief}`, why });
    }
    const bond = leastBondOf(settings, leastFee);
    const poor = Object.keys(bondFunds).filter((name) => bondFunds[name]! < bond);
    if (poor.length > 0) {
      found.push({
        setting: 'bondFraction',
        expected: `${bondPurse} of at least ${roundTokens(bond)} tokens an operator, the least bond`,
        found: `fewer in ${poor.join(', ')}`,
        why: 'so that they get no work before they earn otherwise',
      });
    }
    const penniless = Object.keys(funds).filter((name) => funds[name]! < txCost);
    if (penniless.length > 0) {
      found.push({
        setting: 'txCost',
        expected: `funds of at least ${txCost} tokens an operator, what an answer costs`,
        found: `fewer in ${penniless.join(', ')}`,
        why: 'so that they get no work before they earn otherwise',
      });
    }
    if (txCostTo === 'burn' && txCost === 0) {
      const why = 'so that there is nothing to burn';
      found.push({ setting: 'txCostTo', expected: 'a txCost above 0 beside it', found: 'burn', why });
    }
    if (holdLowScores !== 'none' && holdLowScores.below <= scores.lowest) {
      const expected = `a score above the lowest that the model gives, ${scores.lowest}`;
      const why = 'so that nobody’s pay waits longer';
      found.push({ setting: 'holdLowScores.below', expected, found: String(holdLowScores.below), why });
    } else if (holdLowScores !== 'none') {
      const { below, lowest } = holdLowScores;
      if (below > scores.highest) {
        const expected = `at most the highest score that the model gives, ${scores.highest}`;
        found.push({
          setting: 'holdLowScores.below',
          expected,
          found: `${below}`,
          why: 'so that all pay waits longer',
        });
      }
      if (lowest !== undefined && lowest.below <= scores.lowest) {
        const expected = `a score above the lowest that the model gives, ${scores.lowest}`;
        const why = 'so that nobody’s pay waits that long';
        found.push({ setting: 'holdLowScores.lowest.below', expected, found: `${lowest.below}`, why });
      }
    }
    if (holdEpochs * epochSeconds > horizonSeconds) {
      found.push({
        setting: 'holdEpochs',
        expected: `at most the epochs of the run, ${Math.floor(horizonSeconds / epochSeconds)}`,
        found: String(holdEpochs),
        why: 'so that no pay that is held comes out of escrow in it',
      });
    }
    const mostMinted = (supply.staked * emission * horizonSeconds) / secondsPerYear;
    if (supply.tokens + mostMinted >= supply.limit) {
      found.push({
        setting: 'emission',
        expected: `a supply below ${Math.floor(supply.limit)} tokens at the end`,
        found: `up to ${Math.ceil(supply.tokens + mostMinted)}`,
        why: 'so that at some time nothing more may be minted',
      });
    }
    return found;
  },
  payFraction: ({ operator }) => operator,
  unbondingSeconds: ({ unbonding }) => unbonding,
  locksBonds: ({ bondFraction }) => bondFraction > 0,
  leastBond: (settings, fee) => leastBondOf(settings, fee),
  create: (settings, context): RewardRule => {
    const { jobs, attempts, kinds, nodes, panels } = context;
    const ranks = context.measure(rankName);
    const measuredJobs = context.measure(jobsName);
    const proven = context.measure(provenCompute);
    /** Reference cards that the node is taken for: who wasn't measured is believed. */
    const computeOf = (node: NodeIndex) => {
      const share = proven[node]!;
      return nodes.throughput[node]! * nodes.slots[node]! * (Number.isNaN(share) ? 1 : share);
    };
    /** What the node is worth of the fee, 0 to 1, before its bid. */
    const shareOfFee = (node: NodeIndex, boosts: Boosts) => {
      const { fastest, fastestFrom, from, full, leastJobs, score } = boosts;
      if (measuredJobs[node]! < leastJobs) return 1 / mostRaised(boosts);
      const way = Math.min(1, Math.max(0, (nodes.publishedScore[node]! - from) / (full - from)));
      return ((1 + score * way) * (ranks[node]! >= fastestFrom ? 1 + fastest : 1)) / mostRaised(boosts);
    };
    const isPaid = (attempt: AttemptIndex) =>
      attempts.kind[attempt] === AttemptKind.work && kinds.isAccepted[attempts.verdict[attempt]!] === 1;

    /** Whether the attempt was a look at the result by somebody who is paid for it. */
    const isPaidCheck = (attempt: AttemptIndex) =>
      attempts.kind[attempt] === AttemptKind.check &&
      attempts.state[attempt] === AttemptState.returned &&
      attempts.verdict[attempt] !== EvidenceKind.challengeFailed &&
      settings.of(attempts.job[attempt]!).paysCheckers;

    const counts = { accepted: 0, observers: 0 };
    const countShares = (job: JobIndex) => {
      counts.accepted = 0;
      counts.observers = 0;
      for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
        if (isPaid(attempt)) counts.accepted++;
        if (isPaidCheck(attempt)) counts.observers++;
        for (let panel = attempts.lastPanel[attempt]!; panel !== NONE; panel = panels.nextOfAttempt[panel]!) {
          counts.observers += panels.signed[panel]! + panels.refused[panel]!;
        }
      }
    };

    const payObservers = (attempt: AttemptIndex, each: number, payouts: Payouts) => {
      for (let panel = attempts.lastPanel[attempt]!; panel !== NONE; panel = panels.nextOfAttempt[panel]!) {
        for (let place = 0; place < panels.asked[panel]!; place++) {
          const observer = panels.repliedOf(panel, place);
          if (observer !== NONE) payouts.payObserver(observer, each);
        }
      }
    };

    const holdFor = (attempt: AttemptIndex) => {
      const { holdEpochs, holdLowScores } = settings.of(attempts.job[attempt]!);
      if (holdLowScores === 'none') return holdEpochs;
      const score = nodes.publishedScore[attempts.node[attempt]!]!;
      const { below, epochs, lowest } = holdLowScores;
      if (score >= below) return holdEpochs;
      return Math.max(holdEpochs, lowest !== undefined && score < lowest.below ? lowest.epochs : epochs);
    };

    /** Who may not claim its part has still taken it: it isn't shared out among the others. */
    const mayClaim = (attempt: AttemptIndex) => {
      const job = attempts.job[attempt]!;
      const { minimumScore } = settings.of(job);
      return (
        minimumScore === 0 || nodes.publishedScoreFor(attempts.node[attempt]!, jobs.jobClass[job]!) >= minimumScore
      );
    };

    const costs = settings.map(({ txCost }) => toMicroTokens(txCost));

    return {
      charge: (attempt) => costs.of(attempts.job[attempt]!),
      chargedTo: (attempt) => ChargedTo[settings.of(attempts.job[attempt]!).txCostTo],
      leastCharge: () => costs.now,
      unbondingSeconds: () => settings.now.unbonding,
      price: (job, node) => {
        const { boosts } = settings.of(job);
        const asked = jobs.fee[job]! * nodes.bid[node]!;
        return Math.floor(boosts === 'none' ? asked : asked * shareOfFee(node, boosts));
      },
      bond: (job, node) => {
        const { bondFraction, bondRelief } = settings.of(job);
        const bond = Math.floor(jobs.fee[job]! * bondFraction);
        if (bond === 0 || bondRelief === 0) return bond;
        const score = nodes.publishedScoreFor(node, jobs.jobClass[job]!);
        return bond - Math.floor(bond * bondRelief * Math.min(1, Math.max(0, score)));
      },
      leastBond: (fee) => {
        const bond = Math.floor(fee * settings.now.bondFraction);
        return bond - Math.floor(bond * settings.now.bondRelief);
      },
      emission: (node, activeStake) => {
        const { emission, emissionBy } = settings.now;
        const compute = emissionBy === 'stake' ? 1 : computeOf(node);
        return Math.floor((activeStake * compute * emission) / secondsPerYear);
      },
      recheckPrice: (job) => Math.floor(jobs.fee[job]! * settings.of(job).operator),
      settle: (job, _isAccepted, payouts) => {
        countShares(job);
        const { operator, verifiers } = settings.of(job);
        const price = jobs.price[job]!;
        const operatorUntil = Math.floor(price * operator);
        const verifiersUntil = Math.floor(price * Math.min(1, operator + verifiers));
        const eachWorker = Math.floor(operatorUntil / Math.max(1, counts.accepted));
        const eachObserver = Math.floor((verifiersUntil - operatorUntil) / Math.max(1, counts.observers));
        for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
          if (isPaid(attempt) && mayClaim(attempt)) payouts.payWorker(attempt, eachWorker, holdFor(attempt));
          if (eachObserver > 0) {
            payObservers(attempt, eachObserver, payouts);
            if (isPaidCheck(attempt)) payouts.payObserver(attempts.node[attempt]!, eachObserver);
          }
        }
      },
    };
  },
});

/** What a node of score 1 locks for an attempt at a job of that fee [tokens]. */
function leastBondOf(bonds: { readonly bondFraction: number; readonly bondRelief: number }, fee: number): number {
  return bonds.bondFraction * (1 - bonds.bondRelief) * fee;
}

type Wait = 'none' | { readonly epochs: number; readonly lowest?: { readonly epochs: number } | undefined };

/** How long pay waits at most [epochs], and the setting that says so. */
function longestWait(holdEpochs: number, holdLowScores: Wait): readonly [number, string] {
  if (holdLowScores === 'none') return [holdEpochs, 'holdEpochs'];
  const { epochs, lowest } = holdLowScores;
  if (lowest !== undefined && lowest.epochs > holdEpochs) return [lowest.epochs, 'holdLowScores.lowest.epochs'];
  return epochs > holdEpochs ? [epochs, 'holdLowScores.epochs'] : [holdEpochs, 'holdEpochs'];
}
