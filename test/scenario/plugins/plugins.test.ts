import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadAgain } from '../../../sim/folder/load-again.js';
import { readManifest } from '../../../sim/folder/manifest.js';
import { loadScenario, replicate, runScenario, writeRunFolder } from '../../../sim/index.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const folder = temporaryFolder('plugins');
let files = 0;

/** A scenario beside a plugin with this code, under these settings of the protocol. */
function scenarioWith(code: string, protocol = ''): { readonly file: string; readonly plugin: string } {
  const own = join(folder, String(++files));
  mkdirSync(own);
  const plugin = join(own, 'own.js');
  writeFileSync(plugin, code);
  const file = join(own, 'scenario.yaml');
  const text = `plugins: [./own.js]
horizon: 1d
protocol: { ${protocol} }
fleet: { honest: { nodes: 5 } }
workload: { w: { class: simulation, arrivals: { perHour: 10 } } }
`;
  writeFileSync(file, text);
  return { file, plugin };
}

const model = (scoreAfter: string) => `export default ({ z }) => ({
  reputation: [{
    kind: 'own', meaning: 'Own.', settings: z.strictObject({ kind: z.literal('own') }),
    create: () => ({
      lowest: () => 0, highest: () => 1, prior: () => 0.5, historyReset: () => 0.5,
      scoreAfter: ${scoreAfter}, scoreMoved: () => 0.5,
    }),
  }],
  metrics: [{ name: 'two', unit: 'jobs', window: 'whole run', meaning: 'Two', value: () => 2 }],
});`;

describe('a scenario with a plugin', () => {
  it('has its kinds and metrics, the same on threads', async () => {
    const { file } = scenarioWith(model('(_evidence, score) => score'), 'reputation: own');
    const loaded = loadScenario(file, { set: ['expect=[{ metric: two, above: 1 }]'] });
    const result = await runScenario(loaded);
    expect(result.row.values.two).toBe(2);
    const { replications, failures } = await replicate(loaded, { replications: 2, workers: 2 });
    expect(failures).toEqual([]);
    expect(replications.map(({ outcome }) => outcome.values.two)).toEqual([2, 2]);
    expect(() => loadScenario(file, { withPlugins: false })).toThrow('plugins.0: expected no plugin');
  });

  it.each([
    ['() => Number.NaN', 'reputation own: scoreAfter: expected a finite number, found NaN'],
    [
      "() => { throw new Error('lost'); }",
      'reputation own: scoreAfter: expected an answer, found an exception, Error: lost',
    ],
  ])('names file, role and question of %s', async (code, message) => {
    const { file } = scenarioWith(model(code), 'reputation: own');
    await expect(runScenario(loadScenario(file))).rejects.toThrow(`plugin ./own.js: ${message}`);
  });

  it('names a policy that assigns to a node that isn’t there', async () => {
    const code = `export default ({ z }) => ({ assignment: [{
      kind: 'nowhere', meaning: 'Nowhere.', settings: z.strictObject({ kind: z.literal('nowhere') }),
      create: () => ({ assign: () => 99, hasCandidate: () => true, nodeChanged: () => {} }),
    }] });`;
    const { file } = scenarioWith(code, 'assignment: nowhere');
    await expect(runScenario(loadScenario(file))).rejects.toThrow(
      'plugin ./own.js: assignment nowhere: assign: expected a node that is there, or NONE, found 99',
    );
  });

  it('isn’t run again once its code is another', async () => {
    const { file, plugin } = scenarioWith(model('(_evidence, score) => score'), 'reputation: own');
    const out = join(folder, `out-${files}`);
    await writeRunFolder(out, await runScenario(loadScenario(file)), {});
    const manifest = readManifest(out);
    expect(manifest.plugins).toMatchObject([{ file: './own.js', imports: [] }]);
    const allowPaths = [join(plugin, '..')];
    expect(loadAgain(manifest, out, { allowPaths }).plugins).toHaveLength(1);
    writeFileSync(plugin, model('() => 1'));
    expect(() => loadAgain(manifest, out, { allowPaths })).toThrow(/plugins\.0: expected the code that was run/);
  });

  it.each([
    ['export default 1;', 'expected a default export such as'],
    ['await 1; export default {};', 'expected a module that awaits nothing as it is loaded'],
    ['export default { reputation: [{}] };', 'reputation.0.kind'],
  ])('refuses %s at the place of its name', (code, message) => {
    expect(() => loadScenario(scenarioWith(code).file)).toThrow(message);
  });
});
