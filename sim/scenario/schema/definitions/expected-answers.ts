import { NONE, NodeState, type Nodes } from '../../../model/columns/nodes.js';
import { ChargedTo } from '../../../model/columns/rules.js';
import { PolicyCause } from '../../../model/columns/unserved-reason.js';
import { Ballot } from '../../../model/contract/cohorts/ballots.js';
import type { EvidenceKinds } from '../../../model/contract/findings/evidence-kinds.js';
import {
  type AssignmentPolicy,
  Attestation,
  type ClassScores,
  type Mechanism,
  NextStep,
  type ReputationModel,
  type RewardRule,
  type SlashingRule,
  type Strategy,
  type VerificationScheme,
} from '../../../model/contract/roles.js';

/** What an answer is held against: which nodes and findings there are by then. */
export interface Seen {
  readonly nodes: Pick<Nodes, 'count' | 'state'>;
  readonly kinds: Pick<EvidenceKinds, 'list'>;
}

/** What a question may be answered with, and how that is told. */
export interface Expected {
  readonly words: string;
  isSo(value: unknown, seen: Seen): boolean;
}

const isNumber = (value: unknown): value is number => typeof value === 'number' && !Number.isNaN(value);
const atLeast = (least: number): Expected => ({
  words: `a number of at least ${least}`,
  isSo: (value) => isNumber(value) && value >= least,
});
const whole = (least: number): Expected => ({
  words: `a whole number of at least ${least}`,
  isSo: (value) => Number.isInteger(value) && (value as number) >= least,
});
const share: Expected = {
  words: 'a number from 0 to 1',
  isSo: (value) => isNumber(value) && value >= 0 && value <= 1,
};
/** NaN says that there is none. */
const anyNumber: Expected = { words: 'a number', isSo: (value) => typeof value === 'number' };
const finite: Expected = { words: 'a finite number', isSo: (value) => Number.isFinite(value) };
const yesOrNo: Expected = { words: 'true or false', isSo: (value) => typeof value === 'boolean' };
/** Whether it is something that is yet to come: nobody waits for answers. */
export const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
const object: Expected = {
  words: 'an object',
  isSo: (value) => typeof value === 'object' && value !== null && !isPromise(value),
};
const nothing: Expected = { words: 'nothing that is waited for', isSo: (value) => !isPromise(value) };
const orNull = ({ words, isSo }: Expected): Expected => ({
  words: `${words}, or null`,
  isSo: (value, seen) => value === null || isSo(value, seen),
});
const oneOf = (name: string, values: Readonly<Record<string, number>>): Expected => ({
  words: `one of ${name} (${Object.keys(values).join(', ')})`,
  isSo: (value) => Object.values(values).includes(value as number),
});
const nextStep = oneOf('NextStep', NextStep);
const presentNode: Expected = {
  words: 'a node that is there, or NONE',
  isSo: (value, { nodes }) =>
    value === NONE ||
    (Number.isInteger(value) &&
      (value as number) >= 0 &&
      (value as number) < nodes.count &&
      nodes.state[value as number] === NodeState.present),
};
const finding: Expected = {
  words: 'a kind of finding, or null',
  isSo: (value, { kinds }) =>
    value === null || (Number.isInteger(value) && (value as number) >= 0 && (value as number) < kinds.list.length),
};
/** A bit for each lane, of which there are at most 31. */
const mask: Expected = { words: 'a mask of bits', isSo: (value) => Number.isInteger(value) };

/** What each question of a role is answered with; `data` is no question and is taken over as it is. */
type Answers<Role> = Readonly<Record<keyof Required<Role>, Expected | 'data'>>;

const ofAll: Answers<Mechanism> = {
  nodeJoined: nothing,
  resourceTokenChanged: nothing,
  evidenceArrived: nothing,
  epochEnded: nothing,
  settingsChanged: nothing,
};
const assignment: Answers<AssignmentPolicy> = {
  ...ofAll,
  assign: presentNode,
  hasCandidate: yesOrNo,
  weighsLoad: 'data',
  admits: yesOrNo,
  passesOver: oneOf('PolicyCause', PolicyCause),
  restSeconds: atLeast(0),
  nodeChanged: nothing,
};
const verification: Answers<VerificationScheme> = {
  ...ofAll,
  workFactor: atLeast(1),
  attemptsAtSubmission: whole(1),
  assigned: whole(0),
  spotChecks: whole(0),
  attemptEnded: nextStep,
  attemptsMore: whole(1),
  revealSeconds: orNull(atLeast(0)),
  looksAtAnswers: yesOrNo,
  staysSealed: yesOrNo,
  revealed: nextStep,
  subject: whole(0),
  membersMost: whole(0),
  panel: object,
  panelClosed: nextStep,
  proves: 'data',
  afterVerdict: orNull(nextStep),
  verdict: finding,
  accepted: anyNumber,
  window: orNull(object),
  disputed: nextStep,
  outcome: finding,
  sideFindings: nothing,
  audit: nothing,
};
const reputation: Answers<ReputationModel> = {
  ...ofAll,
  prior: finite,
  scoreAfter: finite,
  acknowledged: nothing,
  scoreMoved: finite,
  historyReset: finite,
  reckon: nothing,
  scoreAtEpoch: finite,
  // a block of questions of its own
  classScores: 'data',
  lanes: mask,
  lowest: finite,
  highest: finite,
};
/** Of the scores for job classes that a reputation model keeps. */
export const expectedOfClassScores: Readonly<Record<keyof Required<ClassScores>, Expected>> = {
  scoreAfter: finite,
  scoreMoved: finite,
  scoreAtEpoch: finite,
};
const slashing: Answers<SlashingRule> = { ...ofAll, penalize: nothing, assess: nothing };
const rewards: Answers<RewardRule> = {
  ...ofAll,
  price: whole(0),
  bond: whole(0),
  settle: nothing,
  leastBond: whole(0),
  charge: whole(0),
  chargedTo: oneOf('ChargedTo', ChargedTo),
  leastCharge: whole(0),
  emission: whole(0),
  recheckPrice: whole(0),
  unbondingSeconds: atLeast(0),
};
const strategy: Answers<Strategy> = {
  accepts: yesOrNo,
  delaySeconds: atLeast(0),
  abortsAfter: atLeast(0),
  idlesSeconds: atLeast(0),
  workFraction: share,
  answer: finite,
  confidence: anyNumber,
  admitsFault: yesOrNo,
  bid: share,
  reveals: yesOrNo,
  attemptSettled: nothing,
  attests: oneOf('Attestation', Attestation),
  votes: yesOrNo,
  proposes: yesOrNo,
  votesOn: oneOf('Ballot', Ballot),
  reports: anyNumber,
  watches: presentNode,
  checks: yesOrNo,
  challenges: yesOrNo,
  wake: nothing,
  stops: nothing,
};

/** By the setting that names who fills a role: what each of its questions is answered with. */
export const expectedAnswers = { assignment, verification, reputation, slashing, rewards, strategy };

export type AskedRole = keyof typeof expectedAnswers;

/** What each role can't do without. */
export const needed: Readonly<Record<AskedRole, readonly string[]>> = {
  assignment: ['assign', 'hasCandidate', 'nodeChanged'] satisfies (keyof AssignmentPolicy)[],
  verification: ['attemptsAtSubmission', 'attemptEnded', 'verdict'] satisfies (keyof VerificationScheme)[],
  reputation: [
    ...(['prior', 'scoreAfter', 'scoreMoved', 'historyReset', 'lowest', 'highest'] satisfies (keyof ReputationModel)[]),
  ],
  slashing: ['penalize'] satisfies (keyof SlashingRule)[],
  rewards: [
    ...(['price', 'bond', 'settle', 'leastBond', 'recheckPrice', 'unbondingSeconds'] satisfies (keyof RewardRule)[]),
  ],
  strategy: ['accepts', 'workFraction', 'answer', 'attests', 'votes'] satisfies (keyof Strategy)[],
};
