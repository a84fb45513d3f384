import { expect, test } from 'vitest';
import { differingSettings } from '../../../sim/findings/comparison/differing-settings.js';
import { loadText } from '../../support/scenarios.js';

const text = `
  horizon: 1d
  protocol: { extends: triangulated-mesh }
  fleet: { honest: { nodes: 8, stake: 100 } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 5m } }
`;
const differing = (...set: readonly string[]) => {
  const [a, b] = [loadText(text), loadText(text, ...set)];
  return differingSettings([a, b]).map(({ path, values }) => [path, ...values]);
};

test('tells the settings that differ, as written or by default', () => {
  expect(differing()).toEqual([]);
  expect(differing('fleet.honest.nodes=9', 'protocol.verification.1.share=0.5')).toEqual([
    ['protocol.verification.1.share', '0.1', '0.5'],
    ['fleet.honest.nodes', '8', '9'],
  ]);
});

test('doesn’t tell what is written in another way and means the same, nor what changes nothing that happens', () => {
  expect(differing('horizon=24h', 'fleet.honest.joins={at: 0s}', 'seed=7')).toEqual([]);
  expect(differing('expect=[{metric: jobsFinal, above: 1}]')).toEqual([]);
});

test('tells a cohort that one hasn’t got in one line', () => {
  const [line, ...others] = differing('+fleet.more={nodes: 3}');
  expect(others).toEqual([]);
  expect(line).toEqual(['fleet.more', '–', '{nodes: 3}']);
});
