import { z } from 'zod';
import { defineSlashingRule } from '../../../sim/model/contract/definition.js';
import { EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { fraction } from '../../../sim/model/contract/settings.js';

/** Looks once an epoch: whoever missed more than a share of the check-ins loses a part of the stake. */
export const liveness = defineSlashingRule({
  kind: 'liveness',
  meaning: 'Slashes once an epoch who missed too many check-ins.',
  settings: z.strictObject({
    kind: z.literal('liveness'),
    missedMost: fraction({ meaning: 'Share of an epoch’s check-ins that may be missed' }).default(0.5),
    fraction: fraction({ meaning: 'Share of the stake that more costs' }).default(0.05),
  }),
  create: (settings, { column }) => {
    const [made, missed] = [column(), column()];
    return {
      nodeJoined: (node) => {
        made[node] = 0;
        missed[node] = 0;
      },
      evidenceArrived: ({ count, kind, subject }) => {
        if (kind === EvidenceKind.checkInMade) made[subject]! += count;
        if (kind === EvidenceKind.checkInMissed) missed[subject]! += count;
      },
      penalize: () => undefined,
      assess: (node, penalty) => {
        const all = made[node]! + missed[node]!;
        if (missed[node]! > all * settings.now.missedMost) {
          penalty.stakeFraction = settings.now.fraction;
          penalty.cause = EvidenceKind.checkInMissed;
        }
        made[node] = 0;
        missed[node] = 0;
      },
    };
  },
});
