import { NONE, type NodeIndex } from '../columns/nodes.js';
import { epochsEndedBy, type Rules } from '../columns/rules.js';
import type { EvidenceKind } from '../contract/evidence.js';
import type { Penalty } from '../contract/findings/penalty.js';
import { toTreasury } from '../money/held-slash.js';
import { slashDestination, type World } from '../world/world.js';
import type { Appeals } from './appeals.js';
import type { ClassScoring } from './class-scores.js';
import type { Collateral, HeldCase } from './collateral.js';
import type { NodeLife } from './node-life.js';

export type Penalties = ReturnType<typeof createPenalties>;

/** What of a penalty waits for its case to be decided, besides the stake. */
interface Sentence {
  readonly scoreChange: number;
  readonly scoreChangeBefore: number;
  /** The class of jobs for which the score changes, too; NONE for each. */
  readonly jobClass: number;
  readonly resets: boolean;
  readonly jailEpochs: number;
  readonly ejects: boolean;
}

/** A penalty whose case is open. */
interface OpenCase extends Sentence, HeldCase {
  readonly node: NodeIndex;
  /** By which rules it may be appealed, null for none, and what for: the node's machine had really failed. */
  readonly appeal: Rules['appeal'];
  readonly hadOutage: boolean;
}

interface Parts {
  readonly appeals: Appeals;
  readonly classScoring: ClassScoring;
  readonly collateral: Collateral;
  readonly nodeLife: NodeLife;
}

/** What penalties do to nodes, at once or when their cases are decided. */
export function createPenalties(world: World, { appeals, classScoring, collateral, nodeLife }: Parts) {
  const { journal, kinds, nodes, roles, rules, simulation } = world;
  /** By the number of the epoch at whose end they are decided, in the order of the penalties. */
  const openCases = new Map<number, OpenCase[]>();

  /**
   * Imposes a penalty; the object may be filled in anew meanwhile, as ejecting ends attempts and settles them.
   *
   * @param asked what it was asked about, if the penalty states no cause of its own
   * @param since when what it is for began [s]
   * @param winner node that gets a challenger's share of the stake; NONE without a dispute
   * @param jobClass of what it is for; NONE if that is of none
   * @param refund who paid for the job that it is about, of pay that may still be in escrow
   */
  function impose(
    node: NodeIndex,
    penalty: Penalty,
    asked: EvidenceKind | typeof NONE,
    since: number,
    winner: NodeIndex | typeof NONE,
    jobClass: number,
    refund = toTreasury,
  ): void {
    if (penalty.isNone) return;
    const { stakeFraction, stakeAmount, clawBackFraction } = penalty;
    const { scoreChange, scoreChangeBefore, resets, jailEpochs, ejects } = penalty;
    const cause = penalty.cause === NONE ? asked : penalty.cause;
    if (cause === NONE) throw new Error('penalty of an epoch: expected a cause, found none');
    const destination = penalty.destination ?? slashDestination(world, cause);
    const takesStake = stakeFraction > 0 || stakeAmount > 0;
    const appeal = takesStake && kinds.isExcusable[cause] === 1 ? rules.now.appeal : null;
    const isAppealed = appeal !== null;
    const delay = isAppealed ? Math.max(penalty.delayEpochs, appeal.withinEpochs) : penalty.delayEpochs;
    if (delay === 0) {
      if (takesStake) collateral.slash(node, stakeFraction, cause, destination, stakeAmount, winner);
      if (clawBackFraction > 0) collateral.clawBack(node, clawBackFraction, refund);
      carryOut(node, { scoreChange, scoreChangeBefore, jobClass, resets, jailEpochs, ejects });
      return;
    }
    const hadOutage = isAppealed && appeals.hadOutage(node, since);
    const held = collateral.hold(node, stakeFraction, stakeAmount, clawBackFraction);
    const decidedAt = epochsEndedBy(rules.now, simulation.now) + delay;
    const cases = openCases.get(decidedAt) ?? [];
    openCases.set(decidedAt, cases);
    cases.push({
      node,
      cause,
      destination,
      winner,
      held,
      refund,
      appeal,
      hadOutage,
      scoreChange,
      scoreChangeBefore,
      jobClass,
      resets,
      jailEpochs,
      ejects,
    });
    if (jailEpochs > 0 || ejects) nodeLife.bar(node, decidedAt * rules.now.epochSeconds);
  }

  function carryOut(node: NodeIndex, sentence: Sentence): void {
    const { scoreChange, scoreChangeBefore, jobClass, resets, jailEpochs, ejects } = sentence;
    if (scoreChange <= 0) journal.penalized(node);
    if (scoreChange !== 0) {
      scoreBecomes(node, roles.reputation.scoreMoved(node, scoreChange, scoreChangeBefore));
      classScoring.moved(node, jobClass, scoreChange, scoreChangeBefore);
    }
    if (resets) {
      const score = roles.reputation.historyReset(node);
      scoreBecomes(node, score);
      classScoring.historyReset(node, score);
    }
    if (jailEpochs > 0) nodeLife.jail(node, jailEpochs);
    if (ejects) nodeLife.eject(node);
  }

  function scoreBecomes(node: NodeIndex, score: number): void {
    if (score !== nodes.score[node]) nodeLife.scoreChanged(node, score);
  }

  /** Decides the cases that are due at this epoch's end, in the order of their penalties. */
  function epochEnded(epoch: number): void {
    const due = openCases.get(epoch);
    if (due === undefined) return;
    openCases.delete(epoch);
    for (const open of due) {
      const isUpheld = open.appeal === null || !appeals.overturns(open.node, open.hadOutage, open.appeal);
      collateral.settleHeld(open, isUpheld);
      if (isUpheld) carryOut(open.node, open);
    }
  }

  return { impose, scoreBecomes, epochEnded };
}
