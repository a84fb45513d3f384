import { type Scenario, type StatedExpectation, statedExpectations } from '../schema/scenario-schema.js';
import { type Fault, InvalidInput, toPath, whereNamed } from '../text/faults.js';
import type { Source } from '../text/source.js';
import { OVERRIDES_FILE } from '../text/source.js';
import type { PlannedScenario } from './planned-scenario.js';

/**
 * Another scenario that expectations of this one are compared to: it has this one's seed, so that chance strikes both
 * alike, and expects what this one does in those, and nothing else.
 */
export interface Compared<Other extends PlannedScenario = PlannedScenario> {
  /** As written, the first time. */
  readonly comparedTo: string;
  /** Numbers of this scenario's expectations, in the order of the other's; 0 for its question. */
  readonly expectations: readonly number[];
  readonly other: Other;
}

/** A checked scenario, with those that it is compared to. */
export interface PlannedComparison extends PlannedScenario {
  readonly compared: readonly Compared[];
}

/** The scenario that an expectation is compared to: which it is, and itself, loaded when it is asked for. */
export interface NamedScenario<Other> {
  readonly id: string | number;
  load(): Other;
}

/** An expectation that is compared to another scenario, and the file that names it. */
export interface StatedComparison extends StatedExpectation {
  readonly comparedTo: string;
  readonly from: string;
}

/**
 * Loads each scenario that expectations are compared to once; a fault of one as a whole is placed where it is named.
 *
 * @param find which scenario that is; throws InvalidInput where there is none
 */
export function loadCompared<Other extends PlannedScenario>(
  scenario: Scenario,
  source: Source,
  find: (stated: StatedComparison) => NamedScenario<Other>,
): { readonly compared: readonly Compared<Other>[]; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  /** By which it is; null for one that can't be loaded. */
  const found = new Map<string | number, { readonly other: Other; readonly stated: StatedComparison[] } | null>();
  for (const expected of statedExpectations(scenario)) {
    const { comparedTo } = expected.expectation;
    if (comparedTo === undefined) continue;
    const path = [...expected.path, 'comparedTo'];
    const position = source.position(path);
    const from = position === undefined || position.file === OVERRIDES_FILE ? source.file : position.file;
    const stated = { ...expected, comparedTo, from };
    try {
      const { id, load } = find(stated);
      if (!found.has(id)) {
        found.set(id, null);
        found.set(id, { other: load(), stated: [] });
      }
      found.get(id)?.stated.push(stated);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const fault of error.faults) faults.push(whereNamed(fault, position, toPath(path)));
    }
  }
  const compared = [...found.values()]
    .filter((group) => group !== null)
    .map(({ other, stated }) => {
      const expect = stated.map(({ expectation: { comparedTo: _, ...expectation } }) => expectation);
      return {
        comparedTo: stated[0]!.comparedTo,
        expectations: stated.map(({ number }) => number),
        other: { ...other, scenario: { ...other.scenario, expect } },
      };
    });
  return { compared, faults };
}
