import { describe, expect, it } from 'vitest';
import { EvidenceKinds } from '../../sim/model/contract/findings/evidence-kinds.js';
import { loadText, records, runFinished, tableNamed } from '../support/scenarios.js';
import { binomialErrors } from '../support/statistics.js';

const base = `
seed: doubles
horizon: 41d
warmUp: 0
network: single
protocol:
  assignment: uniform
  verification: none
  checkIn: none
  reputation: { kind: step, gain: 0.001, loss: 0.001 }
  slashing: { kind: fixed, fraction: 0, byFinding: { doubleSigned: 0.01 } }
fleet:
  honest: { nodes: 5, hardware: reference-cpu, quality: 1 }
  double: { nodes: 20, hardware: reference-cpu, quality: 1, strategy: { kind: equivocate, probability: 0.5 } }
workload: { w: { class: task, arrivals: { perHour: 2 }, work: 1m } }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set));
const slashingsOf = async (...set: readonly string[]) => records(tableNamed(await run(...set), 'slashings'));

describe('equivocate', () => {
  it('is found as doubleSigned as often as it does so and is seen', async () => {
    const always = await slashingsOf();
    expect(new Set(always.map(({ cause, cohort }) => `${cause} of ${cohort}`))).toEqual(
      new Set(['doubleSigned of double']),
    );
    // at forty-one ends of epochs but the horizon
    expect(Math.abs(binomialErrors(always.length, 20 * 40, 0.5))).toBeLessThan(4);
    const rarely = await slashingsOf('protocol.seesDoubleSigning=0.2');
    expect(Math.abs(binomialErrors(rarely.length, 20 * 40, 0.5 * 0.2))).toBeLessThan(4);
    expect(await slashingsOf('protocol.seesDoubleSigning=0')).toEqual([]);
  });

  it('multiplies its slashes: what is left of the stake after k of them', async () => {
    const result = await run('protocol.rewards.emission=0', 'fleet.double.strategy.probability=1');
    const { nodes } = result.finished.world;
    for (let node = 5; node < 25; node++) expect(nodes.stake[node]).toBeCloseTo(100e6 * 0.99 ** 40, -2);
    expect([...nodes.stake.subarray(0, 5)]).toEqual(new Array(5).fill(100e6));
  });

  it('can end its stay in the midst of what it does', async () => {
    const ejects = ['protocol.slashing.ejectsFor=[doubleSigned]', 'fleet.double.strategy.probability=1'];
    const causes = await slashingsOf(...ejects);
    expect(causes.length).toBe(20);
    const { nodes, ledger } = (await run(...ejects)).finished.world;
    expect([...nodes.leftAt.subarray(5, 25)]).toEqual(new Array(20).fill(86_400));
    expect(ledger.residue()).toBe(0);
  });

  it('can be named wherever findings are, though nobody in the network equivocates', () => {
    const set = ['fleet.double.strategy=honest', 'protocol.slashedTo.byFinding.doubleSigned={treasury: 1}'];
    expect(loadText(base, ...set).warnings).toEqual([]);
  });
});

describe('a kind that few networks speak of', () => {
  it('is numbered when it is first named, and changes no number before', () => {
    const plain = new EvidenceKinds();
    const count = plain.list.length;
    const other = { name: 'odd', meaning: 'Odd', isFailure: true, isAccepted: false, rank: 2 };
    plain.register([other]);
    expect(plain.indexOf('odd')).toBe(count);
    expect(plain.indexOf('doubleSigned')).toBe(count + 1);
    expect(plain.indexOf('doubleSigned')).toBe(count + 1);
    expect([plain.nameOf(count + 1), plain.isFailure[count + 1]]).toEqual(['doubleSigned', 1]);
    expect(() => plain.register([{ ...other, name: 'doubleSigned' }])).toThrow(/two that differ/);
  });
});
