import { z } from 'zod';
import { AttemptKind, AttemptState } from '../../model/columns/attempts.js';
import { type AttemptIndex, NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { shiftRemarks, shiftSetting } from '../../model/contract/cohorts/shift.js';
import { defineStrategy, type Remark } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import type { Strategy } from '../../model/contract/roles.js';
import { choice, probability, quantity } from '../../model/contract/settings.js';
import { honestService } from '../honest.js';

/**
 * Saves the work of jobs that others do, too: it waits for the first of their answers to come open, and sends that
 * (free-riding on a quorum; what commitments are for: Koch and Reitwießner 2018 on proofs of independent execution).
 *
 * Where answers are sealed nothing comes open before its own is due. Whom nothing leaked to has to make something up.
 */
export const plagiarise = defineStrategy({
  kind: 'plagiarise',
  meaning: 'Sends the answer of a peer that has come open or leaked, in place of one that it computed.',
  formula:
    'P(means to copy) = copyProbability; waits up to waits × the time of its work; sealed answers leak with ' +
    'probability leaks',
  source:
    'Copied weights and commit–reveal against them (Bittensor); Koch and Reitwießner 2018, A predictable ' +
    'incentive mechanism for TrueBit',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('plagiarise'),
    copyProbability: probability({ meaning: 'Probability that it means to copy, where there may be a peer' }).default(
      1,
    ),
    waits: quantity({
      unit: 'times',
      least: 0,
      most: 1_000,
      meaning: 'How long it waits for an answer to copy, as a multiple of the time that the work would take it',
    }).default(1.5),
    leaks: probability({ meaning: 'Probability that the answers to a job leak to it though they are sealed' }).default(
      0,
    ),
    otherwise: choice(['computes', 'guesses'], {
      meaning: 'What it does where it sees as it starts that nothing will leak: no peer has the job, or it is sealed',
    }).default('computes'),
    shift: shiftSetting(),
  }),
  remarks: ({ copyProbability, leaks, shift }, outline) => {
    const found: Remark[] = [...shiftRemarks(shift, outline)];
    if (copyProbability === 0) {
      const why = 'so that it computes like others';
      found.push({ setting: 'copyProbability', expected: 'above 0', found: '0', why });
    }
    if (outline.attemptsMost < 2 && !outline.hasRecomputable) {
      const expected = 'a verification scheme under which several nodes do the same job';
      found.push({ setting: '', expected, found: 'none', why: 'so that there is nothing to copy' });
    }
    if (!outline.seals && leaks > 0) {
      const expected = 'answers that come sealed (commitReveal)';
      found.push({ setting: 'leaks', expected, found: `${leaks}`, why: 'so that it sees all of them in any case' });
    }
    return found;
  },
  plan: (_settings, identities) => oneEach(identities),
  create: (settings, context): Strategy => {
    const { attempts, jobs, nodes, ownership, truth } = context;
    const service = honestService(context);
    const copying = new Map<AttemptIndex, boolean>();
    const draw = (attempt: AttemptIndex, purpose: number) =>
      context.uniform(attempts.job[attempt]!, attempts.number[attempt]!, purpose);
    const isPeer = (node: NodeIndex, other: AttemptIndex) =>
      attempts.kind[other] === AttemptKind.work &&
      ownership.operator[attempts.node[other]!] !== ownership.operator[node] &&
      attempts.state[other] !== AttemptState.failed;
    const leaks = (attempt: AttemptIndex) => draw(attempt, Purpose.leak) < settings.leaks;
    /** Whether answers come open to it that come while its own does. */
    const seesNew = (attempt: AttemptIndex) => !isHidden(attempt) || leaks(attempt);
    const isHidden = (attempt: AttemptIndex) => jobs.hides(attempts.job[attempt]!, attempts.number[attempt]!);

    const mayLeak = (node: NodeIndex, attempt: AttemptIndex) => {
      const job = attempts.job[attempt]!;
      const sees = seesNew(attempt);
      if (sees && jobs.attemptsWanted[job]! > 0) return true;
      for (let other = jobs.lastAttempt[job]!; other !== NONE; other = attempts.nextOfJob[other]!) {
        if (isPeer(node, other) && (sees || !isHidden(other))) return true;
      }
      return false;
    };

    /** Of the peers’ answers that have come open the first; NONE for nothing. */
    const leaked = (node: NodeIndex, attempt: AttemptIndex) => {
      const sees = seesNew(attempt);
      let first: AttemptIndex = NONE;
      for (let other = jobs.lastAttempt[attempts.job[attempt]!]!; other !== NONE; other = attempts.nextOfJob[other]!) {
        if (!isPeer(node, other) || attempts.state[other] !== AttemptState.returned) continue;
        if (!sees && isHidden(other)) continue;
        if (first === NONE || attempts.returnedAt[other]! <= attempts.returnedAt[first]!) first = other;
      }
      return first;
    };

    return {
      ...service,
      workFraction: (node, attempt) => {
        const copies =
          attempts.kind[attempt] !== AttemptKind.check &&
          draw(attempt, Purpose.misbehaviour) < settings.copyProbability &&
          (settings.otherwise === 'guesses' || mayLeak(node, attempt));
        copying.set(attempt, copies);
        return copies ? 0 : 1;
      },
      idlesSeconds: (node, attempt) => {
        // what is there already needn't be waited for, nor what can't come
        if (copying.get(attempt) !== true || !seesNew(attempt) || leaked(node, attempt) !== NONE) return 0;
        return (settings.waits * jobs.work[attempts.job[attempt]!]!) / nodes.throughput[node]!;
      },
      answer: (node, attempt) => {
        if (copying.get(attempt) !== true) return service.answer(node, attempt);
        const source = leaked(node, attempt);
        return source === NONE ? truth.loneLie(attempt, settings.shift) : truth.answer(source);
      },
    };
  },
});
