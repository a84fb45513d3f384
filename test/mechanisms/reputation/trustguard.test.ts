import { describe, expect, it } from 'vitest';
import { Evidence, EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { buildLoaded, loadText } from '../../support/scenarios.js';

const base = `
  horizon: 2d
  network: single
  protocol: { reputation: { kind: trustguard, current: 0.4, rise: 0.05, fall: 0.4 } }
  fleet: { a: { nodes: 1, hardware: reference-cpu } }
  workload: { w: { class: task, arrivals: { perHour: 0 } } }
`;

/** Scores at the ends of epochs with so many successes and failures. */
function scoresAfter(epochs: readonly (readonly [number, number])[], ...set: readonly string[]): number[] {
  const { nodes, roles } = buildLoaded(loadText(base, ...set)).world;
  const { reputation } = roles;
  return epochs.map(([successes, failures]) => {
    const before = nodes.score[0]!;
    for (let one = 0; one < successes + failures; one++) {
      const kind = one < successes ? EvidenceKind.success : EvidenceKind.invalid;
      expect(reputation.scoreAfter(new Evidence().about(0, kind, 1, -1), before)).toBe(before);
    }
    nodes.score[0] = reputation.scoreAtEpoch!(0, before);
    return nodes.score[0]!;
  });
}

describe('trustguard', () => {
  it('is α·R + β·mean + γ·ΔR, a fall weighing more than a rise, and stays without jobs', () => {
    const scores = scoresAfter([
      [8, 2],
      [0, 0],
      [5, 5],
      [9, 1],
    ]);
    const means = [0.8, 1.3 / 2, 2.2 / 3];
    const expected = [
      0.4 * 0.8 + 0.6 * means[0]!,
      0.4 * 0.8 + 0.6 * means[0]!,
      0.4 * 0.5 + 0.6 * means[1]! - 0.4 * 0.3,
      0.4 * 0.9 + 0.6 * means[2]! + 0.05 * 0.4,
    ];
    scores.forEach((score, epoch) => {
      expect(score).toBeCloseTo(expected[epoch]!, 12);
    });
  });

  it('falls faster than it rises', () => {
    const [, fallen, risen] = scoresAfter([
      [10, 0],
      [0, 10],
      [10, 0],
    ]);
    expect(1 - fallen!).toBeGreaterThan(risen! - fallen!);
  });

  it('with a memory of 0 knows no past', () => {
    const scores = scoresAfter(
      [
        [0, 10],
        [8, 2],
      ],
      'protocol.reputation.memory=0',
      'protocol.reputation.rise=0',
    );
    expect(scores[1]).toBeCloseTo(0.8, 12);
  });

  it('refuses to weigh a rise more than a fall', () => {
    expect(() => loadText(base, 'protocol.reputation.rise=0.5')).toThrow('at least the weight of a rise');
  });
});
