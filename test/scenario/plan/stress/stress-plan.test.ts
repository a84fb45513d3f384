import { describe, expect, it } from 'vitest';
import { FleetPlan } from '../../../../sim/scenario/plan/fleet/fleet-plan.js';
import { outagePlans, surgesOf } from '../../../../sim/scenario/plan/stress/stress-plan.js';
import { loadText } from '../../../support/scenarios.js';
import { binomialErrors } from '../../../support/statistics.js';

const base = `
horizon: 20d
fleet:
  honest: { nodes: 2000, providers: { acme: 0.4, bolt: 0.25 }, hardware: { consumer-gpu: 0.5, h100: 0.5 } }
workload:
  batch: { arrivals: { perHour: 10, surges: { viral: { between: 1d, for: 1h, factor: 2 } } } }
`;

function planned(outage: string) {
  const loaded = loadText(base, `stress.outages.x=${outage}`);
  const { scenario } = loaded;
  const plan = new FleetPlan(loaded, 'honest');
  const [cause] = outagePlans(scenario);
  const machines = Array.from({ length: 2_000 }, (_, machine) => machine);
  return { plan, cause: cause!, concerned: machines.filter((machine) => cause!.concerns(plan, machine)) };
}

describe('an outage that machines share', () => {
  it('concerns the machines of its region, provider and hardware class, and of no other', () => {
    const { plan, cause, concerned } = planned('{region: europe, provider: bolt, hardware: h100, at: 0, for: 1h}');
    expect(cause.scope).toBe('region europe, provider bolt, hardware h100');
    for (const machine of concerned) {
      expect([plan.region(machine), plan.provider(machine), plan.hardwareName(machine)]).toEqual([1, 'bolt', 'h100']);
    }
    expect(Math.abs(binomialErrors(concerned.length, 2_000, 0.4998 * 0.25 * 0.5))).toBeLessThan(4);
  });

  it('finds machines of each provider in its share; the rest have none', () => {
    for (const [provider, share] of [
      ['acme', 0.4],
      ['bolt', 0.25],
    ] as const) {
      const { concerned } = planned(`{provider: ${provider}, at: 0, for: 1h}`);
      expect(Math.abs(binomialErrors(concerned.length, 2_000, share))).toBeLessThan(4);
    }
  });

  it('strikes its share of them, others each time', () => {
    const { cause, concerned } = planned('{hardware: h100, between: 1d, for: 1h, share: 0.3}');
    const draw = cause.drawFor('honest');
    const struck = (number: number) => concerned.filter((machine) => cause.strikes(draw, machine, number));
    const [first, second] = [struck(0), struck(1)];
    expect(Math.abs(binomialErrors(first.length, concerned.length, 0.3))).toBeLessThan(4);
    const both = first.filter((machine) => second.includes(machine));
    expect(Math.abs(binomialErrors(both.length, first.length, 0.3))).toBeLessThan(4);
  });

  it('takes what it doesn’t say from its pattern', () => {
    expect(planned('{region: europe, pattern: power-failure}').cause.share).toBe(0.2);
    const { cause } = planned('{region: europe, pattern: power-failure, share: 1, at: [2d], for: 3h}');
    expect([cause.share, cause.spans.start(0), cause.spans.end(0), cause.spans.start(1)]).toEqual([
      1,
      172_800,
      183_600,
      Number.POSITIVE_INFINITY,
    ]);
  });
});

describe('surges of a workload', () => {
  it('have names, factors, and spans of their own', () => {
    const { scenario } = loadText(base);
    const [surge] = surgesOf(scenario, 'batch');
    expect([surge!.name, surge!.factor, surge!.spans.start(0), surge!.spans.end(0)]).toEqual([
      'viral',
      2,
      86_400,
      90_000,
    ]);
  });
});
