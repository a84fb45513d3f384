import { describe, expect, it } from 'vitest';
import { metrics } from '../../../sim/record/metrics/index.js';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';

/** Nobody looks at results, nobody is slashed, and nobody waits. */
const base = `
seed: twins
horizon: 6d
warmUp: 1d
network: single
protocol:
  reputation: { kind: ema, alpha: 0.05 }
  verification: none
  slashing: none
  checkIn: none
fleet:
  honest: { nodes: 30, quality: 1 }
  swarm: { nodes: 10, quality: 1, strategy: { kind: always-wrong } }
workload:
  w: { class: task, arrivals: { perHour: 60 }, work: 1m, fee: 0.5, valueAtRisk: 2, deadline: none }
`;
const twinMetrics = metrics.filter(({ needs }) => needs === 'twin').map(({ name }) => name);

describe('metrics over the honest twin', () => {
  it('are empty unless the twin is run, and there are some', async () => {
    const run = await runFinished(loadText(base));
    expect(twinMetrics.length).toBeGreaterThan(5);
    for (const name of twinMetrics) expect(metricOf(run, name)).toBeNaN();
    expect(run.twin).toBeNull();
    expect(run.tables.some(({ name }) => name === 'twin')).toBe(false);
  });

  it('tell no difference where nobody attacks, and nothing of the attackers that there aren’t', async () => {
    const run = await runFinished(loadText(base, 'twin=true', 'fleet.swarm.strategy=honest'));
    expect([...tableNamed(run, 'twin').rows()]).toEqual([...tableNamed(run, 'timeseries').rows()]);
    for (const name of ['attackerProfitOverTwinUsd', 'attackerReturn', 'sybilGain', 'attackerWorkShareOverTwin']) {
      expect(metricOf(run, name), name).toBeNaN();
    }
    for (const name of ['honestProfitOverTwinUsd', 'completedOverTwinFraction', 'wrongAcceptedOverTwin']) {
      expect(metricOf(run, name), name).toBe(0);
    }
  });

  it('tell nothing of honest operators where everybody attacks', async () => {
    const run = await runFinished(loadText(base, 'twin=true', 'fleet.honest.strategy=always-wrong'));
    expect(metricOf(run, 'honestProfitOverTwinUsd')).toBeNaN();
    expect(metricOf(run, 'attackerProfitOverTwinUsd')).toBeGreaterThan(0);
  });

  it('tell what undetected wrong results brought, and nothing else where nothing else differs', async () => {
    const run = await runFinished(loadText(base, 'twin=true'));
    const rows = records(tableNamed(run, 'cohorts'));
    const { stolenUsd, savedUsd } = rows.find(({ cohort }) => cohort === 'swarm')!;
    const gained = metricOf(run, 'attackerProfitOverTwinUsd');
    // each wrong result is worth 2; who didn't compute saved it, and used less power
    expect(Number(stolenUsd)).toBeGreaterThan(500);
    expect(gained).toBeGreaterThanOrEqual(Number(stolenUsd) + Number(savedUsd) - 1e-9);
    expect(gained).toBeLessThan((Number(stolenUsd) + Number(savedUsd)) * 1.05);
    expect(metricOf(run, 'honestProfitOverTwinUsd')).toBe(0);
    expect(metricOf(run, 'sybilGain')).toBe(1);
    expect(metricOf(run, 'attackerWorkShareOverTwin')).toBe(0);
    expect(metricOf(run, 'completedOverTwinFraction')).toBe(0);
    expect(metricOf(run, 'wrongAcceptedOverTwin')).toBe(metricOf(run, 'wrongAcceptedRate'));
    const put = metricOf(run, 'attackerPeakLockedUsd') + metricOf(run, 'attackerCostUsd');
    expect(metricOf(run, 'attackerReturn')).toBeCloseTo(gained / put, 12);
  });

  it('are 0 for attackers that are honest, one identity a machine, whose twin is the run to the bit', async () => {
    const honest = 'fleet.swarm={ nodes: 10, quality: 1, attack: raid, strategy: { kind: honest } }';
    const run = await runFinished(loadText(base, honest, 'twin=true'));
    expect(run.twin).toEqual({
      trajectoryFingerprint: run.trajectoryFingerprint,
      accountingFingerprint: run.accountingFingerprint,
    });
    for (const name of twinMetrics) expect(metricOf(run, name)).toBe(name === 'sybilGain' ? 1 : 0);
  });

  it('are 0 for them also where their hardware errs: a fault is nobody’s gain, whoever has it', async () => {
    const honest = 'fleet.swarm={ nodes: 10, quality: 0.9, attack: raid, strategy: { kind: honest } }';
    const numeric = 'workload.w.class=oracle-query';
    for (const answers of [[], [numeric, 'workload.w.tolerance=0.01']]) {
      const run = await runFinished(loadText(base, honest, ...answers, 'twin=true'));
      expect(metricOf(run, 'wrongAcceptedRate')).toBeGreaterThan(0.005);
      for (const name of twinMetrics) expect(metricOf(run, name), name).toBe(name === 'sybilGain' ? 1 : 0);
    }
  });

  it('have the curves of the twin beside those of the run, each its own', async () => {
    const run = await runFinished(
      loadText(
        base,
        'twin=true',
        'protocol.slashing={ kind: fixed, fraction: 0.1 }',
        'protocol.verification={ kind: recompute, share: 1 }',
      ),
    );
    const [own, twin] = [tableNamed(run, 'timeseries'), tableNamed(run, 'twin')];
    expect(twin.columns.map(({ name }) => name)).toEqual(own.columns.map(({ name }) => name));
    expect(twin.rowCount).toBe(own.rowCount);
    const slashed = (table: typeof own) => {
      return records(table)
        .filter(({ cohort }) => cohort === 'swarm')
        .map(({ slashedTokens }) => Number(slashedTokens));
    };
    expect(slashed(own).at(-1)).toBeGreaterThan(0);
    expect(slashed(twin).at(-1)).toBe(0);
  });

  it('run the twin where one of them is asked for: in an expectation, a question, or what a sweep shows', async () => {
    for (const asked of [
      'expect=[{ metric: attackerReturn, above: 0 }]',
      'question={ yesIf: { metric: sybilGain, above: 2 } }',
      'experiment={ metrics: [honestProfitOverTwinUsd] }',
    ]) {
      const run = await runFinished(loadText(base, asked));
      expect(run.twin, asked).not.toBeNull();
      expect(metricOf(run, 'attackerReturn')).toBeGreaterThan(0);
    }
  });
});
