import { NONE, type NodeIndex } from '../model/columns/nodes.js';
import type { MechanismContext, StrategyContext } from '../model/contract/context.js';
import { Purpose } from '../model/contract/purposes.js';
import { toMicroTokens } from '../model/contract/units.js';
import type { Cohort } from '../model/world/cohort.js';
import type { WorldColumns } from '../model/world/world.js';
import type { FleetPlan } from '../scenario/plan/fleet-plan.js';
import type { Registry } from '../scenario/schema/registry.js';
import { drawsFor } from './mechanisms.js';

/** The cohorts with their strategies, one strategy object a cohort. */
export function createCohorts(
  plans: readonly FleetPlan[],
  registry: Registry,
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
      strategy: registry.entry('strategy', strategy.kind).create(strategy, given, index),
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

const strategyPurposes: ReadonlySet<number> = new Set([Purpose.misbehaviour, Purpose.selfTest, Purpose.signing]);

function strategyContext(columns: WorldColumns, context: MechanismContext): StrategyContext {
  const { operators, ownership, truth } = columns;
  const { attempts, classes, jobs, kinds, lanes, network, nodes, now, panels } = context;
  return {
    attempts,
    classes,
    jobs,
    kinds,
    lanes,
    network,
    nodes,
    now,
    panels,
    uniform: drawsFor(columns, strategyPurposes),
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
