import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadScenario } from '../../sim/scenario/load.js';
import { InvalidInput } from '../../sim/scenario/text/faults.js';
import { temporaryFolder, writeScenario } from '../commands/captured.js';
import { linesOf } from '../support/refusals.js';
import { loadText } from '../support/scenarios.js';

test('a mistyped protocol, a bad override of it, a late warm-up and an empty cohort are told at once', () => {
  const text = [
    'protocol: { extends: triangulated-mash, slashing: { maxFraction: -1 } }',
    'horizon: 3d',
    'warmUp: 4d',
    'fleet: { a: { nodes: 0 } }',
    'workload: { b: { arrivals: { perHour: 5 } } }',
  ].join('\n');
  let message = '';
  try {
    loadText(text);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    message = error.message;
  }
  const paths = message.split('\n').map((line) => / ([A-Za-z.]+): expected /.exec(line)?.[1]);
  expect(paths).toEqual(['protocol.extends', 'protocol.slashing.maxFraction', 'warmUp', 'fleet.a.nodes']);
});

test.each(['toString', 'valueOf', 'hasOwnProperty'])('a cohort that every object has is refused: %s', (name) => {
  const text = `horizon: 1d\nfleet: { ${name}: { nodes: 1 } }\nworkload: { w: { arrivals: { perHour: 1 } } }\n`;
  expect(() => loadText(text)).toThrow(/expected a name that not every object of a program has/);
});

test('a file that is named - is looked for beside the scenario, and the standard input isn’t read', () => {
  const folder = temporaryFolder();
  writeScenario(folder, 'extends: "-"\n');
  const before = process.cwd();
  process.chdir(folder);
  try {
    expect(linesOf(() => loadScenario('small.yaml'))).toEqual([
      expect.stringMatching(/^small\.yaml:1:10: extends: expected a file, found nothing there/),
    ]);
  } finally {
    process.chdir(before);
  }
});

test('absolute paths of what it extends are taken as they are', () => {
  const [near, far] = [temporaryFolder(), temporaryFolder()];
  const parent = writeScenario(far);
  const child = join(near, 'child.yaml');
  writeFileSync(child, `extends: ${parent}\nseed: other\n`);
  expect(loadScenario(child).written).toEqual({ ...(loadScenario(parent).written as object), seed: 'other' });
  const compared = `expect=[{metric: completedFraction, atLeast: 0, comparedTo: '${parent}'}]`;
  expect(loadScenario(child, { set: [compared] }).compared.map(({ other }) => other.file)).toEqual([parent]);
});

const named = [
  'horizon: 3d',
  'protocol: { extends: triangulated-mesh, verification: redundancy, slashing: { kind: fixed, bondFraction: 0.2 } }',
  'fleet: { a: { nodes: 3 } }',
  'workload: { b: { arrivals: { perHour: 5 } } }',
].join('\n');
const own = { verification: 'redundancy', slashing: { kind: 'fixed', bondFraction: 0.2 } };

test.each([
  [['protocol.extends=null'], own],
  [['protocol={extends: null, attempts: 2}'], { ...own, attempts: 2 }],
  [['protocol.attempts=2', 'protocol.extends=null', 'protocol.epoch=6h'], { ...own, attempts: 2, epoch: '6h' }],
  [['protocol=null'], null],
  [['protocol=null', 'protocol.attempts=2'], { attempts: 2 }],
  [['protocol.epoch=6h', 'protocol=null', 'protocol.verification=none'], { verification: 'none' }],
])('%j takes back the protocol that is named, and nothing else', (set, protocol) => {
  const loaded = loadText(named, ...set);
  expect(loaded.written).toMatchObject(protocol === null ? {} : { protocol });
  expect((loaded.written as { protocol?: unknown }).protocol).toEqual(protocol ?? undefined);
  expect(loaded.protocol).toBeNull();
  expect(loaded.files).toHaveLength(1);
});

test.each([
  [['protocol.extends=triangulated-mesh']],
  [['protocol=triangulated-mesh']],
  [['protocol={extends: triangulated-mesh}']],
])('%j names a protocol, which later settings change', (set) => {
  const own = named.replace('extends: triangulated-mesh, ', '');
  const { protocol, scenario } = loadText(own, ...set, 'protocol.attempts=4', 'fleet.a.nodes=30');
  expect(protocol).toBe('triangulated-mesh');
  expect(scenario.protocol).toMatchObject({ attempts: 4, reputation: { kind: 'step' } });
});

test('of a mistyped protocol in a setting all other faults are told, too', () => {
  expect(linesOf(() => loadText(named, 'protocol.extends=triangulated-mash', 'seed=c', 'fleet..b=2'))).toEqual([
    '--set:1:18: protocol.extends: expected one of: ai-oracle, compute-staking, reputation-collateral, ' +
      'tiered-mesh, triangulated-mesh, ' +
      'found triangulated-mash; did you mean triangulated-mesh?',
    expect.stringMatching(/^--set:3:7: fleet..b: expected a name between the dots/),
  ]);
});

test('an unknown protocol may be taken back, too', () => {
  const unknown = named.replace('triangulated-mesh', 'no-such-protocol');
  expect(() => loadText(unknown)).toThrow(InvalidInput);
  expect(loadText(unknown, 'protocol.extends=null').scenario.protocol.verification).toMatchObject({
    kind: 'redundancy',
  });
});
