import { describe, expect, it } from 'vitest';
import { loadText } from '../../support/scenarios.js';

const base = `
  horizon: 10d
  seed: 5
  fleet:
    here: { nodes: 3, regions: { europe: 1 }, providers: { vps: 1 } }
    late: { nodes: 4, regions: { japan: 1 }, hardware: rtx-4090, joins: { at: 8d } }
    gone: { nodes: 4, regions: { asia-pacific: 1 }, leaves: { at: 2d } }
  workload: { w: { arrivals: { perHour: 10 } } }
`;

const told = (...set: string[]) => loadText(base, ...set).warnings.map(({ path, why }) => `${path}: ${why}`);

describe('what strikes nobody is warned of', () => {
  it.each([
    ['a region without machines', 'stress.outages.x={region: australia, at: 5d, for: 1d}', 'stress.outages.x'],
    [
      'a region in which chance put none',
      'stress.bugs.x={region: south-america, at: 5d, for: 1d}',
      'stress.bugs.x',
      '+fleet.few={nodes: 2, regions: {europe: 0.999, south-america: 0.001}}',
    ],
    [
      'places that no machine has together',
      'stress.bugs.x={provider: vps, region: japan, at: 9d, for: 1d}',
      'stress.bugs.x',
    ],
    ['machines that come later', 'stress.bugs.x={hardware: rtx-4090, at: 4d, for: 2d}', 'stress.bugs.x.at'],
    ['machines that left', 'stress.outages.x={region: asia-pacific, at: [3d, 5d], for: 1h}', 'stress.outages.x.at'],
    [
      'a share that chance makes none of',
      'stress.outages.x={region: europe, at: 5d, for: 1d, share: 0.0001}',
      'stress.outages.x.at',
    ],
  ])('%s', (_case, set, path, ...others) => {
    expect(told(...others, set)).toEqual([`${path}: so that it strikes none`]);
  });

  it.each([
    ['machines there', 'stress.outages.x={region: europe, at: 5d, for: 1d}'],
    ['machines that come before it ends', 'stress.bugs.x={hardware: rtx-4090, at: 7d, for: 2d}'],
    ['machines that leave after it began', 'stress.outages.x={region: asia-pacific, at: 1d, for: 3d}'],
    ['one of several times', 'stress.outages.x={region: japan, at: [1d, 9d], for: 1h}'],
    ['whatever comes at random', 'stress.outages.x={region: japan, between: 1d, for: 1h}'],
  ])('but not what strikes %s', (_case, set) => {
    expect(told(set)).toEqual([]);
  });

  it('is a surge after all jobs have come, and a limit that isn’t reached', () => {
    const surge = 'workload.w.arrivals.surges={x: {at: 8d, for: 1d, factor: 50}}';
    expect(told(surge, 'workload.w.jobs=500')).toEqual(['workload.w.arrivals.surges.x: so that it brings no job']);
    expect(told(surge, 'workload.w.jobs=2000')).toEqual([]);
    expect(told('workload.w.jobs=2000')).toEqual([]);
    expect(told('workload.w.jobs=100000')).toEqual(['workload.w.jobs: so that the limit is never reached']);
  });
});
