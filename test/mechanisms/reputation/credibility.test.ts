import { describe, expect, it } from 'vitest';
import { nodeCredibility } from '../../../sim/kernels/voting/group-credibility.js';
import { Evidence, EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { breaches } from '../../support/invariants.js';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';

const base = `
  seed: credibility
  horizon: 4d
  warmUp: 0
  network: single
  money: { treasury: 10000 }
  protocol:
    epoch: 1d
    assignment: uniform
    verification: { kind: spot-check, probability: 0.3 }
    reputation: { kind: credibility, assumedFaulty: 0.2 }
    slashing: none
    checkIn: none
    publish: { every: 0, delay: 0 }
  fleet:
    honest: { nodes: 6, hardware: reference-cpu, quality: 1 }
    liars: { nodes: 4, hardware: reference-cpu, strategy: { kind: always-wrong, wrongProbability: 0.2 } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 1s, deadline: none } }
`;
const build = (...set: readonly string[]) => buildLoaded(loadText(base, ...set));

describe('credibility, the reputation model', () => {
  it.each([
    ['spot-check', false],
    ['spot-check', true],
    ['credibility', false],
  ])(
    'is 1 − f/k, or with blacklists (%s, %s) 1 − f/((1 − f)·k·e), of checks passed since the last failure',
    (...given) => {
      const [scheme, blacklists] = given;
      const built = build(`protocol.verification.kind=${scheme}`, `protocol.reputation.blacklists=${blacklists}`);
      const { jobKeys, kinds, nodes, roles } = built.world;
      // of the attempts' own findings, by whether their job is a spot-check, which the model can't know
      const passed = new Float64Array(nodes.count);
      const scoreAfter = roles.reputation.scoreAfter.bind(roles.reputation);
      roles.reputation.scoreAfter = (evidence, score) => {
        if (evidence.attempt >= 0 && jobKeys.isSpotCheck(evidence.job)) {
          if (evidence.kind === EvidenceKind.success) passed[evidence.subject]!++;
          else if (kinds.isFailure[evidence.kind] === 1) passed[evidence.subject] = 0;
        }
        return scoreAfter(evidence, score);
      };
      runUntil(built, 4 * 86_400);
      for (let node = 0; node < nodes.count; node++) {
        expect(nodes.score[node]).toBe(nodeCredibility(passed[node]!, 0.2, blacklists));
        if (node < 6) expect(passed[node]).toBeGreaterThan(30);
      }
      expect(breaches(built)).toEqual([]);
    },
  );

  it.each([
    [0.2, 0.01, false, 20],
    [0.1, 0.01, false, 10],
    [0.2, 0.01, true, 10],
    [0.35, 0.001, true, 199],
  ])(
    'takes f/ε checks, or f/((1 − f)·ε·e) with blacklists, to 1 − ε: f %d, ε %d, %s',
    (f, error, blacklists, checks) => {
      const { kinds, nodes, roles } = build(
        `protocol.reputation={assumedFaulty: ${f}, blacklists: ${blacklists}}`,
      ).world;
      const theory = f / (blacklists ? (1 - f) * error * Math.E : error);
      expect(Math.ceil(theory - 1e-9)).toBe(checks);
      const evidence = new Evidence();
      for (let one = 1; one <= checks; one++) {
        const about = evidence.about(0, kinds.indexOf('spotCheckPassed'), 1, -1);
        nodes.score[0] = roles.reputation.scoreAfter(about, nodes.score[0]!);
        if (one < checks) expect(nodes.score[0]).toBeLessThan(1 - error);
      }
      expect(nodes.score[0]).toBeGreaterThanOrEqual(1 - error - 1e-12);
      nodes.score[0] = roles.reputation.scoreAfter(
        evidence.about(0, kinds.indexOf('spotCheckFailed'), 1, -1),
        nodes.score[0]!,
      );
      expect(nodes.score[0]).toBe(1 - f);
    },
  );

  it('counts each result that was found to hold where it is told to, and any failure', () => {
    const { nodes, roles } = build('protocol.reputation.counts=results').world;
    const evidence = new Evidence();
    const score = (kind: EvidenceKind) => roles.reputation.scoreAfter(evidence.about(0, kind, 1, -1), nodes.score[0]!);
    for (let one = 0; one < 9; one++) score(EvidenceKind.success);
    expect(score(EvidenceKind.success)).toBeCloseTo(0.98, 12);
    expect(score(EvidenceKind.timeout)).toBe(0.8);
  });

  it('takes a penalty as so many checks less, which the next ones add to', () => {
    const { kinds, nodes, roles } = build().world;
    const passed = kinds.indexOf('spotCheckPassed');
    const evidence = new Evidence();
    for (let one = 0; one < 10; one++) {
      nodes.score[0] = roles.reputation.scoreAfter(evidence.about(0, passed, 1, -1), nodes.score[0]!);
    }
    // 0.98 less 0.08 is that of two checks
    expect(roles.reputation.scoreMoved(0, -0.08)).toBeCloseTo(0.9, 12);
    expect(roles.reputation.scoreAfter(evidence.about(0, passed, 1, -1), 0.9)).toBeCloseTo(1 - 0.2 / 3, 12);
  });

  it('warns where nothing is ever checked', () => {
    const said = (...set: readonly string[]) => loadText(base, ...set).warnings.map(({ why }) => why);
    const why = 'so that no score ever rises';
    expect(said('protocol.verification=none')).toContain(why);
    expect(said()).not.toContain(why);
    expect(said('protocol.verification=none', 'protocol.reputation.counts=results')).not.toContain(why);
  });
});
