import { z } from 'zod';
import { correlationPenalty } from '../../kernels/correlation-penalty.js';
import { type NodeIndex, NodeState } from '../../model/columns/nodes.js';
import { memberSetting, remarksOf } from '../../model/contract/composition/members.js';
import type { SlashingContext } from '../../model/contract/context.js';
import { type Definition, defineSlashingRule } from '../../model/contract/definition.js';
import type { Penalty } from '../../model/contract/findings/penalty.js';
import type { SlashingRule } from '../../model/contract/roles.js';
import { count, quantity } from '../../model/contract/settings.js';
import { microTokens } from '../../model/contract/units.js';

type Base = Omit<Definition<SlashingRule, SlashingContext>, 'create'>;

/**
 * Another rule, whose slashes cost more the larger the share of all stake that was slashed in the same period.
 *
 * At the period's end each node that it slashed meanwhile loses floor(min(B, m · S · B / T)) whole tokens more: B its
 * stake before its first slash of the period, S the sum of these, T the stake of all, theirs as it was before.
 * Source: Ethereum consensus specifications, `process_slashings`, with a multiplier m of 1 to 3.
 */
export function correlatedOver(rules: readonly Base[]) {
  const base = memberSetting(rules, 'protocol.slashing');
  return defineSlashingRule({
    kind: 'correlated',
    meaning: 'What another rule slashes costs more, the larger the share of all stake slashed in the same period.',
    settings: z.strictObject({
      kind: z.literal('correlated'),
      base: base.describe('The rule that finds out who is slashed, and for what').prefault({ kind: 'fixed' }),
      multiplier: quantity({
        unit: '1',
        least: 0,
        most: 100,
        meaning: 'Factor m on the share of all stake that was slashed',
      }).default(3),
      period: count({ least: 1, most: 10_000, unit: 'epochs', meaning: 'Epochs whose slashes count together' }).default(
        18,
      ),
    }),
    kinds: [
      {
        name: 'correlation',
        meaning: 'Slashed in one period with others',
        isFailure: true,
        isAccepted: false,
        rank: 5,
      },
    ],
    members: ({ base }) => [base],
    remarks: ({ base, multiplier, period }, outline) => {
      const { epochSeconds, horizonSeconds } = outline;
      const found = remarksOf(rules, 'base', base, outline);
      if (multiplier === 0) {
        const why = 'so that nothing is added to what the base slashes';
        found.push({ setting: 'multiplier', expected: 'a factor above 0', found: '0', why });
      }
      if (period * epochSeconds > horizonSeconds) {
        found.push({
          setting: 'period',
          expected: `at most the epochs of the run, ${Math.floor(horizonSeconds / epochSeconds)}`,
          found: `${period}`,
          why: 'so that no period ends in it',
          isInert: true,
        });
      }
      return found;
    },
    create: (settings, context): SlashingRule => {
      const { kinds, nodes } = context;
      const rule = context.create(settings.map((values) => values.base));
      const correlation = kinds.indexOf('correlation');
      /** By node: its stake before its first slash of the period [micro-tokens]; 0 if it wasn't slashed. */
      const before = context.column();
      /** What the base slashes at a period's end is of the next one. */
      const beforeNext = context.column();
      let epochsEnded = 0;
      /** S and T of the period that ends now [tokens]; NaN until the first node asks. */
      let slashed = Number.NaN;
      let total = Number.NaN;

      const isPeriodsEnd = () => (epochsEnded + 1) % settings.now.period === 0;
      const note = (node: NodeIndex, penalty: Penalty, column: Float64Array) => {
        if (penalty.stakeFraction === 0 && penalty.stakeAmount === 0) return;
        if (column[node] === 0) column[node] = nodes.stake[node]!;
      };
      const reckon = () => {
        slashed = 0;
        total = 0;
        for (let node = 0; node < nodes.count; node++) {
          slashed += before[node]! / microTokens;
          if (before[node]! > 0) total += before[node]! / microTokens;
          else if (nodes.state[node] === NodeState.present) total += nodes.stake[node]! / microTokens;
        }
      };

      return {
        ...rule,
        nodeJoined: (node) => {
          before[node] = 0;
          beforeNext[node] = 0;
          rule.nodeJoined?.(node);
        },
        penalize: (evidence, score, penalty) => {
          rule.penalize(evidence, score, penalty);
          note(evidence.subject, penalty, before);
        },
        assess: (node, penalty) => {
          rule.assess?.(node, penalty);
          const isLast = isPeriodsEnd();
          const staked = before[node]! / microTokens;
          note(node, penalty, isLast ? beforeNext : before);
          if (!isLast || staked === 0) return;
          if (Number.isNaN(slashed)) reckon();
          const more = correlationPenalty(staked, slashed, total, settings.now.multiplier);
          if (more === 0) return;
          penalty.stakeAmount += more * microTokens;
          if (penalty.cause < 0) penalty.cause = correlation;
        },
        epochEnded: (epoch) => {
          if (isPeriodsEnd() && epoch > 0) {
            before.set(beforeNext);
            beforeNext.fill(0);
            slashed = Number.NaN;
          }
          epochsEnded = epoch;
          rule.epochEnded?.(epoch);
        },
      };
    },
  });
}
