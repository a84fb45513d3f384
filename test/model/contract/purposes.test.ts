import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { KeyedDraw } from '../../../sim/engine/random-stream.js';
import { AppealPurpose, Purpose } from '../../../sim/model/contract/purposes.js';

const root = join(import.meta.dirname, '../../..');

it.each([
  ['machines, nodes, jobs and spans', Purpose],
  ['appeals', AppealPurpose],
])('purposes of the streams of %s are numbers that no other use has', (_streams, purposes) => {
  const numbers = Object.values(purposes);
  expect(numbers.filter((number, place) => numbers.indexOf(number) !== place)).toEqual([]);
});

it('appeals have a stream of their own: an equal number draws something else', () => {
  const appeals = readFileSync(join(root, 'sim/model/nodes/appeals.ts'), 'utf8');
  expect(appeals).toMatch(/\bAppealPurpose\./);
  expect(appeals).not.toMatch(/\bPurpose\./);
  const columns = readFileSync(join(root, 'sim/build/columns.ts'), 'utf8');
  expect(columns).toMatch(/appealDraws: new KeyedDraw\(`[^`]*\/appeals`\)/);
  const [jobs, cases] = [new KeyedDraw('s/workload/w'), new KeyedDraw('s/appeals')];
  for (let ordinal = 0; ordinal < 1_000; ordinal++) {
    expect(jobs.uniform(ordinal, 0, Purpose.forcedError)).not.toBe(cases.uniform(ordinal, 0, AppealPurpose.juror));
  }
});
