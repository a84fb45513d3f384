import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../sim/run.js';
import { estimateRun } from '../../../sim/scenario/plan/estimate.js';
import { finalJobs, loadText } from '../../support/scenarios.js';

const text = (arrivals: string) => `
horizon: 2h
warmUp: 0
network: single
protocol: { assignment: uniform, verification: none }
fleet: { honest: { nodes: 5 } }
workload: { w: { class: simulation, work: 1m, arrivals: ${arrivals} } }
`;

const submitted = async (arrivals: string, ...set: string[]) => {
  const result = await runScenario(loadText(text(arrivals), ...set), { detail: true });
  return finalJobs(result).map(({ submittedSeconds }) => submittedSeconds);
};

describe('arrivals at set times', () => {
  it('come every so often, the first after as long', async () => {
    expect(await submitted('{ every: 30m }')).toEqual([1_800, 3_600, 5_400]);
    expect(await submitted('{ every: 30m }', 'workload.w.jobs=2')).toEqual([1_800, 3_600]);
  });

  it('come by a list, of which the last can lie behind the horizon', async () => {
    expect(await submitted('{ at: [0, 10m, 10m, 1h, 9h] }')).toEqual([0, 600, 600, 3_600]);
  });

  it('are reckoned as so many', () => {
    expect(estimateRun(loadText(text('{ every: 1m }'))).jobs).toBe(120);
    expect(estimateRun(loadText(text('{ at: [1m, 2m, 3m] }'))).jobs).toBe(3);
  });
});

describe('arrivals that can’t be', () => {
  const one = 'expected exactly one of perSecond, perHour, perDay, every, at';
  it.each([
    ['{}', `arrivals: ${one}`],
    ['{ every: 1m, perHour: 3 }', `arrivals: ${one}`],
    ['{ every: 1m, at: [1m] }', `arrivals: ${one}`],
    ['{ every: 0 }', 'arrivals.every: expected a duration above 0'],
    ['{ every: 1m, diurnal: 0.4 }', 'arrivals.diurnal: expected 0 beside every or at'],
    ['{ at: [] }', 'arrivals.at: expected a list of at least one time'],
    ['{ at: 1h }', 'arrivals.at: expected a list of times, such as [1h, 2h], found 1h'],
    ['{ at: [2h, 1h] }', 'arrivals.at.1: expected a time not before the one ahead of it, found 1h'],
    ['{ at: [1m], surges: { s: { at: 1m, for: 1m, factor: 2 } } }', 'arrivals.surges: expected none beside at'],
  ])('%s is refused where it stands', (arrivals, message) => {
    expect(() => loadText(text(arrivals))).toThrow(message);
  });
});
