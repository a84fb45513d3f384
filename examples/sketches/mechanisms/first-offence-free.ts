import { z } from 'zod';
import { defineSlashingRule } from '../../../sim/model/contract/definition.js';
import { duration, fraction } from '../../../sim/model/contract/settings.js';
import { secondsPerDay } from '../../../sim/model/contract/units.js';

/** Every failure is free that comes after a time without any. */
export const firstOffenceFree = defineSlashingRule({
  kind: 'first-offence-free',
  meaning: 'Slashes failures, but not the first after a time without.',
  settings: z.strictObject({
    kind: z.literal('first-offence-free'),
    fraction: fraction({ meaning: 'Share of the stake that another failure costs' }).default(0.05),
    after: duration({ meaning: 'Time without a failure after which one is free' }).default(30 * secondsPerDay),
  }),
  create: (settings, { column, kinds, now }) => {
    const lastAt = column().fill(Number.NEGATIVE_INFINITY);
    return {
      nodeJoined: (node) => {
        lastAt[node] = Number.NEGATIVE_INFINITY;
      },
      penalize: ({ job, kind, subject }, _score, penalty) => {
        if (kinds.isFailure[kind] !== 1) return;
        const { after, fraction: share } = settings.of(job);
        if (now() - lastAt[subject]! <= after) penalty.stakeFraction = share;
        lastAt[subject] = now();
      },
    };
  },
});
