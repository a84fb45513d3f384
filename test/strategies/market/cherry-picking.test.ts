import { describe, expect, it } from 'vitest';
import { finalJobs, loadText, records, runFinished, tableNamed } from '../../support/scenarios.js';
import { binomialErrors } from '../../support/statistics.js';

/** An hour of work pays 0.6 tokens at least where a job of 0.2 takes twenty minutes at most. */
const base = `
seed: cherries
horizon: 20d
warmUp: 0
network: single
protocol: { assignment: uniform, verification: none, checkIn: none, slashing: none, attempts: 1, queueLimit: unlimited }
fleet:
  pickers: { nodes: 10, hardware: reference-cpu, quality: 1, strategy: { kind: cherry-picking, payLeast: 0.6 } }
workload:
  w: { class: task, arrivals: { perHour: 6 }, work: { exponential: { mean: 20m } }, fee: 0.2, deadline: none }
`;
const run = (...set: readonly string[]) => runFinished(loadText(base, ...set), { detail: true });

describe('cherry-picking', () => {
  it('takes the share of the jobs that are short enough for their fee', async () => {
    for (const others of ['refuse', 'drop', 'let-wait']) {
      const result = await run(`fleet.pickers.strategy.others=${others}`);
      const jobs = finalJobs(result);
      const taken = jobs.filter(({ outcome }) => outcome === 'completed');
      expect(Math.abs(binomialErrors(taken.length, jobs.length, 1 - Math.exp(-1)))).toBeLessThan(4);
      expect(taken.every(({ workSeconds }) => Number(workSeconds) <= 1_200)).toBe(true);
      const left = jobs.filter(({ outcome }) => outcome !== 'completed');
      expect(left.every(({ workSeconds }) => Number(workSeconds) > 1_200)).toBe(true);
    }
  });

  it('is blamed for what it drops or lets wait, and not for what it refuses', async () => {
    const slashedFor = async (others: string) => {
      const result = await run(`fleet.pickers.strategy.others=${others}`, 'protocol.slashing={kind: fixed}');
      return new Set(records(tableNamed(result, 'slashings')).map(({ cause }) => cause));
    };
    expect(await slashedFor('drop')).toEqual(new Set(['absence']));
    expect(await slashedFor('let-wait')).toEqual(new Set(['timeout']));
    expect(await slashedFor('refuse')).toEqual(new Set());
  });

  it('keeps a machine busy with what it drops for the share of the work that it states', async () => {
    const busySeconds = async (...set: readonly string[]) => {
      const { machines } = (await run('fleet.pickers.nodes=1', ...set)).finished.world;
      return machines.busySeconds[0]!;
    };
    const all = await busySeconds('fleet.pickers.strategy=honest', 'workload.w.arrivals.perHour=1');
    const picks = 'fleet.pickers.strategy={ payLeast: 1000000, droppedAfter: 0.5 }';
    const half = await busySeconds(picks, 'workload.w.arrivals.perHour=1');
    expect(all).toBeGreaterThan(100 * 3_600);
    // what is under way at the end counts as far as it has got
    expect(Math.abs(half / all - 0.5)).toBeLessThan(0.01);
  });

  it('says what of its settings is in vain', () => {
    const warned = (...set: readonly string[]) =>
      loadText(base, ...set).warnings.map(({ path, why }) => `${path} ${why}`);
    expect(warned()).toEqual([]);
    expect(warned('fleet.pickers.strategy.payLeast=0')).toEqual([
      'fleet.pickers.strategy.payLeast so that it takes every job',
    ]);
    expect(warned('fleet.pickers.strategy.droppedAfter=1')).toEqual([
      'fleet.pickers.strategy.droppedAfter so that it finishes every job',
    ]);
    expect(warned('fleet.pickers.strategy={ others: refuse, droppedAfter: 0.3 }')).toEqual([
      'fleet.pickers.strategy.droppedAfter so that it drops none',
    ]);
  });
});
