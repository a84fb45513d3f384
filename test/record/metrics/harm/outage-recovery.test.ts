import { describe, expect, it } from 'vitest';
import { runScenario } from '../../../../sim/run.js';
import { loadText, metricOf } from '../../../support/scenarios.js';

/** The outage ends after 12 days; scores have no memory, so that income is what demand makes it. */
const scenario = `
  horizon: 24d
  warmUp: 2d
  network: single
  protocol: { assignment: uniform, checkIn: none, slashing: { kind: fixed, fraction: 0 } }
  fleet:
    struck: { nodes: 30, hardware: reference-cpu, providers: { acme: 1 } }
    others: { nodes: 30, hardware: reference-cpu }
    liars: { nodes: 5, hardware: reference-cpu, strategy: always-wrong, providers: { acme: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 400 }, work: 1m } }
  stress: { outages: { x: { provider: acme, at: 11.5d, for: 12h } } }
`;

async function recovery(...set: readonly string[]) {
  const result = await runScenario(loadText(scenario, ...set));
  return {
    hours: metricOf(result, 'outageRecoveryMedianHours'),
    fraction: metricOf(result, 'outagesRecoveredFraction'),
  };
}

const halved = (until: string) => `workload.w.arrivals.surges.lull={at: 12d, for: ${until}, factor: 0.5}`;

describe('recovery after an outage', () => {
  it('is at once where nothing holds income down', async () => {
    expect(await recovery()).toEqual({ hours: 0, fraction: 1 });
  });

  it('takes until 95 % of the usual income come back', async () => {
    // half of the income is missing for three days; a day with a tenth of that in it has 95 %
    const { hours, fraction } = await recovery(halved('3d'));
    expect(Math.abs(hours - (72 - 2.4))).toBeLessThanOrEqual(3);
    expect(fraction).toBe(1);
  });

  it('isn’t there while income stays down: the end of the run censors it', async () => {
    expect(await recovery(halved('20d'))).toEqual({ hours: Number.NaN, fraction: 0 });
  });

  it('isn’t hidden by struck nodes that leave: income is that of a node', async () => {
    expect(await recovery('fleet.struck.leaves={after: {exponential: {mean: 20d}}}')).toEqual({
      hours: 0,
      fraction: 1,
    });
  });

  it('is unknown without outages, and for those too early to know what was usual, or too late to see it', async () => {
    const unknown = { hours: Number.NaN, fraction: Number.NaN };
    const few = 'workload.w.arrivals.perHour=10';
    expect(await recovery(few, 'stress.outages.x=null')).toEqual(unknown);
    expect(await recovery(few, 'stress.outages.x.at=2.5d')).toEqual(unknown);
    expect(await recovery(few, 'stress.outages.x.at=23d')).toEqual(unknown);
  });

  it('leaves out outages at which no honest node was in the network', async () => {
    const unknown = { hours: Number.NaN, fraction: Number.NaN };
    expect(await recovery('fleet.struck.leaves={at: 10d}')).toEqual(unknown);
    expect(await recovery('fleet.struck.joins={at: 13d}')).toEqual(unknown);
    // who left meanwhile wasn’t seen to earn again
    expect(await recovery('fleet.struck.leaves={at: 11.6d}')).toEqual({ hours: Number.NaN, fraction: 0 });
    // income stays down after the first, and the others find it so
    const set = ['+fleet.later={nodes: 9, providers: {bolt: 1}, joins: {at: 21d}}', halved('20d')];
    const second = '+stress.outages.y={provider: bolt, at: 18d, for: 12h}';
    expect((await recovery(...set, second)).fraction).toBe(0);
  });

  it('is that of honest nodes only', async () => {
    expect(await recovery('workload.w.arrivals.perHour=10', 'fleet.struck.providers={acme: null, bolt: 1}')).toEqual({
      hours: Number.NaN,
      fraction: Number.NaN,
    });
  });

  it('is the median over outages', async () => {
    const set = ['stress.outages.x.at=[5d, 11.5d, 17d]', halved('3d')];
    expect(await recovery(...set)).toEqual({ hours: 0, fraction: 1 });
  });
});
