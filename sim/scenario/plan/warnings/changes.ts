import type { Fault } from '../../text/faults.js';
import { type ChangedScenario, inChange } from '../governance/changes.js';
import type { PlannedScenario } from '../planned-scenario.js';
import { isDistribution, toComparable } from '../resolved-protocol.js';
import { tellFleet } from './fleet.js';
import { tellMechanisms } from './mechanisms.js';
import { Teller } from './teller.js';

/** What changes of rules say in vain: values that hold already, and what is in vain only from a change on. */
export function tellChanges(planned: PlannedScenario, changed: readonly ChangedScenario[], teller: Teller): void {
  const nameOf = ({ path, why }: Fault) => `${path}: ${why}`;
  const known = new Set([...teller.warnings, ...teller.faults].map(nameOf));
  for (const { change, path, set, consequences } of changed) {
    for (const setting of change.settings) {
      const names = ['protocol', ...setting.path.split('.')];
      const isInVain = consequences.every(
        ({ before, scenario }) => comparableAt(before, names) === comparableAt(scenario, names),
      );
      if (!isInVain) continue;
      const own = [...path, ...names];
      teller.warn(own, 'another value than the one that holds', 'so that nothing changes', setting.value);
    }
    for (const { scenario, source } of consequences) {
      const own = new Teller(source);
      tellFleet({ ...planned, scenario }, own);
      tellMechanisms({ ...planned, scenario }, own);
      const isNew = (fault: Fault) => !known.has(nameOf(fault));
      for (const warning of own.warnings.filter(isNew)) teller.warnings.push(inChange(warning, path, set));
      for (const fault of own.faults.filter(isNew)) teller.faults.push(inChange(fault, path, set));
      for (const fault of [...own.warnings, ...own.faults]) known.add(nameOf(fault));
    }
  }
}

/** Equal for equal checked values at the path; a distribution is compared as a whole, whatever of it the path names. */
function comparableAt(root: unknown, path: readonly string[]): string {
  let value = root;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || isDistribution(value)) break;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return toComparable(value);
}
