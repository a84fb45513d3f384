import { z } from 'zod';
import { defineSlashingRule, type Remark } from '../../model/contract/definition.js';
import type { SlashingRule } from '../../model/contract/roles.js';
import { count, fraction } from '../../model/contract/settings.js';

/** The same share of the remaining stake for every failed job, or for some findings a share of their own. */
export const fixed = defineSlashingRule({
  kind: 'fixed',
  meaning: 'Every failed job costs the same share of the remaining stake.',
  settings: z.strictObject({
    kind: z.literal('fixed'),
    fraction: fraction({ meaning: 'Share of the remaining stake slashed' }).default(0.01),
    byFinding: z
      .record(z.string(), fraction({ meaning: 'Share slashed for this finding, whether or not of a job' }))
      .default({})
      .describe('Other shares by finding, such as {timeout: 0.05, invalid: 1}'),
    clawBack: z
      .record(z.string(), fraction({ meaning: 'Share of the node’s pay in escrow taken back for this finding' }))
      .default({})
      .describe('Share of the pay that escrow holds for the node, taken back by finding, such as {invalid: 1}'),
    bondFraction: fraction({ meaning: 'Share of the bond slashed that was locked for the attempt' }).default(0),
    ejectsFor: z.array(z.string()).default([]).describe('Findings after which a node is ejected, too'),
    jailEpochs: count({ most: 10_000, unit: 'epochs', meaning: 'Whole epochs in jail after a failure' }).default(0),
  }),
  slashedFraction: ({ byFinding, fraction }) => byFinding.invalid ?? fraction,
  remarks: (settings, { findings, locksBonds }) => {
    const { fraction, byFinding, clawBack, bondFraction, ejectsFor, jailEpochs } = settings;
    const found: Remark[] = [];
    for (const name of Object.keys(byFinding)) {
      if (findings.includes(name)) continue;
      const expected = `a finding that the protocol can make: ${findings.join(', ')}`;
      found.push({ setting: `byFinding.${name}`, expected, found: name, why: 'so that it is never slashed' });
    }
    for (const name of Object.keys(clawBack)) {
      if (findings.includes(name)) continue;
      const expected = `a finding that the protocol can make: ${findings.join(', ')}`;
      found.push({
        setting: `clawBack.${name}`,
        expected,
        found: name,
        why: 'so that no pay is ever taken back for it',
      });
    }
    for (const name of ejectsFor) {
      if (findings.includes(name)) continue;
      const expected = `findings that the protocol can make: ${findings.join(', ')}`;
      found.push({ setting: 'ejectsFor', expected, found: name, why: 'so that nobody is ejected for it' });
    }
    if (bondFraction > 0 && !locksBonds) {
      const expected = 'a reward rule that locks bonds (for fee-split, rewards.bondFraction above 0)';
      found.push({
        setting: 'bondFraction',
        expected,
        found: String(bondFraction),
        why: 'so that there is none to slash',
      });
    }
    const takesBonds = bondFraction > 0 && locksBonds;
    const takesPay = Object.values(clawBack).some((share) => share > 0);
    const takesNothing =
      fraction === 0 && !takesBonds && !takesPay && Object.values(byFinding).every((share) => share === 0);
    if (takesNothing && ejectsFor.length === 0) {
      const why =
        jailEpochs > 0 ? 'so that a failure costs nothing but time in jail' : 'so that no failure costs anything';
      found.push({
        setting: 'fraction',
        expected: 'a share above 0 (none is the rule that slashes nothing)',
        found: '0',
        why,
      });
    }
    return found;
  },
  create: (settings, { kinds }): SlashingRule => {
    const byKind = (named: Readonly<Record<string, number>>) =>
      new Map(Object.entries(named).map(([name, share]) => [kinds.find(name), share] as const));
    const shares = settings.map(({ byFinding }) => byKind(byFinding));
    const clawBacks = settings.map(({ clawBack }) => byKind(clawBack));
    const ejecting = settings.map(({ ejectsFor }) => new Set(ejectsFor.map((name) => kinds.find(name))));
    return {
      penalize: ({ kind, job }, _score, penalty) => {
        const isFailure = kinds.isFailure[kind] === 1;
        const share = shares.of(job).get(kind);
        penalty.clawBackFraction = clawBacks.of(job).get(kind) ?? 0;
        penalty.ejects = ejecting.of(job).has(kind);
        if (!isFailure && share === undefined) return;
        const { fraction, bondFraction, jailEpochs } = settings.of(job);
        penalty.stakeFraction = share ?? fraction;
        if (!isFailure) return;
        penalty.bondFraction = bondFraction;
        penalty.jailEpochs = jailEpochs;
      },
    };
  },
});
