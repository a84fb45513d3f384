import { describe, expect, it } from 'vitest';
import { EventKind } from '../../../sim/model/events.js';
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
seed: delegation
horizon: 10d
warmUp: 0
network: single
protocol:
  assignment: stake-weighted
  verification: none
  queueLimit: unlimited
  reputation: ema
  checkIn: none
  stake: { delegatorShare: 0.5 }
  rewards: { kind: fee-split, emission: 0, unbonding: 36h }
fleet:
  alone: { nodes: 4, stake: 100 }
  trusted: { nodes: 4, stake: 50, delegated: 150 }
workload:
  w: { class: task, arrivals: { perHour: 60 }, work: 1s, deadline: none, fee: 1 }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set));
const sum = (values: readonly number[]) => values.reduce((all, value) => all + value, 0);

describe('stake that others delegate', () => {
  it('weighs as a node’s own where work goes by stake', async () => {
    const result = await run();
    const accepted = numbers(tableNamed(result, 'nodes'), 'attemptsAccepted');
    const share = sum(accepted.slice(4)) / sum(accepted);
    // 800 of 1,200 tokens; four standard errors
    expect(Math.abs(share - 2 / 3)).toBeLessThan(4 * Math.sqrt(2 / 9 / sum(accepted)));
    expect(sum(accepted)).toBeGreaterThan(10_000);
  });

  it('elects a node as its own does', async () => {
    const result = await run('protocol.assignment={kind: elected, seats: 4}');
    const accepted = numbers(tableNamed(result, 'nodes'), 'attemptsAccepted');
    expect(accepted.map((count) => count > 0)).toEqual([false, false, false, false, true, true, true, true]);
  });

  it('is paid its part of the income at each epoch’s end, to the micro-token', async () => {
    const result = await run();
    const [own, others] = ['incomeTokens', 'delegatorsIncomeTokens'].map((name) =>
      numbers(tableNamed(result, 'nodes'), name),
    ) as [number[], number[]];
    expect(sum(others.slice(0, 4))).toBe(0);
    const { ledger, delegatorAccounts } = result.finished.world;
    expect(ledger.balance[delegatorAccounts[1]!]).toBe(sum([...ledger.delegations.paid]));
    // half of it by stake, of which three quarters are theirs; the last epoch's end is the horizon
    for (let node = 4; node < 8; node++) {
      expect(others[node]! / (own[node]! + others[node]!)).toBeCloseTo(0.375, 6);
    }
  });

  it('earns emission with the rest', async () => {
    const result = await run('workload.w.arrivals.perHour=0', 'protocol.rewards.emission=0.36525');
    const minted = metricOf(result, 'mintedTokens');
    // a thousandth a day of 400 own and 600 + 200 tokens, a year having 365.25 of them
    expect(minted).toBeCloseTo(1_200 * 0.01, 3);
    expect(sum(numbers(tableNamed(result, 'nodes'), 'delegatorsIncomeTokens'))).toBeCloseTo(800 * 0.01 * 0.375, 3);
  });

  it('is slashed by the same fractions', async () => {
    const slashing = ['protocol.slashing={kind: fixed, fraction: 0.01}', 'protocol.verification={kind: recompute}'];
    const lying = ['protocol.verification.share=1', 'fleet.trusted.strategy=always-wrong', 'workload.w.jobs=200'];
    const result = await run(...slashing, ...lying, 'fleet.trusted.stake=50', 'protocol.stake.minimum=0');
    const { ledger, nodes } = result.finished.world;
    expect(sum([...ledger.delegations.lost])).toBeGreaterThan(10e6);
    for (let node = 4; node < 8; node++) {
      // each slash is floored a micro-token
      expect(Math.abs(nodes.delegated[node]! - 3 * nodes.stake[node]!)).toBeLessThan(500);
      expect(nodes.delegated[node]! + ledger.delegations.lost[node]!).toBe(150e6);
    }
    expect(ledger.residue()).toBe(0);
  });

  it('returns with the first epoch’s end after a departed node’s stake can’t be slashed any more', () => {
    const built = buildLoaded(loadText(base));
    const { delegatorAccounts, ledger, nodes, simulation } = built.world;
    const account = delegatorAccounts[1]!;
    expect([ledger.balance[account], nodes.delegated[4]]).toEqual([0, 150e6]);
    simulation.schedule(13 * hour, EventKind.nodeLeft, 4, 0);
    runUntil(built, 71 * hour);
    expect(nodes.delegated[4]).toBe(150e6);
    const before = ledger.balance[account]!;
    runUntil(built, 72 * hour);
    expect(nodes.delegated[4]).toBe(0);
    expect(ledger.balance[account]! - before).toBeGreaterThanOrEqual(150e6);
    expect(nodes.delegated[5]).toBe(150e6);
  });
});
