import { describe, expect, it } from 'vitest';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';

const scenario = `
  horizon: 6d
  warmUp: 1d
  network: single
  protocol:
    verification: { kind: recompute, share: 0.3 }
    reputation: beta
    slashing: { kind: fixed, fraction: 0.02 }
    checkIn: none
  fleet:
    honest: { nodes: 12, hardware: reference-cpu, quality: 1 }
    liars: { nodes: 4, hardware: reference-cpu, quality: 1, strategy: { kind: lazy, lazyProbability: 0.5 } }
    late: { nodes: 2, hardware: reference-cpu, joins: { at: 3d }, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 5m, valueAtRisk: 2 } }
  money: { treasury: 100000 }
`;

async function sidesOf(...set: readonly string[]) {
  const run = await runFinished(loadText(scenario, ...set));
  const samples = [...records(tableNamed(run, 'timeseries'))];
  return { run, samples, cohorts: [...records(tableNamed(run, 'cohorts'))] };
}

describe('what corruption brought and cost', () => {
  it.each([
    ['at one price', []],
    ['at a price that moves', ['money.tokenPath={ drift: 0.1 }']],
  ])('comes by the end to the items of the account %s', async (_, set) => {
    const { samples, cohorts } = await sidesOf(...set);
    for (const cohort of cohorts) {
      const last = samples.findLast((row) => row.cohort === cohort.cohort)!;
      if (cohort.isAttacker === false) {
        expect([last.corruptionGainUsd, last.corruptionCostUsd]).toEqual([null, null]);
        continue;
      }
      const [stolen, saved, slashed] = [cohort.stolenUsd, cohort.savedUsd, cohort.slashedUsd].map(Number);
      const costs = [cohort.identityFeesUsd, cohort.ownJobsUsd, cohort.attackCostsUsd].map(Number);
      expect(stolen).toBeGreaterThan(0);
      expect(slashed).toBeGreaterThan(0);
      expect(last.corruptionGainUsd).toBeCloseTo(stolen! + saved!, 9);
      expect(last.corruptionCostUsd).toBeCloseTo(
        costs.reduce((sum, cost) => sum + cost, slashed!),
        9,
      );
    }
  });

  it('never falls at one price, and begins when the attackers come', async () => {
    const { samples } = await sidesOf();
    for (const name of ['corruptionGainUsd', 'corruptionCostUsd'] as const) {
      const late = samples.filter(({ cohort }) => cohort === 'late');
      const values = late.map((row) => Number(row[name]));
      expect(values.every((value, at) => value >= (values[at - 1] ?? 0))).toBe(true);
      expect(late.filter(({ timeDays }) => Number(timeDays) < 3).every((row) => row[name] === 0)).toBe(true);
      expect(values.at(-1)).toBeGreaterThan(0);
    }
  });
});

describe('the table of detection', () => {
  it('has a row for each attacker’s identity that lied, as the metrics tell of', async () => {
    const { run } = await sidesOf();
    const rows = [...records(tableNamed(run, 'detection'))];
    expect(new Set(rows.map(({ cohort }) => cohort))).toEqual(new Set(['liars', 'late']));
    expect(rows).toHaveLength(6);
    const punished = rows.filter(({ isPunished }) => isPunished === true);
    expect(punished.length / rows.length).toBe(metricOf(run, 'detectedFraction'));
    for (const row of rows) {
      expect(Number(row.unpunishedDays)).toBeGreaterThanOrEqual(0);
      expect(Number(row.jobs)).toBeGreaterThanOrEqual(Number(row.wrongResults));
      expect(Number(row.wrongResults)).toBeGreaterThanOrEqual(1);
      expect(row.ejectedAfterDays).toBeNull();
    }
    // all are struck within days: the median of an even number is the lower of the middle two
    expect(punished).toHaveLength(6);
    const sorted = rows.map(({ unpunishedDays }) => Number(unpunishedDays)).sort((a, b) => a - b);
    expect(metricOf(run, 'detectionMedianDays')).toBeCloseTo(sorted[2]!, 12);
  });

  it('leaves out faults: who serves at first is found from then on, who never lies at nothing', async () => {
    const from = 'fleet.liars.strategy={ kind: build-then-betray, until: 3d }';
    const { run, cohorts } = await sidesOf(
      from,
      'fleet.liars.quality=0.8',
      'fleet.late.strategy=honest',
      'fleet.late.attack=x',
    );
    const rows = [...records(tableNamed(run, 'detection'))];
    expect(rows.map(({ cohort }) => cohort)).toEqual(['liars', 'liars', 'liars', 'liars']);
    expect(Math.min(...rows.map(({ firstWrongDays }) => Number(firstWrongDays)))).toBeGreaterThan(3);
    expect(cohorts.find(({ cohort }) => cohort === 'late')!.stolenUsd).toBe(0);
    const erring = await sidesOf('fleet.liars.attack=x', 'fleet.liars.strategy=honest', 'fleet.liars.quality=0.8');
    expect(metricOf(erring.run, 'wrongAcceptedRate')).toBeGreaterThan(0);
    expect(erring.cohorts.find(({ cohort }) => cohort === 'liars')!.stolenUsd).toBe(0);
  });

  it('says when who is ejected went, and has no rows without attackers', async () => {
    const { run } = await sidesOf('protocol.slashing.ejectsFor=[invalid]');
    for (const row of records(tableNamed(run, 'detection'))) expect(row.ejectedAfterDays).toBe(row.unpunishedDays);
    const honest = await sidesOf('fleet.liars.strategy=honest', 'fleet.late.strategy=honest');
    expect([...records(tableNamed(honest.run, 'detection'))]).toEqual([]);
  });
});
