import { AttemptKind, AttemptState } from '../columns/attempts.js';
import { Limit } from '../columns/limits.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex, NodeState } from '../columns/nodes.js';
import { epochsEndedBy, type SlashDestination } from '../columns/rules.js';
import { Evidence, EvidenceKind, EvidenceSource } from '../contract/evidence.js';
import { Penalty } from '../contract/findings/penalty.js';
import type { Payouts } from '../contract/roles.js';
import type { Solvency } from '../matching/solvency.js';
import type { Penalties } from '../nodes/penalties.js';
import { Collateral } from '../world/journal.js';
import { slashDestination, type World } from '../world/world.js';
import { FiledFindings } from './filed-findings.js';

export type Settlement = ReturnType<typeof createSettlement>;

/** What evidence does to a node, and who is paid for a job: roles are asked, the ledger moves the tokens. */
export function createSettlement(world: World, penalties: Penalties, solvency: Solvency) {
  const { attempts, firstClientAccount, jobs, journal, ledger, limits, nodes } = world;
  const { operators, ownership, roles, rules, simulation } = world;
  const evidence = new Evidence();
  const penalty = new Penalty();
  const filed = new FiledFindings(() => epochsEndedBy(rules, simulation.now));
  const listeners = Object.values(roles).filter((role) => role.evidenceArrived !== undefined);
  const payouts: Payouts = { payWorker, payObserver };

  /** Moment: job settled, for one of its attempts. */
  function settleAttempt(attempt: AttemptIndex): void {
    const node = attempts.node[attempt]!;
    const finding = attempts.verdict[attempt]!;
    const job = attempts.job[attempt]!;
    const isRecheck = attempts.kind[attempt] === AttemptKind.recheck && rules.recheckClass !== NONE;
    evidence.about(node, finding, 1, job, isRecheck ? rules.recheckClass : jobs.jobClass[job]!);
    evidence.attempt = attempt;
    if (attempts.state[attempt] === AttemptState.returned) evidence.source = EvidenceSource.scheme;
    present();
    journal.attemptSettled(attempt, finding);
  }

  /** Presents `count` equal findings that don't stem from a job, such as check-ins. */
  function settleFinding(node: NodeIndex, finding: EvidenceKind, count: number): void {
    evidence.about(node, finding, count, NONE);
    present();
  }

  /** What else the scheme found about this job, when its attempts are settled. */
  function settleSideFindings(job: JobIndex): void {
    if (roles.verification.sideFindings === undefined) return;
    filed.startFor(job, jobs.jobClass[job]!);
    roles.verification.sideFindings(job, filed);
    presentFiled();
  }

  /** What the scheme finds at the end of an epoch, and then what was filed earlier and becomes known at it. */
  function audit(epoch: number): void {
    filed.startFor(NONE, NONE);
    if (roles.verification.audit !== undefined) {
      for (let node = 0; node < nodes.count; node++) {
        if (nodes.state[node] === NodeState.present) roles.verification.audit(node, filed);
      }
      presentFiled();
    }
    filed.epochEnded(epoch);
    presentFiled();
  }

  function presentFiled(): void {
    while (filed.takeNext(evidence)) present();
  }

  /** What the epoch as a whole costs each node of which something can be taken. */
  function assess(): void {
    const { slashing } = roles;
    if (slashing.assess === undefined) return;
    for (let node = 0; node < nodes.count; node++) {
      if (nodes.state[node] !== NodeState.present && ledger.unbonding[node] === 0) continue;
      penalty.clear();
      slashing.assess(node, penalty);
      penalties.impose(node, penalty, NONE, epochBegan());
    }
  }

  /** The one way of evidence: every role hears of it, then the new score, then the penalty by it. */
  function present(): void {
    const { subject, kind, attempt } = evidence;
    for (const listener of listeners) listener.evidenceArrived!(evidence);
    const score = roles.reputation.scoreAfter(evidence, nodes.score[subject]!);
    penalties.scoreBecomes(subject, score);
    penalty.clear();
    roles.slashing.penalize(evidence, score, penalty);
    // ejecting ends other attempts, whose settlement uses the same objects: what is needed later is read now
    const { bondFraction, destination } = penalty;
    penalties.impose(subject, penalty, kind, attempt === NONE ? epochBegan() : attempts.assignedAt[attempt]!);
    if (attempt !== NONE && attempts.bond[attempt]! > 0) {
      settleBond(attempt, kind, bondFraction, destination ?? slashDestination(world, kind));
    }
  }

  /** Returns what is left of the bond that was locked for an attempt. */
  function settleBond(
    attempt: AttemptIndex,
    cause: EvidenceKind,
    fraction: number,
    destination: SlashDestination,
  ): void {
    const node = attempts.node[attempt]!;
    const operator = ownership.operator[node]!;
    const bond = attempts.bond[attempt]!;
    const lost = ledger.returnBond(operator, bond, fraction, destination);
    operators.lock(operator, -bond, simulation.now);
    attempts.bond[attempt] = 0;
    if (lost > 0) journal.collateralSlashed(node, cause, Collateral.bond, lost, nodes.score[node]!);
    solvency.balanceChanged(operator);
  }

  /** When the epoch under way began, or at its end that which ends [s]. */
  function epochBegan(): number {
    const boundary = epochsEndedBy(rules, simulation.now) * rules.epochSeconds;
    return boundary < simulation.now ? boundary : boundary - rules.epochSeconds;
  }

  /**
   * Pays for a job; the escrow of the job is empty afterwards. What nobody is paid of the price is the treasury's if
   * the job was accepted, else the client's, as is what the price leaves of the fee.
   */
  function payJob(job: JobIndex, isAccepted: boolean): void {
    const before = ledger.escrow - jobs.fee[job]!;
    const client = firstClientAccount + jobs.workload[job]!;
    if (isAccepted && jobs.fee[job]! > jobs.price[job]!) {
      ledger.payFromEscrow(client, jobs.fee[job]! - jobs.price[job]!);
    }
    if (jobs.lastAttempt[job] !== NONE) roles.rewards.settle(job, isAccepted, payouts);
    const rest = ledger.escrow - before;
    if (rest > 0 && isAccepted) ledger.escrowToTreasury(rest);
    else if (rest > 0) ledger.payFromEscrow(client, rest);
    if (rest < 0) throw new Error(`job payment: expected at most the fee in escrow, found ${-rest} micro-tokens more`);
    payRechecks(job);
  }

  function payWorker(attempt: AttemptIndex, amount: number, holdEpochs: number): void {
    ledger.accrue(attempts.node[attempt]!, amount, holdEpochs);
  }

  function payObserver(node: NodeIndex, amount: number): void {
    ledger.accrue(node, amount, 0);
  }

  /** Recomputations are jobs of the protocol: the treasury pays, as far as it can. */
  function payRechecks(job: JobIndex): void {
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.kind[attempt] !== AttemptKind.recheck || attempts.verdict[attempt] !== EvidenceKind.success)
        continue;
      const price = roles.rewards.recheckPrice(job);
      const affordable = ledger.escrowFromTreasury(price);
      if (affordable < price) limits.hit(Limit.treasury, simulation.now);
      payWorker(attempt, affordable, 0);
    }
  }
  return { settleAttempt, settleFinding, settleSideFindings, audit, assess, payJob };
}
