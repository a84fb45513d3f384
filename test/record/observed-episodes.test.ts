import { describe, expect, test } from 'vitest';
import { observedEpisodes } from '../../sim/record/observed-episodes.js';
import type { Cell, Column } from '../../sim/record/tables/table.js';
import { cellTable } from '../support/tables.js';

const columns = ['timeDays', 'cohort', 'nodesPresent', 'nodesOnline'].map(
  (name): Column => ({ name, unit: '', window: 'own', meaning: '' }),
);
const day = 86_400;

/** Samples a day apart: a network of which `online` can be reached, in it attackers who all can. */
function samples(present: number, online: readonly number[], attackers: readonly number[] = []) {
  const rows = online.flatMap((count, time): Cell[][] => {
    const swarm = attackers[time] ?? 0;
    return [
      [time, 'honest', present - swarm, count - swarm],
      [time, 'swarm', swarm, swarm],
      [time, 'all', present, count],
    ];
  });
  return cellTable('timeseries', columns, rows);
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

  test('takes nobody’s coming or leaving for an outage, however seldom they are up', () => {
    const seldom = (present: number, online: number, others: number, time: number): Cell[][] => [
      [time, 'seldom', present, online],
      [time, 'always', others, others],
      [time, 'all', present + others, online + others],
    ];
    const leaving = [0, 1, 2, 3, 4, 5, 6].map((time) => (time < 3 ? [80, 20, 40] : [0, 0, 40]));
    const coming = [0, 1, 2, 3, 4, 5, 6].map((time) => (time < 5 ? [0, 0, 40] : [80, 20, 40]));
    for (const counts of [leaving, coming]) {
      const rows = counts.flatMap(([present, online, others], time) => seldom(present!, online!, others!, time));
      expect(observedEpisodes(cellTable('timeseries', columns, rows), [], day)).toEqual([]);
    }
    const failing = leaving.flatMap(([present, online, others], time) =>
      seldom(present!, time === 1 ? 5 : online!, others!, time),
    );
    expect(observedEpisodes(cellTable('timeseries', columns, failing), [], 0)).toMatchObject([
      { startSeconds: day, endSeconds: day, label: 'up to 63 % of the nodes are down' },
    ]);
  });
});
