import { expect, test } from 'vitest';
import { episodesTable } from '../../../sim/record/tables/episodes.js';
import { runScenario } from '../../../sim/run.js';
import { loadText, records, tableNamed } from '../../support/scenarios.js';

const day = 86_400;

test('episodesTable is sorted by start, in days', () => {
  const table = episodesTable([
    { kind: 'outage', scope: 'all', startSeconds: 2 * day, endSeconds: 3 * day, label: 'b' },
    { kind: 'attackEntry', scope: 'x', startSeconds: day, endSeconds: day, label: 'joins' },
    { kind: 'attack', scope: 'x', startSeconds: day, endSeconds: 9 * day, label: 'is there' },
  ]);
  expect([...table.rows()]).toEqual([
    ['attack', 'x', 1, 9, 'is there'],
    ['attackEntry', 'x', 1, 1, 'joins'],
    ['outage', 'all', 2, 3, 'b'],
  ]);
});

test('a run tells attackers’ entries as planned, and an outage that all nodes share', async () => {
  const text = `
horizon: 10d
warmUp: 1d
fleet:
  honest: { nodes: 40, outages: { up: { constant: 4d }, down: { constant: 6h } } }
  swarm: { nodes: 10, joins: { at: 2d, over: 1d }, strategy: { kind: sybil-swarm, machines: 2 } }
  liars: { nodes: 5, strategy: always-wrong, leaves: { at: 6d } }
  never: { nodes: 5, joins: { at: 30d }, strategy: always-wrong }
workload: { batch: { arrivals: { perHour: 10 } } }
`;
  const found = records(tableNamed(await runScenario(loadText(text)), 'episodes'));
  const of = (kind: string) => found.filter((episode) => episode.kind === kind);
  expect(of('attack')).toMatchObject([
    { scope: 'liars', startDays: 0, endDays: 6 },
    { scope: 'swarm', endDays: 10 },
  ]);
  expect(of('attackEntry').map(({ scope, label }) => [scope, label])).toEqual([['swarm', 'joins']]);
  const [entry] = of('attackEntry');
  expect(entry!.startDays).toBeGreaterThanOrEqual(2);
  expect(entry!.endDays).toBeLessThanOrEqual(3);
  expect(Number(entry!.endDays) - Number(entry!.startDays)).toBeGreaterThan(0.5);
  // down from day 4 to 4.25 and from day 8.25 to 8.5, as sampled each hour
  expect(of('outage').map(({ startDays, endDays }) => [startDays, endDays])).toEqual([
    [4, 4 + 5 / 24],
    [8.25, 8.25 + 5 / 24],
  ]);
});

test('a run tells of stress that somebody felt, span by span, and of no other', async () => {
  const text = `
horizon: 10d
network: single
fleet:
  here: { nodes: 3, hardware: cpu-small, quality: 1, leaves: { at: 7d } }
  late: { nodes: 2, hardware: cpu-server, joins: { at: 5d }, maintenance: { every: 2d, for: 1h, at: 1d, over: 1h } }
workload:
  w: { class: task, arrivals: { perHour: 10, surges: { s: { at: [1d, 6d], for: 12h, factor: 3 } } }, jobs: 600 }
  calm: { class: task, arrivals: { perHour: 1, surges: { lull: { at: 6d, for: 12h, factor: 0 } } } }
stress:
  outages: { o: { hardware: cpu-small, at: [2d, 8d], for: 12h } }
  bugs: { b: { hardware: cpu-server, at: [2d, 4.9d], for: 12h } }
`;
  const found = records(tableNamed(await runScenario(loadText(text)), 'episodes'));
  const of = (kind: string) => found.filter((one) => one.kind === kind).map((one) => [one.scope, one.startDays]);
  expect(of('outage').filter(([scope]) => scope !== 'all')).toEqual([['hardware cpu-small', 2]]);
  expect(of('bug')).toEqual([['hardware cpu-server', 4.9]]);
  // the workload’s 600 jobs have come by then
  expect(of('surge')).toEqual([
    ['workload w', 1],
    ['workload calm', 6],
  ]);
  expect(of('maintenance').map(([, start]) => start)).toEqual([5, 7, 9]);
});
