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
