import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CensoredSample } from '../../sim/kernels/censored-sample.js';
import { kaplanMeierCurve } from '../../sim/kernels/kaplan-meier.js';

const times = (most: number) => fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: most });

describe('CensoredSample', () => {
  it('is where the curve of Kaplan and Meier comes down to what is asked', () => {
    fc.assert(
      fc.property(times(40), times(40), fc.constantFrom(0.05, 0.25, 0.5, 0.9, 0.95), (events, censored, share) => {
        const curve = kaplanMeierCurve([
          ...events.map((time) => ({ time, isObserved: true })),
          ...censored.map((time) => ({ time, isObserved: false })),
        ]);
        const expected = curve.find(({ surviving }) => surviving <= 1 - share + 1e-9)?.time ?? Number.NaN;
        const sample = new CensoredSample(Float64Array.from(events), Float64Array.from(censored));
        expect(sample.quantile(share)).toBe(expected);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('is never, where more than the rest is still waited for', () => {
    const events = Float64Array.from({ length: 86 }, (_, job) => job);
    const open = Float64Array.from({ length: 837 }, (_, job) => job / 8);
    expect(new CensoredSample(events, open).quantile(0.95)).toBeNaN();
    expect(new CensoredSample(new Float64Array(0), open).quantile(0.5)).toBeNaN();
  });
});
