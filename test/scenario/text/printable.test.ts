import { describe, expect, test } from 'vitest';
import { toJsonLine, toPrintable } from '../../../sim/scenario/text/printable.js';

describe('what goes to a terminal', () => {
  test('loses what could steer it or turn the direction of writing', () => {
    expect(toPrintable('a\u001b[2Jb\u0007\u009b1mc\u202ed\r\n\te')).toBe('a[2Jb1mcd   e');
  });

  test('stays the same data as JSON', () => {
    const value = { text: 'a\u001b\u009b\u202e\u2028\u{e0001}é' };
    const line = toJsonLine(value);
    expect(toPrintable(line)).toBe(line);
    expect(JSON.parse(line)).toEqual(value);
  });
});
