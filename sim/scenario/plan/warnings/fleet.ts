import { toDuration } from '../../../model/contract/settings.js';
import { renewalOf } from '../../../model/outside/outages.js';
import type { Scenario } from '../../schema/scenario-schema.js';
import { estimateOne } from '../estimate.js';
import { leastRoundTripSeconds } from '../least-round-trip.js';
import { lacksRecords, type PlannedScenario } from '../planned-scenario.js';
import type { Teller } from './teller.js';

/** Nodes that can't get work, and what befalls nobody. */
export function tellFleet(planned: PlannedScenario, teller: Teller): void {
  const { scenario } = planned;
  const { minimum } = scenario.protocol.stake;
  const { acknowledgeWithin } = scenario.protocol;
  const least = leastRoundTripSeconds(scenario);
  if (acknowledgeWithin !== 'unlimited' && acknowledgeWithin < least) {
    const expected = `at least the shortest way there and back, ${toDuration(least)}`;
    teller.warn(['protocol', 'acknowledgeWithin'], expected, 'so that no attempt ever begins');
  }
  const hasAttackers = Object.values(scenario.fleet).some((cohort) => scenario.registry.isAttackers(cohort));
  if (scenario.twin && !hasAttackers) {
    teller.warn(['twin'], 'a cohort of attackers, or no twin', 'so that the honest twin is the same run');
  }
  const isNeverDone = Object.values(scenario.fleet).every(({ completion, trace }) => completion === 0 && !trace);
  for (const [name, { completion, outages, stake, trace, wear }] of Object.entries(scenario.fleet)) {
    const own = ['fleet', name];
    if (stake < minimum) {
      const expected = `at least protocol.stake.minimum, ${minimum} tokens`;
      teller.warn([...own, 'stake'], expected, 'so that none of its nodes ever gets work', String(stake));
    }
    if (completion === 0 && trace === undefined) {
      const why = isNeverDone ? 'no job is ever completed' : 'none of its attempts ever ends with a result';
      teller.warn([...own, 'completion'], 'a probability above 0', `so that ${why}`);
    }
    const renewal = renewalOf(outages);
    if (renewal !== null && trace === undefined) {
      const path = [...own, 'outages'];
      if (renewal.up.quantile(0) >= scenario.horizon) {
        const expected = `sessions that can end before the horizon, ${toDuration(scenario.horizon)}`;
        teller.warn([...path, 'up'], expected, 'so that no machine is ever down of its own accord');
      }
      if (renewal.down.mean === 0) teller.warn([...path, 'down'], 'a time above 0', 'so that nobody is ever down');
    }
    if (wear?.share === 0) teller.warn([...own, 'wear', 'share'], 'a share above 0', 'so that no machine wears');
    if (wear?.loss === 0) teller.warn([...own, 'wear', 'loss'], 'a loss above 0', 'so that nothing wears');
  }
  tellPlaces(planned, teller);
  for (const name of Object.keys(scenario.fleet)) tellByProfit(scenario, name, teller);
  for (const block of ['outages', 'bugs'] as const) {
    for (const [name, { share }] of Object.entries(scenario.stress[block])) {
      if (share !== 0) continue;
      teller.warn(['stress', block, name, 'share'], 'a share above 0', 'so that it strikes nobody');
    }
  }
}

/** Attackers that reckon without what their attack brings, and who comes or goes too late, or never. */
function tellByProfit({ fleet, horizon, protocol, registry }: Scenario, name: string, teller: Teller): void {
  const { byProfit } = fleet[name]!;
  if (byProfit === undefined) return;
  const path = ['fleet', name, 'byProfit'];
  if (registry.isAttackers(fleet[name]!)) {
    teller.refuse(path, 'a cohort of honest operators', 'as others live on more than what the network pays them');
  }
  const { window, leaves, enters } = byProfit;
  if (leaves !== 'none' && window * protocol.epoch >= horizon) {
    const expected = `a window that ends before the horizon, ${toDuration(horizon)}`;
    teller.warn([...path, 'window'], expected, 'so that nobody leaves by profit', `${window} epochs`);
  }
  for (const [key, block] of Object.entries({ leaves, enters })) {
    if (block === 'none' || block.probability > 0) continue;
    teller.warn([...path, key, 'probability'], 'a probability above 0', `so that nobody ${key} by profit`);
  }
}

/** Places that never run out, or do before anybody has come; what nobody can pay, or nobody loses. */
function tellPlaces(planned: PlannedScenario, teller: Teller): void {
  const { fleet, horizon, protocol } = planned.scenario;
  const { places } = protocol;
  if (places === 'none') return;
  const path = ['protocol', 'places'];
  const starting = Object.values(fleet).reduce(
    (sum, { joins, nodes = 0 }) => sum + (joins.at === 0 && joins.over === 0 ? nodes : 0),
    0,
  );
  if (starting > places.most) {
    const expected = `a place for each of the ${starting} nodes that join at the start`;
    teller.warn([...path, 'most'], expected, 'so that the others are refused, or push one another out');
  }
  if (!lacksRecords(planned) && estimateOne(planned).nodes <= places.most) {
    const expected = 'fewer places than identities that can come';
    teller.warn([...path, 'most'], expected, 'so that there is always room');
    return;
  }
  if (places.immunity >= horizon) {
    const expected = `a time below the horizon, ${toDuration(horizon)}`;
    teller.warn([...path, 'immunity'], expected, 'so that nobody is ever pushed out');
  } else if (places.price > 0 && Object.values(fleet).every(({ funds }) => funds === 0)) {
    const expected = 'a price of 0, or a cohort with funds';
    teller.warn([...path, 'price'], expected, 'so that nobody can pay who comes anew', `${places.price}`);
  }
}
