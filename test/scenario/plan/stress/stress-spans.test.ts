import { describe, expect, it } from 'vitest';
import { stressSpans } from '../../../../sim/scenario/plan/stress/stress-spans.js';
import { loadText } from '../../../support/scenarios.js';

const hour = 3_600;
const day = 86_400;

const scenario = `
horizon: 10d
fleet:
  a: { nodes: 3, maintenance: { every: 4d, for: 2h, at: 1d, over: 1h } }
  b: { nodes: 3, maintenance: { every: 4d, for: 2h } }
workload:
  batch: { arrivals: { perHour: 1, surges: { launch: { at: [2d, 30d], for: 6h, factor: 4 } } } }
stress:
  outages:
    blackout: { region: europe, at: 9d, for: 2d }
    grid: { region: japan, between: 12h, for: 12h }
  bugs: { driver: { hardware: consumer-gpu, at: 3d, for: 1d } }
`;

describe('spans of stress', () => {
  const spans = stressSpans(loadText(scenario).scenario);

  it('are those that begin up to the horizon, in the order of time', () => {
    const starts = spans.map((span) => span.startSeconds);
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(Math.max(...starts)).toBeLessThanOrEqual(10 * day);
  });

  it('say what they are, on what they weigh, and when', () => {
    const of = (name: string) => spans.filter((span) => span.name === name);
    expect(of('blackout')).toEqual([
      { kind: 'outage', name: 'blackout', scope: 'region europe', startSeconds: 9 * day, endSeconds: 11 * day },
    ]);
    expect(of('driver')).toMatchObject([{ kind: 'bug', scope: 'hardware consumer-gpu', startSeconds: 3 * day }]);
    expect(of('launch')).toEqual([
      {
        kind: 'surge',
        name: 'launch',
        scope: 'workload batch',
        startSeconds: 2 * day,
        endSeconds: 2 * day + 6 * hour,
      },
    ]);
    expect(of('grid').map((span) => span.startSeconds / day)).toEqual([
      0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5,
    ]);
  });

  it('list a cohort’s maintenance unless some machine is always in a window, and then from first to last', () => {
    const maintenance = spans.filter((span) => span.kind === 'maintenance');
    expect(
      maintenance.map((span) => [span.scope, span.startSeconds / day, span.endSeconds - span.startSeconds]),
    ).toEqual([
      ['cohort a', 1, 3 * hour],
      ['cohort a', 5, 3 * hour],
      ['cohort a', 9, 3 * hour],
    ]);
  });

  it('are at most 200 of each source', () => {
    const many = loadText(scenario, 'stress.outages.grid={region: japan, between: 1m, for: 1m}').scenario;
    expect(stressSpans(many).filter((span) => span.name === 'grid')).toHaveLength(200);
  });

  it('are none where nothing weighs on the network', () => {
    expect(
      stressSpans(loadText('{horizon: 1d, fleet: {a: {nodes: 1}}, workload: {w: {arrivals: {perHour: 1}}}}').scenario),
    ).toEqual([]);
  });
});
