import { describe, expect, test } from 'vitest';
import { episodesTable, observedEpisodes } from '../../../sim/record/tables/episodes.js';
import { type Cell, tableOf } from '../../../sim/record/tables/table.js';
import { runScenario } from '../../../sim/run.js';
import { loadText, records, tableNamed } from '../../support/scenarios.js';

const columns = ['timeDays', 'cohort', 'nodesPresent', 'nodesOnline'].map((name) => ({ name, unit: '', meaning: '' }));
const day = 86_400;

/** Samples a day apart: the whole network, of which `online` can be reached, and a cohort of attackers in it. */
function samples(present: number, online: readonly number[], attackers: readonly number[] = []) {
  const rows = online.flatMap((count, time): Cell[][] => [
    [time, 'swarm', attackers[time] ?? 0, attackers[time] ?? 0],
    [time, 'all', present, count],
  ]);
  return tableOf('timeseries', '', columns, rows);
}

describe('observedEpisodes', () => {
  test('finds when attackers were in the network, from the first sample with them to the last', () => {
    const found = observedEpisodes(samples(100, [90, 90, 90, 90, 90], [0, 3, 0, 2, 0]), ['swarm'], 0);
    expect(found).toEqual([
      { kind: 'attack', scope: 'swarm', startSeconds: day, endSeconds: 3 * day, label: 'is in the network' },
    ]);
    expect(observedEpisodes(samples(100, [90, 90], [0, 3]), [], 0)).toEqual([]);
  });

  test('finds each outage: a share online ten points below the median after the warm-up, with its depth', () => {
    const online = [100, 90, 80, 60, 75, 90, 90, 81, 90, 79, 90];
    expect(observedEpisodes(samples(100, online), [], 0)).toEqual([
      {
        kind: 'outage',
        scope: 'all',
        startSeconds: 2 * day,
        endSeconds: 4 * day,
        label: 'up to 40 % of the nodes are down',
      },
      {
        kind: 'outage',
        scope: 'all',
        startSeconds: 9 * day,
        endSeconds: 9 * day,
        label: 'up to 21 % of the nodes are down',
      },
    ]);
  });

  test('takes what is usual from after the warm-up only', () => {
    const online = [50, 50, 50, 50, 90, 90, 90];
    expect(observedEpisodes(samples(100, online), [], 4 * day).map(({ endSeconds }) => endSeconds)).toEqual([3 * day]);
    expect(observedEpisodes(samples(100, online), [], 0)).toEqual([]);
  });

  test('takes a node or two that are down in a small network for no outage', () => {
    expect(observedEpisodes(samples(5, [5, 5, 3, 5, 5]), [], 0)).toEqual([]);
    expect(observedEpisodes(samples(5, [5, 5, 2, 5, 5]), [], 0)).toHaveLength(1);
    expect(observedEpisodes(samples(0, [0, 0]), [], 0)).toEqual([]);
  });
});

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
    { scope: 'liars', startDays: 0, endDays: 143 / 24 },
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
