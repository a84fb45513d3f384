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
