import { describe, expect, it } from 'vitest';
import { accountOf } from '../../../sim/record/economics.js';
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

const base = `
seed: eclipses
horizon: 6d
warmUp: 1d
network: single
protocol:
  assignment: uniform
  verification: { kind: peer-attestation, peers: 3, threshold: 2, observes: result }
  slashing: none
  # of equal scores the first nodes are its victims
  reputation: { kind: step, gain: 0, loss: 0 }
  checkIn: none
fleet:
  honest: { nodes: 20, hardware: reference-cpu, quality: 1 }
  ring: { nodes: 4, hardware: reference-cpu, quality: 1, strategy: { kind: eclipse, targets: 2, probability: 0.5 } }
workload:
  w: { class: task, arrivals: { perHour: 100 }, work: 1m, fee: 0.01 }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set), { detail: true });
type Result = Awaited<ReturnType<typeof run>>;
const isMember = (node: unknown) => Number(node) >= 20;

/** Members of the ring on the panels of nodes after the first day, and places on them in all. */
function placesOf(
  result: Result,
  isOne: (node: number) => boolean,
): { readonly members: number; readonly all: number } {
  const late = new Set(
    finalJobs(result).flatMap(({ node, ordinal, submittedSeconds }) =>
      Number(submittedSeconds) > 86_400 && isOne(Number(node)) ? [ordinal] : [],
    ),
  );
  const asked = records(tableNamed(result, 'attestations')).filter(({ ordinal }) => late.has(ordinal));
  return { members: asked.filter(({ observer }) => isMember(observer)).length, all: asked.length };
}

const isVictim = (node: number) => node < 2;

describe('eclipse', () => {
  it('sits in its victims’ panels with its probability, and else where chance puts it', async () => {
    // of the panel's first place: members that sit there already leave fewer for the others
    const result = await run('protocol.verification={ peers: 1, threshold: 1 }');
    const victims = placesOf(result, isVictim);
    // half of the places at once, and of the other half as many as there are among the 23 others
    expect(Math.abs(binomialErrors(victims.members, victims.all, 0.5 + (0.5 * 4) / 23))).toBeLessThan(4);
    const others = placesOf(result, (node) => node >= 2 && node < 20);
    expect(Math.abs(binomialErrors(others.members, others.all, 4 / 23))).toBeLessThan(4);
  });

  it('has all results of its victims refused where it fills their panels, and harms nobody else', async () => {
    const result = await run('fleet.ring.strategy.probability=1');
    const late = finalJobs(result).filter(({ submittedSeconds }) => Number(submittedSeconds) > 90_000);
    const outcomesOf = (isOne: (node: number) => boolean) =>
      new Set(late.filter(({ node }) => isOne(Number(node))).map(({ outcome }) => outcome));
    expect(outcomesOf(isVictim)).toEqual(new Set(['rejected']));
    expect(outcomesOf((node) => !isVictim(node))).toEqual(new Set(['completed']));
    expect(placesOf(result, isVictim).members).toBe(placesOf(result, isVictim).all);
  });

  it('asks whom the network draws where too few members can sit', async () => {
    const few = ['fleet.ring.nodes=1', 'fleet.ring.strategy.probability=1'];
    const { members, all } = placesOf(await run(...few), isVictim);
    expect(members).toBe(all / 3);
  });

  it('is paid for once a victim and epoch, however many members it has', async () => {
    const set = ['money.eclipse=3', 'protocol.rewards.emission=0'];
    const account = accountOf((await run(...set)).finished, 1);
    // at the ends of six epochs, but not at the horizon
    expect(account.attackCostsUsd).toBe(5 * 2 * 3);
    expect(account.outlayUsd).toBeCloseTo(account.computeUsd + account.identityFeesUsd + 30, 9);
    const idle = accountOf((await run(...set, 'fleet.ring.strategy=honest')).finished, 1);
    expect(idle.attackCostsUsd).toBe(0);
  });

  it('reaches no juror', async () => {
    const jury = '{kind: optimistic, checkProbability: 1, checkers: 1, arbiter: jury, jurors: 3}';
    const set = [`protocol.verification=${jury}`, 'fleet.ring.strategy={ probability: 1, targets: 20 }'];
    const result = await run(...set, 'fleet.honest.funds=100', 'fleet.honest.quality=0.5');
    expect(records(tableNamed(result, 'disputes')).length).toBeGreaterThan(100);
    // those who err are refuted as if nobody were eclipsed
    const other = await run(`protocol.verification=${jury}`, 'fleet.ring.strategy=honest', 'fleet.ring.attack=idle');
    expect(metricOf(result, 'wrongAcceptedRate')).toBeLessThan(0.05);
    expect(metricOf(other, 'wrongAcceptedRate')).toBe(0);
  });

  it('ends with its epoch, and gives way to a stronger one of others', () => {
    const two = 'fleet.other={nodes: 1, hardware: reference-cpu, strategy: eclipse}';
    const { lives, world } = buildLoaded(loadText(base, two));
    const [mine, mate, other] = [20, 21, 24].map((operator) => lives.hands.actionsOf(operator, 1));
    expect(mine!.eclipse(3, 0.5)).toBe(true);
    expect(mate!.eclipse(3, 0.5)).toBe(true);
    expect(other!.eclipse(3, 0.5)).toBe(false);
    expect(other!.eclipse(3, 0.6)).toBe(true);
    expect(mine!.eclipse(3, 0.6)).toBe(false);
    expect([...world.operators.eclipses.subarray(20)]).toEqual([1, 0, 0, 0, 1]);
    for (const probability of [-0.1, 1.1, Number.NaN]) expect(() => mine!.eclipse(3, probability)).toThrow(/0 to 1/);
  });
});
