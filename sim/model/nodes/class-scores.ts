import { NONE, type NodeIndex } from '../columns/nodes.js';
import type { Evidence } from '../contract/evidence.js';
import type { World } from '../world/world.js';
import type { Publication } from './publication.js';

export type ClassScoring = ReturnType<typeof createClassScoring>;

/** The scores that the model keeps for each job class; where it keeps none, nothing here does anything. */
export function createClassScoring({ nodes, roles }: World, publication: Publication) {
  const { classScores: model } = roles.reputation;
  const { classCount } = nodes;

  function scoreOf(node: NodeIndex, jobClass: number): number {
    return nodes.classScore[node * classCount + jobClass]!;
  }

  function becomes(node: NodeIndex, jobClass: number, score: number): void {
    const row = node * classCount + jobClass;
    if (nodes.classScore[row] === score) return;
    nodes.classScore[row] = score;
    publication.classScoreChanged(row);
  }

  /** A node joined, or re-entered: it is unknown in every class. */
  function nodeJoined(node: NodeIndex, score: number): void {
    nodes.classScore.fill(score, node * classCount, (node + 1) * classCount);
  }

  /** The node brings a score that raises its prior by so much. */
  function imported(node: NodeIndex, more: number): void {
    if (model === undefined) return;
    for (let one = 0; one < classCount; one++) {
      nodes.classScore[node * classCount + one] = model.scoreMoved(node, one, more);
    }
  }

  /** After evidence: the score that its penalty goes by, the one for its class, or `score` where there is none. */
  function evidenceArrived(evidence: Evidence, score: number): number {
    const { subject, jobClass } = evidence;
    if (model === undefined || jobClass === NONE) return score;
    const after = model.scoreAfter(evidence, scoreOf(subject, jobClass));
    becomes(subject, jobClass, after);
    return after;
  }

  /** A penalty changed the score for the class; for every class where it is for nothing of any (NONE). */
  function moved(node: NodeIndex, jobClass: number, change: number, before: number): void {
    if (model === undefined) return;
    for (let one = 0; one < classCount; one++) {
      if (jobClass !== NONE && jobClass !== one) continue;
      becomes(node, one, model.scoreMoved(node, one, change, before));
    }
  }

  /** The node's history was wiped out. */
  function historyReset(node: NodeIndex, score: number): void {
    for (let one = 0; one < classCount; one++) becomes(node, one, score);
  }

  /** An epoch ended for a present node. */
  function epochEnded(node: NodeIndex): void {
    if (model?.scoreAtEpoch === undefined) return;
    for (let one = 0; one < classCount; one++) becomes(node, one, model.scoreAtEpoch(node, one, scoreOf(node, one)));
  }

  /** The range of scores became another one. */
  function keepWithin(node: NodeIndex, lowest: number, highest: number): void {
    for (let one = 0; one < classCount; one++) {
      becomes(node, one, Math.min(highest, Math.max(lowest, scoreOf(node, one))));
    }
  }

  return { nodeJoined, imported, evidenceArrived, moved, historyReset, epochEnded, keepWithin };
}
