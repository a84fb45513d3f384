import { describe, expect, it } from 'vitest';
import { hindrancesOf } from '../../../../sim/inspect/hindrances.js';
import { Limit } from '../../../../sim/model/columns/limits.js';
import { NONE, NodeState } from '../../../../sim/model/columns/nodes.js';
import { secondsPerYear } from '../../../../sim/model/contract/units.js';
import { honestTwin } from '../../../../sim/scenario/plan/fleet/honest-twin.js';
import { breaches } from '../../../support/invariants.js';
import { linesOf } from '../../../support/refusals.js';
import { buildLoaded, loadText, records, runFinished, runUntil, tableNamed } from '../../../support/scenarios.js';

const day = 86_400;
/** Throughputs of the two classes, reference card = 1. */
const [large, small] = [2.57, 0.357];

const text = `
seed: tokens
horizon: 20d
warmUp: 0
network: single
protocol:
  assignment: uniform
  verification: { kind: proof-of-compute, passProbability: 0 }
  reputation: { kind: ema }
  slashing: { kind: fixed, fraction: 0, byFinding: { computeUnproven: 0.05 } }
  checkIn: none
  stake: { minimum: 10, identityFee: 0, resourceToken: true }
  rewards: { kind: fee-split, operator: 1, verifiers: 0, treasury: 0, emission: 0, emissionBy: compute }
fleet:
  large: { nodes: 2, hardware: l40s, quality: 1, funds: 10 }
  small: { nodes: 2, hardware: rtx-3060, quality: 1, funds: 100 }
workload: { w: { class: task, arrivals: { perHour: 0 }, work: 1m, fee: 1, deadline: none } }
`;
const sale = (settings: string) => `fleet.large.sellsResourceTokens={ to: small, at: 250h, ${settings} }`;
const build = (...set: readonly string[]) => buildLoaded(loadText(text, ...set));
const atTheEnd = (built: ReturnType<typeof build>) => {
  runUntil(built, 20 * day);
  return built.world;
};

describe('a resource token', () => {
  it('is one for each machine: of its identities one works, the first that came', () => {
    const built = build('fleet.small={ nodes: 6, strategy: { kind: honest, identitiesPerMachine: 3 } }');
    runUntil(built, day);
    const { nodes } = built.world;
    expect([...nodes.resourceToken]).toEqual([0, 1, 2, NONE, NONE, 3, NONE, NONE]);
    expect([...nodes.isActive]).toEqual([1, 1, 1, 0, 0, 1, 0, 0]);
    expect(breaches(built)).toEqual([]);
  });

  it('is nothing that nodes lack where the protocol asks for none', () => {
    const built = build('protocol.stake.resourceToken=false');
    expect([atTheEnd(built).nodes.resourceToken.length, ...built.world.nodes.isActive]).toEqual([0, 1, 1, 1, 1]);
  });

  it('goes to another identity of the machine when its holder leaves, which is served at once', () => {
    const identities = 'fleet.small={ nodes: 2, strategy: { kind: honest, identitiesPerMachine: 2 }, funds: 0 }';
    const built = build(identities, 'fleet.large.leaves={ at: 2d }', 'fleet.large.nodes=1');
    const { nodes } = built.world;
    runUntil(built, 3 * day);
    expect([...nodes.resourceToken]).toEqual([NONE, 1, NONE]);
    built.lives.nodeLife.nodeLeft(1);
    expect([...nodes.resourceToken]).toEqual([NONE, NONE, 1]);
    expect([...nodes.isActive]).toEqual([0, 0, 1]);
    expect(breaches(built)).toEqual([]);
  });

  it.each(['proof-of-compute', '[proof-of-compute, none]', '{ kind: by-class, classes: { task: proof-of-compute } }'])(
    'keeps what %s proved of the machine for whoever enters afresh on it',
    (scheme) => {
      const washer = 'strategy: { kind: whitewash, low: 0.9 }, wear: { every: 12h, loss: 0.5, share: 1 }, funds: 500';
      const built = build(
        `fleet.small={ nodes: 1, hardware: rtx-3060, ${washer} }`,
        'fleet.large.nodes=1',
        `protocol.verification=${scheme}`,
      );
      const { measures, nodes } = built.world;
      runUntil(built, 1.1 * day);
      const proven = measures.column('provenCompute');
      expect([nodes.state[1], nodes.state[2]]).toEqual([NodeState.left, NodeState.present]);
      expect([...nodes.resourceToken.subarray(0, 3)]).toEqual([0, NONE, 1]);
      expect([proven[0], proven[2]]).toEqual([1, proven[1]]);
      expect(proven[1]).toBeLessThan(0.6);
      expect(breaches(built)).toEqual([]);
    },
  );

  it('leaves jobs without a node for want of it, and tells so', async () => {
    const sold = 'fleet.large.sellsResourceTokens={ to: small, at: 10d }';
    const jobs = [
      'workload.w.arrivals.perHour=4',
      'fleet.small.stake=1',
      'horizon=15d',
      'workload.w.deadline={ times: 60 }',
    ];
    const result = await runFinished(loadText(text, sold, ...jobs));
    const reasons = records(tableNamed(result, 'unserved')).map(({ reason }) => reason);
    expect(reasons).toEqual(['noResourceToken']);
    const loaded = loadText(text, sold, ...jobs);
    const kept = hindrancesOf(records(tableNamed(result, 'nodes'))[0]!, {
      scenario: loaded.scenario,
      protocolAtEnd: () => loaded.scenario.protocol,
    });
    expect(kept).toEqual({ barred: 'it holds no resource token, of which each machine has one', beyond: '' });
    const states = records(tableNamed(result, 'capacity')).map(({ state, nodesMean }) => [state, nodesMean]);
    expect(states).toEqual([
      ['lowStake', 2],
      ['noResourceToken', 2],
    ]);
  });
});

describe('resource tokens that are sold', () => {
  it('change hands pair by pair for their price, and no other token is lost or made', () => {
    const built = build(sale('price: 30'));
    runUntil(built, 10 * day);
    const { ledger, nodes, operators } = built.world;
    const before = [...ledger.balance.subarray(0, 4)];
    runUntil(built, 10.5 * day);
    expect([...ledger.balance.subarray(0, 4)].map((balance, place) => balance - before[place]!)).toEqual([
      30e6, 30e6, -30e6, -30e6,
    ]);
    expect([...operators.resourceTokens]).toEqual([-30e6, -30e6, 30e6, 30e6]);
    expect([...nodes.resourceToken]).toEqual([NONE, NONE, 0, 1]);
    expect([...nodes.isActive]).toEqual([0, 0, 1, 1]);
    expect(breaches(built)).toEqual([]);
    expect(atTheEnd(built).ledger.residue()).toBe(0);
  });

  it('have the buyer taken for the machine that they attest, by all that the network sees', () => {
    const built = build(sale('price: 0'));
    const { nodes } = built.world;
    const seenOf = (node: number) => [nodes.hardware, nodes.throughput, nodes.slots].map((column) => column[node]);
    const ofSeller = seenOf(0);
    expect(seenOf(2)).not.toEqual(ofSeller);
    runUntil(built, 10.5 * day);
    expect(seenOf(2)).toEqual(ofSeller);
    expect(breaches(built)).toEqual([]);
  });

  it('are found out by the next proof, which is held against what they attest', () => {
    const { nodes } = atTheEnd(build(sale('price: 0')));
    // ten ends of epochs from the eleventh day on
    expect(nodes.stake[2]! / 1e6).toBeCloseTo(100 * 0.95 ** 10, 3);
    expect(nodes.stake[0]).toBe(100e6);
  });

  it('earn emission for what they attest as long as no proof shows less', () => {
    const earned = (...set: readonly string[]) => {
      const { ledger } = atTheEnd(build(sale('price: 0'), 'protocol.rewards.emission=0.5', ...set));
      return [0, 2].map((node) => ledger.earned(node) / 1e6);
    };
    const perDay = (100 * 0.5 * day) / secondsPerYear;
    const until = 250 / 24;
    const [honestly, seller] = [small * perDay, large * perDay];
    const unseen = earned('protocol.slashing=none', 'protocol.verification.every=365');
    expect(unseen[0]).toBeCloseTo(seller * until, 3);
    expect(unseen[1]).toBeCloseTo(honestly * until + seller * (20 - until), 3);
    const found = earned('protocol.slashing=none');
    expect(found[1]).toBeCloseTo(honestly * 20, 3);
  });

  it('go to who has none first, so that a swarm on one machine comes to work with each of its identities', () => {
    const swarm = 'fleet.small={ nodes: 3, strategy: { kind: honest, identitiesPerMachine: 3 }, funds: 100 }';
    const built = build(swarm, sale('price: 1'));
    runUntil(built, 10.5 * day);
    const { nodes } = built.world;
    expect([...nodes.resourceToken]).toEqual([NONE, NONE, 2, 0, 1]);
    expect([...nodes.isActive]).toEqual([0, 0, 1, 1, 1]);
    expect(breaches(built)).toEqual([]);
  });

  it('leave the buyer’s own to another identity of its machine, and come back by a sale the other way', () => {
    const back = 'fleet.small.sellsResourceTokens={ to: large, at: 300h }';
    const built = build(sale('price: 1'), back);
    runUntil(built, 11 * day);
    expect([...built.world.nodes.resourceToken]).toEqual([NONE, NONE, 0, 1]);
    runUntil(built, 13 * day);
    // who sells what it bought works with its own again
    expect([...built.world.nodes.resourceToken]).toEqual([0, 1, 2, 3]);
    expect(built.world.nodes.throughput[2]).toBe(small);
    expect(breaches(built)).toEqual([]);
  });

  it('stay with the seller where the buyer’s operator can’t pay, which is counted', () => {
    const { limits, nodes, operators } = atTheEnd(build(sale('price: 200')));
    expect([...nodes.resourceToken]).toEqual([0, 1, 2, 3]);
    expect([limits.times[Limit.operatorTokens], operators.resourceTokens[0]]).toEqual([2, 0]);
  });

  it('are charges to who buys, and income to who sells', async () => {
    const result = await runFinished(loadText(text, sale('price: 30')));
    const [seller, buyer] = records(tableNamed(result, 'cohorts'));
    expect([seller!.incomeUsd, seller!.chargesUsd]).toEqual([60, 0]);
    expect([buyer!.incomeUsd, buyer!.chargesUsd]).toEqual([0, 60]);
  });

  it('aren’t sold in the honest twin of who buys or sells as an attacker', () => {
    const honest = loadText(text, sale('price: 1'));
    expect(honestTwin(honest).scenario.fleet.large!.sellsResourceTokens).toBeDefined();
    for (const attacker of ['large', 'small']) {
      const twin = honestTwin(loadText(text, sale('price: 1'), `fleet.${attacker}.attack=spoof`));
      expect(twin.scenario.fleet.large!.sellsResourceTokens).toBeUndefined();
    }
  });
});

describe('a change of the rule in mid-run', () => {
  const change = (at: string, value: boolean) => `{ at: ${at}, set: { protocol.stake.resourceToken: ${value} } }`;
  const identities = 'fleet.small={ nodes: 2, strategy: { kind: honest, identitiesPerMachine: 2 } }';

  it('has those who are there take up what there is, and lets everybody work again', () => {
    const changes = `changes=[${change('5d', true)}, ${change('10d', false)}]`;
    const built = build('protocol.stake.resourceToken=false', identities, changes);
    const active = (days: number) => {
      runUntil(built, days * day);
      expect(breaches(built)).toEqual([]);
      return [...built.world.nodes.isActive];
    };
    expect(active(4)).toEqual([1, 1, 1, 1]);
    expect(active(6)).toEqual([1, 1, 1, 0]);
    expect(active(11)).toEqual([1, 1, 1, 1]);
  });

  it('sells nothing while nobody asks for tokens', () => {
    const built = build(`changes=[${change('5d', false)}]`, sale('price: 1').replace('250h', '4d'));
    expect([...atTheEnd(built).nodes.resourceToken]).toEqual([NONE, NONE, 0, 1]);
    const late = linesOf(() => loadText(text, `changes=[${change('5d', false)}]`, sale('price: 1')));
    expect(late.join()).toContain('protocol.stake.resourceToken: true by then');
  });
});

describe('a sale that can’t be', () => {
  it.each([
    ['fleet.large.sellsResourceTokens={ to: nobody, at: 1d }', 'another cohort: small'],
    ['fleet.large.sellsResourceTokens={ to: large, at: 1d }', 'another cohort: small'],
    ['fleet.large.sellsResourceTokens={ to: small, at: 1d, price: -1 }', 'price: expected'],
    ['fleet.large.sellsResourceTokens={ to: small }', 'at: '],
  ])('is refused: %s', (set, words) => {
    expect(linesOf(() => loadText(text, set)).join()).toContain(words);
  });

  it('is refused where the protocol asks for no tokens', () => {
    const lines = linesOf(() => loadText(text, sale('price: 1'), 'protocol.stake.resourceToken=false'));
    expect(lines.join()).toContain('so that there is nothing to sell');
  });

  it.each([
    [['fleet.large.sellsResourceTokens={ to: small, at: 20d }'], 'so that nothing is sold'],
    [[sale('price: 1'), 'fleet.small.joins={ at: 15d }'], 'a time at which nodes of small are there'],
    [[sale('price: 1'), 'fleet.large.leaves={ at: 5d }'], 'a time at which nodes of large are there'],
    [[sale('price: 1'), 'fleet.small.nodes=1'], 'as many nodes as large has machines, 2, or more'],
  ])('is warned of: %s', (set, words) => {
    const { warnings } = loadText(text, ...set);
    expect(warnings.map(({ expected, why }) => `${expected} ${why}`).join()).toContain(words);
    const ofSales = loadText(text, sale('price: 1')).warnings.filter(({ path }) => path.includes('sells'));
    expect(ofSales).toEqual([]);
  });
});
