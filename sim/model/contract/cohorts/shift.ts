import type { Outline, Remark } from '../definition.js';
import { quantity } from '../settings.js';

/** How far a lie is off where answers are numbers: a setting of all who lie. */
export const shiftSetting = (answer = 'a wrong answer', honest = 'what it computed') =>
  quantity({
    least: -1,
    most: 1_000,
    unit: '1',
    meaning: `How far ${answer} is off where answers are numeric, as a share of ${honest}`,
  }).default(0.1);

/** What of such a shift is in vain in this network. */
export function shiftRemarks(shift: number, { hasNumeric }: Pick<Outline, 'hasNumeric'>): readonly Remark[] {
  if (!hasNumeric) {
    const expected = 'a workload with numeric answers';
    return [{ setting: 'shift', expected, found: `${shift}`, why: 'so that no answer is shifted' }];
  }
  return shift === 0 ? [{ setting: 'shift', expected: 'another than 0', found: '0', why: 'so that nobody lies' }] : [];
}
