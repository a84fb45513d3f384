import { presentValue } from '../../../kernels/deterrence.js';
import { NodeState } from '../../../model/columns/nodes.js';
import { secondsPerDay, secondsPerYear } from '../../../model/contract/units.js';
import { accountOfAll } from '../../economics.js';
import type { FinishedRun, Group, Metric } from '../metric.js';

/** How far an identity's operator looks ahead. */
const aheadDays = 30;

/** Time that the group's identities were in the network, summed [s]. */
function presence({ world: { nodes, ownership, simulation } }: FinishedRun, who: Group): number {
  let seconds = 0;
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.state[node] === NodeState.absent || !who(ownership.cohort[node]!)) continue;
    seconds += Math.min(simulation.now, nodes.leftAt[node]!) - nodes.joinedAt[node]!;
  }
  return seconds;
}

/** What an identity that behaves is worth to its operator: what a cheat that is thrown out gives up. */
export const identityValueMetrics: readonly Metric[] = [
  {
    name: 'identityValueUsd',
    label: 'what an honest identity’s next 30 days are worth',
    unit: 'USD',
    formula: 'income ÷ identity-years · (1 − e^(−r · 30 d)) ÷ r, with r the yearly cost of capital',
    better: 'higher',
    window: 'whole run',
    meaning:
      'Mean income of an honest identity for 30 days in the network, the whole run, discounted by the yearly cost of ' +
      'capital: what losing the identity costs, before costs of its own',
    about: 'honest',
    value: (run, who) => {
      const account = accountOfAll(run, who);
      const years = presence(run, who) / secondsPerYear;
      if (account === null || years === 0) return Number.NaN;
      const ahead = (aheadDays * secondsPerDay) / secondsPerYear;
      return presentValue(account.incomeUsd / years, run.prices.capitalCost, ahead);
    },
  },
];
