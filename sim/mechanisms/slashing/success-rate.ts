import { z } from 'zod';
import type { NodeIndex } from '../../model/columns/nodes.js';
import { defineSlashingRule, type Remark } from '../../model/contract/definition.js';
import type { SlashingRule } from '../../model/contract/roles.js';
import { count, flag, fraction, quantity } from '../../model/contract/settings.js';

/** Measures of a reputation model that it goes by. */
const [rateName, jobsName] = ['successRate', 'windowJobs'];

/**
 * Once an epoch, whoever's measured success rate is below a bound loses a share of the remaining stake, and then starts
 * with a clean window: the slash is an amnesty, too.
 *
 * Nodes of high score can have a grace period: so many ends of epochs after the last one at which their score was high.
 */
export const successRate = defineSlashingRule({
  kind: 'success-rate',
  meaning: 'Once an epoch a share of the stake of nodes whose measured success rate is too low, whose window is reset.',
  settings: z.strictObject({
    kind: z.literal('success-rate'),
    below: fraction({ meaning: 'Success rate below which it slashes' }).default(0.7),
    leastJobs: count({
      least: 1,
      most: 100_000,
      unit: 'jobs',
      meaning: 'Jobs that the rate must be measured on',
    }).default(100),
    fraction: fraction({ meaning: 'Share of the remaining stake slashed' }).default(0.05),
    grace: z
      .union(
        [
          z.literal('none'),
          z.strictObject({
            scoreFrom: quantity({ unit: 'score', least: 0, most: 1_000_000, meaning: 'Score that earns it' }).default(
              0.95,
            ),
            epochs: count({
              least: 1,
              most: 365,
              unit: 'epochs',
              meaning: 'Ends of epochs, after the last one with such a score, at which nothing is slashed',
            }).default(1),
          }),
        ],
        'expected none or {scoreFrom: …, epochs: …}',
      )
      .describe('Grace for nodes whose score was high, or none')
      .default('none'),
    resets: flag({ meaning: 'Whether the reputation model then forgets the node’s history' }).default(true),
  }),
  kinds: [
    {
      name: 'lowSuccessRate',
      meaning: 'Too few of its latest jobs succeeded',
      isFailure: false,
      isAccepted: false,
      rank: 5,
    },
  ],
  remarks: ({ below, fraction, grace, resets }, { measures, scores, tiers }) => {
    const found: Remark[] = [];
    if (grace !== 'none' && grace.scoreFrom > scores.highest) {
      const expected = `at most the highest score that the model gives, ${scores.highest}`;
      const why = 'so that nobody has a grace period';
      found.push({ setting: 'grace.scoreFrom', expected, found: `${grace.scoreFrom}`, why });
    }
    if (grace !== 'none' && grace.scoreFrom <= scores.lowest) {
      const expected = `a score above the lowest that the model gives, ${scores.lowest}`;
      const why = 'so that everybody always has it, and nobody is ever slashed';
      found.push({ setting: 'grace.scoreFrom', expected, found: `${grace.scoreFrom}`, why });
    }
    if (tiers !== null && below > tiers.successLeast) {
      const expected = `at most the success rate that jobs of tier 1 take, ${tiers.successLeast}`;
      const why = 'so that nodes are slashed that may have such jobs';
      found.push({ setting: 'below', expected, found: `${below}`, why });
    }
    if (!measures.includes(rateName!)) {
      const expected = `a reputation model that measures ${rateName}`;
      found.push({ setting: '', expected, found: 'none', why: 'so that nobody is ever slashed' });
    }
    if (below === 0) {
      found.push({ setting: 'below', expected: 'a rate above 0', found: '0', why: 'so that nobody is ever slashed' });
    }
    if (fraction === 0) {
      const why = resets ? 'so that a low rate costs nothing but the history' : 'so that a low rate costs nothing';
      found.push({ setting: 'fraction', expected: 'a share above 0', found: '0', why });
    }
    return found;
  },
  create: (settings, context): SlashingRule => {
    const rates = context.measure(rateName!);
    const jobs = context.measure(jobsName!);
    const cause = context.kinds.indexOf('lowSuccessRate');
    const { nodes } = context;
    /** By node: ends of epochs that its grace period still covers. */
    const graceLeft = context.column();
    /** Whether the node is spared at this end of an epoch. */
    const isSpared = (node: NodeIndex): boolean => {
      const { grace } = settings.now;
      if (grace === 'none') return false;
      if (nodes.score[node]! >= grace.scoreFrom) {
        graceLeft[node] = grace.epochs;
        return true;
      }
      const left = Math.min(graceLeft[node]!, grace.epochs);
      graceLeft[node] = Math.max(0, left - 1);
      return left > 0;
    };
    return {
      nodeJoined: (node) => {
        graceLeft[node] = 0;
      },
      penalize: () => {},
      assess: (node, penalty) => {
        const { below, fraction, leastJobs, resets } = settings.now;
        if (isSpared(node)) return;
        // whoever isn't measured is below nothing
        if (!(rates[node]! < below) || !(jobs[node]! >= leastJobs)) return;
        penalty.cause = cause;
        penalty.stakeFraction = fraction;
        penalty.resets = resets;
      },
    };
  },
});
