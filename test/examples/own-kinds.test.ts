import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runOwnKinds } from '../../examples/own-kinds.js';
import { numbers, records, tableNamed } from '../support/scenarios.js';

const root = join(import.meta.dirname, '../..');

it('the example of own kinds runs: whoever lies every third time has short streaks', async () => {
  const result = await runOwnKinds(join(root, 'scenarios/first-steps.yaml'));
  const scores = (cohort: string) =>
    records(tableNamed(result, 'nodes')).flatMap((row) => (row.cohort === cohort ? [Number(row.score)] : []));
  expect(Math.max(...scores('honest'))).toBe(1);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(mean(scores('wrong'))).toBeLessThan(mean(scores('honest')));
  expect(numbers(tableNamed(result, 'nodes'), 'score').every((score) => score >= 0 && score <= 1)).toBe(true);
  expect(records(tableNamed(result, 'cohorts')).map(({ strategy }) => strategy)).toEqual(['honest', 'every-third']);
});

it('the library’s document has the example as it is', () => {
  const [, program] = /```ts\n([\s\S]*?)```/.exec(readFileSync(join(root, 'docs/library.md'), 'utf8'))!;
  const example = readFileSync(join(root, 'examples/own-kinds.ts'), 'utf8');
  expect(program).toBe(example.replace("'../sim/index.js'", "'reputation-sim'"));
});
