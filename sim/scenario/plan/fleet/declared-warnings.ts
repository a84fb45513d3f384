import type { PlannedScenario } from '../planned-scenario.js';
import type { Teller } from '../warnings/teller.js';
import { FleetPlan } from './fleet-plan.js';

/** Identities that are looked at: of drawn hardware and regions, the first few tell. */
const identitiesMost = 1_000;

/** Cohorts that mean to declare something else than they have, on a machine each, and declare what is so. */
export function tellDeclared(planned: PlannedScenario, teller: Teller): void {
  for (const [name, { strategy }] of Object.entries(planned.scenario.fleet)) {
    const plan = new FleetPlan(planned, name);
    const { declares, identities, machineOf, machines } = plan.shape;
    // on shared machines an identity lies by being one
    if (declares === undefined || machines !== identities) continue;
    const looked = Array.from({ length: Math.min(identities, identitiesMost) }, (_, identity) => identity);
    const isSo = looked.every((identity) => {
      const machine = machineOf(identity);
      const [declared, own] = [plan.declaredBy(identity, machine), plan.lookOf(machine)];
      return (Object.keys(own) as (keyof typeof own)[]).every((key) => declared[key] === own[key]);
    });
    if (!isSo) continue;
    const expected = 'machines of another class or region than it declares';
    teller.warn(['fleet', name, 'strategy'], expected, 'so that it declares what is so', strategy.kind);
  }
}
