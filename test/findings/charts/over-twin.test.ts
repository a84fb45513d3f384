import { describe, expect, it } from 'vitest';
import { accountsOverTwin } from '../../../sim/findings/charts/over-twin.js';
import { cohortAccounts } from '../../../sim/findings/cohort-accounts.js';
import { loadText, metricOf, runFinished, tableNamed } from '../../support/scenarios.js';

const scenario = `
  horizon: 4d
  network: single
  twin: true
  protocol:
    verification: { kind: recompute, share: 0.2 }
    reputation: beta
    slashing: { kind: fixed, fraction: 0.02 }
  fleet:
    honest: { nodes: 12, hardware: reference-cpu, quality: 1 }
    liars: { nodes: 4, hardware: reference-cpu, quality: 1, strategy: { kind: lazy, lazyProbability: 0.5 } }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 5m, valueAtRisk: 2 } }
  money: { treasury: 100000 }
`;

describe('the accounts over the honest twin', () => {
  it('are item by item the metrics’ profits beyond the twin’s', async () => {
    const run = await runFinished(loadText(scenario));
    const [own, twin] = ['cohorts', 'twin-cohorts'].map((name) => cohortAccounts(tableNamed(run, name)));
    const sides = accountsOverTwin(own!, twin!);
    expect(sides.map(({ side }) => side)).toEqual(['attackers', 'honest']);
    for (const { side, items, profitUsd } of sides) {
      const sum = items.reduce((all, { usd }) => all + usd, 0);
      expect(sum).toBeCloseTo(profitUsd, 9);
      const metric = side === 'attackers' ? 'attackerProfitOverTwinUsd' : 'honestProfitOverTwinUsd';
      expect(profitUsd).toBeCloseTo(metricOf(run, metric), 9);
      expect(profitUsd).not.toBe(0);
    }
    const [{ items }] = sides as [(typeof sides)[number]];
    const itemOf = (name: string) => items.find((item) => item.name === name)!.usd;
    expect(itemOf('undetected wrong results')).toBeGreaterThan(0);
    expect(itemOf('slashed')).toBeLessThan(0);
  });

  it('of a run without a twin have no table', async () => {
    const run = await runFinished(loadText(scenario, 'twin=false'));
    expect(run.tables.some(({ name }) => name === 'twin-cohorts')).toBe(false);
  });
});
