import { AttemptState } from '../../columns/attempts.js';
import type { AttemptIndex, JobIndex } from '../../columns/nodes.js';
import type { Agreement } from '../agreement.js';
import type { VerificationContext } from '../context.js';
import { NextStep } from '../roles.js';

/**
 * The next step of schemes that ask for more attempts until the answers in hand decide, at an attempt's end: what all
 * of them do alike.
 *
 * While some answers are sealed nothing can be compared: once none is under way they are revealed, if there are enough.
 *
 * @param isDecided whether the answers that returned decide
 * @param least answers before which they can't
 * @param most answers that returned, after which it gives up
 */
export function nextUntilDecided(
  { attempts, jobs, retries }: VerificationContext,
  agreement: Agreement,
  attempt: AttemptIndex,
  { isDecided, least, most }: { isDecided(job: JobIndex): boolean; readonly least: number; readonly most: number },
): NextStep {
  const job = attempts.job[attempt]!;
  const isSealed = jobs.hidesSome(job);
  if (!isSealed && isDecided(job)) return NextStep.verdict;
  const isReturned = attempts.state[attempt] === AttemptState.returned;
  if (!isReturned && retries.mayRetry(job)) return NextStep.attempt;
  if (jobs.attemptsOpen[job]! > 0 || jobs.attemptsWanted[job]! > 0) return NextStep.wait;
  const returned = agreement.returned(job);
  if (isSealed && returned >= least) return NextStep.verdict;
  return isReturned && returned < most && retries.hasTime(job) ? NextStep.attempt : NextStep.verdict;
}

/**
 * The next step once the answers of the first batch came open: whoever is asked now answers openly. Who withheld his is
 * replaced as one who failed.
 */
export function nextAfterReveal(
  { retries }: VerificationContext,
  agreement: Agreement,
  job: JobIndex,
  { isDecided, most }: { isDecided(job: JobIndex): boolean; readonly most: number },
): NextStep {
  if (isDecided(job) || agreement.returned(job) >= most || !retries.mayRetry(job)) return NextStep.verdict;
  return NextStep.attempt;
}
