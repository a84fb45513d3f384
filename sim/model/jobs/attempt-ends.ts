import type { AttemptIndex, JobIndex, PanelIndex } from '../columns/nodes.js';
import type { EvidenceKind } from '../contract/evidence.js';

/** Where the node's side and the observers report to: the orchestrator's side of an attempt's life. */
export interface AttemptEnds {
  /** A result or a refusal reached the orchestrator. */
  resultArrived(attempt: AttemptIndex): void;
  /** The connection to the machine broke, or the node is gone: the attempt will never return. */
  attemptLost(attempt: AttemptIndex, finding: EvidenceKind): void;
  /** The replies of a panel are in, or the time to reply is over. */
  panelClosed(panel: PanelIndex): void;
  /** Nobody is left, and nobody will come, who could take what the job still wants. */
  jobStranded(job: JobIndex): void;
}
