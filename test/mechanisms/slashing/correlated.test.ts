import { describe, expect, it } from 'vitest';
import { Evidence, EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { Penalty } from '../../../sim/model/contract/findings/penalty.js';
import { LiveSettings } from '../../../sim/model/contract/live.js';
import { Registry } from '../../../sim/scenario/schema/registry.js';
import { buildLoaded, contextsOf, loadText, records, runFinished, tableNamed } from '../../support/scenarios.js';

const correlated = Registry.builtIn().entry('slashing', 'correlated');

/** A rule over `fixed` in a network of so many nodes with 32 tokens each, and what asks it. */
function create(nodes: number, given: object) {
  const built = buildLoaded(
    loadText(`
      horizon: 1d
      fleet: { a: { nodes: ${nodes}, hardware: reference-cpu, stake: 32 } }
      workload: { w: { class: task, arrivals: { perHour: 1 } } }
    `),
  );
  const context = contextsOf(built).slashing;
  context.kinds.register(correlated.kinds!);
  const base = { kind: 'fixed', fraction: 0.01 };
  const settings = correlated.settings.parse({ kind: 'correlated', base, ...given });
  const rule = correlated.create(new LiveSettings(context.jobs, [settings]), context);
  const penalty = new Penalty();
  let epoch = 0;
  return {
    nodes: built.world.nodes,
    /** What a failure costs at once. */
    fails: (node: number): Penalty => {
      penalty.clear();
      rule.penalize(new Evidence().about(node, EvidenceKind.invalid, 1, -1), 1, penalty);
      return penalty;
    },
    /** Whole tokens that the end of an epoch costs each node. */
    endEpoch: (): number[] => {
      const tokens: number[] = [];
      for (let node = 0; node < nodes; node++) {
        penalty.clear();
        rule.assess!(node, penalty);
        tokens.push(penalty.stakeAmount / 1e6);
      }
      rule.epochEnded!(++epoch);
      return tokens;
    },
  };
}

describe('correlated', () => {
  // penalties of 32 staked tokens in the consensus specification of a network of validators
  it.each([
    [100, 1, 1, 0],
    [100, 1, 2, 0],
    [100, 1, 3, 0],
    [30, 3, 1, 3],
    [30, 3, 2, 6],
    [30, 3, 3, 9],
    [30, 10, 1, 10],
    [30, 10, 2, 21],
    [30, 10, 3, 32],
    [30, 30, 3, 32],
  ])('of %d nodes %d slashed at multiplier %d: each loses floor(min(B, m · S · B / T)) = %d', (...given) => {
    const [nodes, slashed, multiplier, expected] = given;
    const rule = create(nodes, { multiplier, period: 1 });
    for (let node = 0; node < slashed; node++) expect(rule.fails(node).stakeFraction).toBe(0.01);
    const tokens = rule.endEpoch();
    expect(tokens).toEqual(tokens.map((_, node) => (node < slashed ? expected : 0)));
  });

  it('counts the slashes of a period together, each node by its stake before its first, and then anew', () => {
    const rule = create(8, { multiplier: 1, period: 3 });
    rule.fails(0);
    rule.nodes.stake[0] = 16e6;
    rule.fails(0);
    expect(rule.endEpoch()).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    rule.fails(1);
    expect(rule.endEpoch()).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    // a quarter of 256 tokens
    expect(rule.endEpoch()).toEqual([8, 8, 0, 0, 0, 0, 0, 0]);
    for (let epoch = 0; epoch < 3; epoch++) expect(rule.endEpoch()).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });

  it('leaves alone whom its base doesn’t slash, and those who left with nothing', () => {
    const rule = create(4, { multiplier: 3, period: 1, base: { kind: 'progressive', neutral: 0.5 } });
    expect(rule.fails(0).isNone).toBe(true);
    expect(rule.endEpoch()).toEqual([0, 0, 0, 0]);
  });

  it('refuses a base that isn’t one, and tells what of its base is in vain', () => {
    const scenario = `
      horizon: 3d
      fleet: { a: { nodes: 3, hardware: reference-cpu } }
      workload: { w: { class: task, arrivals: { perHour: 1 } } }
    `;
    expect(() => loadText(scenario, 'protocol.slashing={kind: correlated, base: none}')).toThrow(
      /protocol\.slashing\.base/,
    );
    const set = 'protocol.slashing={kind: correlated, base: {kind: fixed, bondFraction: 0.5}, period: 4}';
    const paths = loadText(scenario, set).warnings.map(({ path }) => path);
    expect(paths).toContain('protocol.slashing.base.bondFraction');
    expect(paths).toContain('protocol.slashing.period');
    // and that it adds nothing in three epochs, also by default
    expect(loadText(scenario, 'protocol.slashing=correlated').warnings).toMatchObject([
      { path: 'protocol.slashing', expected: 'period of at most the epochs of the run, 3', found: '18' },
    ]);
  });

  it('in a run takes whole tokens at the period’s end, of a third that lies ten of 32', async () => {
    const result = await runFinished(
      loadText(`
        horizon: 2d
        warmUp: 0
        network: single
        protocol:
          assignment: round-robin
          checkIn: none
          verification: { kind: recompute, share: 1 }
          slashing: { kind: correlated, multiplier: 1, period: 2, base: { kind: fixed, fraction: 0.000001 } }
          rewards: { kind: fee-split, emission: 0 }
        fleet:
          honest: { nodes: 6, hardware: consumer-gpu, stake: 32, quality: 1 }
          liars: { nodes: 3, hardware: consumer-gpu, stake: 32, strategy: always-wrong }
        workload: { w: { class: simulation, arrivals: { perHour: 10 }, work: 1m } }
      `),
    );
    const correlations = records(tableNamed(result, 'slashings')).filter(({ cause }) => cause === 'correlation');
    expect(correlations.map(({ cohort, amountTokens, timeDays }) => [cohort, amountTokens, timeDays])).toEqual([
      ['liars', 10, 2],
      ['liars', 10, 2],
      ['liars', 10, 2],
    ]);
  });
});
