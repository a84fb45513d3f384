import { describe, expect, it } from 'vitest';
import { acceptedByNode } from '../../support/accepted.js';
import { buildLoaded, contextsOf, loadText, runUntil } from '../../support/scenarios.js';
import { binomialErrors, chiSquared, errorsFrom } from '../../support/statistics.js';

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
      const counts = acceptedByNode(built);
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
      const counts = acceptedByNode(built);
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

  /** Attempts by node after the first hour, at whose end everybody is benchmarked. */
  const afterBenchmark = (seed: number, ...set: readonly string[]) => {
    const many = ['protocol.epoch=1h', 'protocol.assignment={ prior: 1000d, benchmarks: true }', ...set];
    const built = buildLoaded(loadText(base([1, 1, 1, 4]), `seed=${seed}`, ...many));
    // it declares 4 and is 1
    built.world.machines.throughput[8 * 3] = 1;
    runUntil(built, 3_600);
    const before = acceptedByNode(built);
    runUntil(built, 20_010);
    return acceptedByNode(built).map((count, node) => count - before[node]!);
  };

  it('goes by benchmarks where it makes any: who declares more than he has gets what he has', () => {
    for (let seed = 1; seed <= 20; seed++) {
      expect(Math.abs(chiSquared(afterBenchmark(seed), [1, 1, 1, 1]).errors)).toBeLessThan(4);
    }
  });

  it('is deceived where benchmarks can be made to pass', () => {
    for (let seed = 1; seed <= 20; seed++) {
      const counts = afterBenchmark(seed, 'protocol.assignment.falsePass=1');
      expect(Math.abs(chiSquared(counts, [1, 1, 1, 4]).errors)).toBeLessThan(4);
    }
  });

  it('asks an instrument that passes with its probability who declares more, and shows others as they are', () => {
    const built = buildLoaded(loadText(base([1, 2, 1, 4])));
    const { benchmark } = contextsOf(built).assignment;
    built.world.machines.throughput[8 * 3] = 1;
    built.world.machines.throughput[8 * 1] = 3;
    const shown = Array.from({ length: 2_000 }, (_, number) => benchmark(3, number, 0.3));
    expect(new Set(shown)).toEqual(new Set([1, 4]));
    expect(Math.abs(binomialErrors(shown.filter((value) => value === 4).length, 2_000, 0.3))).toBeLessThan(4);
    expect([benchmark(3, 7, 0.3), benchmark(0, 0, 1), benchmark(1, 0, 1)]).toEqual([shown[7], 1, 3]);
  });

  it('warns of a probability without benchmarks', () => {
    const { warnings } = loadText(base(speeds), 'protocol.assignment.falsePass=0.5', 'protocol.epoch=1h');
    expect(warnings.map(({ path, why }) => `${path} ${why}`)).toEqual([
      'protocol.assignment.falsePass so that none is made',
    ]);
  });

  it('gives identities that share one machine the share of that machine', () => {
    const strategy = 'strategy: {kind: sybil-swarm, machines: 1}';
    const swarm = `fleet.c1={nodes: 10, ${machine}, throughput: 1, ${strategy}}`;
    const often = ['workload.w.arrivals.perSecond=1.8', 'protocol.assignment.prior=1s', 'horizon=60000'];
    const built = buildLoaded(loadText(base([1, 1, 1]), swarm, ...often));
    runUntil(built, 60_000);
    const { ownership } = built.world;
    let [own, all] = [0, 0];
    acceptedByNode(built).forEach((count, node) => {
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
    const slow = built.recorder.work.accepted(1);
    expect(nodes.throughput[1]).toBe(1);
    const keeping = buildLoaded(loadText(base([1, 1]), 'protocol.epoch=1h', 'protocol.assignment.halfLife=365d'));
    keeping.world.machines.throughput[8] = 0.25;
    runUntil(keeping, 20_010);
    expect(keeping.recorder.work.accepted(1)).toBeLessThan(slow);
  });
});
