import { contributionName } from '../../../model/contract/cohorts/ballots.js';
import { toShortDuration } from '../../../model/contract/settings.js';
import { type ProtocolRole, protocolRoles } from '../../schema/registry.js';
import type { Scenario } from '../../schema/scenario-schema.js';
import { nearest } from '../../text/faults.js';
import type { Teller } from '../warnings/teller.js';

/** Votes that nobody can hold, that end too late, or whose outcome is settled by what they say. */
export function tellVotes(scenario: Scenario, teller: Teller): void {
  const { fleet, horizon, votes } = scenario;
  const cohorts = Object.keys(fleet);
  for (const [index, { by, open, passes, proposed, timelock, veto, weights }] of votes.entries()) {
    const own = ['votes', String(index)];
    if (by !== undefined && !cohorts.includes(by)) {
      teller.refuse([...own, 'by'], `a cohort: ${cohorts.join(', ')}`, '', by, nearest(by, cohorts));
    } else if (by !== undefined && (fleet[by]!.ballot ?? 'for') !== 'for') {
      const why = 'so that it doesn’t vote for what it proposed';
      teller.warn(['fleet', by, 'ballot'], `for, as it proposes votes.${index}`, why);
    }
    if (weights === 'contribution' && !isContributionMeasured(scenario)) {
      const expected = `a reputation model that measures ${contributionName}, such as bonding-curve`;
      teller.refuse([...own, 'weights'], expected, 'as nobody would have a vote');
    }
    const isStaked = Object.values(fleet).some(({ delegated, stake }) => stake > 0 || delegated > 0);
    if (weights === 'stake' && !isStaked) {
      const why = 'so that nobody has a vote who doesn’t add stake of its own accord';
      teller.warn([...own, 'weights'], 'other weights, or a cohort with stake', why, 'stake');
    }
    const end = toShortDuration(horizon);
    const closesAt = proposed + open;
    if (proposed < horizon && closesAt > horizon) {
      const why = 'so that its ballots are never counted';
      teller.warn([...own, 'open'], `a vote that ends by the horizon, ${end}`, why, toShortDuration(open));
    } else if (closesAt <= horizon && closesAt + timelock > horizon) {
      const why = 'so that it never comes into force';
      teller.warn([...own, 'timelock'], `a time that ends by the horizon, ${end}`, why, toShortDuration(timelock));
    }
    if (veto === 0) teller.warn([...own, 'veto'], 'none, or a share above 0', 'so that it is always stopped', '0');
    if (veto !== 'none' && veto >= 1 - passes) {
      const why = 'so that whoever can stop it so outvotes it anyway';
      teller.warn([...own, 'veto'], `a share below 1 less passes, ${Math.round((1 - passes) * 1e9) / 1e9}`, why);
    }
  }
  tellVoters(scenario, teller);
}

/** What cohorts say of votes that there aren't, or that nobody comes to. */
function tellVoters({ fleet, votes }: Scenario, teller: Teller): void {
  const all = Object.entries(fleet);
  if (votes.length > 0 && all.every(([, { turnout }]) => turnout === 0)) {
    teller.warn(['votes'], 'a cohort with a turnout above 0', 'so that nobody votes', 'none');
  }
  for (const [name, { ballot, turnout }] of all) {
    const own = ['fleet', name];
    const why = votes.length === 0 ? 'so that it is never asked' : 'so that it says nothing';
    if (ballot !== undefined && (votes.length === 0 || turnout === 0)) {
      teller.warn([...own, 'ballot'], votes.length === 0 ? 'votes beside it' : 'a turnout above 0 beside it', why);
    }
    if (votes.length === 0 && teller.isOwn([...own, 'turnout'])) {
      teller.warn([...own, 'turnout'], 'votes beside it', why);
    }
  }
}

function isContributionMeasured({ protocol, registry }: Scenario): boolean {
  const measures = (role: ProtocolRole) =>
    registry.allOf(role, protocol[role]).flatMap(({ kind }) => registry.entry(role, kind).measures ?? []);
  return protocolRoles.flatMap(measures).includes(contributionName);
}
