import { describe, expect, it } from 'vitest';
import { Evidence, EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { linesOf } from '../../support/refusals.js';
import { buildLoaded, loadText } from '../../support/scenarios.js';

const base = `
  horizon: 60d
  network: single
  protocol:
    reputation: { kind: stake-compute, prior: 0.5, priorWeight: 20, halfLife: 30d }
    verification: proof-of-compute
  fleet: { a: { nodes: 2, hardware: reference-cpu } }
  workload: { w: { class: task, arrivals: { perHour: 0 } } }
`;
const { success, timeout, invalid, checkInMade, checkInMissed, inconclusive } = EvidenceKind;

/** A world in which the test presents findings itself. */
function presented(...set: readonly string[]) {
  const built = buildLoaded(loadText(base, ...set));
  const { measures, nodes, roles } = built.world;
  const evidence = new Evidence();
  const present = (kind: number, times: number, attempt = 0) => {
    for (let one = 0; one < times; one++) {
      evidence.about(0, kind, 1, -1);
      evidence.attempt = attempt;
      nodes.score[0] = roles.reputation.scoreAfter(evidence, nodes.score[0]!);
    }
    return nodes.score[0]!;
  };
  const atEpoch = (proven: number) => {
    measures.column('provenCompute')[0] = proven;
    nodes.score[0] = roles.reputation.scoreAtEpoch!(0, nodes.score[0]!);
    return nodes.score[0]!;
  };
  return { built, present, atEpoch, reputation: roles.reputation, nodes };
}

describe('stake-compute', () => {
  it('is 0.4 · completion + 0.4 · accuracy + 0.2 · uptime, each drawn to the prior by 20 observations', () => {
    const { present, atEpoch } = presented();
    present(success, 70);
    present(invalid, 10);
    present(timeout, 20);
    present(checkInMade, 90, -1);
    present(checkInMissed, 10, -1);
    const mean = (sum: number, count: number) => (sum + 10) / (count + 20);
    expect(atEpoch(1)).toBeCloseTo(0.4 * mean(80, 100) + 0.4 * mean(70, 80) + 0.2 * mean(90, 100), 12);
  });

  it('starts at the prior, and what says nothing of the node leaves it there', () => {
    const { present, nodes } = presented();
    expect(nodes.score[0]).toBe(0.5);
    expect(present(inconclusive, 5)).toBe(0.5);
  });

  it('loses what of the declared compute isn’t proven, in the mean of its proofs', () => {
    const { present, atEpoch } = presented('protocol.reputation.priorWeight=0');
    present(success, 10);
    present(checkInMade, 10, -1);
    expect(atEpoch(1)).toBe(1);
    expect(atEpoch(0.5)).toBeCloseTo(0.75, 12);
    expect(atEpoch(0)).toBeCloseTo(0.5, 12);
  });

  it('counts an answer that is refuted later, and nothing else that is of no attempt', () => {
    const { present } = presented();
    expect(present(timeout, 1, -1)).toBe(0.5);
    // accuracy of 10 in 21
    expect(present(invalid, 1, -1)).toBeCloseTo(0.3 + (0.4 * 10) / 21, 12);
  });

  it('fades by half in a half-life, penalties too', () => {
    const { present, built, reputation, nodes } = presented();
    present(success, 20);
    nodes.score[0] = reputation.scoreMoved(0, -0.2);
    built.world.simulation.runUntil(30 * 86_400, built.handlers);
    // twenty jobs count as ten; check-ins of thirty days are all made
    const parts = (10 + 10) / 30;
    const uptimes = (nodes.score[0]! + 0.1 - 0.8 * parts) / 0.2;
    expect(uptimes).toBeGreaterThan(0.95);
    expect(uptimes).toBeLessThanOrEqual(1);
  });

  it('forgets with the history', () => {
    const { present, reputation } = presented();
    expect(present(timeout, 10)).toBeLessThan(0.5);
    expect(reputation.historyReset(0)).toBe(0.5);
    expect(present(success, 1)).toBeGreaterThan(0.5);
  });

  it('with weights that don’t sum to 1 is refused with its line', () => {
    const lines = linesOf(() => loadText(base, 'protocol.reputation.weights={ uptime: 0.5 }'));
    expect(lines.join('\n')).toMatch(/:\d+:\d+.*reputation\.weights: expected weights that sum to 1/);
  });
});
