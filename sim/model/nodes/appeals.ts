import { NONE, type NodeIndex } from '../columns/nodes.js';
import { Purpose } from '../contract/purposes.js';
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
  const { appealDraws: draws, cohorts, machines, nodes, onlineNodes, ownership, rules } = world;
  let cases = 0;

  /** True if the node's machine was down at any time from then [s] to now, while it was in the network. */
  function hadOutage(node: NodeIndex, since: number): boolean {
    if (machines.isUp[ownership.machine[node]!] === 0) return true;
    return nodes.onlineSince[node]! > Math.max(since, nodes.joinedAt[node]!);
  }

  /** The committee's decision; with nobody to ask, or a tie, the slash stands. */
  function overturns(subject: NodeIndex, wasOutage: boolean): boolean {
    const { jurors, errorProbability } = rules.now.appeal!;
    const ordinal = cases++;
    const jury: NodeIndex[] = [];
    let votes = 0;
    for (let place = 0; place < jurors; place++) {
      const juror = drawJuror(subject, jury, ordinal);
      if (juror === NONE) break;
      jury.push(juror);
      const errs = draws.uniform(ordinal, place, Purpose.jurorError) < errorProbability;
      const shown = instruments.outageShown(wasOutage, errs);
      if (cohorts[ownership.cohort[juror]!]!.strategy.votes(juror, subject, shown, 0)) votes++;
    }
    return votes * 2 > jury.length;
  }

  function drawJuror(subject: NodeIndex, jury: readonly NodeIndex[], ordinal: number): NodeIndex {
    const first = jury.length * triesMost;
    for (let tries = 0; tries < triesMost && onlineNodes.size > 0; tries++) {
      const juror = onlineNodes.at(draws.below(onlineNodes.size, ordinal, first + tries, Purpose.juror));
      if (mayJudge(juror, subject, jury)) return juror;
    }
    const eligible: NodeIndex[] = [];
    for (let index = 0; index < onlineNodes.size; index++) {
      if (mayJudge(onlineNodes.at(index), subject, jury)) eligible.push(onlineNodes.at(index));
    }
    return eligible.length === 0 ? NONE : eligible[draws.below(eligible.length, ordinal, first, Purpose.juror)]!;
  }

  function mayJudge(juror: NodeIndex, subject: NodeIndex, jury: readonly NodeIndex[]): boolean {
    const isOther = nodes.declaredOperator[juror] !== nodes.declaredOperator[subject];
    return isOther && nodes.isActive[juror] === 1 && !jury.includes(juror);
  }

  return { hadOutage, overturns };
}
