import type { AttemptIndex, JobIndex, PanelIndex } from '../columns/nodes.js';
import type { EvidenceKind } from '../contract/evidence.js';
import type { NextStep } from '../contract/roles.js';

/** Where the node's side and the observers report to: the orchestrator's side of an attempt's life. */
export interface AttemptEnds {
  /** A result or a refusal reached the orchestrator. */
  resultArrived(attempt: AttemptIndex): void;
  /** The connection to the machine broke, or the node is gone: the attempt will never return. */
  attemptLost(attempt: AttemptIndex, finding: EvidenceKind): void;
  /** The replies of a panel are in, or the time to reply is over. */
  panelClosed(panel: PanelIndex): void;
  /** What the verification scheme says is next for the attempt's job. */
  follow(step: NextStep, attempt: AttemptIndex): void;
  /** Attempts of the job that are under way end without a finding, and no more are wanted. */
  withdrawOpen(job: JobIndex): void;
  /**
   * Every attempt of the job is settled.
   * @param heldSeconds how long pay has to stay in escrow at least
   */
  jobFinal(job: JobIndex, heldSeconds: number): void;
  /** Nobody is left, and nobody will come, who could take what the job still wants. */
  jobStranded(job: JobIndex): void;
}
