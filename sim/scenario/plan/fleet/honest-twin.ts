import type { CohortPlan } from '../../../model/contract/cohorts/cohort-plan.js';
import { toMicroTokens } from '../../../model/contract/units.js';
import { needsTwin } from '../../../record/metrics/index.js';
import { type CohortSettings, type Scenario, statedExpectations } from '../../schema/scenario-schema.js';
import { InvalidInput } from '../../text/faults.js';
import type { PlannedChange } from '../governance/planned-change.js';
import type { PlannedScenario } from '../planned-scenario.js';
import { FleetPlan } from './fleet-plan.js';

/**
 * The same scenario with every attacker honest: each attacking operator keeps its machines, its capital, and when its
 * machines come, go and fail; one truthful identity a machine, its stake split equally.
 *
 * All that happens to anybody from outside is the same to the byte, so that a run and its twin's tell what the attack
 * brought. What its operators paid for identities that the twin hasn't got, its purses hold.
 */
export function honestTwin<Planned extends PlannedScenario>(planned: Planned): Planned {
  const { scenario } = planned;
  const strategy = scenario.registry.entry('strategy', 'honest').settings.parse({ kind: 'honest' });
  const fleet: Record<string, Scenario['fleet'][string]> = {};
  const shapes = new Map(planned.shapes);
  for (const [name, settings] of Object.entries(scenario.fleet)) {
    if (!scenario.registry.isAttackers(settings)) {
      fleet[name] = sellsToAttackers(settings) ? { ...settings, sellsResourceTokens: undefined } : settings;
      continue;
    }
    const plan = new FleetPlan(planned, name);
    const shape = twinOf(plan, toMicroTokens(scenario.protocol.stake.identityFee));
    shapes.set(name, shape);
    const { attack: _attack, ballot: _ballot, sellsResourceTokens: _sale, nodes, joins, ...kept } = settings;
    const { newcomers: _newcomers, ...declaredJoins } = joins;
    fleet[name] = {
      ...kept,
      ...(nodes === undefined ? {} : { nodes: shape.identities }),
      joins: declaredJoins,
      strategy: strategy as typeof settings.strategy,
      purse: { gives: 0, takesUpTo: 0 },
      delegated: (settings.delegated * plan.nodes) / shape.identities,
    };
  }
  return { ...planned, scenario: { ...scenario, fleet }, changes: planned.changes.map(ofNobody), shapes };

  /** Honest operators buy no commitments of machines that they haven't got. */
  function sellsToAttackers({ sellsResourceTokens: sale }: CohortSettings): boolean {
    return sale !== undefined && scenario.registry.isAttackers(scenario.fleet[sale.to]!);
  }

  /** What attackers proposed, their honest twins vote on as all others do. */
  function ofNobody(change: PlannedChange): PlannedChange {
    const { vote } = change;
    if (vote === null || vote.by === null || !scenario.registry.isAttackers(scenario.fleet[vote.by]!)) return change;
    return { ...change, vote: { ...vote, by: null } };
  }
}

/** Whether the run is told beside its twin's: where it is asked for, or a metric that can't be told without it. */
export function isTwinWanted(scenario: Scenario): boolean {
  const stated = statedExpectations(scenario).map(({ expectation }) => expectation.metric);
  const asked = [...stated, ...(scenario.experiment.metrics ?? [])];
  return scenario.twin || asked.some((name) => needsTwin(name, scenario.registry.metrics));
}

/** Throws InvalidInput for a twin, of which a scenario's text tells nothing. */
export function refuseTwin({ shapes }: PlannedScenario): void {
  if (shapes === undefined || shapes.size === 0) return;
  const expected = 'a scenario as it was loaded, because its text doesn’t tell that it is a twin';
  throw new InvalidInput([{ path: 'scenario', expected, found: 'an honest twin (runScenario takes it)' }]);
}

/**
 * One identity a machine, which is there from the first to the last of those that it had.
 *
 * @param identityFee [micro-tokens]
 */
function twinOf(plan: FleetPlan, identityFee: number): CohortPlan {
  const { shape } = plan;
  const { machines, operators } = shape;
  const firstOf = new Int32Array(machines).fill(plan.nodes);
  const leaves = new Float64Array(machines);
  const identitiesOf = new Float64Array(operators);
  const stake = new Float64Array(operators);
  for (let identity = 0; identity < plan.nodes; identity++) {
    const machine = shape.machineOf(identity);
    const operator = shape.operatorOf(machine);
    firstOf[machine] = Math.min(firstOf[machine]!, identity);
    // whoever never comes doesn't stay
    if (plan.joinsAt(identity) < Number.POSITIVE_INFINITY) {
      leaves[machine] = Math.max(leaves[machine]!, plan.leavesAt(identity));
    }
    identitiesOf[operator]!++;
    stake[operator]! += plan.stakeOf(identity);
  }
  const machinesOf = new Float64Array(operators);
  const isFirst = new Uint8Array(machines);
  for (let machine = 0; machine < machines; machine++) {
    const operator = shape.operatorOf(machine);
    if (machinesOf[operator]!++ === 0) isFirst[machine] = 1;
  }
  return {
    identities: machines,
    identitiesMost: machines,
    machines,
    operators,
    hidesOperator: false,
    machineOf: (identity) => identity,
    operatorOf: (machine) => shape.operatorOf(machine),
    stakeOf: (machine) => {
      const operator = shape.operatorOf(machine);
      const count = machinesOf[operator]!;
      const each = Math.floor(stake[operator]! / count);
      return isFirst[machine] === 1 ? stake[operator]! - each * (count - 1) : each;
    },
    fundsOf: (operator) => plan.fundsOf(operator) + identityFee * (identitiesOf[operator]! - machinesOf[operator]!),
    joinsAt: (machine) => plan.entryOf(machine),
    leavesAt: (machine) => leaves[machine]!,
    reachableAs: (machine) => plan.shape.reachableAs?.(firstOf[machine]!) ?? firstOf[machine]!,
  };
}
