import { describe, expect, it } from 'vitest';
import { constant, exponential, lognormal } from '../../../sim/engine/distributions.js';
import { KeyedDraw } from '../../../sim/engine/random-stream.js';
import { createSpans } from '../../../sim/model/outside/spans.js';
import { errorsFrom, meanAndError, twentySeeds } from '../../support/statistics.js';

const never = Number.POSITIVE_INFINITY;
const draw = new KeyedDraw('spans');

describe('scheduled spans', () => {
  it('start at their times, last as drawn, and never come again', () => {
    const spans = createSpans(draw, { at: [10, 100], for: constant(5) });
    expect([spans.start(0), spans.end(0), spans.start(1), spans.end(1)]).toEqual([10, 15, 100, 105]);
    expect([spans.start(2), spans.end(2)]).toEqual([never, never]);
  });

  it('end where the next one starts, at the latest', () => {
    const spans = createSpans(draw, { at: [0, 10, 20], for: exponential(1_000) });
    expect([spans.end(0), spans.end(1)]).toEqual([10, 20]);
    expect(spans.end(2)).toBeGreaterThan(20);
  });
});

describe('drawn spans', () => {
  const make = (seed: string) => createSpans(new KeyedDraw(seed), { between: exponential(300), for: lognormal(60, 1) });
  const numbers = Array.from({ length: 5_000 }, (_, number) => number);

  it('alternate: time without, then a span, both from their distributions, from time 0 on', () => {
    const spans = make('alternate');
    const gaps = numbers.map((number) => spans.start(number) - (number === 0 ? 0 : spans.end(number - 1)));
    const lengths = numbers.map((number) => spans.end(number) - spans.start(number));
    expect(Math.min(...gaps, ...lengths)).toBeGreaterThanOrEqual(0);
    expect(Math.abs(errorsFrom(gaps, 300))).toBeLessThan(4);
    expect(Math.abs(errorsFrom(lengths, lognormal(60, 1).mean))).toBeLessThan(4);
  });

  it('are the same in whatever order they are asked for, and others for another seed', () => {
    const [forth, back] = [make('order'), make('order')];
    const late = back.end(50);
    expect(numbers.slice(0, 51).map((number) => forth.end(number))[50]).toBe(late);
    expect(back.start(3)).toBe(forth.start(3));
    expect(make('other').start(3)).not.toBe(forth.start(3));
  });

  it('of no length, an exponential time apart, are a Poisson process: counts have its mean and its variance', () => {
    const counts = twentySeeds.flatMap((seed) =>
      Array.from({ length: 10 }, (_, part) => {
        const spans = createSpans(new KeyedDraw(`${seed}/${part}`), { between: exponential(50), for: constant(0) });
        let count = 0;
        while (spans.start(count) <= 1_000) count++;
        return count;
      }),
    );
    expect(Math.abs(errorsFrom(counts, 20))).toBeLessThan(4);
    const { mean } = meanAndError(counts);
    const squares = counts.map((count) => (count - mean) ** 2);
    expect(Math.abs(errorsFrom(squares, 20))).toBeLessThan(4);
  });
});
