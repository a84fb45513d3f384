import { describe, expect, it } from 'vitest';
import { acceptedByNode } from '../../support/accepted.js';
import { linesOf } from '../../support/refusals.js';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';
import { chiSquared, errorsFrom, twentySeeds } from '../../support/statistics.js';

const machine = 'nodes: 1, hardware: reference-cpu, quality: 1';

/** Nodes that are free whenever a job comes, of other stakes, bids and scores each. */
const base = `
  horizon: 2d
  network: single
  protocol:
    assignment: weighted-bids
    reputation: { kind: ema, alpha: 0 }
    checkIn: none
    queueLimit: unlimited
  fleet:
    a: { ${machine}, stake: 100 }
    b: { ${machine}, stake: 300 }
    c: { ${machine}, stake: 100, strategy: { kind: bidder, bid: 0.5, least: 0.5, step: 0 } }
    d: { ${machine}, stake: 500 }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1s, deadline: none } }
`;
const scores = [0.2, 0.4, 0.2, 0.2];

function attemptsBy(seed: string, ...set: readonly string[]): number[] {
  const built = buildLoaded(loadText(base, `seed=${seed}`, ...set));
  const { nodes, roles } = built.world;
  runUntil(built, 1);
  for (const [node, score] of scores.entries()) {
    nodes.score[node] = score;
    nodes.publishedScore[node] = score;
    roles.assignment.nodeChanged(node);
  }
  runUntil(built, 172_800);
  return acceptedByNode(built);
}

describe('weighted-bids', () => {
  const price = [1, 1, 0.5, 1].map((bid) => Math.exp(-bid / 0.2));
  const shares = [[0.1, 0.3, 0.1, 0.5], scores, price.map((one) => one / price.reduce((sum, each) => sum + each))];
  const expected = (weights: readonly number[]) =>
    [0, 1, 2, 3].map((node) => weights.reduce((sum, weight, factor) => sum + weight * shares[factor]![node]!, 0));

  it.each([
    ['a third each', [1, 1, 1]],
    ['stake and price, two to one', [2, 0, 1]],
    ['score alone', [0, 1, 0]],
  ])('draws by shares of stake, score and low price: %s', (_, weights) => {
    const [stake, score, low] = weights;
    const set = [`protocol.assignment={ stakeWeight: ${stake}, scoreWeight: ${score}, priceWeight: ${low} }`];
    const errors = twentySeeds.map((seed) => chiSquared(attemptsBy(seed, ...set), expected(weights)).errors);
    expect(Math.abs(errorsFrom(errors, 0))).toBeLessThan(4);
  });

  it('leaves an attempt to the next factor where nobody has a share by the first', () => {
    const set = ['protocol.assignment={ priceWeight: 0 }', 'protocol.reputation={ kind: ema, floor: 0, initial: 0 }'];
    const built = buildLoaded(loadText(base, ...set));
    runUntil(built, 86_400);
    const counts = acceptedByNode(built);
    expect(chiSquared(counts, shares[0]!).errors).toBeLessThan(4);
    expect(counts.reduce((sum, each) => sum + each)).toBeGreaterThan(1_000);
  });

  it('without any weight is refused with its line', () => {
    const none = 'protocol.assignment={ stakeWeight: 0, scoreWeight: 0, priceWeight: 0 }';
    expect(linesOf(() => loadText(base, none)).join('\n')).toMatch(/:\d+:\d+.*assignment: expected a weight above 0/);
  });
});
