import { NONE, type NodeIndex } from '../model/columns/nodes.js';
import { type Attack, createAttack } from '../model/contract/cohorts/attack.js';
import { Ballot } from '../model/contract/cohorts/ballots.js';
import type { Deterrents } from '../model/contract/cohorts/deterrents.js';
import type { ResourceTokenSale } from '../model/contract/cohorts/resource-token-sale.js';
import type { MechanismContext, StrategyContext } from '../model/contract/context.js';
import type { Live } from '../model/contract/live.js';
import { Purpose } from '../model/contract/purposes.js';
import { toMicroTokens } from '../model/contract/units.js';
import type { Cohort } from '../model/world/cohort.js';
import type { WorldColumns } from '../model/world/world.js';
import type { FleetPlan } from '../scenario/plan/fleet/fleet-plan.js';
import type { Registry } from '../scenario/schema/registry.js';
import { declare } from './columns.js';
import { drawsFor } from './mechanisms.js';

/** The cohorts with their strategies, one strategy object a cohort. */
export function createCohorts(
  plans: readonly FleetPlan[],
  registry: Registry,
  columns: WorldColumns,
  context: MechanismContext,
  deterrents: Live<Deterrents>,
): readonly Cohort[] {
  const given = strategyContext(columns, context, deterrents);
  const attacks = attacksOf(plans, columns);
  let firstOperator = 0;
  let firstNode = 0;
  return plans.map((plan, index) => {
    const { strategy } = plan.settings;
    const attack = attacks[index]!;
    const cohort: Cohort = {
      name: plan.name,
      index,
      strategy: registry.entry('strategy', strategy.kind).create(strategy, { ...given, cohort: index }, attack),
      attack,
      attackName: plan.settings.attack ?? plan.name,
      isAttacker: registry.isAttackers(plan.settings),
      strategyKind: strategy.kind,
      outages: plan.outages,
      announcesOutages: plan.announcesOutages,
      stresses: plan.stresses,
      newcomers: plan.newcomers,
      firstNewcomer: firstNode + plan.firstNewcomer,
      declare: (node, identity, reachableAs) => {
        const machine = columns.machines.ordinal[columns.ownership.machine[node]!]!;
        declare(columns, node, plan.declaredBy(identity, machine), plan.isPublic(reachableAs));
      },
      identities: plan.nodes,
      purse: { gives: plan.settings.purse.gives, takesUpTo: toMicroTokens(plan.settings.purse.takesUpTo) },
      reporters: plan.settings.reporters,
      byProfit: plan.settings.byProfit ?? null,
      delegated: toMicroTokens(plan.settings.delegated),
      delegatorsLeave: plan.settings.delegatorsLeave,
      delegatorsSpread: plan.settings.delegatorsSpread,
      delegatorsFollow: plan.settings.delegatorsFollow === 'none' ? null : plan.settings.delegatorsFollow,
      borrows: plan.settings.borrows,
      sale: saleOf(plan, plans),
      turnout: plan.settings.turnout,
      ballot: plan.settings.ballot === undefined ? null : Ballot[plan.settings.ballot],
      firstOperator,
      operatorCount: plan.shape.operators,
    };
    firstOperator += plan.shape.operators;
    firstNode += plan.nodes;
    return cohort;
  });
}

/** What a cohort means to sell, where the cohort that buys is there. */
function saleOf({ settings }: FleetPlan, plans: readonly FleetPlan[]): ResourceTokenSale | null {
  const { sellsResourceTokens: sale } = settings;
  if (sale === undefined) return null;
  return { to: plans.findIndex(({ name }) => name === sale.to), at: sale.at, price: toMicroTokens(sale.price) };
}

/** By cohort: the attack that it names, one object for all who name it, or one of its own. */
function attacksOf(plans: readonly FleetPlan[], { ownership }: WorldColumns): readonly Attack[] {
  const membersOf = (name: string) => plans.flatMap(({ settings }, index) => (settings.attack === name ? [index] : []));
  const named = new Map<string, Attack>();
  return plans.map(({ settings: { attack: name } }, index) => {
    if (name === undefined) return createAttack(index, new Set([index]), ownership.cohort);
    const attack = named.get(name) ?? createAttack(index, new Set(membersOf(name)), ownership.cohort);
    named.set(name, attack);
    return attack;
  });
}

const strategyPurposes = [
  ...[Purpose.misbehaviour, Purpose.selfTest, Purpose.signing, Purpose.guess, Purpose.recognition],
  ...[Purpose.leak, Purpose.challenge],
];
/** What strategies draw of nodes. */
const nodePurposes: readonly number[] = [
  ...[Purpose.fickle, Purpose.sabotage, Purpose.equivocation, Purpose.mixture],
  ...[Purpose.exploration, Purpose.explored, Purpose.slander],
];

function strategyContext(
  columns: WorldColumns,
  context: MechanismContext,
  deterrents: Live<Deterrents>,
): Omit<StrategyContext, 'cohort'> {
  const { cohortDraws, ledger, operators, ownership, truth } = columns;
  const { attempts, classes, jobs, kinds, lanes, network, nodes, now, panels, valueAtRisk } = context;
  const nodesOf = (operator: number) => {
    const found: NodeIndex[] = [];
    let node = operators.lastNode[operator]!;
    for (; node !== NONE; node = ownership.previousOfOperator[node]!) found.push(node);
    return found.reverse();
  };
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
    valueAtRisk,
    uniform: drawsFor(columns, strategyPurposes),
    uniformOf: (node, number, purpose) => {
      if (!nodePurposes.includes(purpose)) throw new Error(`draw: expected one of a node's purposes, found ${purpose}`);
      return cohortDraws[ownership.cohort[node]!]!.uniform(ownership.ordinal[node]!, number, purpose);
    },
    truth,
    ownership,
    deterrents: () => deterrents.now,
    workloads: columns.workloads.map(({ settings }) => settings.name),
    nodesOf,
    incomeOf: (operator) => nodesOf(operator).reduce((sum, node) => sum + ledger.earned(node), 0),
    wealthOf: (operator) => {
      const due = nodesOf(operator).reduce((sum, node) => sum + ledger.earned(node) - ledger.paid[node]!, 0);
      return ledger.balance[operator]! + operators.locked[operator]! + due;
    },
  };
}
