import { z } from 'zod';
import { heldBy } from '../../model/contract/cohorts/cohort-plan.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import { count, tokens } from '../../model/contract/settings.js';
import { toMicroTokens } from '../../model/contract/units.js';
import { honestService } from '../honest.js';

/**
 * An operator that poses as many: its machine's slots and its stake are split over several identities, which work
 * honestly (Douceur 2002). Under weights of stake^a splitting over n multiplies the weight by n^(1 − a).
 */
export const sybilSplit = defineStrategy({
  kind: 'sybil-split',
  meaning: 'Operators that split their stake and hardware over several identities, which work honestly.',
  formula: 'Weight under stake^α: n^(1 − α) times that of one identity',
  source: 'Douceur 2002, The Sybil attack; proliferation in Kerr and Cohen 2009, Smart cheaters do prosper',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('sybil-split'),
    identitiesPerMachine: count({
      least: 1,
      most: 1_000,
      unit: 'identities',
      meaning: 'Identities on each machine, which declare its slots between them, at least one each',
    }).default(10),
    machinesPerOperator: count({
      least: 1,
      most: 1_000_000,
      unit: 'machines',
      meaning: 'Machines of each operator; the last one may have fewer',
    }).default(1),
    operatorStake: tokens({
      meaning: 'Stake of each operator, which its identities share equally; default: the cohort’s stake for each',
    }).optional(),
  }),
  remarks: ({ identitiesPerMachine, machinesPerOperator }, _outline, nodes) => {
    const found: Remark[] = [];
    if (identitiesPerMachine === 1) {
      found.push({
        setting: 'identitiesPerMachine',
        expected: 'above 1',
        found: '1',
        why: 'so that no machine is split',
      });
    }
    const each = identitiesPerMachine * machinesPerOperator;
    if (nodes % each > 0) {
      const expected = `a divisor of the nodes, ${nodes}`;
      const why = 'so that the last operator has fewer';
      found.push({ setting: 'identitiesPerMachine', expected, found: `${identitiesPerMachine}`, why });
    }
    return found;
  },
  plan: (settings, identities) => {
    const plan = { ...heldBy(settings, identities), hidesOperator: true };
    if (settings.operatorStake === undefined) return plan;
    const stake = toMicroTokens(settings.operatorStake);
    const each = settings.identitiesPerMachine * settings.machinesPerOperator;
    return {
      ...plan,
      stakeOf: (identity) => {
        const first = identity - (identity % each);
        const sharing = Math.min(each, identities - first);
        const part = Math.floor(stake / sharing);
        return identity === first ? stake - part * (sharing - 1) : part;
      },
    };
  },
  create: (_settings, context) => honestService(context),
});
