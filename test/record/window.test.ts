import { beforeAll, describe, expect, test } from 'vitest';
import { dataDictionary } from '../../reports/table-file/csv.js';
import { metrics } from '../../sim/record/metrics/index.js';
import { isWindow, windows } from '../../sim/record/window.js';
import { type RunResult, runScenario } from '../../sim/run.js';
import { loadText, numbers, records, tableNamed } from '../support/scenarios.js';

/** A run in which as much as possible happens: attackers, outages, comers and goers, open jobs. */
const scenario = `
  horizon: 20d
  network: single
  protocol:
    extends: triangulated-mesh
    reputation: { loss: 0.1 }
    slashing: { maxFraction: 0.5 }
    verification:
      - { kind: peer-attestation, peers: 4, threshold: 3 }
      - { kind: spot-check, probability: 0.1 }
      - { kind: recompute, share: 0.5 }
  stress: { outages: { power: { hardware: consumer-gpu, at: [4d, 9d], for: 3h } } }
  fleet:
    a:
      nodes: 12
      hardware: consumer-gpu
      outages: { up: { exponential: { mean: 6h } }, down: 20m }
      completion: 0.95
    b: { nodes: 8, hardware: reference-cpu, joins: { newcomers: { perDay: 1 } }, leaves: { after: 12d } }
    liars: { nodes: 3, strategy: always-wrong }
    traders: { nodes: 2, funds: 100, strategy: { kind: wash-trading, directs: false } }
  workload:
    w: { arrivals: { perHour: 12 }, deadline: { times: 6, atLeast: 30m } }
    asked: { class: oracle-query, arrivals: { perHour: 12 } }
`;

const runs: RunResult[] = [];
beforeAll(async () => {
  for (const warmUp of ['1d', '8d'])
    runs.push(await runScenario(loadText(scenario, `warmUp=${warmUp}`), { detail: true }));
});

describe('the window of a figure', () => {
  test('stands in the data dictionary for every column and metric, as one of a few words', () => {
    const [{ tables }] = runs as [RunResult, RunResult];
    const rows = records(dataDictionary(tables));
    expect(rows.length).toBeGreaterThan(150);
    const unknown = rows.filter(({ window }) => !isWindow(String(window)));
    expect(unknown.map(({ file, column }) => `${file} ${column}`)).toEqual([]);
    const ofMetrics = rows.filter(
      ({ file, column }) => file === 'runs.csv' && column !== 'replication' && column !== 'seed',
    );
    expect(ofMetrics.map(({ column, window }) => [column, window])).toEqual(
      metrics.map(({ name, window }) => [name, window]),
    );
    const used = new Set(rows.map(({ window }) => window));
    for (const word of Object.keys(windows)) expect(used).toContain(word);
  });

  test('isn’t contradicted by the meaning', () => {
    for (const { tables } of runs) {
      for (const { columns } of tables) {
        for (const { name, window, meaning } of columns) {
          if (/the whole run/.test(meaning)) expect(window, name).toBe('whole run');
          if (/interval ending here/.test(meaning)) expect(window, name).toBe('in the interval');
          if (/ so far$/.test(meaning)) expect(['so far', 'whole run'], name).toContain(window);
          if (/ at the end$/.test(meaning)) expect(['at the end', 'after the warm-up'], name).toContain(window);
        }
      }
    }
  });

  test('is after the warm-up for the metrics that its length moves, and for no others', () => {
    const [short, long] = runs as [RunResult, RunResult];
    expect(long.trajectoryFingerprint).toBe(short.trajectoryFingerprint);
    let moved = 0;
    for (const { name, window } of metrics) {
      const isSame = Object.is(short.row.values[name], long.row.values[name]);
      if (window !== 'after the warm-up') expect(isSame, name).toBe(true);
      else if (!isSame) moved++;
    }
    // those that have a value here
    const after = metrics.filter(
      ({ name, window }) => window === 'after the warm-up' && Number.isFinite(short.row.values[name]),
    ).length;
    expect(moved).toBeGreaterThan(0.7 * after);
  });

  test('of samples is what their numbers show: sums so far never fall, those of the interval do', () => {
    const [{ tables }] = runs as [RunResult, RunResult];
    const { columns } = tables.find(({ name }) => name === 'timeseries')!;
    const all = records(tableNamed(runs[0]!, 'timeseries')).filter(({ cohort }) => cohort === 'all');
    for (const { name, window } of columns) {
      const values = all.map((row) => row[name]).filter((cell): cell is number => typeof cell === 'number');
      const falls = values.some((value, at) => value < (values[at - 1] ?? value));
      if (window === 'so far') expect(falls, name).toBe(false);
      if (name === 'jobsFinal' || name === 'slotHoursWorked') expect(falls, name).toBe(true);
    }
    expect(numbers(tableNamed(runs[0]!, 'timeseries'), 'slashedTokens').at(-1)).toBeGreaterThan(0);
  });
});
