import { describe, expect, it } from 'vitest';
import { linesOf } from '../../support/refusals.js';
import { loadText, metricOf, numbers, records, runFinished, tableNamed } from '../../support/scenarios.js';
import { binomialErrors, twentySeeds } from '../../support/statistics.js';

const base = `
  seed: proofs-1
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    verification: proof-of-compute
    reputation: { kind: ema }
    slashing: { kind: fixed, fraction: 0, byFinding: { computeUnproven: 0.05 } }
    rewards: { kind: fee-split, emission: 0 }
  fleet:
    honest: { nodes: 4, hardware: consumer-gpu, quality: 1 }
    spoofers: { nodes: 4, hardware: rtx-3060, quality: 1, strategy: hardware-spoof }
  workload: { w: { class: task, arrivals: { perHour: 0 } } }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set));
const stakes = (result: Awaited<ReturnType<typeof run>>) => numbers(tableNamed(result, 'nodes'), 'stakeTokens');

describe('proof-of-compute', () => {
  it('finds a spoofer out each epoch, and slashes it anew of what is left', async () => {
    const result = await run('protocol.verification.passProbability=0');
    const left = 100 * 0.95 ** 10;
    expect(stakes(result).slice(0, 4)).toEqual([100, 100, 100, 100]);
    for (const stake of stakes(result).slice(4)) expect(stake).toBeCloseTo(left, 3);
    const shown = records(tableNamed(result, 'nodes')).map(({ provenCompute }) => Number(provenCompute));
    expect(shown.slice(0, 4)).toEqual([1, 1, 1, 1]);
    // 0.357 of the 2.57 that it declares
    for (const share of shown.slice(4)) expect(share).toBeCloseTo(0.357 / 2.57, 12);
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });

  it('lets a spoofer pass with the probability that it makes the benchmark show what it declares', async () => {
    let passed = 0;
    for (const seed of twentySeeds) {
      const result = await run(`seed=${seed}`, 'protocol.verification.passProbability=0.3');
      for (const stake of stakes(result).slice(4)) passed += 10 - Math.round(Math.log(stake / 100) / Math.log(0.95));
    }
    expect(Math.abs(binomialErrors(passed, 20 * 4 * 10, 0.3))).toBeLessThan(4);
  });

  it('measures every so many epochs, and nobody who is offline', async () => {
    const fewer = await run('protocol.verification={ every: 5, passProbability: 0 }');
    for (const stake of stakes(fewer).slice(4)) expect(stake).toBeCloseTo(100 * 0.95 ** 2, 3);
    const away = await run('protocol.verification.passProbability=0', 'fleet.spoofers.outages={ up: 1h, down: 100d }');
    expect(stakes(away).slice(4)).toEqual([100, 100, 100, 100]);
  });

  it('allows for the tolerance: a machine that became a little slower passes', async () => {
    const worn = 'fleet.honest.wear={ every: 3d, loss: 0.06 }';
    const result = await run(worn, 'protocol.verification={ tolerance: 0.1 }');
    // 0.94 passes; 0.94² = 0.88 from the sixth day on doesn’t
    expect(
      stakes(result)
        .slice(0, 4)
        .every((stake) => stake < 100 && stake > 100 * 0.95 ** 6),
    ).toBe(true);
    const tolerant = await run(worn, 'protocol.verification={ tolerance: 0.3 }');
    expect(stakes(tolerant).slice(0, 4)).toEqual([100, 100, 100, 100]);
  });

  it('leaves answers to others', async () => {
    const liars = ['fleet.spoofers.strategy=always-wrong', 'workload.w.arrivals.perHour=30'];
    const result = await run(...liars);
    expect(metricOf(result, 'jobsRejected')).toBe(0);
    expect(metricOf(result, 'wrongAcceptedRate')).toBeGreaterThan(0.2);
  });
});

describe('hardware-spoof', () => {
  it('gets jobs by the class that it declares, and is late with them', async () => {
    const heavy = ['workload.w={ class: rendering, arrivals: { perHour: 20 }, work: 10m }'];
    const result = await run('protocol.verification=none', 'protocol.slashing.fraction=0.01', ...heavy);
    const rows = records(tableNamed(result, 'nodes'));
    expect(new Set(rows.filter(({ cohort }) => cohort === 'spoofers').map(({ hardware }) => hardware))).toEqual(
      new Set(['NVIDIA L40S']),
    );
    // 10 min on the reference card take it 28, where four minutes are declared and six times that is the deadline
    expect(
      stakes(result)
        .slice(4)
        .every((stake) => stake < 100),
    ).toBe(true);
    expect(stakes(result).slice(0, 4)).toEqual([100, 100, 100, 100]);
  });

  it('drops what is beyond its hardware', async () => {
    const set = ['fleet.spoofers.strategy.failProbability=1', 'workload.w.arrivals.perHour=30'];
    const result = await run('protocol.verification=none', ...set);
    const income = numbers(tableNamed(result, 'nodes'), 'incomeTokens').slice(4);
    expect(income).toEqual([0, 0, 0, 0]);
  });

  it('with a class that isn’t there is refused, and so is a region', () => {
    const bad = (strategy: string) =>
      linesOf(() => loadText(base, 'network=world', `fleet.spoofers.strategy=${strategy}`)).join('\n');
    expect(bad('{ kind: hardware-spoof, hardware: abacus }')).toMatch(/strategy\.hardware: expected a hardware class/);
    expect(bad('{ kind: geo-spoof, region: atlantis }')).toMatch(/strategy\.region: expected a region of the network/);
  });

  it('with its own class is warned of, and so is its region, and a swarm with a machine for each identity', () => {
    const told = (strategy: string, ...set: readonly string[]) =>
      loadText(base, 'network=world', `fleet.spoofers.strategy=${strategy}`, ...set).warnings.map(
        ({ path, why }) => `${path}: ${why}`,
      );
    const own = 'fleet.spoofers.strategy: so that it declares what is so';
    const european = 'fleet.spoofers.regions=europe';
    expect(told('{ kind: hardware-spoof, hardware: rtx-3060 }')).toContain(own);
    expect(told('hardware-spoof')).not.toContain(own);
    expect(told('{ kind: geo-spoof, region: europe }', european)).toContain(own);
    expect(told('{ kind: geo-spoof, region: europe }', 'fleet.spoofers.regions=world')).not.toContain(own);
    expect(told('{ kind: sybil-swarm, machines: 4 }')).toContain(own);
    expect(told('{ kind: sybil-swarm, machines: 2 }')).not.toContain(own);
    expect(told('{ kind: honest, machinesPerOperator: 2 }')).not.toContain(own);
  });
});

describe('geo-spoof', () => {
  it('is near to its clients as declared, and far in truth', async () => {
    const near = (strategy: string) => [
      'network=world',
      'fleet.honest.regions=europe',
      'fleet.spoofers={ nodes: 4, hardware: consumer-gpu, regions: australia, quality: 1 }',
      `fleet.spoofers.strategy=${strategy}`,
      'protocol.assignment={ kind: multi-factor, proximityExponent: 4 }',
      'protocol.verification=none',
      'workload.w={ class: task, arrivals: { perHour: 60 }, work: 1s, regions: europe }',
    ];
    const spoofed = await run(...near('{ kind: geo-spoof, region: europe }'));
    const honest = await run(...near('honest'));
    const share = (result: typeof spoofed) => {
      const income = numbers(tableNamed(result, 'nodes'), 'incomeTokens');
      const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
      return sum(income.slice(4)) / sum(income);
    };
    expect(share(honest)).toBeLessThan(0.02);
    expect(share(spoofed)).toBeGreaterThan(0.4);
    expect(metricOf(spoofed, 'latencyP95Seconds')).toBeGreaterThan(1.5);
    expect(metricOf(honest, 'latencyP95Seconds')).toBeLessThan(1.2);
  });
});
