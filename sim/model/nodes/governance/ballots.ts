import { NONE, NodeState } from '../../columns/nodes.js';
import {
  type Ballot,
  contributionName,
  type Proposal,
  usualBallot,
  type VotingWeight,
} from '../../contract/cohorts/ballots.js';
import { Purpose } from '../../contract/purposes.js';
import type { Cohort } from '../../world/cohort.js';
import type { CountedVote, Vote, VoteOutcome } from '../../world/vote.js';
import type { RulesChange, World } from '../../world/world.js';

/** How operators vote, and what comes of it. */
export function createBallots(world: World) {
  const { cohortDraws, cohorts, journal, measures, nodes, operators, ownership } = world;
  /** Work that nodes are credited with; all NaN where no model measures it. */
  const contributed = measures.column(contributionName);
  /** Operators that nodes declare, of which each counts once. */
  const declared = new Set<number>();

  /** Whether an operator of its cohort that is in the network puts the change forward, asked in their order. */
  function isProposed(change: RulesChange): boolean {
    const vote = change.vote!;
    const cohort = cohorts[vote.by]!;
    const { strategy, firstOperator, operatorCount } = cohort;
    const proposal = proposalTo(cohort, change);
    for (let operator = firstOperator; operator < firstOperator + operatorCount; operator++) {
      const isThere = weigh(operator, 'identity') > 0;
      if (isThere && (strategy.proposes?.(operator, proposal) ?? true)) return true;
    }
    return false;
  }

  function proposalTo(cohort: Cohort, { vote, deterrents }: RulesChange): Proposal {
    return { number: vote!.number, isOwn: isOwn(cohort, vote!), honest: vote!.honest, ...deterrents() };
  }

  /** Counts the ballots of all operators, in their order; true if the proposal is accepted. */
  function count(change: RulesChange): boolean {
    const vote = change.vote!;
    const byCohort = new Float64Array(cohorts.length);
    const weightOf = [0, 0, 0];
    let [operatorsThere, operatorsVoted] = [0, 0];
    declared.clear();
    for (const cohort of cohorts) {
      const proposal = proposalTo(cohort, change);
      for (let place = 0; place < cohort.operatorCount; place++) {
        const operator = cohort.firstOperator + place;
        const weight = weigh(operator, vote.weights);
        if (weight === 0) continue;
        operatorsThere++;
        byCohort[cohort.index]! += weight;
        if (cohortDraws[cohort.index]!.uniform(place, vote.number, Purpose.turnout) >= cohort.turnout) continue;
        operatorsVoted++;
        weightOf[ballotOf(cohort, operator, proposal)]! += weight;
      }
    }
    let all = 0;
    for (const weight of byCohort) all += weight;
    const [weightFor, weightAgainst, weightAbstaining] = weightOf as [number, number, number];
    const tally = { all, weightFor, weightAgainst, weightAbstaining, operatorsThere, operatorsVoted };
    const outcome = outcomeOf(tally, vote);
    journal.voteCounted(vote, { ...tally, byCohort, outcome });
    return outcome === 'passed';
  }

  function isOwn(cohort: Cohort, { by }: Vote): boolean {
    return by !== NONE && (by === cohort.index || cohorts[by]!.attack === cohort.attack);
  }

  function weigh(operator: number, weights: VotingWeight): number {
    let weight = 0;
    for (let node = operators.lastNode[operator]!; node !== NONE; node = ownership.previousOfOperator[node]!) {
      if (nodes.state[node] === NodeState.present) weight += weightOfNode(node, weights);
    }
    return weight;
  }

  function weightOfNode(node: number, weights: VotingWeight): number {
    switch (weights) {
      case 'stake':
        // whoever delegates leaves it to the operator
        return nodes.stake[node]! + nodes.delegated[node]!;
      case 'contribution':
        return contributed[node]! > 0 ? contributed[node]! : 0;
      case 'identity':
        return 1;
      case 'operator': {
        const name = nodes.declaredOperator[node]!;
        if (declared.has(name)) return 0;
        declared.add(name);
        return 1;
      }
    }
  }

  return { count, isProposed };
}

/** What its cohort always votes, or what the strategy says, or else what its side holds of the proposal. */
function ballotOf({ ballot, strategy }: Cohort, operator: number, proposal: Proposal): Ballot {
  if (ballot !== null) return ballot;
  return strategy.votesOn?.(operator, proposal) ?? usualBallot(proposal);
}

type Weights = Pick<CountedVote, 'all' | 'weightFor' | 'weightAgainst' | 'weightAbstaining'>;

/** What comes of the ballots. */
function outcomeOf(weights: Weights, { quorum, passes, veto }: Vote): VoteOutcome {
  const { all, weightFor, weightAgainst, weightAbstaining } = weights;
  const voted = weightFor + weightAgainst + weightAbstaining;
  if (voted === 0 || voted < quorum * all) return 'noQuorum';
  if (weightAgainst >= veto * all) return 'vetoed';
  return weightFor > passes * (weightFor + weightAgainst) ? 'passed' : 'rejected';
}
