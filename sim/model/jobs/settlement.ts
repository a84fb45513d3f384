import { AttemptKind, AttemptState } from '../columns/attempts.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex, NodeState } from '../columns/nodes.js';
import { epochsEndedBy, type SlashDestination } from '../columns/rules.js';
import { Evidence, EvidenceKind, EvidenceRole, EvidenceSource } from '../contract/evidence.js';
import { Penalty } from '../contract/findings/penalty.js';
import type { Payouts } from '../contract/roles.js';
import type { Solvency } from '../matching/solvency.js';
import { toTreasury } from '../money/held-slash.js';
import type { ClassScoring } from '../nodes/class-scores.js';
import type { Treasury } from '../nodes/economy/treasury.js';
import type { Penalties } from '../nodes/penalties.js';
import { Collateral } from '../world/journal.js';
import { slashDestination, type World } from '../world/world.js';
import { FiledFindings } from './filed-findings.js';

export type Settlement = ReturnType<typeof createSettlement>;

interface Parts {
  readonly classScoring: ClassScoring;
  readonly penalties: Penalties;
  readonly solvency: Solvency;
  readonly treasury: Treasury;
}

/** What evidence does to a node, and who is paid for a job: roles are asked, the ledger moves the tokens. */
export function createSettlement(world: World, { classScoring, penalties, solvency, treasury }: Parts) {
  const { attempts, bondLedger, cohorts, jobKeys, jobs, journal, ledger, nodes } = world;
  const { operators, ownership, roles, rules, secrets, simulation, workloads } = world;
  const isPriceSeen = workloads.some(({ elasticity }) => elasticity?.settings.price === 'paid');
  const evidence = new Evidence();
  const penalty = new Penalty();
  const filed = new FiledFindings(() => epochsEndedBy(rules.now, simulation.now));
  const listeners = Object.values(roles).filter((role) => role.evidenceArrived !== undefined);
  const listening = cohorts.some(({ strategy }) => strategy.attemptSettled !== undefined);
  const bondKind = bondLedger === ledger ? Collateral.bond : Collateral.bondToken;
  const payouts: Payouts = { payWorker, payObserver };
  /** How long a worker's pay stays in escrow at least, of the job that is paid. */
  let heldEpochs = 0;
  /** Where goes what is lost of the bond of the attempt that evidence was presented about last; null: by its kind. */
  let bondTo: SlashDestination | null = null;

  /**
   * Moment: job settled, for one of its attempts; of a result that somebody looks at, once that can't change any more.
   * @param winner node that gets a challenger's share of what is slashed; NONE without a dispute
   */
  function settleAttempt(attempt: AttemptIndex, winner: NodeIndex | typeof NONE): void {
    close(attempt, presentAttempt(attempt, winner), winner);
  }

  /** Presents what was found of an attempt; returns the share of its bond that is lost. */
  function presentAttempt(attempt: AttemptIndex, winner: NodeIndex | typeof NONE): number {
    const node = attempts.node[attempt]!;
    const finding = attempts.verdict[attempt]!;
    const job = attempts.job[attempt]!;
    const isRecheck = attempts.kind[attempt] === AttemptKind.recheck && rules.now.recheckClass !== NONE;
    evidence.about(node, finding, 1, job, isRecheck ? rules.now.recheckClass : jobs.jobClass[job]!);
    evidence.attempt = attempt;
    if (winner !== NONE) evidence.source = EvidenceSource.dispute;
    else if (attempts.state[attempt] === AttemptState.returned) evidence.source = EvidenceSource.scheme;
    return present(winner);
  }

  /** Returns what isn't lost of an attempt's bond; the rest goes where the penalty, or else the finding, says. */
  function close(attempt: AttemptIndex, lostFraction: number, winner: NodeIndex | typeof NONE): void {
    const node = attempts.node[attempt]!;
    const finding = attempts.verdict[attempt]!;
    const bond = attempts.bond[attempt]!;
    attempts.isSettled[attempt] = 1;
    if (bond > 0) {
      const operator = ownership.operator[node]!;
      const destination = bondTo ?? slashDestination(world, finding);
      const lost = bondLedger.returnBond(operator, bond, lostFraction, destination, winner);
      operators.bonds.lock(operator, -bond, simulation.now);
      attempts.bond[attempt] = 0;
      if (lost > 0) {
        ownership.wasPunished[node] = 1;
        journal.collateralSlashed(node, finding, bondKind, lost, nodes.score[node]!);
      }
      solvency.balanceChanged(operator);
    }
    journal.attemptSettled(attempt, finding);
    if (listening) cohorts[secrets.cohort(attempt)]!.strategy.attemptSettled?.(node, attempt);
  }

  /**
   * Tells a checker what came of its challenge, if it made one; whose challenge failed loses its bond.
   * @param isUpheld null if nobody knows
   * @param loser node that it challenged, which then gets the challenger's share of the bond
   */
  function settleCheck(check: AttemptIndex, isUpheld: boolean | null, loser: NodeIndex): void {
    const job = attempts.job[check]!;
    if (attempts.verdict[check] === EvidenceKind.challengeUpheld && isUpheld !== null) {
      if (!isUpheld) attempts.verdict[check] = EvidenceKind.challengeFailed;
      evidence.about(attempts.node[check]!, attempts.verdict[check]!, 1, job, jobs.jobClass[job]!);
      evidence.role = EvidenceRole.challenger;
      evidence.source = EvidenceSource.dispute;
      evidence.attempt = check;
      present(loser);
    }
    close(check, isUpheld === false ? 1 : 0, loser);
  }

  /** Presents `count` equal findings that don't stem from a job, such as check-ins. */
  function settleFinding(
    node: NodeIndex,
    finding: EvidenceKind,
    count: number,
    role: EvidenceRole = EvidenceRole.worker,
  ): void {
    evidence.about(node, finding, count, NONE);
    evidence.role = role;
    present();
  }

  /**
   * What else the scheme found about this job, when all of its attempts are settled.
   * @param isPaid whether its workers are paid now, so that a late finding concerns pay for it
   */
  function settleSideFindings(job: JobIndex, isPaid: boolean): void {
    if (roles.verification.sideFindings === undefined) return;
    const refund = isPaid ? { account: jobKeys.client(job), most: jobs.price[job]! } : toTreasury;
    filed.startFor(job, jobs.jobClass[job]!, refund);
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
    while (filed.takeNext(evidence)) present(NONE, filed.refund);
  }

  /** What the epoch as a whole costs each node of which something can be taken. */
  function assess(): void {
    const { slashing } = roles;
    if (slashing.assess === undefined) return;
    for (let node = 0; node < nodes.count; node++) {
      if (nodes.state[node] !== NodeState.present && ledger.unbonding[node] === 0) continue;
      penalty.clear();
      slashing.assess(node, penalty);
      penalties.impose(node, penalty, NONE, epochBegan(), NONE, NONE);
    }
  }

  /**
   * The one way of evidence: every role hears of it, then the new score, then the penalty by it; returns the share of
   * the attempt's bond that is lost.
   */
  function present(winner: NodeIndex | typeof NONE = NONE, refund = toTreasury): number {
    const { subject, kind, attempt, jobClass } = evidence;
    for (const listener of listeners) listener.evidenceArrived!(evidence);
    const score = roles.reputation.scoreAfter(evidence, nodes.score[subject]!);
    penalties.scoreBecomes(subject, score);
    const scoreInClass = classScoring.evidenceArrived(evidence, score);
    penalty.clear();
    roles.slashing.penalize(evidence, scoreInClass, penalty);
    // ejecting ends other attempts, whose settlement uses the same objects: what is needed later is read now
    const { bondFraction, destination } = penalty;
    const since = attempt === NONE ? epochBegan() : attempts.assignedAt[attempt]!;
    penalties.impose(subject, penalty, kind, since, winner, jobClass, refund);
    bondTo = destination;
    return bondFraction;
  }

  /** When the epoch under way began, or at its end that which ends [s]. */
  function epochBegan(): number {
    const boundary = epochsEndedBy(rules.now, simulation.now) * rules.now.epochSeconds;
    return boundary < simulation.now ? boundary : boundary - rules.now.epochSeconds;
  }

  /**
   * Pays for a job; the escrow of the job is empty afterwards. What nobody is paid of the price is the treasury's if
   * the job was accepted, else the client's, as is what the price leaves of the fee.
   * @param heldSeconds how long a worker's pay stays in escrow at least
   */
  function payJob(job: JobIndex, isAccepted: boolean, heldSeconds: number): void {
    // at the first end of an epoch after it
    heldEpochs = epochsEndedBy(rules.now, simulation.now + heldSeconds) - epochsEndedBy(rules.now, simulation.now);
    const before = ledger.escrow - jobs.fee[job]!;
    if (isPriceSeen && isAccepted && jobKeys.isClients(job)) {
      const { amounts, elasticity } = workloads[jobs.workload[job]!]!;
      elasticity?.paid(amounts.atFactorOne(jobs.price[job]!, jobs.fee[job]!));
    }
    if (isAccepted && jobs.fee[job]! > jobs.price[job]!) {
      refund(job, jobs.fee[job]! - jobs.price[job]!);
    }
    if (jobs.lastAttempt[job] !== NONE) roles.rewards.settle(job, isAccepted, payouts);
    const rest = ledger.escrow - before;
    if (rest > 0 && isAccepted) ledger.escrowToTreasury(rest);
    else if (rest > 0) refund(job, rest);
    if (rest < 0) throw new Error(`job payment: expected at most the fee in escrow, found ${-rest} micro-tokens more`);
    payRechecks(job);
  }

  /** Gives back to who paid, a client, an operator, or the treasury, what is left of the escrow. */
  function refund(job: JobIndex, amount: number): void {
    const client = jobKeys.client(job);
    if (client === NONE) {
      ledger.escrowToTreasury(amount);
      return;
    }
    ledger.payFromEscrow(client, amount);
    if (client >= operators.count) return;
    operators.ownJobFees[client]! -= amount;
    solvency.balanceChanged(client);
  }

  function payWorker(attempt: AttemptIndex, amount: number, holdEpochs: number): void {
    ledger.accrue(attempts.node[attempt]!, amount, Math.max(holdEpochs, heldEpochs));
  }

  function payObserver(node: NodeIndex, amount: number): void {
    ledger.accrue(node, amount, 0);
  }

  /** Recomputations are jobs of the protocol: the treasury pays, as far as it can. */
  function payRechecks(job: JobIndex): void {
    for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
      if (attempts.kind[attempt] !== AttemptKind.recheck || attempts.verdict[attempt] !== EvidenceKind.success)
        continue;
      treasury.pay(attempts.node[attempt]!, roles.rewards.recheckPrice(job));
    }
  }

  return {
    settleAttempt,
    settleCheck,
    settleFinding,
    settleSideFindings,
    audit,
    assess,
    payJob,
  };
}
