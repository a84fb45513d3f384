import type { Scenario } from '../../schema/scenario-schema.js';
import type { Teller } from '../warnings/teller.js';

/** Purses that nobody fills, or nobody takes from. */
export function tellPurses({ fleet }: Scenario, teller: Teller): void {
  const cohorts = Object.entries(fleet);
  for (const [name, { attack, purse }] of cohorts) {
    if (attack === undefined) continue;
    const members = cohorts.filter(([, cohort]) => cohort.attack === attack).map(([, cohort]) => cohort.purse);
    const path = ['fleet', name, 'purse'];
    if (purse.takesUpTo > 0 && members.every(({ gives }) => gives === 0)) {
      const expected = `a cohort of attack ${attack} with purse.gives above 0`;
      teller.warn([...path, 'takesUpTo'], expected, 'so that there is nothing in the purse but what strategies give');
    }
    if (purse.gives > 0 && members.every(({ takesUpTo }) => takesUpTo === 0)) {
      const expected = `a cohort of attack ${attack} with purse.takesUpTo above 0`;
      teller.warn([...path, 'gives'], expected, 'so that only strategies take it out again');
    }
  }
}
