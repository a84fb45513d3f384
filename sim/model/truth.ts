import { grown } from './columns.js';

/** The right answer; every other value from 1 up is some wrong one, and equal values are equal answers. */
export const rightAnswer = 0;
/** No answer was sent. */
export const withheldAnswer = -1;

/**
 * What is really so: no mechanism receives this object.
 *
 * Read by strategies, observation and the recorder; execution only carries it from one to the other.
 */
export class Truth {
  /** By node: probability that an honest computation is right. */
  readonly quality: Float64Array;
  /** By node: probability that an accepted attempt ends with a result. */
  readonly completion: Float64Array;
  /** By attempt: the answer sent. */
  answer: Float64Array;
  /** By attempt: 1 if an honest computation comes out right. */
  isSound: Uint8Array;
  /** By attempt: 1 if it ends with a result. */
  completes: Uint8Array;

  constructor(nodeCapacity: number, attemptCapacity: number) {
    this.quality = new Float64Array(nodeCapacity);
    this.completion = new Float64Array(nodeCapacity);
    this.answer = new Float64Array(attemptCapacity);
    this.isSound = new Uint8Array(attemptCapacity);
    this.completes = new Uint8Array(attemptCapacity);
  }

  /** Follows the attempts' columns when those grow. */
  fitAttempts(capacity: number): void {
    if (capacity <= this.answer.length) return;
    this.answer = grown(this.answer, capacity);
    this.isSound = grown(this.isSound, capacity);
    this.completes = grown(this.completes, capacity);
  }

  /** Settles how an attempt would end, from its uniform lucks: a pure function of the job and the node. */
  decideFate(attempt: number, node: number, luck: number, completion: number): void {
    this.isSound[attempt] = luck < this.quality[node]! ? 1 : 0;
    this.completes[attempt] = completion < this.completion[node]! ? 1 : 0;
  }
}
