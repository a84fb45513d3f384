import { describe, expect, test } from 'vitest';
import { observedEpisodes } from '../../sim/record/observed-episodes.js';
import type { Cell, Column } from '../../sim/record/tables/table.js';
import { cellTable } from '../support/tables.js';

const columns = ['timeDays', 'cohort', 'nodesPresent', 'nodesOnline'].map(
  (name): Column => ({ name, unit: '', window: 'own', meaning: '' }),
);
const day = 86_400;

/** Samples a day apart: the whole network, of which `online` can be reached, and a cohort of attackers in it. */
function samples(present: number, online: readonly number[], attackers: readonly number[] = []) {
  const rows = online.flatMap((count, time): Cell[][] => [
    [time, 'swarm', attackers[time] ?? 0, attackers[time] ?? 0],
    [time, 'all', present, count],
  ]);
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
});
