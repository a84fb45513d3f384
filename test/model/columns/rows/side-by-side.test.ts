import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Attempts } from '../../../../sim/model/columns/attempts.js';
import { JobOutcome, Jobs } from '../../../../sim/model/columns/jobs.js';
import { NONE, Nodes } from '../../../../sim/model/columns/nodes.js';
import { PanelRole, Panels, refusalOf, silenceOf } from '../../../../sim/model/columns/panels.js';
import { OwnColumn } from '../../../../sim/model/columns/rows/own-column.js';
import { RowPool } from '../../../../sim/model/columns/rows/row-pool.js';
import { handleStep, SideBySide } from '../../../../sim/model/columns/rows/side-by-side.js';

const named = (letter: string, count: number) => Array.from({ length: count }, (_, place) => `${letter}${place}`);

describe('SideBySide', () => {
  it('gives every row and column a place of its own', () => {
    const layout = { bytes: named('b', 11), integers: named('i', 16), numbers: named('n', 20) };
    const rows = new SideBySide(layout, 3);
    const bytes = layout.bytes.map((name) => rows.byte(name));
    const integers = layout.integers.map((name) => rows.integer(name));
    const floats = layout.numbers.map((name) => rows.number(name));
    const columns = [...bytes, ...integers, ...floats];
    for (let row = 0; row < 3; row++) {
      for (const [place, column] of columns.entries()) column[row * handleStep] = row * 80 + place;
    }
    for (let row = 0; row < 3; row++) {
      for (const [place, column] of columns.entries()) expect(column[row * handleStep]).toBe(row * 80 + place);
    }
  });

  it('keeps every value when it is enlarged', () => {
    const layout = { bytes: named('b', 9), integers: named('i', 8), numbers: named('n', 9) };
    const small = new SideBySide(layout, 2);
    small.byte('b8')[handleStep] = 200;
    small.integer('i7')[handleStep] = 77;
    small.number('n8')[handleStep] = 0.5;
    const large = new SideBySide(layout, 4, small);
    expect(large.byte('b8')[handleStep]).toBe(200);
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
      jobs.number[job] = 1_000 + index;
      jobs.fee[job] = index;
      jobs.region[job] = index;
      return job;
    });
    for (const [index, job] of rows.entries()) {
      expect([jobs.number[job], jobs.fee[job], jobs.region[job]]).toEqual([1_000 + index, index, index]);
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

describe('Panels', () => {
  it('keep each panel’s members apart when the columns grow', () => {
    const panels = new Panels(2);
    panels.reserveMembers(3);
    const rows = Array.from({ length: 9 }, (_, index) => {
      const panel = panels.take(8 * index, PanelRole.witness, 0, 0);
      panels.asked[panel] = 3;
      for (let place = 0; place < 3; place++) panels.member[panels.firstMember(panel) + place] = 10 * index + place;
      return panel;
    });
    for (const [index, panel] of rows.entries()) {
      const members = [0, 1, 2, 3].map((place) => panels.repliedOf(panel, place));
      expect(members).toEqual([10 * index, 10 * index + 1, 10 * index + 2, NONE]);
      expect(panels.attempt[panel]).toBe(8 * index);
    }
  });

  it('tell who was asked, whether he replied or not, and who refused', () => {
    const panels = new Panels(2);
    panels.reserveMembers(3);
    const panel = panels.take(0, PanelRole.witness, 0, 0);
    panels.asked[panel] = 3;
    for (const [place, member] of [7, refusalOf(8), silenceOf(9)].entries()) panels.member[place] = member;
    expect([0, 1, 2].map((place) => panels.askedOf(panel, place))).toEqual([7, 8, 9]);
    expect([0, 1, 2].map((place) => panels.repliedOf(panel, place))).toEqual([7, 8, NONE]);
    expect([0, 1, 2].map((place) => panels.hasRefused(panel, place))).toEqual([false, true, false]);
  });

  it('outdate every event on its way to a row that is recycled', () => {
    const panels = new Panels(2);
    const panel = panels.take(0, PanelRole.witness, 0, 0);
    const generation = panels.generation[panel];
    panels.recycle(panel);
    expect(panels.take(8, PanelRole.witness, 1, 0)).toBe(panel);
    expect(panels.generation[panel]).not.toBe(generation);
  });
});

describe('a mechanism’s own column', () => {
  it('keeps its numbers when the rows grow', () => {
    const attempts = new Attempts(2);
    const column = new OwnColumn(attempts);
    const rows = Array.from({ length: 9 }, () => attempts.take());
    for (const [index, attempt] of rows.entries()) column.set(attempt, index + 0.5);
    expect(rows.map((attempt) => column.get(attempt))).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5]);
  });
});

describe('Nodes', () => {
  it('tell whether a node was online, up to two changes back', () => {
    const nodes = new Nodes(1);
    const told = () => [5, 15, 25, 35].map((time) => nodes.wasOnline(0, time));
    nodes.isOnline[0] = 1;
    nodes.onlineSince[0] = 10;
    expect(told()).toEqual([false, true, true, true]);
    nodes.isOnline[0] = 0;
    nodes.offlineSince[0] = 20;
    expect(told()).toEqual([false, true, false, false]);
    nodes.isOnline[0] = 1;
    nodes.onlineSince[0] = 30;
    expect(told().slice(1)).toEqual([true, false, true]);
  });
});

describe('Attempts', () => {
  it('outdates every event on its way to a row that is recycled', () => {
    const attempts = new Attempts(2);
    const attempt = attempts.take();
    const generation = attempts.generation[attempt];
    attempts.recycle(attempt);
    expect(attempts.take()).toBe(attempt);
    expect(attempts.generation[attempt]).not.toBe(generation);
  });
});
