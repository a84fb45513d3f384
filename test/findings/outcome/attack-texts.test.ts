import { expect, test } from 'vitest';
import { attackTexts } from '../../../sim/findings/outcome/attack-texts.js';
import { loadText, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
  horizon: 4d
  warmUp: 0
  network: single
  fleet:
    good: { nodes: 10 }
    lone: { nodes: 5, strategy: always-wrong }
    liars: { nodes: 5, attack: raid, strategy: camouflage }
    friends: { nodes: 5, attack: raid, strategy: spies }
  workload: { w: { class: task, arrivals: { perHour: 20 } } }
`;
const attacksOf = async (...set: string[]) => tableNamed(await runFinished(loadText(base, ...set)), 'attacks');

test('each attack is told with all its cohorts, by the figures of its row', async () => {
  const table = await attacksOf();
  const texts = attackTexts(table);
  expect(texts.map(({ attack, cohorts }) => [attack, cohorts])).toEqual([
    ['lone', 'lone'],
    ['raid', 'liars + friends'],
  ]);
  const [lone] = records(table);
  expect(Number.parseFloat(texts[0]!.work) / 100).toBeCloseTo(Number(lone!.workFraction), 2);
  // without a twin there is nothing to say of it
  expect(texts.map(({ overTwin }) => overTwin)).toEqual(['', '']);
});

test('of one attack or none the cohorts say it all', async () => {
  expect(attackTexts(await attacksOf('fleet.lone.strategy=honest'))).toEqual([]);
  expect(attackTexts(await attacksOf('fleet.lone.attack=raid'))).toEqual([]);
});
