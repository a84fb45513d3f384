import { describe, expect, it } from 'vitest';
import { Measures } from '../../../../sim/model/columns/rows/measures.js';

const rate = { unit: 'fraction', meaning: 'Share of successes' };

describe('a measure', () => {
  it('is one column by its name, NaN until its publisher fills it, whoever asks first', () => {
    const measures = new Measures(3);
    const read = measures.column('successFraction');
    expect([...read]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(measures.published).toEqual([]);
    const written = measures.column('successFraction', rate);
    written[1] = 0.5;
    expect(read[1]).toBe(0.5);
    expect(measures.published).toMatchObject([{ name: 'successFraction', ...rate }]);
    expect(measures.published[0]!.values).toBe(read);
  });

  it('has one meaning', () => {
    const measures = new Measures(1);
    measures.column('successFraction', rate);
    measures.column('successFraction', { ...rate });
    expect(measures.published).toHaveLength(1);
    expect(() => measures.column('successFraction', { ...rate, unit: 's' })).toThrow('one meaning');
  });
});
