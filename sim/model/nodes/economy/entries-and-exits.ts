import { Limit } from '../../columns/limits.js';
import { NONE, NodeState } from '../../columns/nodes.js';
import { MovedByProfit } from '../../columns/operators.js';
import type { ByProfit } from '../../contract/cohorts/by-profit.js';
import { Purpose } from '../../contract/purposes.js';
import type { Cohort } from '../../world/cohort.js';
import type { World } from '../../world/world.js';
import type { NodeLife } from '../node-life.js';
import { Profits, type Reckoning } from './profits.js';

/** What the end of an epoch asks. */
export interface EntriesAndExits {
  epochEnded(epoch: number): void;
}

/**
 * Who leaves because it doesn't pay, and who comes because it does, at the end of an epoch; null where no cohort moves.
 *
 * Those who leave do so one by one, by chance, as with each of them there is more for the others: would all leave who
 * have a loss at once, nobody were left. Newcomers look at what those earn who are there.
 */
export function createEntriesAndExits(world: World, nodeLife: NodeLife): EntriesAndExits | null {
  const { cohortDraws, cohorts, limits, nodes, operators, ownership, simulation } = world;
  const moving = cohorts.filter(({ byProfit }) => byProfit !== null);
  if (moving.length === 0) return null;
  const profits = new Profits(world);
  /** By cohort: entrants so far. */
  const entered = new Int32Array(cohorts.length);

  function epochEnded(epoch: number): void {
    profits.epochEnded();
    // whoever comes or goes as the run ends would neither earn nor save anything
    if (simulation.now === world.horizonSeconds) return;
    for (const cohort of moving) move(cohort, cohort.byProfit!, epoch);
  }

  function move(cohort: Cohort, { leaves, enters }: ByProfit, epoch: number): void {
    const { firstOperator, operatorCount } = cohort;
    const ofCohort: Reckoning = { profitUsd: 0, costsUsd: 0 };
    let there = 0;
    for (let operator = firstOperator; operator < firstOperator + operatorCount; operator++) {
      if (!isThere(operator)) continue;
      there++;
      const own: Reckoning = { profitUsd: 0, costsUsd: 0 };
      const isWhole = profits.addTo(own, operator);
      ofCohort.profitUsd += own.profitUsd;
      ofCohort.costsUsd += own.costsUsd;
      if (leaves === 'none' || !isWhole || !(own.profitUsd < leaves.below * own.costsUsd)) continue;
      if (luck(cohort, ordinalOf(operator), epoch, Purpose.leavesByProfit) < leaves.probability) leave(operator);
    }
    if (enters === 'none') return;
    // where nobody is, nobody knows, and somebody may try
    if (there > 0 && !(ofCohort.profitUsd > enters.above * ofCohort.costsUsd)) return;
    for (let drawn = 0; drawn < Math.max(1, there); drawn++) {
      if (luck(cohort, drawn, epoch, Purpose.entersByProfit) < enters.probability) enter(cohort, enters.most);
    }
  }

  function luck({ index }: Cohort, ordinal: number, epoch: number, purpose: number): number {
    return cohortDraws[index]!.uniform(ordinal, epoch, purpose);
  }

  /** The key of the operator's draws: the first of its identities. */
  function ordinalOf(operator: number): number {
    let first = NONE;
    eachNode(operator, (node) => {
      first = node;
    });
    return ownership.ordinal[first]!;
  }

  function isThere(operator: number): boolean {
    let is = false;
    eachNode(operator, (node) => {
      if (nodes.state[node] === NodeState.present) is = true;
    });
    return is;
  }

  function leave(operator: number): void {
    eachNode(operator, (node) => {
      if (nodeLife.nodeLeft(node)) ownership.movedByProfit[node]! |= MovedByProfit.left;
    });
  }

  function enter({ firstNewcomer, index }: Cohort, most: number): void {
    if (entered[index]! >= most) {
      limits.hit(Limit.newcomers, simulation.now);
      return;
    }
    const node = firstNewcomer + entered[index]!++;
    if (nodeLife.nodeJoined(node)) ownership.movedByProfit[node]! |= MovedByProfit.entered;
  }

  /** Visits the operator's identities, the latest first. */
  function eachNode(operator: number, visit: (node: number) => void): void {
    for (let node = operators.lastNode[operator]!; node !== NONE; node = ownership.previousOfOperator[node]!)
      visit(node);
  }

  return { epochEnded };
}
