import { toDuration } from '../../../model/contract/settings.js';
import { possibleAfter } from '../governance/planned-change.js';
import { lacksRecords, type PlannedScenario } from '../planned-scenario.js';
import type { Teller } from '../warnings/teller.js';
import { FleetPlan } from './fleet-plan.js';
import { presenceOf } from './presence.js';

/** Sales of resource tokens that there aren't, to nobody, too late, or of more than are bought. */
export function tellResourceTokens(planned: PlannedScenario, teller: Teller): void {
  const { fleet, horizon } = planned.scenario;
  for (const [name, { sellsResourceTokens: sale }] of Object.entries(fleet)) {
    if (sale === undefined) continue;
    const path = ['fleet', name, 'sellsResourceTokens'];
    const others = Object.keys(fleet).filter((other) => other !== name);
    if (!others.includes(sale.to)) {
      const expected = others.length === 0 ? 'another cohort' : `another cohort: ${others.join(', ')}`;
      teller.refuse([...path, 'to'], expected, 'so that nobody buys', sale.to);
      continue;
    }
    if (!mayAskAt(planned, sale.at)) {
      teller.refuse(path, 'protocol.stake.resourceToken: true by then', 'so that there is nothing to sell');
    } else if (sale.at >= horizon) {
      const expected = `a time before the horizon, ${toDuration(horizon)}`;
      teller.warn([...path, 'at'], expected, 'so that nothing is sold', toDuration(sale.at));
    } else if (!lacksRecords(planned)) tellParties(planned, name, teller);
  }
}

/** Whether a protocol can be in force at that time which asks for tokens. */
function mayAskAt({ scenario, changes }: PlannedScenario, at: number): boolean {
  const byThen = changes.filter((change) => change.at <= at);
  return byThen.reduce(possibleAfter, [scenario.protocol]).some(({ stake }) => stake.resourceToken);
}

/** Who isn't there by then, or has gone, and fewer buyers than tokens. */
function tellParties(planned: PlannedScenario, name: string, teller: Teller): void {
  const { at, to } = planned.scenario.fleet[name]!.sellsResourceTokens!;
  const path = ['fleet', name, 'sellsResourceTokens'];
  const [seller, buyer] = [new FleetPlan(planned, name), new FleetPlan(planned, to)];
  for (const plan of [seller, buyer]) {
    const { fromSeconds, toSeconds } = presenceOf(plan);
    if (fromSeconds <= at && at < toSeconds) continue;
    const expected = `a time at which nodes of ${plan.name} are there`;
    teller.warn([...path, 'at'], expected, 'so that nothing is sold', toDuration(at));
    return;
  }
  const [most, machines] = [buyer.shape.identitiesMost, seller.shape.machines];
  if (most >= machines) return;
  const expected = `a cohort of as many nodes as ${name} has machines, ${machines}, or more`;
  teller.warn([...path, 'to'], expected, 'so that some aren’t sold', `${to}, of ${most}`);
}
