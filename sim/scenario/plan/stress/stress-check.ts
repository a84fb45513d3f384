import { catalogue } from '../../schema/catalogue.js';
import type { Scenario } from '../../schema/scenario-schema.js';

/** Says that a name at a path isn't one of those known. */
type Refuse = (path: readonly string[], what: string, known: readonly string[], found: string) => void;

/** Names in `stress` that must fit what the scenario has: regions of its network, providers of its cohorts. */
export function checkStress(scenario: Scenario, refuse: Refuse): void {
  const { regions } = catalogue().regionSets[scenario.network]!;
  const providers = new Set<string>();
  const hardware = new Set<string>();
  for (const cohort of Object.values(scenario.fleet)) {
    for (const name of Object.keys(cohort.providers ?? {})) providers.add(name);
    for (const name of Object.keys(cohort.hardware)) hardware.add(name);
  }
  for (const [name, { sides }] of Object.entries(scenario.stress.partitions)) {
    sides.forEach((side, place) => {
      const path = ['stress', 'partitions', name, 'sides', String(place)];
      side.forEach((region, index) => {
        if (regions.includes(region)) return;
        refuse([...path, String(index)], `a region of the network ${scenario.network}`, regions, region);
      });
    });
  }
  for (const block of ['outages', 'bugs'] as const) {
    for (const [name, cause] of Object.entries(scenario.stress[block])) {
      const path = ['stress', block, name];
      if (cause.region !== undefined && !regions.includes(cause.region)) {
        refuse([...path, 'region'], `a region of the network ${scenario.network}`, regions, cause.region);
      }
      if (cause.provider !== undefined && !providers.has(cause.provider)) {
        refuse([...path, 'provider'], 'a provider that a cohort names', [...providers], cause.provider);
      }
      if (cause.hardware !== undefined && !hardware.has(cause.hardware)) {
        refuse([...path, 'hardware'], 'a hardware class that a cohort has', [...hardware], cause.hardware);
      }
    }
  }
}
