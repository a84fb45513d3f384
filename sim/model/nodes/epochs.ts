import { Limit } from '../columns/limits.js';
import { NodeState } from '../columns/nodes.js';
import { EvidenceKind } from '../contract/evidence.js';
import { EventKind } from '../events.js';
import type { Settlement } from '../jobs/settlement.js';
import type { Matching } from '../matching/matching.js';
import type { Solvency } from '../matching/solvency.js';
import { ledgersOf, type World } from '../world/world.js';
import type { Activity } from './activity.js';
import type { Availability } from './availability.js';
import type { ClassScoring } from './class-scores.js';
import type { Eclipses } from './eclipses.js';
import type { Delegators } from './economy/delegators.js';
import type { EntriesAndExits } from './economy/entries-and-exits.js';
import type { Lending } from './economy/lending.js';
import { createPurses } from './economy/purses.js';
import type { Treasury } from './economy/treasury.js';
import type { Hands } from './hands.js';
import type { Insurance } from './insurance.js';
import type { NodeLife } from './node-life.js';
import type { Penalties } from './penalties.js';
import type { Suspensions } from './suspension/suspensions.js';

export type Epochs = ReturnType<typeof createEpochs>;

/** The parts of lives that the end of an epoch acts on. */
interface Parts {
  readonly activity: Activity;
  readonly eclipses: Eclipses;
  /** null where nobody enters or leaves by profit. */
  readonly entriesAndExits: EntriesAndExits | null;
  readonly availability: Availability;
  readonly classScoring: ClassScoring;
  readonly delegators: Delegators;
  readonly hands: Hands;
  readonly insurance: Insurance;
  readonly lending: Lending;
  readonly matching: Matching;
  readonly nodeLife: NodeLife;
  readonly penalties: Penalties;
  readonly settlement: Settlement;
  readonly solvency: Solvency;
  readonly suspensions: Suspensions;
  readonly treasury: Treasury;
}

/** What happens once an epoch, each part one loop over columns, in a fixed order. */
export function createEpochs(world: World, parts: Parts) {
  const { activity, availability, classScoring, delegators, eclipses, entriesAndExits, hands, insurance } = parts;
  const { lending, matching, nodeLife, penalties, settlement, solvency, suspensions, treasury } = parts;
  const { cohorts, journal, ledger, limits, nodes, ownership, roles, rules, simulation, workloads } = world;

  const ledgers = ledgersOf(world);
  const purses = createPurses(world, hands);

  function start(): void {
    simulation.schedule(rules.now.epochSeconds, EventKind.epochEnded, 1, 0);
  }

  /** Moment: epoch ended; epoch k ends at k × its length. */
  function epochEnded(epoch: number): void {
    simulation.schedule((epoch + 1) * rules.now.epochSeconds, EventKind.epochEnded, epoch + 1, 0);
    availability.accountAll();
    suspensions.epochEnded(epoch);
    settleCheckIns();
    settlement.audit(epoch);
    penalties.epochEnded(epoch);
    reckonScores(epoch);
    settlement.assess();
    releaseFromJail();
    emit();
    treasury.epochEnded();
    for (const one of ledgers) one.payOut(ownership.operator);
    insurance.premiumsDue();
    lending.epochEnded();
    delegators.epochEnded();
    for (const { elasticity } of workloads) elasticity?.epochEnded();
    solvency.allBalancesChanged();
    for (const role of Object.values(roles)) role.epochEnded?.(epoch);
    askForGrants();
    nodeLife.places.epochEnded();
    entriesAndExits?.epochEnded(epoch);
    wakeStrategies(epoch);
    checkConservation(world);
    journal.epochEnded(epoch);
  }

  /** Availability check-ins from the outage intervals: an epoch's missed ones count before those made. */
  function settleCheckIns(): void {
    const { checkInsMade, checkInsMissed } = availability;
    for (let node = 0; node < nodes.count; node++) {
      const missed = checkInsMissed[node]!;
      const made = checkInsMade[node]!;
      checkInsMissed[node] = 0;
      checkInsMade[node] = 0;
      if (missed > 0 && nodes.state[node] === NodeState.present) {
        settlement.settleFinding(node, EvidenceKind.checkInMissed, missed);
      }
      if (made > 0 && nodes.state[node] === NodeState.present) {
        settlement.settleFinding(node, EvidenceKind.checkInMade, made);
      }
    }
  }

  /** Scores that the model reckons at an epoch's end: first over the whole network, then node by node. */
  function reckonScores(epoch: number): void {
    const { reputation } = roles;
    reputation.reckon?.(epoch);
    if (reputation.scoreAtEpoch === undefined && reputation.classScores?.scoreAtEpoch === undefined) return;
    for (let node = 0; node < nodes.count; node++) {
      if (nodes.state[node] !== NodeState.present) continue;
      const score = nodes.score[node]!;
      penalties.scoreBecomes(node, reputation.scoreAtEpoch?.(node, score) ?? score);
      classScoring.epochEnded(node);
    }
  }

  function releaseFromJail(): void {
    for (let node = 0; node < nodes.count; node++) {
      if (nodes.state[node] !== NodeState.present) continue;
      const jailedUntil = nodes.jailedUntil[node]!;
      if (jailedUntil > 0 && jailedUntil <= simulation.now) {
        nodes.jailedUntil[node] = 0;
        activity.refreshActivity(node);
      }
    }
  }

  /** New tokens by the stake × time of the epoch that is over, also for those who have left since. */
  function emit(): void {
    if (roles.rewards.emission === undefined) return;
    for (let node = 0; node < nodes.count; node++) {
      const amount = roles.rewards.emission(node, activity.activeStake.take(node, simulation.now));
      if (amount === 0) continue;
      const minted = ledger.mint(ownership.operator[node]!, node, amount);
      if (minted < amount) limits.hit(Limit.supply, simulation.now);
    }
  }

  /** Asks the reputation model anew which lanes each node may serve. */
  function askForGrants(): void {
    if (roles.reputation.lanes === undefined) return;
    for (let node = 0; node < nodes.count; node++) {
      if (nodes.state[node] !== NodeState.present) continue;
      if (matching.access.askModel(node)) matching.accessChanged(node);
    }
  }

  function wakeStrategies(epoch: number): void {
    eclipses.epochEnded();
    // whatever they did as the run ends would cost them, and come to nothing
    if (simulation.now === world.horizonSeconds) return;
    purses?.epochEnded(epoch);
    for (const { strategy, firstOperator, operatorCount } of cohorts) {
      if (strategy.wake === undefined) continue;
      for (let operator = firstOperator; operator < firstOperator + operatorCount; operator++) {
        strategy.wake(hands.actionsOf(operator, epoch));
      }
    }
  }

  /** Before an epoch is over: what accrued in it by the rules so far is emitted, and check-ins are counted by them. */
  function settleAccrued(): void {
    availability.accountAll();
    emit();
  }

  return { start, epochEnded, settleAccrued };
}

/** Throws if a token appeared or vanished: an error of this program, never of the scenario. */
export function checkConservation(world: World): void {
  for (const ledger of ledgersOf(world)) {
    const residue = ledger.residue();
    if (residue === 0) continue;
    throw new Error(`conservation of ${ledger.currency}: expected a residue of 0 micro-tokens, found ${residue}`);
  }
}
