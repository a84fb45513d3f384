/** An answer to a job: the product of the credibilities of all who gave it, and that of their complements. */
export interface AnswerGroup {
  /** Probability that all of them are right, as they would be by themselves. */
  good: number;
  /** Probability that all of them are wrong. */
  bad: number;
}

/**
 * Probability that the answer of each group is right, given that at most one is: CrG of L. F. G. Sarmenta,
 * Sabotage-tolerance mechanisms for volunteer computing systems, 2002.
 *
 * @param groups one an answer, of results that are right independently
 * @param of the place of the group that is asked about; 0 where nothing is possible, as two that can't be wrong differ
 */
export function groupCredibility(groups: readonly AnswerGroup[], of: number): number {
  let possible = product(groups, -1);
  for (let place = 0; place < groups.length; place++) possible += product(groups, place);
  return possible === 0 ? 0 : product(groups, of) / possible;
}

/** Probability that the group at this place is right and all others are wrong; −1: that all are wrong. */
function product(groups: readonly AnswerGroup[], right: number): number {
  let result = 1;
  for (let place = 0; place < groups.length; place++) {
    const { good, bad } = groups[place]!;
    result *= place === right ? good : bad;
  }
  return result;
}

/**
 * Probability that a result of a node is right that passed k spot-checks, if at most a share f of all nodes is faulty:
 * 1 − f for k = 0, else 1 − f/k, or where who fails is out for good 1 − f/((1 − f)·k·e).
 */
export function nodeCredibility(k: number, f: number, blacklists: boolean): number {
  if (k === 0) return 1 - f;
  return Math.max(1 - f, blacklists ? 1 - f / ((1 - f) * k * Math.E) : 1 - f / k);
}
