import {
  type ByClass,
  byClassSettings,
  classRemarks,
  createByClass,
  memberSetting,
  membersByClass,
  namesByClass,
  remarksOf,
} from '../../model/contract/composition/members.js';
import type { SlashingContext } from '../../model/contract/context.js';
import { type Definition, defineSlashingRule } from '../../model/contract/definition.js';
import { Penalty } from '../../model/contract/findings/penalty.js';
import type { SlashingRule } from '../../model/contract/roles.js';

type Rule = Omit<Definition<SlashingRule, SlashingContext>, 'create'>;

/**
 * A rule for each class of jobs, all of which slash one stake: each hears and judges the findings of its classes alone,
 * and the rule of all others what is of none, such as check-ins. At an epoch's end each assesses what it heard, one
 * after the other, and what they slash multiplies.
 */
export function byClassOver(rules: readonly Rule[]) {
  return defineSlashingRule<ByClass>({
    kind: 'by-class',
    meaning: 'Findings at jobs of each class are judged by a rule of their own, all of which slash one stake.',
    settings: byClassSettings(memberSetting(rules, 'protocol.slashing'), 'What a finding costs', 'fixed'),
    members: (settings) => membersByClass(settings).map(([, values]) => values),
    memberNames: namesByClass,
    remarks: (settings, outline) => [
      ...classRemarks(settings, outline),
      ...membersByClass(settings).flatMap(([path, values]) => remarksOf(rules, path, values, outline)),
    ],
    create: (settings, context): SlashingRule => {
      const members = createByClass(settings, context.classes, (values) => context.create(values));
      const { all } = members;
      const own = new Penalty();
      const asked = (name: keyof SlashingRule) => all.some((rule) => rule[name] !== undefined);
      return {
        penalize: (evidence, score, penalty) => members.of(evidence.jobClass).penalize(evidence, score, penalty),
        settingsChanged: () => {
          for (const rule of all) rule.settingsChanged?.();
        },
        ...(asked('assess') && {
          assess: (node, penalty) => {
            for (const rule of all) {
              own.clear();
              rule.assess?.(node, own);
              penalty.join(own);
            }
          },
        }),
        ...(asked('evidenceArrived') && {
          evidenceArrived: (evidence) => members.of(evidence.jobClass).evidenceArrived?.(evidence),
        }),
        ...(asked('nodeJoined') && {
          nodeJoined: (node) => {
            for (const rule of all) rule.nodeJoined?.(node);
          },
        }),
        ...(asked('resourceTokenChanged') && {
          resourceTokenChanged: (node) => {
            for (const rule of all) rule.resourceTokenChanged?.(node);
          },
        }),
        ...(asked('epochEnded') && {
          epochEnded: (epoch) => {
            for (const rule of all) rule.epochEnded?.(epoch);
          },
        }),
      };
    },
  });
}
