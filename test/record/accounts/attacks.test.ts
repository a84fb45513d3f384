import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../sim/scenario/text/faults.js';
import { loadText, metricOf, numbers, records, runFinished, tableNamed } from '../../support/scenarios.js';

const text = `
  horizon: 6d
  warmUp: 1d
  network: single
  protocol:
    verification: { kind: recompute, share: 0.3 }
    reputation: beta
    slashing: { kind: fixed, fraction: 0.02 }
    checkIn: none
  fleet:
    liars: { nodes: 4, hardware: reference-cpu, attack: ring, strategy: lazy }
    honest: { nodes: 12, hardware: reference-cpu }
    alone: { nodes: 3, hardware: reference-cpu, strategy: always-wrong }
    helpers: { nodes: 2, hardware: reference-cpu, attack: ring }
  workload: { w: { class: task, arrivals: { perHour: 30 }, work: 5m, valueAtRisk: 2 } }
  money: { treasury: 100000 }
`;

describe('the table of attacks', () => {
  it('has a row an attack, with the figures of all cohorts that name it, or of the one that names none', async () => {
    const run = await runFinished(loadText(text, 'twin=true'));
    const attacks = records(tableNamed(run, 'attacks'));
    expect(attacks.map(({ attack, cohorts }) => [attack, cohorts])).toEqual([
      ['ring', 'liars + helpers'],
      ['alone', 'alone'],
    ]);
    const cohorts = records(tableNamed(run, 'cohorts'));
    const sum = (column: string, names: string) =>
      cohorts.reduce(
        (all, row) => all + (names.split(' + ').includes(String(row.cohort)) ? Number(row[column]) : 0),
        0,
      );
    for (const row of attacks) {
      const names = String(row.cohorts);
      expect(Number(row.attackerProfitUsd)).toBeCloseTo(sum('profitUsd', names), 9);
      expect(Number(row.attackerIncomeUsd)).toBeCloseTo(sum('incomeUsd', names), 9);
      expect(Number(row.workFraction)).toBeCloseTo(sum('workFraction', names), 12);
      // who helps is no liar
      expect(row.detectedFraction).toBe(1);
    }
    const overTwin = numbers(tableNamed(run, 'attacks'), 'attackerProfitOverTwinUsd');
    expect(overTwin[0]! + overTwin[1]!).toBeCloseTo(metricOf(run, 'attackerProfitOverTwinUsd'), 9);
    expect(attacks[0]).not.toHaveProperty('attackerWorkShare');
    expect(attacks[0]).not.toHaveProperty('completedFraction');
  });

  it('isn’t there where nobody attacks', async () => {
    const honest = ['fleet.alone.strategy=honest', 'fleet.liars=null', 'fleet.helpers=null'];
    const run = await runFinished(loadText(text, ...honest));
    expect(run.tables.some(({ name }) => name === 'attacks')).toBe(false);
  });
});

describe('an expectation', () => {
  it('can be of an attack, whatever cohorts take part in it', async () => {
    const bound = (group: string) => `{ metric: attackerProfitUsd, cohort: ${group}, above: 0 }`;
    const share = '{ metric: attackerWorkShare, cohort: ring, above: 0 }';
    const run = await runFinished(loadText(text, `expect=[${['ring', 'liars', 'helpers'].map(bound)}, ${share}]`));
    const [ring, liars, helpers, ofWork] = run.held.map(({ told }) => told.value);
    expect(ring).toBeCloseTo(liars! + helpers!, 9);
    expect(ofWork).toBeCloseTo(numbers(tableNamed(run, 'attacks'), 'workFraction')[0]!, 12);
  });

  it('goes by the cohort where an attack has the same name, and is refused of neither', async () => {
    const of = (name: string) => `expect=[{ metric: attackerProfitUsd, cohort: ${name}, above: 0 }]`;
    const run = await runFinished(loadText(text, 'fleet.liars.attack=alone', of('alone')));
    const alone = records(tableNamed(run, 'cohorts')).find(({ cohort }) => cohort === 'alone')!;
    expect(run.held[0]!.told.value).toBe(alone.profitUsd);
    try {
      loadText(text, of('rong'));
      expect.unreachable();
    } catch (error) {
      expect((error as InvalidInput).faults[0]!.expected).toBe(
        'a cohort of attackers, or an attack: liars, alone, helpers, ring',
      );
      expect(error).toBeInstanceOf(InvalidInput);
    }
  });
});
