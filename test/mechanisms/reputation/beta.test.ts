import { describe, expect, it } from 'vitest';
import { beta } from '../../../sim/mechanisms/reputation/beta.js';
import { Evidence, EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { LiveSettings } from '../../../sim/model/contract/live.js';
import { breaches } from '../../support/invariants.js';
import { buildLoaded, contextsOf, loadText, runUntil } from '../../support/scenarios.js';

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

describe('beta with a half-life', () => {
  const idle = `
    horizon: 40d
    warmUp: 0
    network: single
    protocol:
      epoch: 1d
      assignment: uniform
      verification: none
      reputation: { kind: beta, forgetting: 1, byClass: true, halfLife: 10d }
      slashing: { kind: progressive, neutral: 0.6, maxFraction: 0.1 }
      publish: { every: 0, delay: 0 }
      checkIn: none
    fleet: { a: { nodes: 2, hardware: reference-cpu, completion: 1, quality: 1 } }
    workload:
      w: { class: task, jobs: 24, arrivals: { perHour: 60 }, work: 1s, deadline: none }
      v: { class: iot-oracle, arrivals: { perHour: 0 } }
  `;

  it('forgets half of what it counted in that time, in every class, at epochs’ ends; 0.5 is where it tends', () => {
    const built = buildLoaded(loadText(idle));
    const { nodes } = built.world;
    runUntil(built, 80_000);
    const counts = [0, 1].map((node) => 1 / (1 - nodes.score[node]!) - 2);
    expect(counts[0]! + counts[1]!).toBeCloseTo(24, 9);
    for (const epoch of [1, 7, 10, 30]) {
      runUntil(built, epoch * 86_400 - 1);
      const before = nodes.score[0]!;
      runUntil(built, epoch * 86_400);
      expect(nodes.score[0]).toBeLessThan(before);
      for (const node of [0, 1]) {
        const left = counts[node]! * 2 ** (-epoch / 10);
        expect(nodes.score[node]).toBeCloseTo((left + 1) / (left + 2), 12);
        expect(nodes.publishedScore[node]).toBe(nodes.score[node]);
        expect([0, 1].map((jobClass) => nodes.publishedScoreFor(node, jobClass))).toEqual([nodes.score[node], 0.5]);
      }
    }
    expect(breaches(built)).toEqual([]);
  });

  it('shows slashing rules that look at an epoch the score at its end', () => {
    const built = buildLoaded(loadText(idle));
    const seen: number[] = [];
    const { nodes, roles } = built.world;
    roles.slashing.assess = (node) => {
      if (node === 0) seen.push(nodes.score[node]!);
    };
    const ends = [1, 2, 3].map((epoch) => {
      runUntil(built, epoch * 86_400);
      return nodes.score[0]!;
    });
    expect(seen).toEqual(ends);
  });

  it('without one changes nothing at an epoch’s end', () => {
    const built = buildLoaded(loadText(idle, 'protocol.reputation.halfLife=unlimited'));
    runUntil(built, 80_000);
    const before = [...built.world.nodes.score];
    runUntil(built, 20 * 86_400);
    expect([...built.world.nodes.score]).toEqual(before);
  });

  it.each(['0s', 'never', -1])('refuses %s', (halfLife) => {
    expect(() => loadText(idle, `protocol.reputation.halfLife=${halfLife}`)).toThrow('expected a duration above 0');
  });
});

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
