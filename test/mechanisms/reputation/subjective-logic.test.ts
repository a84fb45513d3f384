import { describe, expect, it } from 'vitest';
import { subjectiveLogic as logic, type Opinion } from '../../../sim/kernels/trust/subjective-logic.js';
import { Evidence, EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { breaches } from '../../support/invariants.js';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';
import { watchRatings, witnessed } from '../../support/witness-ratings.js';

const day = 86_400;
const build = (...set: readonly string[]) =>
  buildLoaded(loadText(witnessed, 'protocol.reputation=subjective-logic', ...set));

/** Somebody who is right with this probability, surely. */
const teller = (probability: number): Opinion => ({
  belief: probability,
  disbelief: 1 - probability,
  uncertainty: 0,
  baseRate: 0.5,
});

describe('subjective-logic', () => {
  it('fuses what witnesses hold, each discounted by what was expected of it, as the kernel does', () => {
    const built = build('protocol.reputation={baseRate: 0.3, forgetting: 0.5}');
    const { pairsAt } = watchRatings(built, day);
    const { nodes } = built.world;
    let expected = Array.from({ length: nodes.count }, () => 0.3);
    for (const epoch of [1, 2, 3]) {
      runUntil(built, epoch * day);
      const opinions = Array.from({ length: nodes.count }, () => logic.opinion(0, 0, 0.3));
      for (const { rater, subject, positive, negative } of pairsAt(epoch, 0.5)) {
        const told = logic.discounted(teller(expected[rater]!), logic.opinion(positive, negative, 0.3));
        opinions[subject] = { ...logic.fused(opinions[subject]!, told), baseRate: 0.3 };
      }
      expected = opinions.map((opinion) => logic.expectation(opinion));
      const measured = built.world.measures.column('uncertainty');
      for (let node = 0; node < nodes.count; node++) {
        expect(nodes.score[node]).toBeCloseTo(expected[node]!, 5);
        expect(measured[node]).toBeCloseTo(opinions[node]!.uncertainty, 5);
      }
    }
    expect(breaches(built)).toEqual([]);
  });

  it.each([
    [0, 0, 0.1],
    [1, 0, 0.1],
    [1, 0, 0.5],
    [18, 0, 0.1],
    [7, 3, 0.5],
  ])('after %d successes and %d failures that the network found itself is (n + 2a)/(n + m + 2), a = %d', (...given) => {
    const [successes, failures, baseRate] = given;
    const { nodes, roles } = build(`protocol.reputation={baseRate: ${baseRate}, forgetting: 1}`).world;
    const { reputation } = roles;
    const evidence = new Evidence();
    for (let one = 0; one < successes + failures; one++) {
      const kind = one < successes ? EvidenceKind.success : EvidenceKind.invalid;
      expect(reputation.scoreAfter(evidence.about(0, kind, 1, -1), nodes.score[0]!)).toBe(nodes.score[0]);
    }
    reputation.reckon!(1);
    const expected = (successes + 2 * baseRate) / (successes + failures + 2);
    expect(reputation.scoreAtEpoch!(0, 0)).toBeCloseTo(expected, 12);
  });

  it('takes of one teller at most 2p/(1 − p), however much he has seen', () => {
    expect(logic.toldEvidence(1e12, 1e12, 0.8)).toBeCloseTo(8, 9);
    expect(logic.toldEvidence(5, 7, 1)).toBe(5);
    expect(logic.toldEvidence(5, 7, 0)).toBe(0);
  });

  it('goes back to the base rate as evidence fades', () => {
    const built = build('protocol.reputation={baseRate: 0.2, forgetting: 0.5}', 'workload.w.jobs=600');
    const { nodes } = built.world;
    runUntil(built, day);
    expect(nodes.score[0]).toBeGreaterThan(0.5);
    runUntil(built, 8 * day);
    const left = built.world.measures.column('uncertainty')[0]!;
    expect(left).toBeGreaterThan(0.5);
    expect(nodes.score[0]).toBeLessThan(0.5);
  });
});
