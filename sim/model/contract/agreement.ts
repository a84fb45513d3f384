import { AttemptKind, AttemptState, type Attempts } from '../columns/attempts.js';
import type { Jobs } from '../columns/jobs.js';
import { type AttemptIndex, type JobIndex, NONE } from '../columns/nodes.js';
import type { Instruments } from '../truth/instruments.js';
import { EvidenceKind } from './evidence.js';

/** Which of a job's returned answers are equal, and what follows: what every scheme that replicates asks alike. */
export class Agreement {
  readonly #attempts: Attempts;
  readonly #jobs: Jobs;
  readonly #instruments: Instruments;

  constructor(attempts: Attempts, jobs: Jobs, instruments: Instruments) {
    this.#attempts = attempts;
    this.#jobs = jobs;
    this.#instruments = instruments;
  }

  /** Client's attempts that returned a result. */
  returned(job: JobIndex): number {
    let count = 0;
    for (let attempt = this.#last(job); attempt !== NONE; attempt = this.#before(attempt)) count++;
    return count;
  }

  /** Visits the client's attempts that returned a result, the latest first. */
  each(job: JobIndex, visit: (attempt: AttemptIndex) => void): void {
    for (let attempt = this.#last(job); attempt !== NONE; attempt = this.#before(attempt)) visit(attempt);
  }

  /** Returned answers equal to this one's, itself included. */
  support(attempt: AttemptIndex): number {
    let count = 0;
    for (let other = this.#last(this.#attempts.job[attempt]!); other !== NONE; other = this.#before(other)) {
      if (this.#instruments.answersAgree(attempt, other)) count++;
    }
    return count;
  }

  /** An attempt with the answer that most returned; of several such, the one assigned first; NONE if none returned. */
  leader(job: JobIndex): AttemptIndex {
    let leader = NONE;
    let most = 0;
    for (let attempt = this.#last(job); attempt !== NONE; attempt = this.#before(attempt)) {
      const support = this.support(attempt);
      // the list goes from the latest back
      if (support >= most) {
        most = support;
        leader = attempt;
      }
    }
    return leader;
  }

  /** True once so many returned answers are equal. */
  hasQuorum(job: JobIndex, quorum: number): boolean {
    const leader = this.leader(job);
    return leader !== NONE && this.support(leader) >= quorum;
  }

  /** By how many returned answers the leader's is ahead of the next; 0 while none returned. */
  lead(job: JobIndex): number {
    const leader = this.leader(job);
    if (leader === NONE) return 0;
    let next = 0;
    for (let attempt = this.#last(job); attempt !== NONE; attempt = this.#before(attempt)) {
      if (!this.#instruments.answersAgree(attempt, leader)) next = Math.max(next, this.support(attempt));
    }
    return this.support(leader) - next;
  }

  /** The finding on a returned attempt, where so many equal answers decide. */
  verdict(attempt: AttemptIndex, quorum: number): EvidenceKind | null {
    return this.verdictIf(this.hasQuorum(this.#attempts.job[attempt]!, quorum), attempt);
  }

  /**
   * The finding on a returned attempt, where the leader's answer is accepted if the answers decide; null for a
   * recomputation, which isn't one of the replicas.
   */
  verdictIf(isDecided: boolean, attempt: AttemptIndex): EvidenceKind | null {
    if (this.#attempts.kind[attempt] !== AttemptKind.work) return null;
    if (!isDecided) return EvidenceKind.unresolved;
    const leader = this.leader(this.#attempts.job[attempt]!);
    return this.#instruments.answersAgree(attempt, leader) ? EvidenceKind.success : EvidenceKind.invalid;
  }

  #last(job: JobIndex): AttemptIndex {
    return this.#orBefore(this.#jobs.lastAttempt[job]!);
  }

  #before(attempt: AttemptIndex): AttemptIndex {
    return this.#orBefore(this.#attempts.nextOfJob[attempt]!);
  }

  /** The attempt, or the latest before it, that is a client's and returned. */
  #orBefore(attempt: AttemptIndex): AttemptIndex {
    const { kind, state, nextOfJob } = this.#attempts;
    let found = attempt;
    while (found !== NONE && (kind[found] !== AttemptKind.work || state[found] !== AttemptState.returned)) {
      found = nextOfJob[found]!;
    }
    return found;
  }
}
