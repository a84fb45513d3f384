import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ChartInput, charts } from '../../../reports/charts/index.js';
import { perform, temporaryFolder, writeScenario } from '../captured.js';

/** What happens while the chart of stake is drawn. */
const stake = { happens: (): void => {} };

// the chart itself is made to fail: modules are shared with other test files, so none of them can be another here
const chart = charts.find(({ name }) => name === 'stake')!;
const { spec } = chart;
beforeAll(() => {
  Object.assign(chart, {
    spec(input: ChartInput) {
      stake.happens();
      return spec.call(chart, input);
    },
  });
});
afterAll(() => {
  Object.assign(chart, { spec });
});

const run = (folder: string, options: object = {}) =>
  perform('run', { scenario: writeScenario(folder), out: join(folder, 'out'), quiet: true, ...options });

describe('a chart that can’t be drawn', () => {
  beforeEach(() => {
    stake.happens = () => {
      throw new RangeError('no ink');
    };
  });

  test('costs itself alone: it is said, the report says it, and the run ends with 1', async () => {
    const folder = temporaryFolder();
    const { code, printed, said } = await run(folder);
    expect(code).toBe(1);
    expect(said).toEqual(['the chart stake couldn’t be drawn: no ink']);
    expect(printed.at(-2)).toBe(`folder ${join(folder, 'out')}`);
    const charts = readdirSync(join(folder, 'out/charts'));
    expect(charts).toContain('work-share.svg');
    expect(charts).toContain('final-scores.png');
    expect(charts.filter((name) => name.startsWith('stake'))).toEqual([]);
    const report = readFileSync(join(folder, 'out/report.html'), 'utf8');
    expect(report).toContain('The chart “Stake and slashing” couldn’t be drawn: no ink');
    expect(existsSync(join(folder, 'out/manifest.json'))).toBe(true);
  });

  test('is named for programs, and by a report that is drawn again, which is whole when it can be', async () => {
    const folder = temporaryFolder();
    const { printed } = await run(folder, { json: true });
    expect(JSON.parse(printed[0]!).undrawn).toEqual([{ name: 'stake', reason: 'no ink' }]);
    const again = await perform('report', { folder: join(folder, 'out') });
    expect([again.code, again.said]).toEqual([1, ['the chart stake couldn’t be drawn: no ink']]);
    stake.happens = () => {};
    const whole = await perform('report', { folder: join(folder, 'out') });
    expect([whole.code, whole.said]).toEqual([0, []]);
    expect(existsSync(join(folder, 'out/charts/stake.svg'))).toBe(true);
  });
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s while charts are drawn leaves complete tables', async (signal) => {
  const folder = temporaryFolder();
  stake.happens = () => process.emit(signal);
  const { code, said } = await run(folder);
  expect(code).toBe(130);
  expect(said).toEqual([`interrupted; the tables are complete, in ${join(folder, 'out')}; the report isn’t`]);
  stake.happens = () => {};
  expect((await perform('replay', { folder: join(folder, 'out'), quiet: true })).code).toBe(0);
  expect((await perform('report', { folder: join(folder, 'out') })).code).toBe(0);
  expect(readdirSync(folder).sort()).toEqual(['out', 'small.yaml']);
});
