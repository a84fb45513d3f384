import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkExpectations, loadScenario, runScenario } from '../../sim/index.js';
import { tableNamed } from '../support/scenarios.js';

it('the plugins of examples/plugin/ keep what their scenario expects', async () => {
  const loaded = loadScenario(join(import.meta.dirname, '../../examples/plugin/scenario.yaml'));
  expect(loaded.warnings).toEqual([]);
  const result = await runScenario(loaded);
  const held = checkExpectations(tableNamed(result, 'expectations'));
  expect(held.map(({ met }) => met)).toEqual([true, true, true]);
});
