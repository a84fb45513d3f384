import { z } from 'zod';
import { type CohortPlan, oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import { honestService } from '../honest.js';

/** Says that its machines stand in another region. */
const declaring =
  (region: string | undefined): NonNullable<CohortPlan['declares']> =>
  (_identity, machine, lookOf, names) => {
    const index = region === undefined ? 0 : names.regions.indexOf(region);
    // a region that isn't there is refused with the remarks
    return index < 0 ? lookOf(machine) : { ...lookOf(machine), region: index };
  };

/**
 * Declares a region where its machines aren't, so as to be near to its clients: messages take as long as they do from
 * where it is, and it goes down with its own region.
 */
export const geoSpoof = defineStrategy({
  kind: 'geo-spoof',
  meaning: 'Declares another region than its own; serves honestly from where it is, which takes longer.',
  formula: 'Weight by the region declared, latency by the true one',
  source: 'Location spoofing in a wireless network, which keeps a list against it (Helium)',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('geo-spoof'),
    region: z.string('expected a region').describe('Region that it declares; default: the network’s first').optional(),
  }),
  remarks: ({ region }, { regionNames }) => {
    const found: Remark[] = [];
    if (regionNames.length === 1) {
      const why = 'so that there is no other to declare';
      found.push({ setting: '', expected: 'a network of several regions', found: regionNames[0]!, why });
    }
    if (region !== undefined && !regionNames.includes(region)) {
      const expected = `a region of the network: ${regionNames.join(', ')}`;
      const why = 'so that there is nothing to declare';
      found.push({ setting: 'region', expected, found: region, why, isFault: true });
    }
    return found;
  },
  plan: ({ region }, identities) => ({ ...oneEach(identities), declares: declaring(region) }),
  create: (_settings, context) => honestService(context),
});
