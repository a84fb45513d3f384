import { largest, smallest } from '../../kernels/extent.js';
import type { AttemptIndex, JobIndex } from '../../model/columns/nodes.js';
import { ChargedTo } from '../../model/columns/rules.js';
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
import type { RewardContext } from '../../model/contract/context.js';
import { type Definition, defineRewardRule } from '../../model/contract/definition.js';
import type { RewardRule } from '../../model/contract/roles.js';

type Rule = Omit<Definition<RewardRule, RewardContext>, 'create'>;
interface Kind {
  readonly kind: string;
}

/**
 * A rule for each class of jobs. What belongs to a node and to no job, the emission for its stake, is of the rule of
 * all other classes; stake unbonds for as long as the longest of them says.
 */
export function byClassOver(rules: readonly Rule[]) {
  const named = ({ kind }: Kind) => rules.find((rule) => rule.kind === kind)!;
  return defineRewardRule<ByClass>({
    kind: 'by-class',
    meaning: 'Jobs of each class are paid by a rule of their own; emission is by that of all other classes.',
    settings: byClassSettings(memberSetting(rules, 'protocol.rewards'), 'Who is paid what, and when', 'fee-split'),
    members: (settings) => membersByClass(settings).map(([, values]) => values),
    memberNames: namesByClass,
    unbondingSeconds: (settings) =>
      largest(membersByClass(settings).map(([, values]) => named(values).unbondingSeconds?.(values as never) ?? 0)),
    locksBonds: (settings) =>
      membersByClass(settings).some(([, values]) => named(values).locksBonds?.(values as never) ?? true),
    leastBond: (settings, fee, className) => {
      const values = settings.classes[className] ?? settings.otherwise;
      return named(values).leastBond?.(values as never, fee, className) ?? 0;
    },
    remarks: (settings, outline) => [
      ...classRemarks(settings, outline),
      ...membersByClass(settings).flatMap(([path, values]) => remarksOf(rules, path, values, outline)),
    ],
    create: (settings, context): RewardRule => {
      const { attempts, classes, jobs } = context;
      const members = createByClass(settings, classes, (values) => context.create(values));
      const { all } = members;
      const ofJob = (job: JobIndex) => members.of(jobs.jobClass[job]!);
      const of = (attempt: AttemptIndex) => ofJob(attempts.job[attempt]!);
      const asked = (name: keyof RewardRule) => all.some((rule) => rule[name] !== undefined);
      const [otherwise] = all;
      return {
        price: (job, node) => ofJob(job).price(job, node),
        bond: (job, node) => ofJob(job).bond(job, node),
        settle: (job, isAccepted, payouts) => ofJob(job).settle(job, isAccepted, payouts),
        leastBond: (fee, jobClass) => members.of(jobClass).leastBond(fee, jobClass),
        recheckPrice: (job) => ofJob(job).recheckPrice(job),
        unbondingSeconds: () => largest(all.map((rule) => rule.unbondingSeconds())),
        settingsChanged: () => {
          for (const rule of all) rule.settingsChanged?.();
        },
        ...(asked('charge') && {
          charge: (attempt) => of(attempt).charge?.(attempt) ?? 0,
          chargedTo: (attempt) => of(attempt).chargedTo?.(attempt) ?? ChargedTo.treasury,
          leastCharge: () => smallest(all.map((rule) => rule.leastCharge?.() ?? 0)),
        }),
        ...(otherwise!.emission !== undefined && {
          emission: (node, activeStake) => otherwise!.emission!(node, activeStake),
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
