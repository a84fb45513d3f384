import { NONE, type NodeIndex } from '../model/columns/nodes.js';
import type { MechanismContext, StrategyContext } from '../model/contract/context.js';
import { toMicroTokens } from '../model/contract/units.js';
import type { Cohort } from '../model/world/cohort.js';
import type { WorldColumns } from '../model/world/world.js';
import type { FleetPlan } from '../scenario/plan/fleet-plan.js';
import { strategyNamed } from '../strategies/index.js';

/** The cohorts with their strategies, one strategy object a cohort. */
export function createCohorts(
  plans: readonly FleetPlan[],
  columns: WorldColumns,
  context: MechanismContext,
): readonly Cohort[] {
  const given = strategyContext(columns, context);
  let firstOperator = 0;
  let firstNode = 0;
  return plans.map((plan, index) => {
    const { strategy, stake } = plan.settings;
    const cohort: Cohort = {
      name: plan.name,
      index,
      strategy: strategyNamed(strategy.kind).create(strategy, given, index),
      strategyKind: strategy.kind,
      outages: plan.outages,
      announcesOutages: plan.announcesOutages,
      stresses: plan.stresses,
      newcomers: plan.newcomers,
      firstNewcomer: firstNode + plan.firstNewcomer,
      stake: toMicroTokens(stake),
      firstOperator,
      operatorCount: plan.shape.operators,
    };
    firstOperator += plan.shape.operators;
    firstNode += plan.nodes;
    return cohort;
  });
}

function strategyContext({ operators, ownership, truth }: WorldColumns, context: MechanismContext): StrategyContext {
  const { attempts, classes, jobs, network, nodes, now, uniform } = context;
  return {
    attempts,
    classes,
    jobs,
    network,
    nodes,
    now,
    uniform,
    truth,
    ownership,
    nodesOf: (operator) => {
      const found: NodeIndex[] = [];
      let node = operators.lastNode[operator]!;
      for (; node !== NONE; node = ownership.previousOfOperator[node]!) found.push(node);
      return found.reverse();
    },
  };
}
