import { z } from 'zod';
import type { NodeIndex } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { dispatch, isOneEach, sharedPlan } from '../../model/contract/composition/dispatch.js';
import { memberSetting } from '../../model/contract/composition/members.js';
import { defineStrategy, type Remark, type StrategyDefinition } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import type { Strategy } from '../../model/contract/roles.js';
import { fraction } from '../../model/contract/settings.js';

/** Each operator of a cohort draws a strategy once, and keeps to it. */
export function mixtureOver(strategies: readonly StrategyDefinition[]) {
  const named = (kind: string) => strategies.find((strategy) => strategy.kind === kind)!;
  return defineStrategy({
    kind: 'mixture',
    meaning: 'Each operator draws one of several strategies by their shares, and keeps to it.',
    formula: 'P(an operator plays the i-th) = its share',
    source: 'This project',
    isAttacker: false,
    settings: z.strictObject({
      kind: z.literal('mixture'),
      of: z
        .array(
          z.strictObject({
            share: fraction({ meaning: 'Probability that an operator draws it' }),
            play: memberSetting(strategies, 'fleet.NAME.strategy').describe('The strategy'),
          }),
        )
        .min(2, 'expected at least two strategies')
        .max(16, 'expected at most 16 strategies')
        .refine((parts) => Math.abs(parts.reduce((sum, { share }) => sum + share, 0) - 1) < 1e-9, {
          message: 'expected shares that sum to 1',
        })
        .describe('Strategies with the share of the operators that play each')
        .prefault([
          { share: 0.5, play: 'honest' },
          { share: 0.5, play: 'always-wrong' },
        ] as never),
    }),
    members: ({ of }) => of.map(({ play }, at) => ({ setting: `of.${at}.play`, strategy: play })),
    remarks: ({ of }, _outline, nodes) => {
      const undrawn = of.flatMap(({ share }, at): readonly Remark[] => {
        if (share > 0) return [];
        const why = 'so that no operator draws it';
        return [{ setting: `of.${at}.share`, expected: 'a share above 0', found: '0', why }];
      });
      const special = of.filter(({ play }) => !isOneEach(named(play.kind).plan(play, nodes)));
      if (special.length === 0) return undrawn;
      return [
        ...undrawn,
        {
          setting: 'of',
          expected: 'strategies of operators with a machine and an identity each',
          found: special.map(({ play }) => play.kind).join(', '),
          why: 'as who has which machines is settled before an operator draws its strategy',
          isFault: true,
        },
      ];
    },
    plan: ({ of }, identities) => {
      const plans = of.map(({ play }) => named(play.kind).plan(play, identities));
      return sharedPlan(plans, identities, oneEach(identities));
    },
    create: ({ of }, context, attack): Strategy => {
      const members = of.map(({ play }) => named(play.kind).create(play, context, attack));
      const places = new Map<number, number>();
      const draw = (operator: number): number => {
        const node: NodeIndex = context.nodesOf(operator)[0]!;
        let luck = context.uniformOf(node, 0, Purpose.mixture);
        let place = 0;
        while (place < of.length - 1 && luck >= of[place]!.share) luck -= of[place++]!.share;
        return place;
      };
      return dispatch(context, members, {
        by: (operator) => {
          let place = places.get(operator);
          if (place === undefined) {
            place = draw(operator);
            places.set(operator, place);
          }
          return place;
        },
        bySeats: () => 0,
      });
    },
  });
}
