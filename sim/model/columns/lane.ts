/** Jobs that ask the same of a node: trees, waiting lines, masks of nodes and counts of capacity are by lane. */
export interface Lane {
  readonly index: number;
  readonly jobClass: number;
  /** Published score that a node needs, included; −Infinity for none. */
  readonly minimumScore: number;
  /** 0 for jobs that any node may have; what more stands for is the reputation model's to say. */
  readonly tier: number;
}

/** Masks have a bit a lane, and are never negative. */
export const lanesMost = 31;

/** Whether the bit of the lane, or of the class, is set. */
export function has(bits: number, index: number): boolean {
  return ((bits >>> index) & 1) === 1;
}
