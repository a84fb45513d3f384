import { describe, expect, it } from 'vitest';
import { reputationModels } from '../../../sim/mechanisms/reputation/index.js';
import { Evidence, EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { jobsTable } from '../../../sim/record/tables/detail/jobs.js';
import { breaches } from '../../support/invariants.js';
import { buildLoaded, loadText, records, runUntil } from '../../support/scenarios.js';

const base = `
  horizon: 20h
  warmUp: 0
  network: single
  protocol: { assignment: uniform, verification: none, slashing: none, checkIn: none, publish: { every: 0 } }
  fleet:
    natives: { nodes: 2, hardware: reference-cpu }
    migrants: { nodes: 2, hardware: reference-cpu, importedScore: 0.9, funds: 500 }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1s, deadline: none } }
`;

describe('a score from another network', () => {
  it.each(reputationModels.map(({ kind }) => kind))(
    'counts under %s at its discount, as far as it is more than the prior',
    (kind) => {
      for (const [imported, discount] of [
        [0, 0],
        [0.9, 0.5],
        [0.9, 0],
        [2, 0.5],
        [100, 0.2],
      ] as const) {
        const built = buildLoaded(
          loadText(
            base,
            `protocol.reputation=${kind}`,
            `protocol.importedScores.discount=${discount}`,
            `fleet.migrants.importedScore=${imported}`,
          ),
        );
        const { nodes, roles } = built.world;
        const prior = roles.reputation.prior(0);
        const counted = Math.min(roles.reputation.highest(), (1 - discount) * imported);
        expect([nodes.score[0], nodes.publishedScore[0]]).toEqual([prior, prior]);
        // beta's failures and successes come to 100 at most
        expect(Math.abs(nodes.score[2]! - Math.max(prior, counted))).toBeLessThan(0.01);
        expect(nodes.publishedScore[2]).toBe(nodes.score[2]);
        runUntil(built, 3_600);
        expect(breaches(built)).toEqual([]);
      }
    },
  );

  it('is remembered by the model: under beta like the successes that it stands for', () => {
    const set = [
      'protocol.reputation={kind: beta, forgetting: 1, byClass: true}',
      'protocol.importedScores.discount=0',
    ];
    const { world } = buildLoaded(loadText(base, ...set));
    const { nodes, roles } = world;
    // (r + 1)/(r + 2) = 0.9
    expect(nodes.score[2]).toBeCloseTo(0.9, 12);
    expect([...nodes.classScore]).toEqual([0.5, 0.5, nodes.score[2], nodes.score[3]]);
    expect(nodes.publishedScoreFor(2, 0)).toBe(nodes.score[2]);
    const after = roles.reputation.scoreAfter(new Evidence().about(2, EvidenceKind.invalid, 1, 0, 0), nodes.score[2]!);
    expect(after).toBeCloseTo(9 / 11, 12);
  });

  it('lets nodes have jobs from the start that natives must wait for', () => {
    const set = ['protocol.reputation={kind: ema, initial: 0.3}', 'workload.w.minimumScore=0.4'];
    const built = buildLoaded(loadText(base, ...set), true);
    runUntil(built, 20 * 3_600);
    const nodes = new Set(records(jobsTable(built.recorder.jobs)).map(({ node }) => node));
    expect(nodes).toEqual(new Set([2, 3]));
    expect(breaches(built)).toEqual([]);
  });

  it('isn’t brought again by an identity that enters later on the same machine', () => {
    const swarm = 'fleet.migrants.strategy={kind: sybil-swarm, machines: 1, replacesEjected: true, identitiesMost: 5}';
    const { lives, world } = buildLoaded(loadText(base, 'protocol.reputation={kind: ema, initial: 0.3}', swarm));
    const { nodes, ownership } = world;
    expect(nodes.score[2]).toBeCloseTo(0.45, 12);
    expect(lives.hands.actionsOf(ownership.operator[2]!, 1).join(2)).toBe(true);
    expect(nodes.score[4]).toBe(0.3);
  });

  it.each([
    ['fleet.migrants.importedScore=0', 'so that it changes nothing'],
    ['fleet.migrants.importedScore=9', 'so that the rest counts nothing'],
    ['fleet.migrants={importedScore: null}', 'so that nobody brings a score'],
  ])('warns where %s', (setting, why) => {
    const set = ['protocol.reputation=ema', 'protocol.importedScores.discount=0.5', setting];
    expect(loadText(base, ...set).warnings.map((warning) => warning.why)).toContain(why);
  });
});
