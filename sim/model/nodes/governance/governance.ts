import { NONE, NodeState } from '../../columns/nodes.js';
import { EventKind } from '../../events.js';
import type { Solvency } from '../../matching/solvency.js';
import type { World } from '../../world/world.js';
import type { Activity } from '../activity.js';
import type { ClassScoring } from '../class-scores.js';
import type { Tokens } from '../economy/resource-tokens.js';
import type { Epochs } from '../epochs.js';
import type { NodeLife } from '../node-life.js';
import type { Publication } from '../publication.js';
import { createBallots } from './ballots.js';

/** The parts of lives that a change of rules acts on. */
interface Parts {
  readonly activity: Activity;
  readonly classScoring: ClassScoring;
  readonly epochs: Epochs;
  readonly nodeLife: NodeLife;
  readonly publication: Publication;
  readonly resourceTokens: Tokens;
  readonly solvency: Solvency;
}

/** How the protocol's settings change in mid-run, and what of the network follows at once. */
export function createGovernance(world: World, parts: Parts) {
  const { activity, classScoring, epochs, nodeLife, publication, resourceTokens, solvency } = parts;
  const { changes, cohorts, ledger, nodes, panels, roles, rules, simulation } = world;

  const ballots = createBallots(world);

  function start(): void {
    changes.forEach(({ at, vote }, ordinal) => {
      const isAsked = vote !== null && vote.by !== NONE && cohorts[vote.by]!.strategy.proposes !== undefined;
      if (vote === null) simulation.schedule(at, EventKind.rulesChanged, ordinal, 0);
      else if (isAsked) simulation.schedule(vote.proposedAt, EventKind.voteProposed, ordinal, 0);
      else simulation.schedule(vote.closesAt, EventKind.voteClosed, ordinal, 0);
    });
  }

  /** Moment: a proposal's time came. Without anybody who puts it forward there is no vote. */
  function voteProposed(ordinal: number): void {
    const { closesAt } = changes[ordinal]!.vote!;
    if (ballots.isProposed(changes[ordinal]!)) simulation.schedule(closesAt, EventKind.voteClosed, ordinal, 0);
  }

  /** Moment: a vote closed. What it decides comes into force when its timelock is over. */
  function voteClosed(ordinal: number): void {
    const change = changes[ordinal]!;
    if (ballots.count(change)) simulation.schedule(change.at, EventKind.rulesChanged, ordinal, 0);
  }

  /** Moment: rules changed. What accrued by the old ones is settled by them; jobs that are open keep theirs. */
  function rulesChanged(ordinal: number): void {
    epochs.settleAccrued();
    changes[ordinal]!.enact();
    ledger.delegatorShare = rules.now.delegatorShare;
    panels.reserveMembers(roles.verification.membersMost?.() ?? 0);
    for (const role of Object.values(roles)) role.settingsChanged?.();
    publication.rulesChanged();
    resourceTokens.rulesChanged();
    for (let node = 0; node < nodes.count; node++) {
      if (nodes.state[node] !== NodeState.present) continue;
      keepInRange(node);
      activity.refreshActivity(node);
    }
    solvency.readCosts();
  }

  /** Every score is in the range that the model promises, at every moment. */
  function keepInRange(node: number): void {
    const score = nodes.score[node]!;
    const [lowest, highest] = [roles.reputation.lowest(), roles.reputation.highest()];
    const kept = Math.min(highest, Math.max(lowest, score));
    if (kept !== score) nodeLife.scoreChanged(node, kept);
    classScoring.keepWithin(node, lowest, highest);
  }

  return { start, voteProposed, voteClosed, rulesChanged };
}
