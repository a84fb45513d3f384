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
  const counting = { tally: new Tally(1, 0), latency: new Sample(), waiting: new Sample(), verdictTime: new Sample() };
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

  it('tells epochs one by one, those that it cuts by the part inside', () => {
    const { highest, lowest } = counted(10, { fromSeconds: 2, epochSeconds: 3 }, [5]);
    expect(lowest).toEqual({ value: 1, fromSeconds: 2, toSeconds: 3 });
    expect(highest).toEqual({ value: 3, fromSeconds: 3, toSeconds: 6 });
    expect(counted(10, { fromSeconds: 7, toSeconds: 8, epochSeconds: 3 }).highest).toEqual({
      ...{ value: 1, fromSeconds: 7, toSeconds: 8 },
    });
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
    const silent = counted(10, { epochSeconds: 3, measure: ({ tally }) => (tally.ended > 3 ? 1 : Number.NaN) });
    expect(silent.highest).toEqual({ value: Number.NaN, fromSeconds: Number.NaN, toSeconds: Number.NaN });
    expect(counted(10, { fromSeconds: 6, toSeconds: 6 }).highest.value).toBeNaN();
    expect(counted(10, { fromSeconds: 10 }).highest.value).toBeNaN();
    expect(counted(10, { fromSeconds: Number.POSITIVE_INFINITY, epochSeconds: 3 }).highest.value).toBeNaN();
  });
});
