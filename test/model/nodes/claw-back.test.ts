import { describe, expect, it } from 'vitest';
import { EvidenceKind, EvidenceRole, EvidenceSource } from '../../../sim/model/contract/evidence.js';
import type { Findings } from '../../../sim/model/contract/findings/findings.js';
import type { Penalty } from '../../../sim/model/contract/findings/penalty.js';
import { breaches } from '../../support/invariants.js';
import { linesOf } from '../../support/refusals.js';
import {
  buildLoaded,
  loadText,
  metricOf,
  numbers,
  runFinished,
  runUntil,
  tableNamed,
} from '../../support/scenarios.js';

const hour = 3_600;
const base = `
  seed: claw-back
  horizon: 2d
  warmUp: 0
  network: single
  protocol:
    epoch: 6h
    checkIn: none
    assignment: round-robin
    verification: { kind: optimistic, window: 1h, checkProbability: 0.2, rounds: 1, bond: 0 }
    reputation: { kind: ema, initial: 0.5 }
    publish: { every: 0, delay: 0 }
    slashing: { kind: fixed, fraction: 0, clawBack: { invalid: 1 } }
    rewards: { kind: fee-split, emission: 0, holdEpochs: 3, operator: 1, verifiers: 0, treasury: 0 }
    stake: { identityFee: 0 }
  fleet:
    honest: { nodes: 6, hardware: reference-cpu, quality: 1 }
    liars: { nodes: 2, hardware: reference-cpu, quality: 1, strategy: { kind: always-wrong, wrongProbability: 0.5 } }
  workload: { w: { class: task, arrivals: { perHour: 40 }, work: 1m, fee: 0.5 } }
  money: { treasury: 0 }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set));
const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);

describe('a claw-back', () => {
  it('takes what escrow holds for who was found out, and nothing of others', async () => {
    const result = await run();
    const clawed = numbers(tableNamed(result, 'nodes'), 'clawedBackTokens');
    expect(Math.min(...clawed.slice(6))).toBeGreaterThan(5);
    expect(sum(clawed.slice(0, 6))).toBe(0);
    expect(metricOf(result, 'clawedBackTokens')).toBeCloseTo(sum(clawed), 9);
    expect(metricOf(result, 'honestClawedBackTokens')).toBe(0);
    const { ledger } = result.finished.world;
    // the refuted job's client is refunded anyway; the pay was for others'
    expect(ledger.treasury).toBe(ledger.clawedBack);
    expect(ledger.slashed).toBe(0);
    const spared = await run('protocol.slashing.clawBack={invalid: 0}');
    const income = (of: typeof result) => sum(numbers(tableNamed(of, 'nodes'), 'incomeTokens').slice(6));
    expect(income(spared) - income(result)).toBeCloseTo(metricOf(result, 'clawedBackTokens'), 6);
  });

  it('by halves leaves the other half', async () => {
    const result = await run('protocol.slashing.clawBack={invalid: 0.5}');
    const whole = metricOf(await run(), 'clawedBackTokens');
    expect(metricOf(result, 'clawedBackTokens')).toBeGreaterThan(0.3 * whole);
    expect(metricOf(result, 'clawedBackTokens')).toBeLessThan(whole);
  });

  it('finds nothing that was paid out before', () => {
    const built = buildLoaded(loadText(base, 'workload.w.jobs=1', 'workload.w.arrivals.perHour=36000'));
    const { ledger } = built.world;
    built.world.roles.verification.window = () => null;
    built.world.roles.verification.audit = (node, findings: Findings) => {
      if (built.world.simulation.now < 30 * hour) return;
      findings.file(node, EvidenceRole.worker, EvidenceKind.invalid, 0, EvidenceSource.audit, 0);
    };
    runUntil(built, 47 * hour);
    expect([ledger.clawedBack, sum(ledger.paid)]).toEqual([0, 500_000]);
  });

  it('refunds the client of a job that a late finding is of what he paid, and the treasury the rest', () => {
    const built = buildLoaded(loadText(base, 'protocol.verification=none', 'workload.w.jobs=40'));
    const { world } = built;
    const { clientAccounts, ledger, nodes } = world;
    let filed = 0;
    world.roles.verification.sideFindings = (job, findings: Findings) => {
      const worker = world.attempts.node[world.jobs.lastAttempt[job]!]!;
      if (worker !== 0 || filed++ > 0) return;
      findings.file(worker, EvidenceRole.worker, EvidenceKind.invalid, 0, EvidenceSource.scheme, 1);
    };
    runUntil(built, 5.9 * hour);
    const due = ledger.dueOf(0);
    expect([filed > 1, due]).toEqual([true, filed * 500_000]);
    const before = ledger.balance[clientAccounts[0]!]!;
    runUntil(built, 6 * hour);
    expect(ledger.dueOf(0)).toBe(0);
    expect(ledger.balance[clientAccounts[0]!]! - before).toBe(500_000);
    expect(ledger.treasury).toBe(due - 500_000);
    expect(nodes.stake[0]).toBe(100e6);
    expect(breaches(built)).toEqual([]);
  });

  it('waits with its case: the pay is held, and then taken', () => {
    const built = buildLoaded(loadText(base, 'protocol.verification=none', 'workload.w.jobs=200'));
    const { ledger, roles } = built.world;
    roles.slashing.penalize = ({ subject }, _score, penalty: Penalty) => {
      if (subject !== 0 || built.world.simulation.now < 3 * hour || ledger.held > 0) return;
      penalty.clawBackFraction = 1;
      penalty.delayEpochs = 2;
    };
    runUntil(built, 5.9 * hour);
    const held = ledger.held;
    expect(held).toBeGreaterThan(0);
    expect([ledger.clawedBack, ledger.residue()]).toEqual([0, 0]);
    runUntil(built, 11 * hour);
    expect([ledger.held, ledger.clawedBack]).toEqual([held, 0]);
    runUntil(built, 12 * hour);
    expect([ledger.held, ledger.clawedBack, ledger.treasury]).toEqual([0, held, held]);
  });

  it('reaches a longer escrow of low scores, and not what high scores were paid at once', async () => {
    const rewards = [
      'protocol.rewards.holdEpochs=0',
      'protocol.rewards.holdLowScores={below: 0.9, epochs: 4}',
      'protocol.verification={kind: recompute, share: 0.2}',
      'money.treasury=10000',
    ];
    const built = buildLoaded(loadText(base, ...rewards));
    runUntil(built, 36 * hour);
    const { ledger, nodes } = built.world;
    for (let node = 0; node < 8; node++) {
      const later = ledger.dueOf(node) - ledger.due[0]![node]!;
      if (nodes.score[node]! < 0.9) expect(later).toBeGreaterThan(0);
    }
    // nobody who was never found out has a low score by now
    expect(Math.min(...nodes.score.slice(0, 6))).toBeGreaterThan(0.9);
    const held = await run(...rewards);
    const free = await run('protocol.rewards.holdEpochs=0', ...rewards.slice(2));
    expect(metricOf(held, 'clawedBackTokens')).toBeGreaterThan(metricOf(free, 'clawedBackTokens'));
  });

  it('is refused beyond the whole, and warned of for what can’t be found or held', () => {
    expect(linesOf(() => loadText(base, 'protocol.slashing.clawBack={invalid: 1.5}'))[0]).toMatch(
      /protocol\.slashing\.clawBack\.invalid: expected a fraction from 0 to 1, found 1\.5/,
    );
    const told = (...set: readonly string[]) => loadText(base, ...set).warnings.map(({ path }) => path);
    expect(told()).toEqual([]);
    expect(told('protocol.slashing.clawBack={silence: 1}')).toContain('protocol.slashing.clawBack.silence');
    expect(told('protocol.rewards.holdLowScores={below: 0}')).toEqual(['protocol.rewards.holdLowScores.below']);
  });
});
