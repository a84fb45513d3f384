import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../sim/scenario/text/faults.js';
import { loadText } from '../support/scenarios.js';

const base = `
  horizon: 2d
  fleet: { honest: { nodes: 4, regions: { europe: 1 } }, bad: { nodes: 2, strategy: always-wrong } }
  workload: { w: { arrivals: { perHour: 5 } } }
  stress: { outages: { x: { region: europe, at: 1d, for: 1h } } }
`;

/** Path, and what was expected and found, of each fault. */
function faults(...set: readonly string[]): readonly string[] {
  try {
    loadText(base, ...set);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.faults.map(({ path, expected, found }) => `${path}: ${expected}, found ${found}`);
  }
  return [];
}

describe('what is refused is placed at its cause', () => {
  it('is the network where the command line takes one without the regions of the file', () => {
    expect(faults('network=single')).toEqual([
      'network: a network with the regions that the scenario names: europe, found single',
    ]);
  });

  it('is the region where the command line has both', () => {
    const [first] = faults('network=single', 'fleet.honest.regions=null', 'stress.outages.x.region=japan');
    expect(first).toMatch(/^stress\.outages\.x\.region: a region of the network single: here, found japan$/);
  });

  it('is the part that has most of the supply', () => {
    const most = 'money.clientBudget=9000000000';
    expect(faults(most, 'workload.v.arrivals.perHour=1')).toEqual([
      expect.stringMatching(/^money\.clientBudget: a supply below .* for each of 2 workloads$/),
    ]);
    expect(faults('fleet.honest.nodes=1000', 'fleet.honest.stake=9000000')).toEqual([
      expect.stringMatching(
        /^fleet\.honest: a supply below .*, most of it stakes and funds, those of honest the most$/,
      ),
    ]);
  });
});

describe('a share for challengers', () => {
  it('is warned of, as nobody challenges', () => {
    const { warnings } = loadText(base, 'protocol.slashedTo={burn: 0.5, challenger: 0.5}');
    expect(warnings.map(({ path }) => path)).toEqual(['protocol.slashedTo.challenger']);
  });
});

describe('a bound that is likely a percentage', () => {
  it('is warned of with the share', () => {
    const told = (bound: string) =>
      loadText(base, `expect=[{metric: attackerReturnOnCapital, ${bound}}]`).warnings.map(
        ({ path, suggestion }) => `${path} ${suggestion}`,
      );
    expect(told('below: -100')).toEqual(['expect.0.below -1']);
    expect(told('below: -0.5')).toEqual([]);
  });
});
