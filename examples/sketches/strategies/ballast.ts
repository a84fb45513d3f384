import { z } from 'zod';
import { NONE } from '../../../sim/model/columns/nodes.js';
import { defineStrategy } from '../../../sim/model/contract/definition.js';
import { count } from '../../../sim/model/contract/settings.js';
import { honest } from '../../../sim/strategies/honest.js';

const plain = honest.settings.parse({ kind: 'honest' });

/** A griefing client: submits jobs for others to lose time with, and pays for them. */
export const ballast = defineStrategy({
  kind: 'ballast',
  meaning: 'Floods the network with jobs of its own.',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('ballast'),
    jobsPerEpoch: count({ unit: 'jobs', least: 1, most: 10_000, meaning: 'Jobs that each operator submits' }),
  }),
  plan: (_settings, identities) => honest.plan(plain, identities),
  create: (settings, context, attack) => ({
    ...honest.create(plain, context, attack),
    wake: (actions) => {
      for (let job = 0; job < settings.jobsPerEpoch; job++) if (!actions.submit(0, NONE)) return;
    },
  }),
});
