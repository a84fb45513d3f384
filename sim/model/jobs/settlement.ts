import { AttemptKind } from '../columns/attempts.js';
import { Limit } from '../columns/limits.js';
import { type AttemptIndex, type JobIndex, NONE, type NodeIndex } from '../columns/nodes.js';
import { Evidence, EvidenceKind } from '../contract/evidence.js';
import { type Payouts, Penalty } from '../contract/roles.js';
import type { Solvency } from '../matching/solvency.js';
import type { NodeLife } from '../nodes/node-life.js';
import { Collateral } from '../world/journal.js';
import type { World } from '../world/world.js';

export type Settlement = ReturnType<typeof createSettlement>;

/** What evidence does to a node, and who is paid for a job: roles are asked, the ledger moves the tokens. */
export function createSettlement(world: World, nodeLife: NodeLife, solvency: Solvency) {
  const { attempts, firstClientAccount, jobs, journal, ledger, limits, nodes } = world;
  const { operators, ownership, roles, rules, simulation } = world;
  const evidence = new Evidence();
  const penalty = new Penalty();
  const payouts: Payouts = { payWorker, payObserver };

  /** Moment: job settled, for one of its attempts. */
  function settleAttempt(attempt: AttemptIndex): void {
    const node = attempts.node[attempt]!;
    const finding = attempts.verdict[attempt]! as EvidenceKind;
    const job = attempts.job[attempt]!;
    const isRecheck = attempts.kind[attempt] === AttemptKind.recheck && rules.now.recheckClass !== NONE;
    evidence.about(node, finding, 1, job, isRecheck ? rules.now.recheckClass : jobs.jobClass[job]!);
    roles.assignment.evidenceArrived?.(evidence);
    const bondFraction = present();
    const bond = attempts.bond[attempt]!;
    if (bond > 0) {
      const operator = ownership.operator[node]!;
      const lost = ledger.returnBond(operator, bond, bondFraction, rules.now.slashDestination);
      operators.lock(operator, -bond, simulation.now);
      attempts.bond[attempt] = 0;
      if (lost > 0) journal.collateralSlashed(node, finding, Collateral.bond, lost, nodes.score[node]!);
      solvency.balanceChanged(operator);
    }
    journal.attemptSettled(attempt, finding);
  }

  /** Presents `count` equal findings that don't stem from a job, such as check-ins. */
  function settleFinding(node: NodeIndex, finding: EvidenceKind, count: number): void {
    evidence.about(node, finding, count, NONE);
    present();
  }

  /** The new score, then the penalty by it; returns the share of the bond that is lost. */
  function present(): number {
    const node = evidence.subject;
    const before = nodes.score[node]!;
    const score = roles.reputation.scoreAfter(evidence, before);
    if (score !== before) nodeLife.scoreChanged(node, score);
    penalty.clear();
    roles.slashing.penalize(evidence, score, penalty);
    // ejecting ends other attempts, whose settlement uses the same objects: what is needed later is read now
    const { bondFraction } = penalty;
    if (penalty.stakeFraction > 0) nodeLife.slash(node, penalty.stakeFraction, evidence.kind);
    if (penalty.jailEpochs > 0) nodeLife.jail(node, penalty.jailEpochs);
    if (penalty.ejects) nodeLife.eject(node);
    return bondFraction;
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
  return { settleAttempt, settleFinding, payJob };
}
