import { describe, expect, it } from 'vitest';
import { loadText, metricOf, records, runFinished, tableNamed } from '../support/scenarios.js';

/** One machine with two slots, and from the first minutes on more work than it can do: two jobs of 10 h at a time. */
const scenario = `
  horizon: 40h
  warmUp: 0
  sampleEvery: 1h
  network: single
  protocol: { checkIn: none, verification: none, attempts: 1, queueLimit: unlimited }
  fleet: { a: { nodes: 1, hardware: reference-cpu, slots: 2 } }
  workload: { w: { class: task, arrivals: { perHour: 600 }, work: 10h, jobs: 100, deadline: none } }
`;

/** By interval of an hour: how long slots were up, how long they worked [h], and the share. */
async function hoursOf(...set: readonly string[]) {
  const result = await runFinished(loadText(scenario, ...set));
  const rows = records(tableNamed(result, 'timeseries'));
  const intervals = (cohort: string) =>
    rows
      .filter((row) => row.cohort === cohort)
      .map((row) => [row.slotHoursUp, row.slotHoursWorked, row.utilisationFraction] as (number | null)[]);
  return { result, own: intervals('a'), all: intervals('all') };
}

const round = (row: readonly (number | null)[]) =>
  row.map((cell) => (cell === null ? null : Math.round(cell * 1e9) / 1e9));

describe('slot time in an interval', () => {
  it('has the work of attempts under way, which end long after it', async () => {
    const { own, all } = await hoursOf();
    expect(own[0]).toEqual([0, 0, null]);
    const [up, worked, share] = own[1] as number[];
    // the first two jobs came within a few minutes
    expect(up).toBe(2);
    expect(worked).toBeGreaterThan(1.8);
    expect(worked).toBeLessThan(2);
    expect(share).toBe(worked! / 2);
    expect(own.slice(2).map(round)).toEqual(Array(39).fill([2, 2, 1]));
    expect(all).toEqual(own);
  });

  it.each([
    // with the machine go the jobs, and no others come
    ['lose', [2, 0, 0]],
    ['pause', [2, 2, 1]],
    ['finish', [2, 2, 1]],
  ])('leaves out the hours in which the machine is down: %s', async (running, afterwards) => {
    const { own } = await hoursOf(`fleet.a.outages={up: 6h, down: 3h, running: ${running}}`);
    own.slice(2).forEach((row, at) => {
      const isDown = (at + 1) % 9 >= 6;
      const isUp = at + 1 < 6 ? [2, 2, 1] : afterwards;
      expect(round(row), `interval ${at + 2}`).toEqual(isDown ? [0, 0, null] : isUp);
    });
  });

  it('leaves out what a machine works on after its last identity has left', async () => {
    const { own, result } = await hoursOf('fleet.a.leaves={at: 15h}');
    expect(own.slice(2, 16).map(round)).toEqual(Array(14).fill([2, 2, 1]));
    expect(own.slice(16)).toEqual(Array(25).fill([0, 0, null]));
    // it goes on with what it has
    expect(result.finished.world.machines.busySeconds[0]! / 3_600).toBeGreaterThan(35);
  });

  it('adds up to the metric', async () => {
    const { result, own } = await hoursOf('fleet.a.outages={up: 5h, down: 2h, running: pause}', 'workload.w.jobs=3');
    const sum = (place: number) => own.reduce((total, row) => total + row[place]!, 0);
    expect(sum(1) / sum(0)).toBeCloseTo(metricOf(result, 'utilisation'), 12);
    expect(sum(1)).toBeCloseTo(30, 9);
  });
});
