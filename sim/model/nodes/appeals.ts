import { NONE, type NodeIndex } from '../columns/nodes.js';
import type { Rules } from '../columns/rules.js';
import { AppealPurpose } from '../contract/purposes.js';
import type { Instruments } from '../truth/instruments.js';
import type { World } from '../world/world.js';

export type Appeals = ReturnType<typeof createAppeals>;

/** Draws that may fail before the jury is looked for row by row. */
const triesMost = 64;

/**
 * Appeals against slashes: a committee votes whether the node's machine had really failed, and a majority overturns.
 *
 * Jurors are drawn without replacement, uniformly among the nodes that may work and declare another operator. Who sees
 * the case errs as the protocol says; what a juror votes is its operator's to say.
 */
export function createAppeals(world: World, instruments: Instruments) {
  const { appealDraws: draws, cohorts, machines, nodes, onlineNodes, ownership } = world;
  let cases = 0;

  /** True if the node's machine was down at any time from then [s] to now, while it was in the network. */
  function hadOutage(node: NodeIndex, since: number): boolean {
    if (machines.isUp[ownership.machine[node]!] === 0) return true;
    return nodes.onlineSince[node]! > Math.max(since, nodes.joinedAt[node]!);
  }

  /** The committee's decision, by the rules of the time of the slash; with nobody to ask, or a tie, it stands. */
  function overturns(
    subject: NodeIndex,
    wasOutage: boolean,
    { jurors, errorProbability }: NonNullable<Rules['appeal']>,
  ): boolean {
    const ordinal = cases++;
    const jury: NodeIndex[] = [];
    let votes = 0;
    for (let place = 0; place < jurors; place++) {
      const juror = drawJuror(subject, jury, ordinal);
      if (juror === NONE) break;
      jury.push(juror);
      const errs = draws.uniform(ordinal, place, AppealPurpose.jurorError) < errorProbability;
      const shown = instruments.outageShown(wasOutage, errs);
      if (cohorts[ownership.cohort[juror]!]!.strategy.votes(juror, subject, shown, 0)) votes++;
    }
    return votes * 2 > jury.length;
  }

  function drawJuror(subject: NodeIndex, jury: readonly NodeIndex[], ordinal: number): NodeIndex {
    const first = jury.length * triesMost;
    for (let tries = 0; tries < triesMost && onlineNodes.size > 0; tries++) {
      const juror = onlineNodes.at(draws.below(onlineNodes.size, ordinal, first + tries, AppealPurpose.juror));
      if (mayJudge(juror, subject, jury)) return juror;
    }
    return onlineNodes.drawnAmong(
      (juror) => mayJudge(juror, subject, jury),
      draws.uniform(ordinal, first, AppealPurpose.juror),
    );
  }

  function mayJudge(juror: NodeIndex, subject: NodeIndex, jury: readonly NodeIndex[]): boolean {
    const isOther = nodes.declaredOperator[juror] !== nodes.declaredOperator[subject];
    return isOther && nodes.isActive[juror] === 1 && !jury.includes(juror);
  }

  return { hadOutage, overturns };
}
