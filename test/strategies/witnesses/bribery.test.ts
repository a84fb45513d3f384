import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../sim/record/economics.js';
import { choose } from '../../support/normal.js';
import {
  buildLoaded,
  finalJobs,
  loadText,
  metricOf,
  records,
  runFinished,
  tableNamed,
} from '../../support/scenarios.js';
import { binomialErrors } from '../../support/statistics.js';

/** One briber among 20 strangers, whose witnesses see every lie; it lies from the end of the first day on. */
const base = `
seed: bribes
horizon: 6d
warmUp: 1d
network: single
protocol:
  assignment: uniform
  verification: { kind: peer-attestation, peers: 3, threshold: 2, observes: result }
  slashing: none
  checkIn: none
  rewards: { kind: fee-split, emission: 0 }
fleet:
  honest: { nodes: 20, hardware: reference-cpu, quality: 1, strategy: { kind: honest, takesBribes: 0 } }
  briber: { nodes: 1, hardware: reference-cpu, quality: 1, funds: 1000, strategy: { kind: bribery, bribe: 0.05 } }
workload:
  w: { class: task, arrivals: { perHour: 100 }, work: 1m, fee: 0.01 }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set), { detail: true });
const briber = 20;
type Result = Awaited<ReturnType<typeof run>>;

/** How many of the briber's panels after the first day had so many signatures. */
function panelsBySignatures(result: Result): number[] {
  const mine = new Map<unknown, number>();
  for (const { node, ordinal, submittedSeconds } of finalJobs(result)) {
    if (node === briber && Number(submittedSeconds) > 86_400) mine.set(ordinal, 0);
  }
  for (const { ordinal, reply } of records(tableNamed(result, 'attestations'))) {
    if (reply === 'signed' && mine.has(ordinal)) mine.set(ordinal, mine.get(ordinal)! + 1);
  }
  const counts = [0, 0, 0, 0];
  for (const signed of mine.values()) counts[signed]!++;
  return counts;
}

const lies = (result: Result) => panelsBySignatures(result).reduce((sum, count) => sum + count, 0);

describe('bribery', () => {
  it('of honest witnesses does nothing: they say what they saw, and its lies are found out', async () => {
    const result = await run();
    expect(lies(result)).toBeGreaterThan(400);
    expect(panelsBySignatures(result).slice(1)).toEqual([0, 0, 0]);
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    expect(accountOf(result.finished, 1).attackCostsUsd).toBe(0);
  });

  it('of witnesses who all take it carries every lie: P + ε for nothing, a plain bribe for its price', async () => {
    const takers = 'fleet.honest.strategy.takesBribes=1';
    const clever = await run(takers);
    expect(panelsBySignatures(clever)).toEqual([0, 0, 0, lies(clever)]);
    expect(lies(clever)).toBeGreaterThan(400);
    expect(accountOf(clever.finished, 1).attackCostsUsd).toBe(0);
    const plain = await run(takers, 'fleet.briber.strategy.paysLosersOnly=false');
    const [briber, honest] = [accountOf(plain.finished, 1), accountOf(plain.finished, 0)];
    expect(briber.attackCostsUsd).toBeCloseTo(lies(plain) * 3 * 0.05, 6);
    // what is taken is an income, and no outlay below 0
    expect(honest.attackCostsUsd).toBe(0);
    expect(honest.incomeUsd - accountOf(clever.finished, 0).incomeUsd).toBeCloseTo(briber.attackCostsUsd, 6);
    expect(briber.outlayUsd).toBeCloseTo(briber.computeUsd + briber.identityFeesUsd + briber.attackCostsUsd, 9);
    expect(plain.finished.world.ledger.residue()).toBe(0);
  });

  it('of a share of them carries a lie where two of three are such, and P + ε pays who was alone', async () => {
    const result = await run('fleet.honest.strategy.takesBribes=0.4');
    const { world } = result.finished;
    const late = ({ submittedSeconds }: { readonly submittedSeconds?: unknown }) => Number(submittedSeconds) > 86_400;
    const lied = new Set(
      finalJobs(result)
        .filter(late)
        .map(({ ordinal }) => ordinal),
    );
    const takers = new Set(
      records(tableNamed(result, 'attestations'))
        .filter(({ node, reply, ordinal }) => node === briber && reply === 'signed' && lied.has(ordinal))
        .map(({ observer }) => observer),
    );
    // about 8 of the 20 nodes, the same ones at each panel
    const fickle = takers.size;
    expect(Math.abs(binomialErrors(fickle, 20, 0.4))).toBeLessThan(4);
    const [none, one, two, three] = panelsBySignatures(result);
    const all = lies(result);
    const chance = (k: number) => (choose(fickle, k) * choose(20 - fickle, 3 - k)) / choose(20, 3);
    for (const [k, count] of [none!, one!, two!, three!].entries()) {
      expect(Math.abs(binomialErrors(count, all, chance(k)))).toBeLessThan(4);
    }
    expect(accountOf(result.finished, 1).attackCostsUsd).toBeCloseTo(one! * 0.05, 6);
    expect(world.ledger.residue()).toBe(0);
  });

  it('is too low for who asks for more, and nothing where the purse is empty', async () => {
    const all = 'fleet.honest.strategy.takesBribes=1';
    const dear = await run(all, 'fleet.honest.strategy.bribeLeast=0.06');
    expect(panelsBySignatures(dear).slice(1)).toEqual([0, 0, 0]);
    const justEnough = await run(all, 'fleet.honest.strategy.bribeLeast=0.05');
    expect(panelsBySignatures(justEnough)[3]).toBe(lies(justEnough));
    // three of a panel are more than it has; what honest work earned it on the first day it has at the end of it
    const poor = await run(all, 'fleet.briber.funds=0', 'fleet.briber.strategy.bribe=100');
    expect(lies(poor)).toBeGreaterThan(400);
    expect(panelsBySignatures(poor).slice(1)).toEqual([0, 0, 0]);
  });

  it('ends when the purse is empty: as many panels as it pays', async () => {
    const set = [
      'fleet.briber.funds=3',
      'fleet.briber.strategy.paysLosersOnly=false',
      'protocol.rewards={ operator: 0.9, verifiers: 0, holdEpochs: 30, unbonding: 30d }',
    ];
    const result = await run('fleet.honest.strategy.takesBribes=1', ...set);
    expect(panelsBySignatures(result)[3]).toBe(20);
    expect(accountOf(result.finished, 1).attackCostsUsd).toBeCloseTo(3, 9);
  });

  it('about rivals has their right results refused', async () => {
    const about = 'fleet.briber.strategy={ about: rivals, targets: 20 }';
    const result = await run('fleet.honest.strategy.takesBribes=1', about);
    // as it itself signs what it does, its own pass
    expect(metricOf(result, 'completedFraction')).toBeLessThan(0.3);
    expect(metricOf(result, 'wrongAcceptedRate')).toBe(0);
    expect(metricOf(await run(about), 'completedFraction')).toBeGreaterThan(0.99);
  });

  it('reaches jurors of disputes, too', async () => {
    const verification = '{kind: optimistic, checkProbability: 1, checkers: 1, arbiter: jury, jurors: 5}';
    const set = [`protocol.verification=${verification}`, 'fleet.honest.funds=1000'];
    const honest = await run(...set);
    const bribed = await run(...set, 'fleet.honest.strategy.takesBribes=1');
    const upheld = (result: Result) =>
      records(tableNamed(result, 'disputes')).filter(({ upheld }) => upheld === true).length;
    expect(upheld(honest)).toBeGreaterThan(50);
    expect(upheld(bribed)).toBe(0);
  });
});

describe('offers', () => {
  const built = () => buildLoaded(loadText(base)).lives.hands;

  it('are one a node: of others only a higher one takes its place, and nobody withdraws another’s', () => {
    const hands = built();
    const [one, other] = [hands.actionsOf(briber, 1), hands.actionsOf(3, 1)];
    const offer = (amount: number) => ({ isForSubject: true, amount, paysLosersOnly: false });
    expect(one.bribe(5, offer(10))).toBe(true);
    expect(other.bribe(5, offer(10))).toBe(false);
    expect(other.bribe(5, offer(11))).toBe(true);
    expect(one.bribe(5, null)).toBe(false);
    expect(other.bribe(5, null)).toBe(true);
    expect(one.bribe(5, offer(1))).toBe(true);
    expect(one.bribe(5, offer(2))).toBe(true);
  });

  it('are of whole micro-tokens above 0', () => {
    const { bribe } = built().actionsOf(briber, 1);
    for (const amount of [0, -1, 0.5, Number.NaN]) {
      expect(() => bribe(5, { isForSubject: true, amount, paysLosersOnly: false })).toThrow(/whole amount/);
    }
  });
});
