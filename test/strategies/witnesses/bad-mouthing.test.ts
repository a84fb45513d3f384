import { describe, expect, it } from 'vitest';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';
import { binomialErrors } from '../../support/statistics.js';

const base = `
  horizon: 8d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: peer-attestation, peers: 1, threshold: 1, observes: result }
    reputation: ema
    checkIn: none
    slashing: none
  fleet:
    honest: { nodes: 10, quality: 1, hardware: reference-cpu }
    slanderers: { nodes: 10, quality: 1, hardware: reference-cpu, strategy: bad-mouthing }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m } }
`;
const run = (...set: string[]) => runFinished(loadText(base, ...set));
const counts = (result: Awaited<ReturnType<typeof run>>, cohort: string) => {
  const rows = records(tableNamed(result, 'nodes')).filter((row) => row.cohort === cohort);
  const total = (name: string) => rows.reduce((sum, row) => sum + Number(row[name]), 0);
  const failed = total('attemptsFailed');
  return { failed, all: failed + total('attemptsAccepted') };
};

describe('bad-mouthing', () => {
  it('refuses strangers with its probability, and never its members', async () => {
    const result = await run('fleet.slanderers.strategy={ kind: bad-mouthing, slanderProbability: 0.5 }');
    const { failed, all } = counts(result, 'honest');
    // ten of the nineteen witnesses that there are slander half of the time
    expect(Math.abs(binomialErrors(failed, all, (10 / 19) * 0.5))).toBeLessThan(4);
    expect(counts(result, 'slanderers').failed).toBe(0);
  });

  it('of rivals alone where it is told so', async () => {
    const alike = 'fleet.slanderers.strategy={ kind: bad-mouthing, rivals: alike }';
    const other = await run(alike, 'fleet.honest.hardware=cpu-desktop');
    expect(counts(other, 'honest').failed).toBe(0);
    expect(counts(await run(alike), 'honest').failed).toBeGreaterThan(100);
  });

  it('finds against strangers as a juror with its probability, and never against its members', async () => {
    const jury = 'checkProbability: 1, checkers: 1, arbiter: jury, jurors: 1, jurorErrorProbability: 0, bond: 0.1';
    const upheld = async (...more: string[]) => {
      const set = [
        `protocol.verification={kind: optimistic, ${jury}}`,
        // who disputes all that it checks puts right results before the jury
        'fleet.troubled={nodes: 10, quality: 1, hardware: reference-cpu, funds: 10000}',
        'fleet.troubled.strategy={kind: false-challenge, probability: 0}',
        'fleet.slanderers.attack=ring',
      ];
      const all = records(tableNamed(await run(...set, ...more), 'disputes'));
      const ofHonest = all.filter(({ worker }) => Number(worker) < 10);
      const others = all.filter(({ worker }) => Number(worker) >= 10);
      const count = (rows: typeof all) => rows.filter((row) => row.upheld === true).length;
      return { all: ofHonest.length, upheld: count(ofHonest), ofMembers: count(others) };
    };
    const half = await upheld('fleet.slanderers.strategy={kind: bad-mouthing, slanderProbability: 0.5}');
    // ten of twenty-eight jurors, who are neither worker nor checker
    expect(Math.abs(binomialErrors(half.upheld, half.all, (10 / 28) * 0.5))).toBeLessThan(4);
    const full = await upheld();
    expect(Math.abs(binomialErrors(full.upheld, full.all, 10 / 28))).toBeLessThan(4);
    expect(half.ofMembers + full.ofMembers).toBe(0);
    expect((await upheld('fleet.slanderers.strategy=honest')).upheld).toBe(0);
  });

  it('serves honestly', async () => {
    expect(metricOf(await run('protocol.verification=none'), 'wrongAcceptedRate')).toBe(0);
  });
});
