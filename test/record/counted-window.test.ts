import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AskedWindow, CountedWindow } from '../../sim/record/counted-window.js';
import { Sample } from '../../sim/record/sample.js';
import { Tally } from '../../sim/record/tally.js';

/** Counts one job a second up to the horizon, each as long as its number, and folds at the times given. */
function counted(horizon: number, asked: Partial<AskedWindow>, folds: readonly number[] = []): CountedWindow {
  const window = new CountedWindow(1, horizon, {
    ...{ fromSeconds: 0, toSeconds: horizon, epochSeconds: null },
    measure: ({ tally }) => tally.ended,
    ...asked,
  });
  const counting = {
    tally: new Tally(1, 0),
    latency: new Sample(),
    waiting: new Sample(),
    verdictTime: new Sample(),
    answerError: new Sample(),
  };
  const fold = () => {
    window.fold(counting.tally);
    counting.tally.clear();
  };
  for (let now = 0; now <= horizon; now++) {
    window.reach(now, counting);
    if (folds.includes(now)) fold();
    counting.tally.ended++;
    counting.latency.add(now);
  }
  fold();
  window.finish(counting);
  return window;
}

describe('CountedWindow', () => {
  it.each([[[]], [[4]], [[2]], [[6]], [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]]])(
    'counts from its start, included, to its end, excluded, folded at %j',
    (folds) => {
      const { highest, lowest } = counted(10, { fromSeconds: 2, toSeconds: 6 }, folds);
      expect(highest).toEqual({ value: 4, fromSeconds: 2, toSeconds: 6 });
      expect(lowest).toEqual(highest);
    },
  );

  it('includes the horizon', () => {
    expect(counted(10, { fromSeconds: 8 }).highest).toEqual({ value: 3, fromSeconds: 8, toSeconds: 10 });
    expect(counted(10, { fromSeconds: 8, toSeconds: 99 }).highest.value).toBe(3);
  });

  /** The stretches that a window is told in, by a figure that is higher the later, or the earlier, it is taken. */
  function stretches(horizon: number, asked: Partial<AskedWindow>): [number, number][] {
    const seen: [number, number][] = [];
    let rank = 0;
    const window = new CountedWindow(1, horizon, {
      ...{ fromSeconds: 0, toSeconds: horizon, epochSeconds: null, ...asked },
      measure: () => ++rank,
    });
    const counting = {
      tally: new Tally(1, 0),
      latency: new Sample(),
      waiting: new Sample(),
      verdictTime: new Sample(),
      answerError: new Sample(),
    };
    const note = () => {
      if (window.highest.value === seen.length + 1) seen.push([window.highest.fromSeconds, window.highest.toSeconds]);
    };
    for (let now = 0; now <= horizon; now += 0.25) {
      window.reach(now, counting);
      note();
    }
    window.finish(counting);
    note();
    return seen;
  }

  it.each([
    // half an epoch is one by itself
    [
      10,
      2,
      12,
      [
        [2, 4],
        [4, 8],
        [8, 10],
      ],
    ],
    // less is joined with the epoch beside it, at the start, at the end, on both sides
    [
      12,
      3,
      12,
      [
        [3, 8],
        [8, 12],
      ],
    ],
    [
      13,
      0,
      13,
      [
        [0, 4],
        [4, 8],
        [8, 13],
      ],
    ],
    [
      13,
      3,
      13,
      [
        [3, 8],
        [8, 13],
      ],
    ],
    [9, 3, 9, [[3, 9]]],
    // two parts, of which one or none is long enough
    [5, 1, 5, [[1, 5]]],
    [7, 3, 7, [[3, 7]]],
    [5, 3, 5, [[3, 5]]],
    [
      6,
      2,
      6,
      [
        [2, 4],
        [4, 6],
      ],
    ],
    // one part
    [12, 5, 6, [[5, 6]]],
  ] as const)('tells epochs of 4 s of a run of %d s from %d to %d s as %j', (horizon, fromSeconds, toSeconds, all) => {
    expect(stretches(horizon, { fromSeconds, toSeconds, epochSeconds: 4 })).toEqual(all);
  });

  it('has in its epochs all of the window and nothing twice, none much shorter than others', () => {
    const times = fc.tuple(
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 0, max: 119 }),
      fc.integer({ min: 1, max: 30 }),
    );
    fc.assert(
      fc.property(times, ([quarters, start, length]) => {
        const [horizon, fromSeconds, epochSeconds] = [quarters / 4, start / 4, length / 4];
        fc.pre(fromSeconds < horizon);
        const found = stretches(horizon, { fromSeconds, epochSeconds });
        expect([found[0]![0], found.at(-1)![1]]).toEqual([fromSeconds, horizon]);
        for (const [index, [from, to]] of found.entries()) {
          if (index > 0) expect(from).toBe(found[index - 1]![1]);
          if (found.length > 1) expect(to - from).toBeGreaterThanOrEqual(epochSeconds / 2);
          expect(to - from).toBeLessThan(2 * epochSeconds);
        }
      }),
    );
  });

  it('finds the highest and the lowest of them', () => {
    const { highest, lowest } = counted(10, { fromSeconds: 2, epochSeconds: 4 }, [5]);
    expect(lowest).toEqual({ value: 2, fromSeconds: 2, toSeconds: 4 });
    expect(highest).toEqual({ value: 4, fromSeconds: 4, toSeconds: 8 });
  });

  it('has the last epoch end with the horizon that it ends at', () => {
    expect(counted(9, { epochSeconds: 3 }).highest).toEqual({ value: 4, fromSeconds: 6, toSeconds: 9 });
  });

  it('keeps the times of the window alone', () => {
    const mean = counted(10, { fromSeconds: 2, toSeconds: 6, measure: ({ latency }) => latency.mean });
    expect(mean.highest.value).toBe((2 + 3 + 4 + 5) / 4);
    const most = counted(10, { fromSeconds: 4, measure: ({ latency }) => latency.quantile(0) });
    expect(most.highest.value).toBe(4);
  });

  it('can’t be told where nothing is counted, nor where it is empty or behind the horizon', () => {
    const silent = counted(10, { epochSeconds: 3, measure: ({ tally }) => (tally.ended > 5 ? 1 : Number.NaN) });
    expect(silent.highest).toEqual({ value: Number.NaN, fromSeconds: Number.NaN, toSeconds: Number.NaN });
    expect(counted(10, { fromSeconds: 6, toSeconds: 6 }).highest.value).toBeNaN();
    expect(counted(10, { fromSeconds: 10 }).highest.value).toBeNaN();
    expect(counted(10, { fromSeconds: Number.POSITIVE_INFINITY, epochSeconds: 3 }).highest.value).toBeNaN();
  });
});
