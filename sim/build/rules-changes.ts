import type { Jobs } from '../model/columns/jobs.js';
import { NONE } from '../model/columns/nodes.js';
import type { LiveSettings } from '../model/contract/live.js';
import type { Vote } from '../model/world/vote.js';
import type { RulesChange } from '../model/world/world.js';
import type { PlannedChange } from '../scenario/plan/governance/planned-change.js';
import { bitOf } from '../scenario/plan/governance/votes.js';
import type { PlannedScenario } from '../scenario/plan/planned-scenario.js';
import type { ProtocolSettings } from '../scenario/schema/scenario-schema.js';

/** The changes of the protocol's settings, each with what it comes to given the votes before it that passed. */
export function createRulesChanges(
  { changes, scenario }: Pick<PlannedScenario, 'changes' | 'scenario'>,
  protocol: LiveSettings<ProtocolSettings>,
  jobs: Jobs,
): readonly RulesChange[] {
  const cohorts = Object.keys(scenario.fleet);
  let inForce = 0;
  return changes.map((change) => ({
    at: change.at,
    vote: voteOf(change, cohorts),
    enact: () => {
      inForce |= bitOf(change.vote);
      protocol.change(change.protocols.get(inForce)!);
      jobs.rulesInForce++;
    },
  }));
}

function voteOf({ at, vote }: PlannedChange, cohorts: readonly string[]): Vote | null {
  if (vote === null) return null;
  return { ...vote, inForceAt: at, by: vote.by === null ? NONE : cohorts.indexOf(vote.by) };
}
