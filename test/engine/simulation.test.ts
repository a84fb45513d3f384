import { describe, expect, it } from 'vitest';
import { namedStream } from '../../sim/engine/random-stream.js';
import { type EventHandler, Simulation } from '../../sim/engine/simulation.js';

interface Delivery {
  time: number;
  kind: number;
  subject: number;
  detail: number;
}

/** A simulation that writes down what it delivers, and answers `accepted` for each. */
function recorded(accepted: (kind: number) => boolean = () => true) {
  const log: Delivery[] = [];
  const simulation = new Simulation();
  const handlers = Array.from({ length: 64 }, (_, kind): EventHandler => {
    return (subject, detail) => {
      log.push({ time: simulation.now, kind, subject, detail });
      return accepted(kind);
    };
  });
  return { simulation, handlers, log };
}

/** The fingerprint after delivering the given events until 100 s. */
function fingerprintOf(events: readonly [number, number, number, number][], accepted?: (kind: number) => boolean) {
  const { simulation, handlers } = recorded(accepted);
  for (const event of events) simulation.schedule(...event);
  simulation.runUntil(100, handlers);
  return simulation.fingerprint;
}

describe('Simulation', () => {
  it('delivers in the order of (time, order of scheduling), with kind, subject and detail as scheduled', () => {
    const { simulation, handlers, log } = recorded();
    simulation.schedule(2, 63, 0xffffffff, 0x3ffffff);
    simulation.schedule(1, 1, 0, 0);
    simulation.schedule(2, 0, 5, 6);
    simulation.schedule(1, 32, 0x80000000, 1);
    expect(simulation.pending).toBe(4);
    simulation.runUntil(2, handlers);
    expect(log).toEqual([
      { time: 1, kind: 1, subject: 0, detail: 0 },
      { time: 1, kind: 32, subject: 0x80000000, detail: 1 },
      { time: 2, kind: 63, subject: 0xffffffff, detail: 0x3ffffff },
      { time: 2, kind: 0, subject: 5, detail: 6 },
    ]);
    expect([simulation.delivered, simulation.pending]).toEqual([4, 0]);
  });

  it('delivers events at the horizon, also those scheduled for now meanwhile, and leaves later ones', () => {
    const times: number[] = [];
    const handlers: EventHandler[] = [];
    const simulation = new Simulation({ capacity: 4 });
    handlers[0] = (subject) => {
      times.push(simulation.now);
      if (subject === 1) simulation.schedule(simulation.now, 0, 2, 0);
      return true;
    };
    simulation.schedule(10, 0, 1, 0);
    simulation.schedule(10.5, 0, 3, 0);
    simulation.runUntil(10, handlers);
    expect(times).toEqual([10, 10]);
    expect([simulation.now, simulation.pending]).toEqual([10, 1]);
    simulation.runUntil(20, handlers);
    expect(times).toEqual([10, 10, 10.5]);
    expect(simulation.now).toBe(20);
  });

  it('gives the same fingerprint whether it runs in one go or in steps', () => {
    const run = (horizons: readonly number[]): string => {
      const uniform = namedStream('steps');
      const handlers: EventHandler[] = [];
      const simulation = new Simulation();
      handlers[0] = (subject, detail) => {
        simulation.schedule(simulation.now + uniform(), 0, subject, (detail + 1) & 0xffff);
        return true;
      };
      for (let i = 0; i < 50; i++) simulation.schedule(uniform(), 0, i, 0);
      for (const horizon of horizons) simulation.runUntil(horizon, handlers);
      return simulation.fingerprint;
    };
    expect(run([50])).toBe(run([0.1, 7, 7, 12.5, 50]));
  });

  it('returns after so many events with now at the last, and goes on where it was when called again', () => {
    const { simulation, handlers, log } = recorded();
    const times = () => log.map(({ time }) => time);
    for (const time of [1, 2, 2, 3]) simulation.schedule(time, 0, 0, 0);
    expect(simulation.runUntil(10, handlers, 2)).toBe(false);
    expect([simulation.now, simulation.delivered, times()]).toEqual([2, 2, [1, 2]]);
    simulation.schedule(2, 0, 0, 0);
    expect(simulation.runUntil(10, handlers, 3)).toBe(false);
    expect(simulation.runUntil(10, handlers, 3)).toBe(true);
    expect([simulation.now, times()]).toEqual([10, [1, 2, 2, 2, 3]]);
  });

  it('has another fingerprint when the time, kind, subject, detail, order or number of events changes', () => {
    const base: [number, number, number, number][] = [
      [1, 2, 3, 4],
      [1, 5, 6, 7],
    ];
    const others: [number, number, number, number][][] = [
      [],
      [base[0]!],
      [base[1]!, base[0]!],
      [[1 + 2 ** -52, 2, 3, 4], base[1]!],
      [[1, 3, 3, 4], base[1]!],
      [[1, 2, 4, 4], base[1]!],
      [[1, 2, 3, 5], base[1]!],
      [base[0]!, base[1]!, base[1]!],
    ];
    const fingerprints = [base, ...others].map((events) => fingerprintOf(events));
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
    expect(fingerprintOf(base)).toBe(fingerprints[0]);
    for (const fingerprint of fingerprints) expect(fingerprint).toMatch(/^[0-9a-f]{16}$/);
  });

  it('leaves events whose handler returns false out of the fingerprint, and counts them as delivered', () => {
    const isReal = (kind: number): boolean => kind !== 9;
    const real: [number, number, number, number][] = [
      [1, 0, 1, 1],
      [3, 0, 2, 2],
    ];
    expect(fingerprintOf([...real, [2, 9, 7, 7], [3, 9, 7, 7]], isReal)).toBe(fingerprintOf(real));
    const { simulation, handlers } = recorded(isReal);
    simulation.schedule(0, 9, 0, 0);
    simulation.runUntil(0, handlers);
    expect(simulation.delivered).toBe(1);
  });

  it('refuses times before now, infinite ones and NaN, and says what it expected and found', () => {
    const { simulation, handlers } = recorded();
    simulation.runUntil(10, handlers);
    simulation.schedule(10, 0, 0, 0);
    for (const time of [9.999, -1, Infinity, Number.NaN]) {
      expect(() => simulation.schedule(time, 0, 0, 0)).toThrow(RangeError);
    }
    expect(() => simulation.schedule(9, 1, 2, 3)).toThrow(/expected a finite time >= now \(10\).*found time 9, kind 1/);
    expect(simulation.pending).toBe(1);
  });

  it('refuses kinds above 63, subjects above 2^32 - 1, details above 2^26 - 1, fractions and negative numbers', () => {
    const { simulation } = recorded();
    const wrong: [number, number, number][] = [
      [64, 0, 0],
      [-1, 0, 0],
      [0.5, 0, 0],
      [0, 2 ** 32, 0],
      [0, -1, 0],
      [0, 1.5, 0],
      [0, 0, 2 ** 26],
      [0, 0, -1],
      [0, 0, 0.5],
    ];
    for (const [kind, subject, detail] of wrong) {
      expect(() => simulation.schedule(0, kind, subject, detail)).toThrow(RangeError);
    }
    expect(simulation.pending).toBe(0);
  });

  it('refuses horizons before now, a run within a run and events without a handler', () => {
    const handlers: EventHandler[] = [];
    const simulation = new Simulation();
    simulation.runUntil(5, handlers);
    expect(() => simulation.runUntil(4, handlers)).toThrow(/expected a finite horizon >= now \(5\), found 4/);
    expect(() => simulation.runUntil(Infinity, handlers)).toThrow(RangeError);
    simulation.schedule(6, 0, 0, 0);
    expect(() => simulation.runUntil(6, handlers)).toThrow(/expected a handler for kind 0, found none/);
    handlers[0] = () => {
      simulation.runUntil(100, handlers);
      return true;
    };
    simulation.schedule(7, 0, 0, 0);
    expect(() => simulation.runUntil(8, handlers)).toThrow(/outside of handlers/);
    expect(simulation.now).toBe(7);
    simulation.runUntil(8, handlers);
    expect(simulation.now).toBe(8);
  });
});
