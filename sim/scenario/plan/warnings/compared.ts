import { toDuration } from '../../../model/contract/settings.js';
import { type Expectation, type Scenario, statedExpectations, warmUpSeconds } from '../../schema/scenario-schema.js';
import { toFound, toPath } from '../../text/faults.js';
import type { Compared, PlannedComparison } from '../compared.js';
import { rangeOf } from '../expected-windows.js';
import { refuseWindows } from './expected-windows.js';
import type { Path, Teller } from './teller.js';

/** Refuses what can't be taken of the other scenario, where that is named; tells where it is of another time. */
export function tellCompared({ scenario, compared }: PlannedComparison, teller: Teller): void {
  const paths = new Map(statedExpectations(scenario).map(({ number, path }) => [number, path]));
  for (const one of compared) {
    const stated = one.expectations.map((number) => paths.get(number)!);
    refuseLacking(one, stated, teller);
    for (const [index, { at }] of one.other.scenario.expect.entries()) {
      const [own, others] = [partInWords(scenario, at), partInWords(one.other.scenario, at)];
      if (own === others) continue;
      const expected = `a scenario of the same time after the warm-up, ${own}`;
      teller.warn([...stated[index]!, 'comparedTo'], expected, 'which isn’t the same', others);
    }
  }
}

function refuseLacking({ comparedTo, other }: Compared, stated: readonly Path[], teller: Teller): void {
  refuseWindows(other, {
    // the other's expectations are these, in their order
    refuse: ([, index, ...setting], expected) => {
      const path = stated[Number(index)]!;
      const value = toFound(teller.written([...path, ...setting]));
      const asked = `a scenario in which ${toPath(setting)} can be ${value}`;
      teller.refuse([...path, 'comparedTo'], asked, `where it can be ${expected}`, comparedTo);
    },
  });
}

/** Such as `from 2d to 20d`. */
function partInWords(scenario: Scenario, at: Expectation['at']): string {
  const [from, to] = rangeOf(scenario, at);
  const start = Math.max(from, warmUpSeconds(scenario));
  return `from ${toDuration(start)} to ${toDuration(Math.max(start, Math.min(to, scenario.horizon)))}`;
}
