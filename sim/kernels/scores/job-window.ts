import { RollingWindow } from './rolling-window.js';

/** What is kept of a job in a window besides its latency, bit by bit. */
export const JobMark = {
  succeeded: 1,
  /** It kept the service level. */
  keptSla: 2,
  /** Its latency counts. */
  hasLatency: 4,
  /** Its latency is in seconds; else it is a multiple of the declared work. */
  isRealTime: 8,
} as const;

/** The latest jobs of each node, and how many of them succeeded and kept the service level. */
export class JobWindow {
  readonly #jobs: RollingWindow;
  readonly #successes: Int32Array;
  readonly #slaKept: Int32Array;

  constructor(nodes: number) {
    this.#jobs = new RollingWindow(nodes);
    this.#successes = new Int32Array(nodes);
    this.#slaKept = new Int32Array(nodes);
  }

  count(node: number): number {
    return this.#jobs.count(node);
  }

  successes(node: number): number {
    return this.#successes[node]!;
  }

  slaKept(node: number): number {
    return this.#slaKept[node]!;
  }

  /** Adds a job, and drops the oldest ones above the most that are kept. */
  add(node: number, latency: number, mark: number, most: number): void {
    while (this.#jobs.count(node) >= most) this.#tally(node, this.#jobs.shift(node), -1);
    this.#jobs.push(node, latency, mark);
    this.#tally(node, mark, 1);
  }

  clear(node: number): void {
    this.#jobs.clear(node);
    this.#successes[node] = 0;
    this.#slaKept[node] = 0;
  }

  /** Visits the node's jobs from the oldest to the latest. */
  visit(node: number, see: (latency: number, mark: number) => void): void {
    this.#jobs.visit(node, see);
  }

  #tally(node: number, mark: number, by: number): void {
    if ((mark & JobMark.succeeded) > 0) this.#successes[node]! += by;
    if ((mark & JobMark.keptSla) > 0) this.#slaKept[node]! += by;
  }
}
