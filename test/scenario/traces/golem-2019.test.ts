import { createHash } from 'node:crypto';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { loadGolem2019 } from '../../../sim/scenario/traces/golem-2019.js';
import type { FleetTrace } from '../../../sim/scenario/traces/trace.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const fixture = join(root, 'test/fixtures/golem-2019');
const month = '2019-01';
const hour = 3_600;

/** Machines up at each snapshot, counted one by one. */
function machinesUp({ snapshotTimes, starts, ends }: FleetTrace): number[] {
  return Array.from(snapshotTimes, (time) => starts.filter((start, s) => start <= time && time < ends[s]!).length);
}

function figures(trace: FleetTrace): Record<string, number> {
  return Object.fromEntries(trace.figures.map(({ name, value }) => [name, value]));
}

function sessionsOf(trace: FleetTrace, machine: number): number[][] {
  const sessions: number[][] = [];
  for (let s = trace.offsets[machine]!; s < trace.offsets[machine + 1]!; s++) {
    sessions.push([trace.starts[s]! / hour, trace.ends[s]! / hour]);
  }
  return sessions;
}

describe('the made-up network', () => {
  const trace = loadGolem2019(fixture, month);

  test('machines up are as many as the nodes online at each of the 48 snapshots', () => {
    expect(machinesUp(trace)).toEqual([...trace.snapshotOnline]);
    expect(trace.snapshotTimes).toHaveLength(48);
    expect(trace.seconds).toBe(47 * hour);
  });

  test('a session lasts until the first snapshot after its end, the last one for an hour more', () => {
    expect(sessionsOf(trace, 0)).toEqual([[0, 48]]);
    expect(sessionsOf(trace, 3)).toEqual([
      [5, 6],
      [7, 10],
      [20, 32],
    ]);
    expect(sessionsOf(trace, 6)).toEqual([[47, 48]]);
    expect(trace.joinAt[3]).toBe(5 * hour);
  });

  test('completion is the share of results, and 0.955 or what the caller says without outcomes', () => {
    // 27 results, no error, no timeout; the reset of the counter counts as nothing.
    expect(trace.completion[0]).toBe(1);
    expect(trace.completion[10]).toBe(13 / 20);
    expect(trace.completion[9]).toBe(0.955);
    expect(loadGolem2019(fixture, month, 0.5).completion[9]).toBe(0.5);
  });

  test('figures sum it up', () => {
    expect(figures(trace)).toEqual({
      providers: 12,
      providersWithoutSessions: 0,
      providersWithoutOutcomes: 4,
      sessions: 21,
      uncensoredSessions: 14,
      uncensoredSessionMeanHours: 147 / 14,
      uncensoredSessionMedianHours: 6,
      snapshots: 48,
      onlineMean: 269 / 48,
      onlineMin: 4,
      onlineMax: 8,
      snapshotsUnequal: 0,
      outcomesSuccess: 112,
      outcomesError: 2,
      outcomesTimeout: 11,
      negativeCells: 1,
      negativeRows: 1,
    });
  });

  test('files are named without their folder and hashed as they are', () => {
    expect(trace.files.map(({ path }) => path)).toEqual(
      ['nodes', 'sessions', 'outcomes', 'snapshots'].map((name) => `${name}_${month}.csv`),
    );
    for (const { path, sha256 } of trace.files) {
      const bytes = readFileSync(join(fixture, path));
      expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
    }
  });
});

const data = join(process.env.REPUTATION_SIM_DATA ?? join(root, '../shared/data'), 'golem-2019');
const isThere = existsSync(data);
if (!isThere) console.warn(`skipped: no real records in ${data}; REPUTATION_SIM_DATA names the folder of data sets`);

describe.skipIf(!isThere)('the real network', () => {
  test('January has the figures that its publisher states', () => {
    const trace = loadGolem2019(data, '2019-01');
    expect(figures(trace)).toEqual({
      providers: 1_560,
      providersWithoutSessions: 0,
      providersWithoutOutcomes: 855,
      sessions: 6_594,
      uncensoredSessions: 5_982,
      uncensoredSessionMeanHours: expect.closeTo(25.385, 3),
      uncensoredSessionMedianHours: 6,
      snapshots: 745,
      onlineMean: expect.closeTo(360.0, 1),
      onlineMin: 314,
      onlineMax: 401,
      snapshotsUnequal: 0,
      outcomesSuccess: 34_937,
      outcomesError: 495,
      outcomesTimeout: 1_156,
      negativeCells: 76,
      negativeRows: 52,
    });
    expect(trace.seconds).toBe(2_674_487);
    const { shape, scale } = fitWeibull(snapshotsOfUncensored(trace));
    expect(shape).toBeCloseTo(0.616, 3);
    expect(scale).toBeCloseTo(15.91, 2);
  });

  test('February has its own', () => {
    expect(figures(loadGolem2019(data, '2019-02'))).toMatchObject({
      providers: 1_383,
      providersWithoutSessions: 0,
      sessions: 5_331,
      uncensoredSessions: 4_749,
      snapshots: 654,
      onlineMin: 267,
      onlineMax: 378,
      snapshotsUnequal: 0,
      outcomesSuccess: 22_123,
      outcomesError: 564,
      outcomesTimeout: 1_288,
      negativeCells: 94,
      negativeRows: 52,
    });
  });

  test.each(['2019-01', '2019-02'])('machines up in %s are as many as the nodes online at each snapshot', (name) => {
    const trace = loadGolem2019(data, name);
    expect(machinesUp(trace)).toEqual([...trace.snapshotOnline]);
  });
});

/** Snapshots in each session that neither the first nor the last snapshot is part of. */
function snapshotsOfUncensored({ starts, ends, snapshotTimes, seconds }: FleetTrace): number[] {
  const place = new Map(Array.from(snapshotTimes, (time, index) => [time, index]));
  return Array.from(starts, (start, s) => [start, ends[s]!] as const)
    .filter(([start, end]) => start > 0 && end <= seconds)
    .map(([start, end]) => place.get(end)! - place.get(start)!);
}

/** Maximum likelihood: bisection on the shape's equation, which rises with the shape. */
function fitWeibull(lengths: readonly number[]): { shape: number; scale: number } {
  const meanLog = lengths.reduce((sum, x) => sum + Math.log(x), 0) / lengths.length;
  let [low, high] = [0.1, 10];
  for (let step = 0; step < 60; step++) {
    const shape = (low + high) / 2;
    const powers = lengths.map((x) => Math.exp(shape * Math.log(x)));
    const weighted = powers.reduce((sum, power, index) => sum + power * Math.log(lengths[index]!), 0);
    const excess = weighted / powers.reduce((sum, power) => sum + power, 0) - 1 / shape - meanLog;
    if (excess > 0) high = shape;
    else low = shape;
  }
  const powers = lengths.reduce((sum, x) => sum + Math.exp(low * Math.log(x)), 0);
  return { shape: low, scale: Math.exp(Math.log(powers / lengths.length) / low) };
}

test.each(['sessions', 'outcomes', 'nodes', 'snapshots'])('%s without rows are refused', (name) => {
  const folder = temporaryFolder('golem');
  cpSync(fixture, folder, { recursive: true });
  const file = join(folder, `${name}_${month}.csv`);
  writeFileSync(file, `${readFileSync(file, 'utf8').split('\n')[0]}\n`);
  expect(() => loadGolem2019(folder, month)).toThrow(`${name}_${month}.csv: expected rows under the header`);
});
