import { describe, expect, it } from 'vitest';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';
import { chiSquared, errorsFrom } from '../../support/statistics.js';

const machine = 'hardware: reference-cpu, slots: 1, quality: 1';

/** Nodes that are free whenever a job comes; every job is a second of work. */
const base = (speeds: readonly number[]) => `
  horizon: 20010
  network: single
  protocol:
    assignment: { kind: hash-power, prior: 1h }
    checkIn: none
    epoch: 7d
    queueLimit: unlimited
  fleet:
${speeds.map((speed, index) => `    c${index}: { nodes: 1, ${machine}, throughput: ${speed} }`).join('\n')}
  workload: { w: { class: task, arrivals: { perSecond: 0.2 }, work: 1s, deadline: none } }
`;

describe('hash-power', () => {
  const speeds = [1, 2, 0.5, 4, 3];

  it('draws in proportion to what was declared while that is what came back', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const built = buildLoaded(loadText(base(speeds), `seed=${seed}`));
      runUntil(built, 20_010);
      const counts = [...built.recorder.attemptsAccepted];
      expect(Math.abs(chiSquared(counts, speeds).errors)).toBeLessThan(4);
    }
  });

  it('comes to what is measured where a machine is slower than it declares, in the mean', () => {
    // it declares 4 and is 1: work w at 1 takes w, so that its throughput is (4 · prior + n) / (prior + n) after n jobs
    const errors: number[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const built = buildLoaded(loadText(base([1, 1, 1, 4]), `seed=${seed}`, 'protocol.assignment.prior=10s'));
      const { machines } = built.world;
      machines.throughput[8 * 3] = 1;
      runUntil(built, 20_010);
      const counts = [...built.recorder.attemptsAccepted];
      const all = counts.reduce((sum, count) => sum + count, 0);
      // the weight of the last by its jobs so far, job by job, as a recursion for the mean
      let expected = 0;
      for (let job = 0; job < all; job++) {
        const weight = (4 * 10 + expected) / (10 + expected);
        expected += weight / (3 + weight);
      }
      errors.push(counts[3]! - expected);
    }
    expect(Math.abs(errorsFrom(errors, 0))).toBeLessThan(4);
  });

  it('gives identities that share one machine the share of that machine', () => {
    const strategy = 'strategy: {kind: sybil-swarm, machines: 1}';
    const swarm = `fleet.c1={nodes: 10, ${machine}, throughput: 1, ${strategy}}`;
    const often = ['workload.w.arrivals.perSecond=1.8', 'protocol.assignment.prior=1s', 'horizon=60000'];
    const built = buildLoaded(loadText(base([1, 1, 1]), swarm, ...often));
    runUntil(built, 60_000);
    const { ownership } = built.world;
    let [own, all] = [0, 0];
    built.recorder.attemptsAccepted.forEach((count, node) => {
      all += count;
      if (ownership.cohort[node] === 1) own += count;
    });
    // by declarations it would have ten of twelve parts
    expect(own / all).toBeLessThan(0.6);
  });

  it('forgets by half in a half-life', () => {
    const built = buildLoaded(loadText(base([1, 1]), 'protocol.epoch=1h', 'protocol.assignment.halfLife=1h'));
    const { nodes } = built.world;
    built.world.machines.throughput[8] = 0.25;
    runUntil(built, 20_010);
    const slow = built.recorder.attemptsAccepted[1]!;
    expect(nodes.throughput[1]).toBe(1);
    const keeping = buildLoaded(loadText(base([1, 1]), 'protocol.epoch=1h', 'protocol.assignment.halfLife=365d'));
    keeping.world.machines.throughput[8] = 0.25;
    runUntil(keeping, 20_010);
    expect(keeping.recorder.attemptsAccepted[1]).toBeLessThan(slow);
  });
});
