import { z } from 'zod';
import { largest } from '../../../kernels/extent.js';
import { checkedAttempt } from '../../../model/columns/attempts.js';
import type { AttemptIndex, JobIndex } from '../../../model/columns/nodes.js';
import {
  type ByClass,
  byClassSettings,
  classRemarks,
  createByClass,
  memberSetting,
  membersByClass,
  namesByClass,
  remarksOf,
} from '../../../model/contract/composition/members.js';
import type { VerificationContext } from '../../../model/contract/context.js';
import { type Definition, defineVerificationScheme } from '../../../model/contract/definition.js';
import { NextStep, type VerificationScheme } from '../../../model/contract/roles.js';

type Scheme = Omit<Definition<VerificationScheme, VerificationContext>, 'create'>;
interface Kind {
  readonly kind: string;
}
interface List extends Kind {
  readonly schemes: readonly Kind[];
}

/**
 * A scheme, or several one after the other, for each class of jobs: each is asked about the jobs of its classes alone.
 *
 * @param schemes those that its members can be
 * @param listKind the kind of several schemes in turn
 */
export function byClassOver(schemes: readonly Scheme[], listKind: string) {
  const one = memberSetting(schemes, 'protocol.verification');
  const isChallengeable = ({ kind }: Kind) => schemes.find((scheme) => scheme.kind === kind)?.isChallengeable === true;
  const several = z
    .array(one)
    .min(1)
    .max(16)
    .refine(
      (list) => list.filter(isChallengeable).length <= 1,
      'expected at most one scheme whose results can be challenged',
    )
    .transform((list): List => ({ kind: listKind, schemes: list }));
  const member = z.union([one, several], 'expected a verification scheme, or a list of them') as z.ZodType<Kind>;
  const isList = (settings: Kind): settings is List => settings.kind === listKind;
  const inside = (settings: Kind) => (isList(settings) ? settings.schemes : [settings]);

  return defineVerificationScheme<ByClass>({
    kind: 'by-class',
    meaning: 'Jobs of each class are checked by a scheme, or a list of schemes, of their own.',
    settings: byClassSettings(member, 'How results are checked', 'none'),
    members: (settings) => membersByClass(settings).flatMap(([, values]) => inside(values)),
    memberNames: namesByClass,
    holdsList: (settings) => membersByClass(settings).some(([, values]) => isList(values)),
    remarks: (settings, outline) => [
      ...classRemarks(settings, outline),
      ...membersByClass(settings).flatMap(([path, values]) =>
        inside(values).flatMap((settings, place) =>
          remarksOf(schemes, isList(values) ? `${path}.${place}` : path, settings, outline),
        ),
      ),
    ],
    create: (settings, context): VerificationScheme => {
      const { attempts, classes, jobs, panels, stage } = context;
      const members = createByClass(settings, classes, (values) => context.create(values, stage));
      const { all } = members;
      const ofJob = (job: JobIndex) => members.of(jobs.jobClass[job]!);
      const of = (attempt: AttemptIndex) => ofJob(attempts.job[attempt]!);
      /** Questions that are asked only where somebody answers. */
      const asked = (name: keyof VerificationScheme) => all.some((scheme) => scheme[name] !== undefined);
      const scheme: VerificationScheme = {
        membersMost: () => largest(all.map((scheme) => scheme.membersMost?.() ?? 0)),
        attemptsAtSubmission: (job) => ofJob(job).attemptsAtSubmission(job),
        attemptEnded: (attempt) => of(attempt).attemptEnded(attempt),
        attemptsMore: (job) => ofJob(job).attemptsMore?.(job) ?? 1,
        subject: (attempt) => of(attempt).subject?.(attempt) ?? checkedAttempt(attempts, attempt),
        panel: (attempt) => of(attempt).panel!(attempt),
        panelClosed: (panel) => of(panels.attempt[panel]!).panelClosed!(panel),
        afterVerdict: (attempt) => of(attempt).afterVerdict?.(attempt) ?? null,
        verdict: (attempt) => of(attempt).verdict(attempt),
        settingsChanged: () => {
          for (const member of all) member.settingsChanged?.();
        },
        ...(asked('workFactor') && { workFactor: (job) => ofJob(job).workFactor?.(job) ?? 1 }),
        ...(asked('assigned') && { assigned: (attempt) => of(attempt).assigned?.(attempt) ?? 0 }),
        ...(asked('spotChecks') && { spotChecks: (job) => ofJob(job).spotChecks?.(job) ?? 0 }),
        ...(asked('revealSeconds') && { revealSeconds: (job) => ofJob(job).revealSeconds?.(job) ?? null }),
        looksAtAnswers: (job) => ofJob(job).looksAtAnswers?.(job) ?? true,
        ...(asked('staysSealed') && { staysSealed: (attempt) => of(attempt).staysSealed?.(attempt) ?? false }),
        ...(asked('revealed') && { revealed: (job) => ofJob(job).revealed?.(job) ?? NextStep.verdict }),
        ...(asked('accepted') && { accepted: (job) => ofJob(job).accepted?.(job) ?? Number.NaN }),
        ...(asked('window') && {
          window: (job) => ofJob(job).window?.(job) ?? null,
          disputed: (attempt, challenger, round) => of(attempt).disputed!(attempt, challenger, round),
          outcome: (attempt) => of(attempt).outcome!(attempt),
        }),
        ...(asked('sideFindings') && { sideFindings: (job, findings) => ofJob(job).sideFindings?.(job, findings) }),
        ...(asked('audit') && {
          audit: (node, findings) => {
            for (const member of all) member.audit?.(node, findings);
          },
        }),
        ...(asked('nodeJoined') && {
          nodeJoined: (node) => {
            for (const member of all) member.nodeJoined?.(node);
          },
        }),
        ...(asked('resourceTokenChanged') && {
          resourceTokenChanged: (node) => {
            for (const member of all) member.resourceTokenChanged?.(node);
          },
        }),
        ...(asked('epochEnded') && {
          epochEnded: (epoch) => {
            for (const member of all) member.epochEnded?.(epoch);
          },
        }),
        ...(asked('evidenceArrived') && {
          // what a scheme learns of nodes it learns by the jobs that it checks; what is of none is for all
          evidenceArrived: (evidence) => {
            const { job, jobClass } = evidence;
            const own = job >= 0 ? jobs.jobClass[job]! : jobClass;
            if (own >= 0) members.of(own).evidenceArrived?.(evidence);
            else for (const member of all) member.evidenceArrived?.(evidence);
          },
        }),
        // in a list it proves answers only if all of its members do
        ...(all.every(({ proves }) => proves === true) && { proves: true as const }),
      };
      return scheme;
    },
  });
}
