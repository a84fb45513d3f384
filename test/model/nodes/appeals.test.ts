import { describe, expect, it } from 'vitest';
import { instrumentsOf } from '../../../sim/build/mechanisms.js';
import type { Built } from '../../../sim/build/world.js';
import { createAppeals } from '../../../sim/model/nodes/appeals.js';
import {
  buildLoaded,
  loadText,
  metricOf,
  records,
  runFinished,
  runUntil,
  tableNamed,
} from '../../support/scenarios.js';

const appealsOf = ({ world }: Built) => createAppeals(world, instrumentsOf(world));

const scenario = `
  horizon: 20d
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    stake: { minimum: 10, identityFee: 0 }
    verification: { kind: recompute, share: 0.5 }
    reputation: step
    slashing: { kind: fixed, fraction: 0.01 }
    rewards: { kind: fee-split, emission: 0 }
    appeal: { within: 1, committee: 3, errorProbability: 0 }
  fleet:
    honest: { nodes: 20, hardware: consumer-gpu, quality: 1, outages: { up: { exponential: { mean: 12h } }, down: 1h } }
    liars: { nodes: 4, hardware: consumer-gpu, quality: 1, strategy: always-wrong }
  workload: { w: { class: simulation, arrivals: { perHour: 15 }, work: 20m } }
`;

describe('an appeal', () => {
  it('gives back what an outage cost, and leaves lies slashed', async () => {
    const before = await runFinished(loadText(scenario, 'protocol.appeal=none'));
    const after = await runFinished(loadText(scenario));
    expect(metricOf(before, 'honestStakeLostTokens')).toBeGreaterThan(10);
    expect(metricOf(after, 'honestStakeLostTokens')).toBe(0);
    const causes = records(tableNamed(after, 'slashings')).map(({ cohort, cause }) => `${cohort} ${cause}`);
    expect(causes.length).toBeGreaterThan(10);
    expect(new Set(causes)).toEqual(new Set(['liars invalid']));
    expect(after.finished.world.ledger.residue()).toBe(0);
  });

  it.each(['collusion-ring', 'sybil-swarm'])('is decided by the jurors’ operators: a %s stands by its own', (kind) => {
    const built = buildLoaded(
      loadText(
        scenario,
        'fleet.honest={nodes: 1, outages: none}',
        `fleet.liars={nodes: 30, strategy: {kind: ${kind}}}`,
        'protocol.appeal={within: 1, committee: 3, errorProbability: 0}',
      ),
    );
    const appeals = appealsOf(built);
    const rules = built.world.rules.now.appeal!;
    // node 0 is honest and alone; all jurors of its cases are attackers, who have nothing against it
    expect([appeals.overturns(0, true, rules), appeals.overturns(0, false, rules)]).toEqual([true, false]);
    expect(appeals.overturns(1, false, rules)).toBe(true);
  });

  it('without anybody who may judge leaves the slash as it is', () => {
    const built = buildLoaded(loadText(scenario, 'fleet.honest={nodes: 1, outages: none}', 'fleet.liars={nodes: 1}'));
    expect(appealsOf(built).overturns(0, true, built.world.rules.now.appeal!)).toBe(true);
    built.lives.nodeLife.jail(1, 1);
    expect(appealsOf(built).overturns(0, true, built.world.rules.now.appeal!)).toBe(false);
  });

  it('asks as many as there are, and tells of a committee that is larger', () => {
    const loaded = loadText(scenario, 'protocol.appeal.committee=99');
    const warning = loaded.warnings.find(({ path }) => path === 'protocol.appeal.committee');
    expect(warning).toMatchObject({ found: '99' });
    expect(warning!.expected).toContain('other operators, 23');
    const built = buildLoaded(loaded);
    expect(appealsOf(built).overturns(0, true, built.world.rules.now.appeal!)).toBe(true);
  });
});

describe('an outage', () => {
  it('is one that lies between a time and now, entering not counted', () => {
    const outages = '{up: 5h, down: 1h}';
    const built = buildLoaded(loadText(scenario, `fleet.honest={joins: {at: 1h}, outages: ${outages}}`));
    const appeals = appealsOf(built);
    const hour = 3_600;
    runUntil(built, 5 * hour);
    expect(appeals.hadOutage(0, 0)).toBe(false);
    // down from its sixth hour to its seventh
    runUntil(built, 6.5 * hour);
    expect(appeals.hadOutage(0, 6.4 * hour)).toBe(true);
    runUntil(built, 8 * hour);
    expect([6.9, 7, 7.5].map((from) => appeals.hadOutage(0, from * hour))).toEqual([true, false, false]);
  });
});
