import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Attempts } from '../../../sim/model/columns/attempts.js';
import { JobOutcome, Jobs } from '../../../sim/model/columns/jobs.js';
import { NONE } from '../../../sim/model/columns/nodes.js';
import { RowPool } from '../../../sim/model/columns/row-pool.js';
import { handleStep, SideBySide } from '../../../sim/model/columns/side-by-side.js';

const named = (letter: string, count: number) => Array.from({ length: count }, (_, place) => `${letter}${place}`);

describe('SideBySide', () => {
  it('gives every row and column a place of its own', () => {
    const layout = { integers: named('i', 16), numbers: named('n', 20) };
    const rows = new SideBySide(layout, 3);
    const integers = layout.integers.map((name) => rows.integer(name));
    const floats = layout.numbers.map((name) => rows.number(name));
    const columns = [...integers, ...floats];
    for (let row = 0; row < 3; row++) {
      for (const [place, column] of columns.entries()) column[row * handleStep] = row * 100 + place;
    }
    for (let row = 0; row < 3; row++) {
      for (const [place, column] of columns.entries()) expect(column[row * handleStep]).toBe(row * 100 + place);
    }
  });

  it('keeps every value when it is enlarged', () => {
    const layout = { integers: named('i', 8), numbers: named('n', 9) };
    const small = new SideBySide(layout, 2);
    small.integer('i7')[handleStep] = 77;
    small.number('n8')[handleStep] = 0.5;
    const large = new SideBySide(layout, 4, small);
    expect(large.integer('i7')[handleStep]).toBe(77);
    expect(large.number('n8')[handleStep]).toBe(0.5);
    large.integer('i7')[3 * handleStep] = 1;
    expect(large.integer('i7')[3 * handleStep]).toBe(1);
  });

  it('refuses a name that has two places, or none', () => {
    expect(() => new SideBySide({ integers: ['a', 'b'], numbers: ['b'] }, 1)).toThrow('each name once, found b twice');
    expect(() => new SideBySide({ integers: ['a', 'a'], numbers: [] }, 1)).toThrow('found a twice');
    const rows = new SideBySide<string, string>({ integers: ['a'], numbers: ['b'] }, 1);
    expect(() => rows.integer('b')).toThrow('expected one of a, found b');
    expect(() => rows.number('c')).toThrow(RangeError);
  });
});

describe('RowPool', () => {
  it('never hands out a row that is in use, and tells when it must grow', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 100 }), (moves) => {
        const growths: number[] = [];
        const pool = new RowPool(2, (capacity) => growths.push(capacity));
        const open: number[] = [];
        let most = 0;
        for (const move of moves) {
          if (move === 0 && open.length > 0) {
            pool.giveBack(open.splice(move % open.length, 1)[0]!, false);
          } else {
            const handle = pool.take();
            expect(handle % handleStep).toBe(0);
            expect(handle / handleStep).toBeLessThan(pool.capacity);
            expect(open).not.toContain(handle);
            open.push(handle);
          }
          most = Math.max(most, open.length);
          expect(pool.open).toBe(open.length);
        }
        expect(pool.capacity).toBe(2 * 2 ** growths.length);
        expect(growths.at(-1) ?? 2).toBe(pool.capacity);
        expect(pool.capacity).toBeLessThan(Math.max(3, 2 * most));
      }),
      { seed: 1 },
    );
  });

  it('never hands out again a row that is worn out', () => {
    const pool = new RowPool(2, () => {});
    const worn = pool.take();
    pool.giveBack(worn, true);
    expect(pool.open).toBe(0);
    for (let taken = 0; taken < 5; taken++) expect(pool.take()).not.toBe(worn);
  });
});

describe('Jobs', () => {
  it('keeps every open row when the columns grow', () => {
    const jobs = new Jobs(2);
    const rows = Array.from({ length: 9 }, (_, index) => {
      const job = jobs.take();
      jobs.ordinal[job] = 1_000 + index;
      jobs.fee[job] = index;
      jobs.region[job] = index;
      return job;
    });
    for (const [index, job] of rows.entries()) {
      expect([jobs.ordinal[job], jobs.fee[job], jobs.region[job]]).toEqual([1_000 + index, index, index]);
    }
    expect(jobs.open).toBe(9);
  });

  it('starts a recycled row anew, under another generation', () => {
    const jobs = new Jobs(2);
    const job = jobs.take();
    const generation = jobs.generation[job];
    jobs.attemptsMade[job] = 3;
    jobs.stage[job] = 1;
    jobs.outcome[job] = JobOutcome.rejected;
    jobs.assignedAt[job] = 5;
    jobs.recycle(job);
    expect(jobs.take()).toBe(job);
    expect(jobs.generation[job]).not.toBe(generation);
    expect([jobs.attemptsMade[job], jobs.stage[job], jobs.outcome[job]]).toEqual([0, 0, JobOutcome.open]);
    expect([jobs.assignedAt[job], jobs.lastAttempt[job]]).toEqual([Number.NaN, NONE]);
  });
});

describe('Attempts', () => {
  it('keeps each attempt’s observers apart when the columns grow', () => {
    const attempts = new Attempts(2);
    attempts.reserveObservers(3);
    const rows = Array.from({ length: 9 }, (_, index) => {
      const attempt = attempts.take();
      attempts.observersAsked[attempt] = 3;
      for (let place = 0; place < 3; place++) {
        attempts.observer[attempts.firstObserver(attempt) + place] = 10 * index + place;
      }
      return attempt;
    });
    for (const [index, attempt] of rows.entries()) {
      const observers = [0, 1, 2, 3].map((place) => attempts.observerOf(attempt, place));
      expect(observers).toEqual([10 * index, 10 * index + 1, 10 * index + 2, NONE]);
    }
  });

  it('outdates every event on its way to a row that is recycled', () => {
    const attempts = new Attempts(2);
    const attempt = attempts.take();
    const generation = attempts.generation[attempt];
    attempts.recycle(attempt);
    expect(attempts.take()).toBe(attempt);
    expect(attempts.generation[attempt]).not.toBe(generation);
  });
});
