import { z } from 'zod';
import { feeSplit } from '../../../sim/mechanisms/rewards/fee-split.js';
import { defineRewardRule } from '../../../sim/model/contract/definition.js';
import { quantity } from '../../../sim/model/contract/settings.js';
import { secondsPerYear } from '../../../sim/model/contract/units.js';

/** New tokens by stake × compute × time in service: who declares twice the throughput gets twice as many. */
export const computeEmission = defineRewardRule({
  kind: 'compute-emission',
  meaning: 'Emission by stake, throughput and uptime.',
  settings: z.strictObject({
    kind: z.literal('compute-emission'),
    emission: quantity({ unit: '1', least: 0, most: 1, meaning: 'New tokens a year by stake and throughput' }),
  }),
  create: (settings, context) => ({
    ...feeSplit.create(
      settings.map(() => feeSplit.settings.parse({ kind: 'fee-split' }) as never),
      context,
    ),
    emission: (node, activeStake) =>
      Math.floor((activeStake * context.nodes.throughput[node]! * settings.now.emission) / secondsPerYear),
  }),
});
