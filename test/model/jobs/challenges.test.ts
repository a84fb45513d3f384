import { describe, expect, it } from 'vitest';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: optimistic, window: 1h, checkers: 1, checkProbability: 1 }
    reputation: ema
    checkIn: none
    slashing: { kind: fixed, fraction: 0.05 }
  fleet:
    honest: { nodes: 8, quality: 1, hardware: reference-cpu }
    liars: { nodes: 2, quality: 1, hardware: reference-cpu, strategy: { kind: always-wrong, wrongProbability: 0.5 } }
  workload: { w: { class: task, arrivals: { perHour: 10 }, work: 1m } }
  money: { treasury: 1000 }
`;
const run = (...set: string[]) => runFinished(loadText(base, ...set), { detail: true });

describe('a forced error', () => {
  it('shields nobody: what the node itself had sent wrong is disputed all the same', async () => {
    const set = ['protocol.verification.jackpot=1', 'protocol.verification.forcedErrorProbability=0.9'];
    const result = await run(...set);
    expect(metricOf(result, 'wrongAcceptedRate')).toBeLessThan(0.02);
    expect(metricOf(result, 'attackerSlashedUsd')).toBeGreaterThan(50);
    expect(metricOf(result, 'honestStakeLostTokens')).toBe(0);
    expect(result.finished.world.ledger.residue()).toBe(0);
  });
});

describe('a jury', () => {
  it('has nobody on it who did the job or looked at it', async () => {
    const looked = 'window: 2h, checkers: 2, checkProbability: 1';
    const result = await run(`protocol.verification={kind: optimistic, ${looked}, arbiter: jury, jurors: 3}`);
    const disputes = records(tableNamed(result, 'disputes'));
    expect(disputes.length).toBeGreaterThan(20);
    const jurors = records(tableNamed(result, 'attestations')).filter(({ node }) => node !== null);
    expect(jurors.length).toBeGreaterThan(60);
    const byJob = new Map(disputes.map((row) => [`${row.ordinal}`, row]));
    for (const { ordinal, observer, node } of jurors) {
      expect(observer).not.toBe(node);
      const dispute = byJob.get(`${ordinal}`);
      if (dispute !== undefined) expect(observer).not.toBe(dispute.challenger);
    }
  });
});

describe('the time to reveal answers', () => {
  it('is no latency of the nodes, and the client’s', async () => {
    const set = (reveal: string) => [
      `protocol.verification={kind: consensus, committee: 3, quorum: 2${reveal}}`,
      'protocol.slashing=matrix',
      'protocol.reputation=step',
      'workload.w.class=iot-oracle',
      'fleet.liars.strategy=honest',
    ];
    const [open, sealed] = [await run(...set('')), await run(...set(', commitReveal: 40s'))];
    expect(metricOf(sealed, 'honestSlashedNodes')).toBe(metricOf(open, 'honestSlashedNodes'));
    expect(metricOf(sealed, 'latencyMeanSeconds')).toBeGreaterThan(metricOf(open, 'latencyMeanSeconds') + 39);
  });
});
