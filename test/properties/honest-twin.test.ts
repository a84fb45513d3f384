import fc from 'fast-check';
import { expect, it } from 'vitest';
import { handleStep } from '../../sim/model/columns/rows/side-by-side.js';
import type { World } from '../../sim/model/world/world.js';
import { exogenousTrace } from '../../sim/scenario/plan/exogenous-trace.js';
import { honestTwin } from '../../sim/scenario/plan/fleet/honest-twin.js';
import { casesOf } from '../support/effort.js';
import { anyScenario } from '../support/random-scenarios.js';
import { buildLoaded, csvText, loadText, runUntil } from '../support/scenarios.js';

/** What each operator begins with: in its purse, staked, and paid to enter [micro-tokens]. */
function capitalOf({ ledger, nodes, operators, ownership }: World): readonly number[] {
  const capital = Array.from({ length: operators.count }, (_, operator) => {
    return ledger.balance[operator]! + operators.identityFees[operator]!;
  });
  for (let node = 0; node < nodes.count; node++) {
    // who was pushed out at once has its stake under way
    capital[ownership.operator[node]!]! += nodes.stake[node]! + ledger.unbonding[node]!;
  }
  return capital;
}

function machinesOf({ machines, nodes, ownership }: World) {
  const operatorOf = new Map<number, number>();
  for (let node = 0; node < nodes.count; node++) operatorOf.set(ownership.machine[node]!, ownership.operator[node]!);
  return Array.from({ length: machines.count }, (_, ordinal) => {
    const machine = ordinal * handleStep;
    const { cohort, hardware, throughput, slots } = machines;
    const columns = [cohort, hardware, throughput, slots].map((column) => column[machine]);
    return [machines.ordinal[machine], operatorOf.get(machine), ...columns];
  });
}

it('of any scenario an honest twin has the same capital, machines and operators, and nobody attacks', () => {
  fc.assert(
    fc.property(anyScenario, (text) => {
      const loaded = loadText(text);
      const twin = honestTwin(loaded);
      const [original, honest] = [buildLoaded(loaded), buildLoaded(twin)];
      expect(honest.world.cohorts.some(({ isAttacker }) => isAttacker)).toBe(false);
      expect(capitalOf(honest.world)).toEqual(capitalOf(original.world));
      expect(machinesOf(honest.world)).toEqual(machinesOf(original.world));
      const trace = csvText(exogenousTrace(twin)).split('\n');
      const attackers = original.world.cohorts.filter(({ isAttacker }) => isAttacker).map(({ name }) => name);
      const others = trace.filter((line) => !attackers.some((name) => line.startsWith(`cohort/${name},`)));
      expect(others.join('\n')).toBe(csvText(exogenousTrace(loaded)));
      runUntil(honest, loaded.scenario.horizon);
      expect(honest.world.ledger.residue()).toBe(0);
    }),
    { numRuns: casesOf(60), seed: 1 },
  );
});
