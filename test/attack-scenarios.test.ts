import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { variantSettings } from '../sim/experiment/sweep/asked.js';
import { checkExpectations } from '../sim/findings/checked-expectations.js';
import { listScenarios } from '../sim/reference/scenario-list.js';
import { runScenario } from '../sim/run.js';
import { loadScenario } from '../sim/scenario/load.js';
import { isLong } from './support/effort.js';
import { tableNamed } from './support/scenarios.js';

const folder = fileURLToPath(new URL('../scenarios/attacks/', import.meta.url));
const all = listScenarios(folder).map(({ name, file }) => [name, file] as const);
/** Short runs look at three of them. */
const run = isLong ? all : all.filter((_, at) => at % 9 === 0);

/** What became of the expectations in a run with these settings, the last of which win. */
async function held(file: string, settings: readonly string[]) {
  const result = await runScenario(loadScenario(file, { set: settings }));
  return checkExpectations(tableNamed(result, 'expectations'));
}

describe('a scenario of scenarios/attacks', () => {
  test.each(all)('%s has its attack with the defence, without it, and with honest attackers', (_name, file) => {
    const { variants, scenario } = loadScenario(file);
    expect([...variants.keys()]).toEqual(expect.arrayContaining(['defended', 'undefended', 'honest']));
    const attackers = (settings: readonly string[]) => {
      const { fleet, registry } = loadScenario(file, { set: settings }).scenario;
      return Object.entries(fleet).filter(([, cohort]) => registry.isAttackers(cohort));
    };
    const honest = attackers(variantSettings(loadScenario(file), 'honest'));
    expect(honest.map(([, { strategy }]) => strategy.kind)).toEqual(honest.map(() => 'honest'));
    expect(honest.map(([cohort]) => cohort)).toEqual(attackers([]).map(([cohort]) => cohort));
    expect(scenario.question).toBeDefined();
  });

  test.each(run)('%s: what it expects of the defence fails without it, and without attackers', async (_name, file) => {
    const loaded = loadScenario(file);
    const settingsOf = (variant: string) => variantSettings(loaded, variant);
    expect((await held(file, settingsOf('defended'))).filter(({ met }) => met !== true)).toEqual([]);
    const defended = expectedOf(file, settingsOf('defended'));
    for (const variant of ['undefended', 'honest']) {
      const own = expectedOf(file, settingsOf(variant));
      const both = await held(file, [...settingsOf(variant), `expect=${JSON.stringify([...own, ...defended])}`]);
      expect(both.slice(0, own.length).filter(({ met }) => met !== true)).toEqual([]);
      expect(
        both.slice(own.length).some(({ met }) => met === false),
        `of ${variant} some bound is missed`,
      ).toBe(true);
    }
  });
});

/** What a run with these settings is held against, as it can be written. */
function expectedOf(file: string, settings: readonly string[]): readonly object[] {
  const { expect: stated } = loadScenario(file, { set: settings }).scenario;
  return stated.map((one) => Object.fromEntries(Object.entries(one).filter(([, value]) => value !== undefined)));
}
