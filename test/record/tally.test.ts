import { describe, expect, it } from 'vitest';
import { Tally } from '../../sim/record/tally.js';

/** A tally in which every count is another multiple of `unit`. */
function filled(unit: number): Tally {
  const tally = new Tally(2, 1);
  let next = unit;
  for (const name of Object.keys(tally)) {
    const column = tally[name as keyof Tally];
    if (column instanceof Float64Array) column.set([next, next + unit].slice(0, column.length));
    else (tally as unknown as Record<string, number>)[name] = next;
    next += unit;
  }
  return tally;
}

const entries = (tally: Tally) => {
  return Object.fromEntries(
    Object.entries(tally).map(([name, count]) => [name, count instanceof Float64Array ? [...count] : count]),
  );
};

describe('Tally', () => {
  it('adds every count of another, and leaves the other alone', () => {
    const tally = filled(1);
    const other = filled(100);
    tally.add(other);
    expect(entries(tally)).toEqual(entries(filled(101)));
    expect(entries(other)).toEqual(entries(filled(100)));
  });

  it('adds what another counted since a mark of it', () => {
    const tally = filled(1);
    tally.addSince(filled(50), filled(20));
    expect(entries(tally)).toEqual(entries(filled(31)));
  });

  it('cleared is a new one', () => {
    const tally = filled(3);
    tally.clear();
    expect(entries(tally)).toEqual(entries(new Tally(2, 1)));
  });
});
