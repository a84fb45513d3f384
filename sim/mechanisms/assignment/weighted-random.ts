import { z } from 'zod';
import { pow } from '../../engine/math.js';
import type { NodeIndex } from '../../model/columns/nodes.js';
import { PolicyCause } from '../../model/columns/unserved-reason.js';
import { defineAssignmentPolicy, type Remark } from '../../model/contract/definition.js';
import { drawnByWeight } from '../../model/contract/drawn-by-weight.js';
import type { AssignmentPolicy } from '../../model/contract/roles.js';
import { count, duration, fraction, quantity, tokens } from '../../model/contract/settings.js';
import { secondsPerHour, toMicroTokens } from '../../model/contract/units.js';

/** Measures of a reputation model: what slow nodes are known by, and on how many jobs that and the score stand. */
const [rankName, jobsName] = ['latencyRank', 'windowJobs'];

const leastJobs = count({ most: 100_000, unit: 'jobs', meaning: 'Jobs measured of a node from which it holds' });

/**
 * Probability in proportion to the published score, raised to a power.
 *
 * Nodes below a score can be left out, or be on probation: these get one job at a time's interval, and only cheap ones.
 * Those that are among the slowest can weigh less; whoever wasn't ranked weighs what its score says. Both can wait
 * until so many jobs of a node were measured.
 */
export const weightedRandom = defineAssignmentPolicy({
  kind: 'weighted-random',
  ignoresBids: true,
  meaning: 'A node is drawn with probability in proportion to its published score, raised to a power.',
  settings: z.strictObject({
    kind: z.literal('weighted-random'),
    exponent: quantity({ unit: '1', least: 0, most: 8, meaning: 'Power of the score in the weight' }).default(1),
    minimumScore: quantity({
      unit: 'score',
      least: 0,
      most: 1_000_000,
      meaning: 'Published score below which a node isn’t drawn',
    }).default(0),
    probation: z
      .strictObject({
        below: quantity({ unit: 'score', least: 0, most: 1_000_000, meaning: 'Published score below which it holds' }),
        rest: duration({ meaning: 'Time after an assignment in which a node gets no further one' }).default(
          secondsPerHour,
        ),
        feeMost: tokens({ meaning: 'Highest fee of its jobs; default: any' }).optional(),
        leastJobs: leastJobs.default(0),
      })
      .describe('What nodes of low score may have; default: whatever they are drawn for')
      .optional(),
    slow: z
      .strictObject({
        below: fraction({ meaning: 'Measured rank of the latency, from 0 for the slowest, below which it holds' }),
        factor: fraction({ meaning: 'Times the weight' }).default(0.5),
        leastJobs: leastJobs.default(0),
      })
      .describe('What nodes of long latency weigh; default: no less than others')
      .optional(),
  }),
  ignoresScores: ({ exponent, minimumScore, probation }) =>
    exponent === 0 && minimumScore === 0 && probation === undefined,
  remarks: ({ minimumScore, probation, slow }, { leastFee, measures, scores }) => {
    const found: Remark[] = [];
    if (minimumScore > scores.highest) {
      const expected = `at most the highest score that the model gives, ${scores.highest}`;
      const why = 'so that nobody is ever drawn';
      found.push({ setting: 'minimumScore', expected, found: `${minimumScore}`, why, isFault: true });
    } else if (scores.unworked !== undefined && minimumScore > scores.unworked) {
      const expected = `at most the highest score before anybody has had a job, ${scores.unworked}`;
      found.push({ setting: 'minimumScore', expected, found: `${minimumScore}`, why: 'so that nobody ever gets work' });
    } else if (scores.initial !== undefined && minimumScore > scores.initial) {
      const expected = `at most the score of a new node, ${scores.initial}`;
      const why = 'so that new nodes get no work until their score has risen without any';
      found.push({ setting: 'minimumScore', expected, found: `${minimumScore}`, why });
    } else if (minimumScore > 0 && minimumScore <= scores.lowest) {
      const expected = `a score above the lowest that the model gives, ${scores.lowest}`;
      found.push({ setting: 'minimumScore', expected, found: `${minimumScore}`, why: 'so that it keeps nobody out' });
    }
    if (slow !== undefined && !measures.includes(rankName)) {
      const expected = `a reputation model that measures ${rankName}`;
      found.push({ setting: 'slow', expected, found: 'none', why: 'so that nobody is known to be slow' });
    }
    for (const [name, rule] of Object.entries({ probation, slow })) {
      if (rule === undefined || rule.leastJobs === 0 || measures.includes(jobsName)) continue;
      const expected = `0, or a reputation model that measures ${jobsName}`;
      const why = 'so that it holds from the first job on';
      found.push({ setting: `${name}.leastJobs`, expected, found: `${rule.leastJobs}`, why });
    }
    if (probation === undefined) return found;
    const { below, feeMost } = probation;
    if (below <= scores.lowest) {
      const expected = `above the lowest score, ${scores.lowest}`;
      found.push({ setting: 'probation.below', expected, found: `${below}`, why: 'so that nobody is on probation' });
    } else if (below > scores.highest) {
      const expected = `at most the highest score, ${scores.highest}`;
      const why = 'so that everybody is on probation at any score';
      found.push({ setting: 'probation.below', expected, found: `${below}`, why });
    }
    if (feeMost !== undefined && feeMost < leastFee) {
      const expected = `at least the lowest fee of any job, ${leastFee} tokens`;
      const why = 'so that who is on probation gets no job, and stays on it';
      found.push({ setting: 'probation.feeMost', expected, found: `${feeMost}`, why });
    }
    return found;
  },
  create: (settings, context): AssignmentPolicy => {
    const { jobs, nodes } = context;
    const ranks = context.measure(rankName);
    const measuredJobs = context.measure(jobsName);
    /** Whether so many jobs of the node were measured; of who isn't measured at all there are always enough. */
    const isKnown = (node: NodeIndex, least: number) => !(measuredJobs[node]! < least);
    const isOnProbation = (node: NodeIndex, jobClass: number, { below, leastJobs: least }: Probation) =>
      nodes.publishedScoreFor(node, jobClass) < below && isKnown(node, least);
    /** By node: what its latency makes of the weight, as of the last epoch's end. */
    const factors = context.column().fill(1);
    const factorOf = (node: NodeIndex) => {
      const { slow } = settings.now;
      return slow !== undefined && ranks[node]! < slow.below && isKnown(node, slow.leastJobs) ? slow.factor : 1;
    };
    const drawn = drawnByWeight(context, (node, jobClass) => {
      const score = nodes.publishedScoreFor(node, jobClass);
      return score < settings.now.minimumScore ? 0 : pow(score, settings.now.exponent) * factors[node]!;
    });
    const refactor = (node: NodeIndex) => {
      const factor = factorOf(node);
      if (factor === factors[node]) return;
      factors[node] = factor;
      drawn.nodeChanged(node);
    };
    return {
      ...drawn,
      nodeJoined: (node) => {
        factors[node] = 1;
      },
      epochEnded: () => {
        if (settings.now.slow === undefined) return;
        for (let node = 0; node < nodes.count; node++) refactor(node);
      },
      settingsChanged: () => {
        for (let node = 0; node < nodes.count; node++) factors[node] = factorOf(node);
        drawn.settingsChanged!();
      },
      admits: (job, node) => {
        const { probation } = settings.of(job);
        if (probation?.feeMost === undefined) return true;
        if (!isOnProbation(node, jobs.jobClass[job]!, probation)) return true;
        return jobs.fee[job]! <= toMicroTokens(probation.feeMost);
      },
      passesOver: (job, node) => {
        const { exponent, minimumScore, probation } = settings.now;
        const jobClass = jobs.jobClass[job]!;
        const score = nodes.publishedScoreFor(node, jobClass);
        if (score < minimumScore || pow(score, exponent) === 0) return PolicyCause.score;
        const isDear = probation?.feeMost !== undefined && jobs.fee[job]! > toMicroTokens(probation.feeMost);
        return isDear && isOnProbation(node, jobClass, probation) ? PolicyCause.fee : PolicyCause.latency;
      },
      restSeconds: (node, jobClass) => {
        const { probation } = settings.now;
        return probation !== undefined && isOnProbation(node, jobClass, probation) ? probation.rest : 0;
      },
    };
  },
});

type Probation = NonNullable<z.output<typeof weightedRandom.settings>['probation']>;
