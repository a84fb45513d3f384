import { ratePerSecond } from '../../../model/contract/rate-keys.js';
import type { Scenario } from '../../schema/scenario-schema.js';
import { lackingFor } from '../lacking.js';
import { classNames, withClassDefaults } from '../workload-plan.js';
import type { Teller } from './teller.js';

/** Jobs that nobody can do, pay for or ask for. */
export function tellDemand(scenario: Scenario, teller: Teller): void {
  const classes = new Set(classNames(scenario));
  for (const [name, workload] of Object.entries(scenario.workload)) {
    const own = ['workload', name];
    const entry = withClassDefaults(workload);
    classes.delete(entry.class);
    const lacking = lackingFor(scenario, entry.class);
    if (lacking !== undefined) {
      const expected = `a class that some cohort’s machines can do (this one needs ${lacking})`;
      teller.warn([...own, 'class'], expected, 'so that none of its jobs is ever done', entry.class);
    }
    if (ratePerSecond(entry.arrivals) === 0) {
      teller.warn([...own, 'arrivals'], 'a rate above 0', 'so that no job ever arrives');
    }
    if (entry.fee > scenario.money.clientBudget) {
      const expected = `a fee of at most money.clientBudget, ${scenario.money.clientBudget} tokens`;
      teller.warn([...own, 'fee'], expected, 'so that no job is ever paid for, nor done', String(entry.fee));
    }
    for (const [surge, { factor }] of Object.entries(entry.arrivals.surges)) {
      if (factor !== 1) continue;
      teller.warn([...own, 'arrivals', 'surges', surge, 'factor'], 'another factor than 1', 'so that nothing changes');
    }
  }
  // what is left are the classes of the protocol's own jobs
  for (const name of classes) {
    const lacking = lackingFor(scenario, name);
    if (lacking === undefined) continue;
    const expected = `machines that can do jobs of the class ${name} (which needs ${lacking})`;
    teller.warn(['protocol', 'verification'], expected, 'so that none of them is ever done', 'none');
  }
}
