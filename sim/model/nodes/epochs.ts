import { NodeState } from '../columns/nodes.js';
import { handleStep } from '../columns/side-by-side.js';
import { EvidenceKind } from '../contract/evidence.js';
import { EventKind } from '../events.js';
import type { Settlement } from '../jobs/settlement.js';
import type { Solvency } from '../matching/solvency.js';
import type { World } from '../world/world.js';
import type { Joining } from './hands.js';
import type { NodeLifecycle } from './node-life.js';

/** What happens once an epoch, each part one loop over columns, in a fixed order. */
export class Epochs {
  readonly #world: World;
  readonly #nodeLifecycle: NodeLifecycle;
  readonly #settlement: Settlement;
  readonly #joining: Joining;
  readonly #solvency: Solvency;

  constructor(
    world: World,
    nodeLifecycle: NodeLifecycle,
    settlement: Settlement,
    joining: Joining,
    solvency: Solvency,
  ) {
    this.#world = world;
    this.#nodeLifecycle = nodeLifecycle;
    this.#settlement = settlement;
    this.#joining = joining;
    this.#solvency = solvency;
  }

  start(): void {
    const { simulation, rules } = this.#world;
    simulation.schedule(rules.epochSeconds, EventKind.epochEnded, 1, 0);
  }

  /** Moment: epoch ended; epoch k ends at k × its length. */
  epochEnded(epoch: number): void {
    const { simulation, rules, roles, journal } = this.#world;
    simulation.schedule((epoch + 1) * rules.epochSeconds, EventKind.epochEnded, epoch + 1, 0);
    this.#checkIns();
    this.#scoresAndJail();
    this.#emission();
    this.#world.ledger.payOut(this.#world.ownership.operator);
    this.#solvency.allBalancesChanged();
    for (const role of Object.values(roles)) role.epochEnded?.(epoch);
    this.#wakeStrategies(epoch);
    checkConservation(this.#world);
    journal.epochEnded(epoch);
  }

  /** Availability check-ins from the outage intervals: an epoch's missed ones count before those made. */
  #checkIns(): void {
    const { machines, nodes } = this.#world;
    for (let machine = 0; machine < machines.end; machine += handleStep) this.#nodeLifecycle.account(machine);
    const { checkInsMade, checkInsMissed } = this.#nodeLifecycle;
    for (let node = 0; node < nodes.count; node++) {
      const missed = checkInsMissed[node]!;
      const made = checkInsMade[node]!;
      checkInsMissed[node] = 0;
      checkInsMade[node] = 0;
      if (missed > 0 && nodes.state[node] === NodeState.present) {
        this.#settlement.settleFinding(node, EvidenceKind.checkInMissed, missed);
      }
      if (made > 0 && nodes.state[node] === NodeState.present) {
        this.#settlement.settleFinding(node, EvidenceKind.checkInMade, made);
      }
    }
  }

  /** New tokens by the stake × time of the epoch that is over, also for those who have left since. */
  #emission(): void {
    const { ledger, nodes, ownership, roles, simulation } = this.#world;
    if (roles.rewards.emission === undefined) return;
    for (let node = 0; node < nodes.count; node++) {
      const amount = roles.rewards.emission(node, this.#nodeLifecycle.activeStake.take(node, simulation.now));
      if (amount > 0) ledger.mint(ownership.operator[node]!, node, amount);
    }
  }

  #scoresAndJail(): void {
    const { nodes, roles, simulation } = this.#world;
    const model = roles.reputation;
    for (let node = 0; node < nodes.count; node++) {
      if (nodes.state[node] !== NodeState.present) continue;
      if (model.scoreAtEpoch !== undefined) {
        const score = model.scoreAtEpoch(node, nodes.score[node]!);
        if (score !== nodes.score[node]) this.#nodeLifecycle.scoreChanged(node, score);
      }
      const jailedUntil = nodes.jailedUntil[node]!;
      if (jailedUntil > 0 && jailedUntil <= simulation.now) {
        nodes.jailedUntil[node] = 0;
        this.#nodeLifecycle.refreshActivity(node);
      }
    }
  }

  #wakeStrategies(epoch: number): void {
    for (const cohort of this.#world.cohorts) {
      if (cohort.strategy.wake === undefined) continue;
      for (let operator = 0; operator < cohort.operatorCount; operator++) {
        cohort.strategy.wake(this.#joining.actionsOf(cohort.firstOperator + operator, epoch));
      }
    }
  }
}

/** Throws if a token appeared or vanished: an error of this program, never of the scenario. */
export function checkConservation(world: World): void {
  const residue = world.ledger.residue();
  if (residue === 0) return;
  throw new Error(`conservation of ${world.ledger.currency}: expected a residue of 0 micro-tokens, found ${residue}`);
}
