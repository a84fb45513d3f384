import { describe, expect, it } from 'vitest';
import { constant, exponential } from '../../../sim/engine/distributions.js';
import { KeyedDraw } from '../../../sim/engine/random-stream.js';
import { createSpans } from '../../../sim/model/outside/spans.js';
import { DemandFactor, type Surge } from '../../../sim/model/outside/surges.js';

const draw = new KeyedDraw('surges');
const surge = (name: string, at: readonly number[], lasting: number, factor: number): Surge => ({
  name,
  spans: createSpans(draw, { at, for: constant(lasting) }),
  factor,
});

/** Every piece up to the horizon: from when, which factor. */
function pieces(surges: readonly Surge[], horizon: number): [from: number, factor: number][] {
  const demand = new DemandFactor(surges);
  const found: [number, number][] = [[0, demand.factor]];
  while (demand.until <= horizon) {
    const from = demand.until;
    demand.advance(from);
    found.push([from, demand.factor]);
  }
  return found;
}

describe('the factor of demand', () => {
  it('is 1 for ever without surges', () => {
    expect(pieces([], 1e9)).toEqual([[0, 1]]);
  });

  it('is that of the surge under way, from its start (included) to its end (excluded)', () => {
    expect(pieces([surge('a', [10, 50], 5, 3)], 1_000)).toEqual([
      [0, 1],
      [10, 3],
      [15, 1],
      [50, 3],
      [55, 1],
    ]);
  });

  it('is the product where surges overlap, and 0 in a lull', () => {
    const surges = [surge('a', [0], 20, 4), surge('b', [10], 20, 0.5), surge('c', [25], 10, 0)];
    expect(pieces(surges, 1_000)).toEqual([
      [0, 4],
      [10, 2],
      [20, 0.5],
      [25, 0],
      [30, 0],
      [35, 1],
    ]);
  });

  it('skips spans that are over before they can be seen', () => {
    const spans = createSpans(draw, { between: exponential(1), for: exponential(1) });
    const demand = new DemandFactor([{ name: 'a', spans, factor: 2 }]);
    demand.advance(5_000);
    let number = 0;
    while (spans.end(number) <= 5_000) number++;
    expect(demand.factor).toBe(spans.start(number) <= 5_000 ? 2 : 1);
    expect(demand.until).toBe(demand.factor === 2 ? spans.end(number) : spans.start(number));
  });
});
