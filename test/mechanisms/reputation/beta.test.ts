import { describe, expect, it } from 'vitest';
import { beta } from '../../../sim/mechanisms/reputation/beta.js';
import { Evidence, EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { LiveSettings } from '../../../sim/model/contract/live.js';
import { buildLoaded, contextsOf, loadText } from '../../support/scenarios.js';

const built = buildLoaded(
  loadText(`
    horizon: 1d
    fleet: { a: { nodes: 2, hardware: reference-cpu } }
    workload: { w: { class: task, arrivals: { perHour: 1 } } }
  `),
);

function create(forgetting: number) {
  const context = contextsOf(built).all;
  return beta.create(new LiveSettings(context.jobs, [beta.settings.parse({ kind: 'beta', forgetting })]), context);
}

const evidence = new Evidence();

/** The score of node 0 after so many successes, then so many failures. */
function scoreAfter(model: ReturnType<typeof create>, successes: number, failures: number): number {
  let score = model.prior(0);
  for (let one = 0; one < successes; one++)
    score = model.scoreAfter(evidence.about(0, EvidenceKind.success, 1, 0), score);
  for (let one = 0; one < failures; one++)
    score = model.scoreAfter(evidence.about(0, EvidenceKind.invalid, 1, 0), score);
  return score;
}

describe('beta', () => {
  it.each([
    [0, 0, 0.5],
    [1, 0, 2 / 3],
    [8, 1, 9 / 11],
    [40, 10, 41 / 52],
    [0, 5, 1 / 7],
  ])('without forgetting is (r + 1)/(r + s + 2): r = %d, s = %d', (r, s, expected) => {
    expect(scoreAfter(create(1), r, s)).toBeCloseTo(expected, 12);
  });

  it('forgets at each job: r ← λr + x, s ← λs + (1 − x)', () => {
    // r: 1, 1.5, 0.75; s: 0, 0, 1
    expect(scoreAfter(create(0.5), 2, 1)).toBeCloseTo(1.75 / 3.75, 12);
    // r: 0, 1, 1.5; s: 1, 0.5, 0.25
    const model = create(0.5);
    let score = model.scoreAfter(evidence.about(0, EvidenceKind.invalid, 1, 0), 0.5);
    for (const _ of [1, 2]) score = model.scoreAfter(evidence.about(0, EvidenceKind.success, 1, 0), score);
    expect(score).toBeCloseTo(2.5 / 3.75, 12);
    // the limit of failures alone, and of successes alone: r = 1/(1 − λ)
    expect(scoreAfter(create(0.9), 0, 1_000)).toBeCloseTo(1 / 12, 9);
    expect(scoreAfter(create(0.9), 1_000, 0)).toBeCloseTo(11 / 12, 9);
  });

  it('starts anew for a node that joins, and leaves other nodes alone', () => {
    const model = create(1);
    scoreAfter(model, 8, 0);
    const other = model.scoreAfter(evidence.about(1, EvidenceKind.timeout, 1, 0), 0.5);
    expect(other).toBeCloseTo(1 / 3, 12);
    model.nodeJoined?.(0);
    expect(scoreAfter(model, 1, 0)).toBeCloseTo(2 / 3, 12);
  });

  it('takes a penalty as so many failures, which the next jobs don’t undo', () => {
    const model = create(1);
    // (8 + 1)/(8 + 1 + 2), and 0.2 less by failures alone
    built.world.nodes.score[0] = scoreAfter(model, 8, 1);
    const failures = 9 / (9 / 11 - 0.2) - 10;
    expect(model.scoreMoved(0, -0.2)).toBeCloseTo(9 / 11 - 0.2, 12);
    const next = model.scoreAfter(evidence.about(0, EvidenceKind.success, 1, 0), 0);
    expect(next).toBeCloseTo(10 / (9 + failures + 2), 12);
  });

  it('falls to where failures alone come to, and no lower, losing its successes', () => {
    const model = create(0.9);
    built.world.nodes.score[0] = scoreAfter(model, 1_000, 0);
    expect(model.scoreMoved(0, -100)).toBeCloseTo(1 / 12, 12);
    built.world.nodes.score[0] = 1 / 12;
    expect(model.scoreMoved(0, 100)).toBeCloseTo(11 / 12, 12);
  });
});
