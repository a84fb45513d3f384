import { describe, expect, it } from 'vitest';
import { loadText, metricOf, runFinished } from '../../../support/scenarios.js';
import { errorsFrom, twentySeeds } from '../../../support/statistics.js';

const base = `
  horizon: 2d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: peer-attestation, peers: 3, threshold: 2, errorProbability: 0 }
    reputation: beta
    slashing: none
    checkIn: none
  fleet:
    honest: { nodes: 15, hardware: reference-cpu, quality: 1 }
    liars: { nodes: 5, hardware: reference-cpu, quality: 1, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 1m } }
`;
const run = (...set: string[]) => runFinished(loadText(base, ...set));

describe('attackers’ share of the attestations', () => {
  it('is that of the nodes where peers are drawn alike', async () => {
    // a liar’s m − 1 others and an honest node’s m among N − 1 come to m/N
    const runs = await Promise.all(twentySeeds.map((seed) => run(`seed=${seed}`)));
    const shares = runs.map((one) => metricOf(one, 'attackerAttestationShare'));
    expect(Math.abs(errorsFrom(shares, 5 / 20))).toBeLessThan(4);
  });

  it('begins with the first of them', async () => {
    const runs = await Promise.all(twentySeeds.map((seed) => run(`seed=${seed}`, 'fleet.liars.joins={ at: 1d }')));
    const shares = runs.map((one) => metricOf(one, 'attackerAttestationShare'));
    expect(Math.abs(errorsFrom(shares, 5 / 20))).toBeLessThan(4);
  });

  it('counts replies alone, and is empty where nobody is asked or attacks', async () => {
    // who is there and never replies in time has said nothing
    const late =
      'protocol.verification={ kind: peer-attestation, peers: 3, threshold: 2, replyDelay: 10m, replyWithin: 1m }';
    expect(metricOf(await run(late), 'attackerAttestationShare')).toBeNaN();
    expect(metricOf(await run('protocol.verification=none'), 'attackerAttestationShare')).toBeNaN();
    expect(metricOf(await run('fleet.liars.strategy=honest'), 'attackerAttestationShare')).toBeNaN();
  });
});
