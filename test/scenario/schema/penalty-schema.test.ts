import { describe, expect, it } from 'vitest';
import { linesOf } from '../../support/refusals.js';
import { loadText, runFinished } from '../../support/scenarios.js';

const base = `
horizon: 2d
warmUp: 0
network: single
protocol:
  assignment: round-robin
  verification: { kind: recompute, share: 1 }
  slashing: { kind: fixed, fraction: 0, byFinding: { invalid: 0.5 } }
  rewards: { kind: fee-split, emission: 0 }
  stake: { minimum: 10, identityFee: 0 }
fleet:
  honest: { nodes: 4, hardware: consumer-gpu, quality: 1 }
  liars: { nodes: 1, hardware: consumer-gpu, strategy: always-wrong }
workload: { w: { class: simulation, arrivals: { perHour: 4 }, work: 1m } }
money: { treasury: 0 }
`;
const refused = (...set: readonly string[]) => linesOf(() => loadText(base, ...set));

describe('slashedTo', () => {
  it('refuses shares that don’t sum to 1, in general and for a finding, with their line', () => {
    expect(refused('protocol.slashedTo={burn: 0.5}')).toEqual([
      expect.stringMatching(/^--set:1:\d+: protocol\.slashedTo: expected shares that sum to 1/),
    ]);
    expect(refused('protocol.slashedTo={byFinding: {invalid: {treasury: 0.7, insurance: 0.2}}}')).toEqual([
      expect.stringMatching(/^--set:1:\d+: protocol\.slashedTo\.byFinding\.invalid: expected shares that sum to 1/),
    ]);
  });

  it('refuses a finding that no mechanism knows, and warns of one that none of the protocol’s brings', () => {
    expect(refused('protocol.slashedTo={byFinding: {invalide: {burn: 1}}}')[0]).toMatch(
      /protocol\.slashedTo\.byFinding\.invalide: expected a known setting, found invalide; did you mean invalid\?$/,
    );
    const told = (...set: readonly string[]) => loadText(base, ...set).warnings.map(({ path }) => path);
    const silence = 'protocol.slashedTo={byFinding: {silence: {burn: 1}}}';
    expect(told(silence)).toEqual(['protocol.slashedTo.byFinding.silence']);
    const wrapped = 'protocol.slashing={kind: correlated, base: matrix, period: 1}';
    expect(told(silence, wrapped)).not.toContain('protocol.slashedTo.byFinding.silence');
    expect(told(silence, 'protocol.slashing=matrix')).not.toContain('protocol.slashedTo.byFinding.silence');
  });

  it('sends what is slashed for a finding where it says, and all else by the general shares', async () => {
    const spent = async (...set: readonly string[]) => {
      const { finished } = await runFinished(loadText(base, ...set));
      const { burned, insurance, slashed } = finished.world.ledger;
      expect(slashed).toBeGreaterThan(50e6);
      return [burned, insurance].map((part) => Math.round((100 * part) / slashed));
    };
    expect(await spent('protocol.slashedTo={byFinding: {timeout: {insurance: 1}}}')).toEqual([100, 0]);
    expect(await spent('protocol.slashedTo={byFinding: {invalid: {insurance: 0.75, burn: 0.25}}}')).toEqual([25, 75]);
  });
});

describe('fixed, by finding', () => {
  it('warns of one that the protocol can’t make', () => {
    const paths = loadText(base, 'protocol.slashing.byFinding.silence=1').warnings.map(({ path }) => path);
    expect(paths).toEqual(['protocol.slashing.byFinding.silence']);
  });
});

describe('appeal', () => {
  it('is none unless it is asked for, and refuses a committee of nobody', () => {
    expect(loadText(base).scenario.protocol.appeal).toBe('none');
    expect(loadText(base, 'protocol.appeal={}').scenario.protocol.appeal).toEqual({
      within: 1,
      committee: 5,
      errorProbability: 0.05,
    });
    expect(refused('protocol.appeal={committee: 0}')[0]).toMatch(/protocol\.appeal\.committee: expected an integer/);
  });
});
