import { z } from 'zod';
import { defineSlashingRule } from '../../../sim/model/contract/definition.js';
import { fraction } from '../../../sim/model/contract/settings.js';

/** One stake backs every class that a node serves: each takes its own share of it, and so lowers what backs the rest. */
export const restaked = defineSlashingRule({
  kind: 'restaked',
  meaning: 'Each job class slashes its own share of the one stake.',
  settings: z.strictObject({
    kind: z.literal('restaked'),
    classes: z.record(z.string(), fraction({ meaning: 'Share of the stake that a failure costs, by job class' })),
  }),
  create: (settings, { classes, kinds }) => {
    const shares = settings.map((now) => classes.map(({ name }) => now.classes[name] ?? 0));
    return {
      penalize: ({ job, jobClass, kind }, _score, penalty) => {
        if (jobClass >= 0 && kinds.isFailure[kind] === 1) penalty.stakeFraction = shares.of(job)[jobClass]!;
      },
    };
  },
});
