import { describe, expect, it } from 'vitest';
import { liquidRank } from '../../../sim/kernels/trust/liquid-rank.js';
import { breaches } from '../../support/invariants.js';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';
import { watchRatings, witnessed } from '../../support/witness-ratings.js';

const day = 86_400;
const build = (...set: readonly string[]) =>
  buildLoaded(loadText(witnessed, 'protocol.reputation=liquid-rank', ...set));

describe('liquid-rank', () => {
  it.each([
    ['', { isLogarithmic: false, isFullRange: true }, -1],
    ['logarithmic: true, fullRange: false, downrates: false', { isLogarithmic: true, isFullRange: false }, 0],
  ])('gives what the kernel gives on each epoch’s ratings: {%s}', (settings, how, refusal) => {
    const built = build(`protocol.reputation={conservatism: 0.7, initial: 0.4, unrated: 0.1, ${settings}}`);
    const { seen } = watchRatings(built, day);
    const { nodes } = built.world;
    let ranks = new Float64Array(nodes.count).fill(0.4);
    for (const epoch of [1, 2, 3, 4]) {
      runUntil(built, epoch * day);
      const rated = seen.filter((one) => one.epoch === epoch);
      ranks = liquidRank(
        {
          peers: nodes.count,
          rater: rated.map(({ rater }) => rater),
          subject: rated.map(({ subject }) => subject),
          value: rated.map(({ isSigned }) => (isSigned ? 1 : refusal)),
        },
        ranks,
        { conservatism: 0.7, unrated: 0.1, ...how },
      ) as Float64Array<ArrayBuffer>;
      for (let node = 0; node < nodes.count; node++) expect(nodes.score[node]).toBeCloseTo(ranks[node]!, 5);
    }
    expect(breaches(built)).toEqual([]);
  });

  it('goes towards the rank of the unrated by the share c an epoch without ratings', () => {
    const built = build(
      'protocol.reputation={conservatism: 0.5, initial: 0.9, unrated: 0.1}',
      'workload.w.arrivals.perHour=0',
    );
    const { nodes } = built.world;
    for (const [epoch, rank] of [0.5, 0.3, 0.2].entries()) {
      runUntil(built, (epoch + 1) * day);
      for (let node = 0; node < nodes.count; node++) expect(nodes.score[node]).toBeCloseTo(rank, 12);
    }
  });

  it('counts ratings by the fee of the job where it is told to', () => {
    const ranks = ['equal', 'fee'].map((weighting) => {
      const built = build(
        `protocol.reputation={weighting: ${weighting}, fullRange: false}`,
        'workload.w.fee=0.01',
        'workload.dear={class: task, arrivals: {perHour: 10}, work: 1s, deadline: none, fee: 1}',
      );
      runUntil(built, 2 * day);
      expect(breaches(built)).toEqual([]);
      return [...built.world.nodes.score];
    });
    expect(ranks[0]).not.toEqual(ranks[1]);
    // who was never signed for has nothing, whatever it counts
    for (const rank of ranks) for (let node = 10; node < 15; node++) expect(rank[node]).toBeLessThan(0.2);
  });
});
