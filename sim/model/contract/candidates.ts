import type { JobIndex, NodeIndex } from '../columns/nodes.js';

/** Which nodes could take an attempt: the questions every assignment policy must ask alike. */
export interface Candidates {
  /** Attempts that may be queued at a node beyond its slots now; Infinity for no limit. */
  queueLimit(): number;
  /** Active, not resting, may serve the lane, the least bond at hand, and room for one more attempt. */
  isOpen(node: NodeIndex, lane: number): boolean;
  /**
   * For an open node: the one that the job is for, if it names one; not tried by this job or of an operator that did
   * (recheck), in time, able to lock the bond, and admitted by the policy itself.
   */
  fits(job: JobIndex, node: NodeIndex): boolean;
}

/** Whether a job may have another attempt: what schemes ask, whoever would get it. */
export interface Retries {
  /** True while another attempt may replace a failed one: failures left, and time. */
  mayRetry(job: JobIndex): boolean;
  /** True until the job's deadline, taken at the reference card's throughput. */
  hasTime(job: JobIndex): boolean;
}
