import type { Jobs } from '../model/columns/jobs.js';
import { NONE } from '../model/columns/nodes.js';
import type { LiveSettings } from '../model/contract/live.js';
import type { Vote } from '../model/world/vote.js';
import type { RulesChange } from '../model/world/world.js';
import { type PlannedChange, protocolAtEnd } from '../scenario/plan/governance/planned-change.js';
import { bitOf } from '../scenario/plan/governance/votes.js';
import type { PlannedScenario } from '../scenario/plan/planned-scenario.js';
import type { ProtocolSettings } from '../scenario/schema/scenario-schema.js';
import { deterrentsOf } from './deterrents.js';

/** The changes of the protocol's settings, each with what it comes to given the votes before it that passed. */
export function createRulesChanges(
  { changes, scenario }: Pick<PlannedScenario, 'changes' | 'scenario'>,
  protocol: LiveSettings<ProtocolSettings>,
  jobs: Jobs,
): readonly RulesChange[] {
  const cohorts = Object.keys(scenario.fleet);
  const { registry } = scenario;
  let inForce = 0;
  /** Whether its settings are in force, for votes that are open: as if none of them passed. */
  const isInForce = (vote: number) => ((inForce >> vote) & 1) === 1;
  return changes.map((change, place) => ({
    at: change.at,
    vote: voteOf(change, cohorts),
    deterrents: () => ({
      before: deterrentsOf(protocolAtEnd(scenario.protocol, changes.slice(0, place), isInForce), registry),
      after: deterrentsOf(change.protocols.get(inForce | bitOf(change.vote))!, registry),
    }),
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
