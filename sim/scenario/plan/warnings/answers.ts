import type { Scenario } from '../../schema/scenario-schema.js';
import { isNumeric } from '../workload-plan.js';
import type { Teller } from './teller.js';

/** Settings of numeric answers where answers are exact. */
export function tellAnswers({ fleet, workload }: Scenario, teller: Teller): void {
  const numeric = Object.values(workload).some((entry) => isNumeric(entry.class));
  const expected = 'a class with numeric answers';
  for (const [name, entry] of Object.entries(workload)) {
    if (isNumeric(entry.class)) continue;
    for (const key of ['value', 'tolerance']) {
      const own = ['workload', name, key];
      if (teller.written(own) !== undefined) teller.warn(own, expected, 'as its answers are exact', entry.class);
    }
  }
  for (const name of Object.keys(fleet)) {
    const own = ['fleet', name, 'answers'];
    if (numeric || teller.written(own) === undefined) continue;
    teller.warn(own, `a workload of ${expected}`, 'as answers are exact', 'none');
  }
}
