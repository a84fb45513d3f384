import { z } from 'zod';
import { type CohortPlan, oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import { probability } from '../../model/contract/settings.js';
import { honestService } from '../honest.js';

/** Says that its machines are of another class, with that class's throughput, memory and slots. */
const declaring =
  (hardware: string): NonNullable<CohortPlan['declares']> =>
  (_identity, machine, lookOf, names) => {
    const look = lookOf(machine);
    const entry = names.hardware[hardware];
    // a class that isn't there is refused with the remarks
    return entry === undefined ? look : { ...look, hardware, throughput: entry.throughput, slots: entry.slots };
  };

/**
 * Declares a better class of hardware than it has: it gets that class's jobs and pay, and is late with them, or drops
 * some that its own hardware can't do.
 */
export const hardwareSpoof = defineStrategy({
  kind: 'hardware-spoof',
  meaning: 'Declares a better class of hardware; works as fast as it can, which is late, and drops some jobs.',
  formula: 'Weight and deadline by the class declared, throughput by the true one; P(drops a job) = failProbability',
  source: 'Attributes that providers declare themselves (Akash), and benchmarks that are gamed (Golem)',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('hardware-spoof'),
    hardware: z.string('expected a hardware class').default('l40s').describe('Hardware class that it declares'),
    failProbability: probability({
      meaning: 'Probability that a job is beyond its true hardware, so that it drops it at once',
    }).default(0),
  }),
  remarks: ({ hardware }, { hardwareNames }) => {
    const found: Remark[] = [];
    if (!hardwareNames.includes(hardware)) {
      const expected = `a hardware class: ${hardwareNames.join(', ')}`;
      const why = 'so that there is nothing to declare';
      found.push({ setting: 'hardware', expected, found: hardware, why, isFault: true });
    }
    return found;
  },
  plan: ({ hardware }, identities) => ({ ...oneEach(identities), declares: declaring(hardware) }),
  create: ({ failProbability }, context) => {
    const { attempts } = context;
    const isBeyond = (attempt: number) =>
      context.uniform(attempts.job[attempt]!, attempts.number[attempt]!, Purpose.misbehaviour) < failProbability;
    return {
      ...honestService(context),
      ...(failProbability > 0 && { abortsAfter: (_node, attempt) => (isBeyond(attempt) ? 0 : 1) }),
    };
  },
});
