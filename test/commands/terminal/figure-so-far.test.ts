import { expect, test } from 'vitest';
import { createFigureSoFar } from '../../../sim/commands/terminal/figure-so-far.js';
import type { Outcome } from '../../../sim/experiment/work/outcome.js';
import { loadText } from '../../support/scenarios.js';

const text = `
  horizon: 1d
  fleet: { honest: { nodes: 8 } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 5m } }
`;
const unit = { point: 0, replication: 1 };
const outcome = (values: Record<string, number>): Outcome => ({
  ...{ seed: 's', values, held: [], compared: [], twin: null, events: 1, jobs: 1 },
  ...{ trajectoryFingerprint: '', accountingFingerprint: '' },
});

test('tells the least and the most of what is asked about', () => {
  const asked = loadText(text, 'expect=[{metric: completedFraction, above: 0.5}]').scenario;
  const soFar = createFigureSoFar(asked);
  expect(soFar.told()).toBe('');
  soFar.onResult(unit, { seed: 's', failed: 'no' });
  soFar.onResult(unit, outcome({ completedFraction: Number.NaN }));
  expect(soFar.told()).toBe('');
  soFar.onResult(unit, outcome({ completedFraction: 0.5, jobsFinal: 7 }));
  expect(soFar.told()).toBe('completedFraction 50 % so far');
  soFar.onResult(unit, outcome({ completedFraction: 0.25, jobsFinal: 9 }));
  expect(soFar.told()).toBe('completedFraction 25 % to 50 % so far');
  const shown = createFigureSoFar(asked, ['jobsFinal']);
  shown.onResult(unit, outcome({ completedFraction: 0.25, jobsFinal: 9 }));
  expect(shown.told()).toBe('jobsFinal 9 jobs so far');
});

test('tells nothing where nothing is asked', () => {
  const soFar = createFigureSoFar(loadText(text).scenario);
  soFar.onResult(unit, outcome({ completedFraction: 0.5 }));
  expect(soFar.told()).toBe('');
});
