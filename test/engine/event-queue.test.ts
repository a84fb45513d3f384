import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventQueue } from '../../sim/engine/event-queue.js';
import { namedStream } from '../../sim/engine/random-stream.js';

/** What the queue must behave like: an array kept sorted by time, later pushes after earlier ones of their time. */
class SortedRows {
  readonly rows: { time: number; order: number }[] = [];

  push(time: number, order: number): void {
    let low = 0;
    let high = this.rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rows[middle]!.time <= time) low = middle + 1;
      else high = middle;
    }
    this.rows.splice(low, 0, { time, order });
  }
}

/** Pops everything and returns the orders of push, which are the high words. */
function drain(queue: EventQueue): number[] {
  const orders: number[] = [];
  while (queue.pop()) orders.push(queue.high);
  return orders;
}

/** The orders in which a stable sort puts the times. */
function stableOrder(times: readonly number[]): number[] {
  return times.map((_, order) => order).sort((a, b) => times[a]! - times[b]!);
}

const delays = {
  'a few ties': fc.integer({ min: 0, max: 3 }).map((steps) => steps * 0.25),
  'ties on mixed scales from 1 ms to 30 days': fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom(0.001, 1, 60, 3600, 2_592_000))
    .map(([steps, scale]) => steps * scale),
  'any fraction of a mixed scale': fc
    .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(1e-12, 0.001, 1, 86_400, 2_592_000))
    .map(([fraction, scale]) => fraction * scale),
};

describe('EventQueue', () => {
  for (const [name, delay] of Object.entries(delays)) {
    it(`pops as a stably sorted array does over random pushes and pops: ${name}`, () => {
      const step = fc.record({ delay, pushes: fc.integer({ min: 0, max: 40 }), pops: fc.integer({ min: 0, max: 40 }) });
      fc.assert(
        fc.property(
          fc.array(step, { maxLength: 60 }),
          fc.array(delay, { minLength: 1, maxLength: 50 }),
          (steps, more) => {
            const queue = new EventQueue(1);
            const sorted = new SortedRows();
            let now = 0;
            let order = 0;
            for (const { delay: first, pushes, pops } of steps) {
              for (let i = 0; i < pushes; i++) {
                const time = now + (i === 0 ? first : more[(order * 7 + i) % more.length]!);
                queue.push(time, order, ~order);
                sorted.push(time, order);
                order++;
              }
              for (let i = 0; i < pops && sorted.rows.length > 0; i++) {
                const row = sorted.rows.shift()!;
                if (i % 3 === 0) expect(queue.peekTime()).toBe(row.time);
                expect(queue.pop()).toBe(true);
                expect([queue.time, queue.high, queue.low]).toEqual([row.time, row.order, ~row.order >>> 0]);
                now = row.time;
              }
              expect(queue.size).toBe(sorted.rows.length);
            }
            expect(drain(queue)).toEqual(sorted.rows.map((row) => row.order));
          },
        ),
        { seed: 1, numRuns: 150 },
      );
    });
  }

  it('keeps the order of 20,000 pending rows whose delays mix 1 ms, 1 hour and 30 days', () => {
    const uniform = namedStream('mixed scales');
    const queue = new EventQueue();
    const scales = [0.001, 1, 3600, 2_592_000];
    let order = 0;
    const push = (now: number): void => {
      // A tenth of the delays are 0 and some are whole, so that there are ties on all scales.
      const draw = uniform();
      const share = draw < 0.1 ? 0 : draw < 0.3 ? Math.round(uniform() * 5) : uniform();
      queue.push(now + share * scales[Math.floor(uniform() * 4)]!, order++, 0);
    };
    for (let i = 0; i < 20_000; i++) push(0);
    let lastTime = 0;
    let lastOrder = -1;
    for (let i = 0; i < 300_000; i++) {
      queue.pop();
      if (queue.time < lastTime || (queue.time === lastTime && queue.high < lastOrder)) {
        expect.fail(`expected order of (time, push), found ${queue.time} after ${lastTime}`);
      }
      lastTime = queue.time;
      lastOrder = queue.high;
      push(lastTime);
    }
    expect(queue.size).toBe(20_000);
  });

  it('pops 100,000 rows of one time in the order of push, with earlier and later ones around them', () => {
    const queue = new EventQueue(8);
    for (let i = 0; i < 100_000; i++) queue.push(5, i, 0);
    queue.push(6, 100_001, 0);
    queue.push(5, 100_000, 0);
    queue.push(4, 200_000, 0);
    expect(queue.peekTime()).toBe(4);
    queue.push(4.5, 200_001, 0);
    const orders = drain(queue);
    expect(orders.slice(0, 2)).toEqual([200_000, 200_001]);
    expect(orders.slice(2)).toEqual(Array.from({ length: 100_002 }, (_, i) => i));
  });

  it('sorts a batch of 200,000 rows stably, whether it comes ascending, descending, at random or geometric', () => {
    const uniform = namedStream('batch');
    const batches = [
      (i: number) => i,
      (i: number) => -i,
      () => Math.floor(uniform() * 50_000),
      (i: number) => (i % 2 === 0 ? i : 1e9 - i),
      (i: number) => 1 / 2 ** (i % 1000),
      (i: number) => (i % 1000 === 0 ? 1e300 : i % 7) * (i % 2 === 0 ? 1 : -1),
    ];
    for (const time of batches) {
      const times = Array.from({ length: 200_000 }, (_, i) => time(i));
      const queue = new EventQueue(1);
      for (let i = 0; i < times.length; i++) queue.push(times[i]!, i, 0);
      expect(drain(queue)).toEqual(stableOrder(times));
    }
  });

  it('takes rows at and just before the time of the next row while it is drained', () => {
    const queue = new EventQueue();
    for (let i = 0; i < 1000; i++) queue.push(i, i, 0);
    for (let i = 0; i < 1000; i++) {
      expect(queue.peekTime()).toBe(i);
      queue.push(i, 5000 + i, 0);
      queue.push(i - 1e-9, 9000 + i, 0);
      const orders: number[] = [];
      for (let k = 0; k < 3; k++) {
        queue.pop();
        orders.push(queue.high);
      }
      expect(orders).toEqual([9000 + i, i, 5000 + i]);
    }
    expect(queue.size).toBe(0);
  });

  it('returns every payload of 2 x 32 bits as it was pushed, bits that spell NaN included', () => {
    const words = [0, 1, 0x7fffffff, 0x80000000, 0xffffffff, 0x7ff00000, 0x7ff00001, 0xfff80000, 0x7ff7ffff];
    const queue = new EventQueue(1);
    let order = 0;
    for (let round = 0; round < 40; round++) {
      for (const high of words) for (const low of words) queue.push((order++ * 7919) % 1000, high, low);
    }
    const expected = new Map<string, number>();
    for (const high of words) for (const low of words) expected.set(`${high} ${low}`, 40);
    const found = new Map<string, number>();
    while (queue.pop()) {
      const key = `${queue.high} ${queue.low}`;
      found.set(key, (found.get(key) ?? 0) + 1);
    }
    expect(found).toEqual(expected);
  });

  it('is empty at first and after draining: pop is false, peekTime is Infinity, and it can be filled again', () => {
    const queue = new EventQueue(1);
    for (let round = 0; round < 3; round++) {
      expect([queue.size, queue.pop(), queue.peekTime()]).toEqual([0, false, Infinity]);
      for (let i = 0; i < 500; i++) queue.push((i * 37) % 101, i, 0);
      expect(queue.size).toBe(500);
      expect(drain(queue)).toHaveLength(500);
    }
  });

  it('pops until a horizon (included) and leaves what lies beyond', () => {
    const queue = new EventQueue();
    for (const time of [3, 1, 2, 2.5]) queue.push(time, 0, 0);
    const times: number[] = [];
    while (queue.popUntil(2)) times.push(queue.time);
    expect(times).toEqual([1, 2]);
    expect(queue.size).toBe(2);
  });

  it('refuses a capacity below 1', () => {
    expect(() => new EventQueue(0)).toThrow(RangeError);
    expect(() => new EventQueue(Number.NaN)).toThrow(/expected a capacity from 1 to 2\^27 \(excluded\), found NaN/);
  });
});
