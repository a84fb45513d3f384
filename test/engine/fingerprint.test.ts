import { describe, expect, it } from 'vitest';
import { Fingerprint } from '../../sim/engine/fingerprint.js';

function ofWords(words: readonly number[]): string {
  const fingerprint = new Fingerprint();
  for (const word of words) fingerprint.add(word);
  return fingerprint.toString();
}

function ofFloats(values: readonly number[]): string {
  const fingerprint = new Fingerprint();
  for (const value of values) fingerprint.addFloat(value);
  return fingerprint.toString();
}

describe('Fingerprint', () => {
  it('changes only on purpose', () => {
    expect(ofWords([])).toBe('74f018baa3c512d3');
    expect(ofWords([1, 2, 0xffffffff])).toBe('af720216a804f5d9');
    expect(ofFloats([0.1, -1e300, Infinity])).toBe('01387bd866451b4b');
  });

  it('tells sequences apart that differ in one bit, in order or in a trailing zero', () => {
    const seen = new Set<string>();
    const base = [7, 0, 0, 9];
    seen
      .add(ofWords(base))
      .add(ofWords([0, 7, 0, 9]))
      .add(ofWords([7, 0, 0, 9, 0]))
      .add(ofWords([7, 0, 9]));
    for (let word = 0; word < 4; word++) {
      for (let bit = 0; bit < 32; bit++) {
        seen.add(ofWords(base.map((value, i) => (i === word ? value ^ (1 << bit) : value))));
      }
    }
    expect(seen.size).toBe(4 + 128);
  });

  it('has no collision among 300,000 short sequences', () => {
    const seen = new Set<string>();
    for (let a = 0; a < 1000; a++) for (let b = 0; b < 300; b++) seen.add(ofWords([a, b << 20]));
    expect(seen.size).toBe(300_000);
  });

  it('takes words modulo 2^32, 0 as -0, and every NaN as one', () => {
    expect(ofWords([-1])).toBe(ofWords([0xffffffff]));
    expect(ofFloats([0])).toBe(ofFloats([-0]));
    expect(ofFloats([Number.NaN])).toBe(ofFloats([0 / 0]));
    expect(ofFloats([1])).not.toBe(ofFloats([1 + 2 ** -52]));
  });

  it('may be read between additions without changing what follows', () => {
    const read = new Fingerprint();
    read.add(1);
    read.toString();
    read.add(2);
    expect(read.toString()).toBe(ofWords([1, 2]));
  });
});
