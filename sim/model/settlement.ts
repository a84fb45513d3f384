import { AttemptKind, AttemptState } from './attempts.js';
import { Evidence, type EvidenceKind } from './evidence.js';
import type { NodeLifecycle } from './node-lifecycle.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from './nodes.js';
import { type Payouts, Penalty } from './roles.js';
import type { World } from './world.js';

/** What evidence does to a node, and who is paid for a job: roles are asked, the ledger moves the tokens. */
export class Settlement implements Payouts {
  readonly #world: World;
  readonly #nodeLifecycle: NodeLifecycle;
  readonly #evidence = new Evidence();
  readonly #penalty = new Penalty();

  constructor(world: World, nodeLifecycle: NodeLifecycle) {
    this.#world = world;
    this.#nodeLifecycle = nodeLifecycle;
  }

  /** Moment: job settled, for one of its attempts. */
  settleAttempt(attempt: AttemptIndex): void {
    const { attempts, roles, journal, ledger, ownership, operators, rules, simulation } = this.#world;
    const node = attempts.node[attempt]!;
    const finding = attempts.verdict[attempt]! as EvidenceKind;
    const evidence = this.#evidence.about(node, finding, 1, attempts.job[attempt]!);
    roles.assignment.evidenceArrived?.(evidence);
    const bondFraction = this.#present(evidence);
    const bond = attempts.bond[attempt]!;
    if (bond > 0) {
      const operator = ownership.operator[node]!;
      ledger.returnBond(operator, bond, bondFraction, rules.slashDestination);
      operators.lock(operator, -bond, simulation.now);
      attempts.bond[attempt] = 0;
    }
    journal.attemptSettled(attempt, finding);
  }

  /** Presents `count` equal findings that don't stem from a job, such as check-ins. */
  settleFinding(node: NodeIndex, finding: EvidenceKind, count: number): void {
    this.#present(this.#evidence.about(node, finding, count, NONE));
  }

  /** The new score, then the penalty by it; returns the share of the bond that is lost. */
  #present(evidence: Evidence): number {
    const { nodes, roles } = this.#world;
    const node = evidence.subject;
    const before = nodes.score[node]!;
    const score = roles.reputation.scoreAfter(evidence, before);
    if (score !== before) this.#nodeLifecycle.scoreChanged(node, score);
    const penalty = this.#penalty;
    penalty.clear();
    roles.slashing.penalize(evidence, score, penalty);
    if (penalty.resetsHistory) {
      roles.reputation.historyReset?.(node);
      this.#nodeLifecycle.scoreChanged(node, roles.reputation.prior(node));
    }
    if (penalty.scoreChange !== 0) {
      const { lowest, highest } = roles.reputation;
      const changed = Math.min(highest, Math.max(lowest, nodes.score[node]! + penalty.scoreChange));
      this.#nodeLifecycle.scoreChanged(node, changed);
    }
    if (penalty.stakeFraction > 0) this.#nodeLifecycle.slash(node, penalty.stakeFraction, evidence.kind);
    if (penalty.jailEpochs > 0) this.#nodeLifecycle.jail(node, penalty.jailEpochs);
    if (penalty.ejects) this.#nodeLifecycle.eject(node);
    return penalty.bondFraction;
  }

  /** Pays for an accepted job, or refunds its client; the escrow of the job is empty afterwards. */
  payJob(job: JobIndex, isAccepted: boolean): void {
    const { jobs, roles, ledger, firstClientAccount } = this.#world;
    const before = ledger.escrow - jobs.fee[job]!;
    if (isAccepted) roles.rewards.settle(job, this);
    else ledger.payFromEscrow(firstClientAccount + jobs.workload[job]!, jobs.fee[job]!);
    const rest = ledger.escrow - before;
    if (rest > 0) ledger.escrowToTreasury(rest);
    if (rest < 0) throw new Error(`job payment: expected at most the fee in escrow, found ${-rest} micro-tokens more`);
    this.#payRechecks(job);
  }

  payWorker(attempt: AttemptIndex, amount: number, holdEpochs: number): void {
    const { attempts, ownership, ledger, journal } = this.#world;
    const node = attempts.node[attempt]!;
    if (holdEpochs > 0) {
      ledger.holdFromEscrow(ownership.operator[node]!, amount);
      this.#nodeLifecycle.hold(node, amount, holdEpochs);
    } else {
      ledger.payFromEscrow(ownership.operator[node]!, amount);
    }
    journal.nodePaid(node, amount);
  }

  payObserver(node: NodeIndex, amount: number): void {
    const { ownership, ledger, journal } = this.#world;
    ledger.payFromEscrow(ownership.operator[node]!, amount);
    journal.nodePaid(node, amount);
  }

  /** Recomputations are jobs of the protocol: the treasury pays, as far as it can. */
  #payRechecks(job: JobIndex): void {
    const { attempts, jobs, roles, ledger } = this.#world;
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.kind[attempt] !== AttemptKind.recheck || attempts.state[attempt] !== AttemptState.returned) continue;
      this.payWorker(attempt, ledger.escrowFromTreasury(roles.rewards.recheckPrice(job)), 0);
    }
  }
}
