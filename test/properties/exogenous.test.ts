import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exogenousTrace } from '../../sim/scenario/plan/exogenous-trace.js';
import { casesOf } from '../support/effort.js';
import { anyScenario } from '../support/random-scenarios.js';
import { csvText, loadText } from '../support/scenarios.js';

const traceOf = (text: string, ...set: readonly string[]) => csvText(exogenousTrace(loadText(text, ...set)));

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
