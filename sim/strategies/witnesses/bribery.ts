import { z } from 'zod';
import { AttemptKind } from '../../model/columns/attempts.js';
import { type AttemptIndex, NodeState } from '../../model/columns/nodes.js';
import { oneEach } from '../../model/contract/cohorts/cohort-plan.js';
import { needsEpochs, needsVoters } from '../../model/contract/cohorts/preconditions.js';
import { markTargets, targetsRemarks, targetsSetting } from '../../model/contract/cohorts/targets.js';
import { defineStrategy } from '../../model/contract/definition.js';
import { Purpose } from '../../model/contract/purposes.js';
import { Attestation, type Strategy } from '../../model/contract/roles.js';
import { choice, flag, probability, quantity, tokens } from '../../model/contract/settings.js';
import { roundTokens, toMicroTokens } from '../../model/contract/units.js';
import { honestAnswer, sparing } from '../honest.js';

/**
 * Operators that pay others' witnesses: to sign for their own wrong results, or to refuse those of rivals. With
 * `paysLosersOnly` the bribe is P + ε (Buterin 2015): whoever takes it gains whatever the others do, and if all take
 * it, it costs nothing.
 */
export const bribery = defineStrategy({
  kind: 'bribery',
  meaning: 'Pays witnesses to sign for its own wrong results, or to refuse those of rivals.',
  formula:
    'A voter who says what is asked gets bribe; with paysLosersOnly only if that lost: P + ε, which costs nothing ' +
    'where all take it',
  source: 'Buterin 2015, The P + epsilon attack, after an idea of A. Miller',
  isAttacker: true,
  settings: z.strictObject({
    kind: z.literal('bribery'),
    bribe: tokens({ meaning: 'What it offers each witness and juror', least: 0.000_001 }).default(0.05),
    paysLosersOnly: flag({
      meaning: 'Whether it pays only if those who voted as asked were no majority of those who replied',
    }).default(true),
    about: choice(['own', 'rivals'], { meaning: 'Whose attempts its bribes are about' }).default('own'),
    targets: targetsSetting,
    wrongProbability: probability({
      meaning: 'Probability that it answers wrong where its own attempts are what the bribes are about',
    }).default(1),
    shift: quantity({
      least: -1,
      most: 1_000,
      unit: '1',
      meaning: 'How far a wrong answer is off where answers are numeric, as a share of what it computed',
    }).default(0.1),
  }),
  remarks: ({ about, bribe, targets, wrongProbability, shift }, outline, _nodes, funds, standing) => {
    const { hasNumeric, jurors, takesBribes, witnesses } = outline;
    const lacking = [...needsVoters(outline, 'so that it has nobody to bribe'), ...needsEpochs(outline)];
    if (!takesBribes) {
      const why = 'so that nobody takes what it offers';
      lacking.push({ setting: '', expected: 'a cohort that takes bribes (takesBribes)', found: 'none', why });
    }
    const panel = bribe * Math.max(witnesses, jurors);
    if (funds < panel) {
      const expected = `funds of at least ${roundTokens(panel)} tokens an operator, what a whole panel is offered`;
      const why = 'so that it offers nothing before it earns otherwise';
      lacking.push({ setting: '', expected, found: `${roundTokens(funds)} tokens`, why });
    }
    if (lacking.length > 0) return lacking;
    if (about === 'rivals') {
      const why = 'so that it answers as it computes';
      const unused = { setting: 'wrongProbability', expected: 'about: own', found: `${wrongProbability}`, why };
      return [unused, ...targetsRemarks(targets, standing)];
    }
    const found = [{ setting: 'targets', expected: 'about: rivals', found: `${targets}`, why: 'so that it has none' }];
    if (hasNumeric) return found;
    const expected = 'a workload with numeric answers';
    return [...found, { setting: 'shift', expected, found: `${shift}`, why: 'so that no answer is shifted' }];
  },
  plan: (_settings, identities) => oneEach(identities),
  create: ({ bribe, paysLosersOnly, about, targets, wrongProbability, shift }, context, attack): Strategy => {
    const { attempts, nodes } = context;
    const { isMember } = attack;
    const offer = { isForSubject: about === 'own', amount: toMicroTokens(bribe), paysLosersOnly };
    /** By node: 1 once its witnesses are bribed; before, it would be lying to honest ones. */
    const isCovered = new Uint8Array(nodes.capacity);
    const falsifies = (attempt: AttemptIndex) =>
      isCovered[attempts.node[attempt]!] === 1 &&
      attempts.kind[attempt] === AttemptKind.work &&
      context.uniform(attempts.job[attempt]!, attempts.number[attempt]!, Purpose.misbehaviour) < wrongProbability;
    return {
      accepts: () => true,
      workFraction: () => 1,
      answer: (_node, attempt) =>
        falsifies(attempt) ? context.truth.loneLie(attempt, shift) : honestAnswer(context, attempt),
      attests: (_observer, attempt, observed) => {
        const subject = attempts.node[attempt]!;
        if (isMember(subject)) return Attestation.signs;
        if (about === 'rivals' && attack.targets.has(subject)) return Attestation.refuses;
        return observed ? Attestation.signs : Attestation.refuses;
      },
      votes: (_juror, subject, shown) => {
        if (isMember(subject)) return true;
        return shown && !(about === 'rivals' && attack.targets.has(subject));
      },
      ...sparing(context, (_node, subject) => isMember(subject)),
      wake: (actions) => {
        if (about === 'own') {
          for (const node of context.nodesOf(actions.operator)) {
            if (nodes.state[node] === NodeState.present && actions.bribe(node, offer)) isCovered[node] = 1;
          }
          return;
        }
        markTargets(nodes, attack, targets);
        for (const target of attack.targets) actions.bribe(target, offer);
      },
      stops: (actions) => {
        const subjects = about === 'own' ? context.nodesOf(actions.operator) : attack.targets;
        for (const subject of subjects) actions.bribe(subject, null);
      },
    };
  },
});
