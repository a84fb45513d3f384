import { catalogue, type HardwareEntry } from '../../schema/catalogue.js';
import type { CohortSettings, Scenario } from '../../schema/scenario-schema.js';
import type { PlannedScenario } from '../planned-scenario.js';
import type { Teller } from './teller.js';

/** Nodes that can't get work, and what befalls nobody. */
export function tellFleet({ scenario }: PlannedScenario, teller: Teller): void {
  const { minimum } = scenario.protocol.stake;
  for (const [name, { stake, wear }] of Object.entries(scenario.fleet)) {
    const own = ['fleet', name];
    if (stake < minimum) {
      const expected = `at least protocol.stake.minimum, ${minimum} tokens`;
      teller.warn([...own, 'stake'], expected, 'so that none of its nodes ever gets work', String(stake));
    }
    if (wear?.share === 0) teller.warn([...own, 'wear', 'share'], 'a share above 0', 'so that no machine wears');
    if (wear?.loss === 0) teller.warn([...own, 'wear', 'loss'], 'a loss above 0', 'so that nothing wears');
  }
  for (const block of ['outages', 'bugs'] as const) {
    for (const [name, { share }] of Object.entries(scenario.stress[block])) {
      if (share !== 0) continue;
      teller.warn(['stress', block, name, 'share'], 'a share above 0', 'so that it strikes nobody');
    }
  }
}

/** The machines that can do jobs of the class, or what none has that they need, in words. */
export function machinesFor(scenario: Scenario, className: string): FitMachines {
  const needs = catalogue().jobClasses[className]!;
  const all = Object.values(scenario.fleet).flatMap((cohort) =>
    Object.entries(cohort.hardware)
      .filter(([, share]) => share > 0)
      .map(([name]) => ({ cohort, hardware: catalogue().hardware[name]! })),
  );
  const lacking: string[] = [];
  let left: readonly Machine[] = all;
  const keep = (words: string, isFit: (machine: Machine) => boolean) => {
    const fit = left.filter(isFit);
    if (fit.length === 0) lacking.push(words);
    else left = fit;
  };
  if (needs.needsGpu) keep('a GPU', ({ hardware }) => hardware.type === 'gpu');
  keep(`${needs.memoryGiB} GiB of memory`, ({ hardware }) => hardware.memoryGiB >= needs.memoryGiB);
  if (needs.needsPublicAddress) keep('a public address', ({ cohort }) => cohort.publicAddress > 0);
  if (lacking.length > 0) return { machines: [], lacking: lacking.join(' and ') };
  return { machines: left, lacking: undefined };
}

interface FitMachines {
  readonly machines: readonly Machine[];
  readonly lacking: string | undefined;
}

/** A kind of machine that a cohort has. */
export interface Machine {
  readonly cohort: CohortSettings;
  readonly hardware: HardwareEntry;
}
