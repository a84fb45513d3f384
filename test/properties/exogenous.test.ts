import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exogenousTrace } from '../../sim/scenario/plan/exogenous-trace.js';
import { casesOf } from '../support/effort.js';
import { anyScenario } from '../support/random-scenarios.js';
import { csvText, loadText } from '../support/scenarios.js';

const traceOf = (text: string, ...set: readonly string[]) => csvText(exogenousTrace(loadText(text, ...set)));

/** Rows of a workload with numeric answers in the exogenous trace, by what they are. */
const numericRows = (...set: readonly string[]) => {
  const text = `
    horizon: 6h
    network: single
    fleet: { a: { nodes: 3, hardware: reference-cpu } }
    workload: { w: { class: iot-oracle, arrivals: { perHour: 10 }, value: { start: 7 } } }
  `;
  const lines = traceOf(text, ...set).split('\n');
  const of = (purpose: string) =>
    lines.filter((line) => line.startsWith('workload/w') && line.includes(`,${purpose},`));
  return { value: of('value'), noise: of('noise'), wildness: of('wildness'), hardness: of('hardness') };
};

it('true values of numeric jobs, the errors of their attempts and their difficulty happen from outside', () => {
  const { value, noise, wildness, hardness } = numericRows();
  expect(value.length).toBeGreaterThan(30);
  for (const line of value) expect(Math.abs(Number(line.split(',').at(-1)) / 7 - 1)).toBeLessThan(0.1);
  expect([noise.length, wildness.length, hardness.length]).toEqual([4 * value.length, 4 * value.length, 0]);
  const hard = numericRows('workload.w.difficulty=0.4');
  expect(hard.hardness.length).toBe(value.length);
  expect(hard).toMatchObject({ value, noise, wildness });
});

it('in any scenario neither the protocol nor attackers change a byte of what happens from outside', () => {
  fc.assert(
    fc.property(anyScenario, (text) => {
      const original = traceOf(text);
      expect(traceOf(text, 'protocol={}')).toBe(original);
      const attack =
        'fleet.zz={nodes: 9, strategy: always-wrong, providers: {acme: 1}, maintenance: {every: 1h, for: 1m}, ' +
        'joins: {newcomers: {perHour: 3}}}';
      expect(traceOf(text, attack)).toBe(original);
    }),
    { numRuns: casesOf(60), seed: 1 },
  );
});
