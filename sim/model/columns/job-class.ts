/** A kind of job: what it needs of a node and what it costs to start. */
export interface JobClass {
  readonly name: string;
  readonly index: number;
  /** Time to start the container before work begins [s]. */
  readonly startUpSeconds: number;
  readonly memoryGiB: number;
  readonly needsGpu: boolean;
  readonly needsPublicAddress: boolean;
  /** False for classes whose result can't be recomputed, such as tunnels. */
  readonly isRecomputable: boolean;
  /** Whether answers are equal or not, or numbers that can be near one another. */
  readonly answers: 'exact' | 'numeric';
}

/** Deadline of a job: `times` the declared work on the node's declared throughput, at least `atLeastSeconds`. */
export interface Deadline {
  readonly times: number;
  readonly atLeastSeconds: number;
}

/** Seconds from submission to the deadline of work declared for a throughput (reference card = 1). */
export function deadlineSeconds(deadline: Deadline | null, work: number, throughput: number): number {
  if (deadline === null) return Number.POSITIVE_INFINITY;
  return Math.max(deadline.atLeastSeconds, (deadline.times * work) / throughput);
}
