import type { Job, Queue, QueueEvents } from 'bullmq';
import { packageVersion } from '../../package.js';
import { InvalidInput } from '../../scenario/text/faults.js';
import type { Task } from '../pool/worker.js';
import type { Performer } from '../pool/worker-pool.js';
import { type Failure, toLineOfText } from '../work/outcome.js';
import { type Chunk, hasTraces, keyOf, queueName, toText, withoutPaths } from './chunk.js';
import { connectTo, type QueueAddress, queuePackages } from './connection.js';

export interface QueueOptions {
  /** Replications of a point that go together, at most; default 1. */
  readonly chunk?: number;
}

interface Waiting {
  readonly task: Task;
  readonly resolve: (line: string) => void;
  readonly reject: (error: Error) => void;
}

/** A chunk that was asked for. */
interface Asked {
  readonly text: string;
  readonly waiting: readonly Waiting[];
}

/** Between two looks for what events didn't tell, as they don't while Redis is away [ms]. */
const looksEvery = 2_000;
/** Chunks that are looked after or added at a time. */
const batch = 500;
/** How long Redis keeps results, for who asks the same again [s], and how many chunks at most. */
const kept = { age: 24 * 3_600, count: 100_000 };

/**
 * Has the runs of an experiment done by whoever takes them from a queue in Redis. A chunk's name is the hash of all
 * that its results depend on: what was asked before, by whomever, isn't run again, and what gets lost is asked once
 * more.
 */
export class QueuePerformer implements Performer {
  readonly #queue: Queue;
  readonly #events: QueueEvents;
  readonly #chunk: number;
  readonly #asked = new Map<string, Asked>();
  #pending: Waiting[] = [];
  #isFlushing = false;
  #isClosed = false;
  /** Whether a chunk has ended since the last look. */
  #hasEnded = false;
  #lost: Error | undefined;
  readonly #looking: NodeJS.Timeout;
  readonly #closeConnections: () => void;

  private constructor(queue: Queue, events: QueueEvents, chunk: number, closeConnections: () => void) {
    this.#queue = queue;
    this.#events = events;
    this.#chunk = chunk;
    this.#closeConnections = closeConnections;
    events.on('completed', ({ jobId, returnvalue }) => this.#completed(jobId, returnvalue as unknown));
    events.on('failed', ({ jobId, failedReason }) => this.#failed(jobId, failedReason));
    // what was asked before, by whomever, may have ended long ago
    events.on('duplicated', ({ jobId }) => this.#orGiveUp(() => this.#lookAfter([jobId])));
    let isLooking = false;
    this.#looking = setInterval(() => {
      const isQuiet = !this.#hasEnded;
      this.#hasEnded = false;
      // while results come, nothing is lost; and not one look behind the other while Redis is away
      if (isLooking || !isQuiet) return;
      isLooking = true;
      this.#orGiveUp(async () => {
        await this.#lookAfter([...this.#asked.keys()]);
        isLooking = false;
      });
    }, looksEvery);
  }

  /** Throws InvalidInput if the packages aren't installed or Redis doesn't answer. */
  static async connect(address: QueueAddress, { chunk = 1 }: QueueOptions = {}): Promise<QueuePerformer> {
    const packages = await queuePackages();
    let performer: QueuePerformer | undefined;
    const connect = await connectTo(address, packages, (error) => {
      if (performer !== undefined) performer.#giveUp(error);
    });
    const { Queue, QueueEvents } = packages.bullmq;
    const [forQueue, forEvents] = [connect(), connect()];
    const queue = new Queue(queueName(), { connection: forQueue });
    const events = new QueueEvents(queueName(), { connection: forEvents });
    // told by the connections
    queue.on('error', () => undefined);
    events.on('error', () => undefined);
    await events.waitUntilReady();
    performer = new QueuePerformer(queue, events, chunk, () => {
      forQueue.disconnect();
      forEvents.disconnect();
    });
    return performer;
  }

  perform(task: Task): Promise<string> {
    if (task.tables !== undefined) throw new Error('expected a run without tables, which no queue brings back');
    if (hasTraces(task.scenario)) {
      const expected = 'a scenario that replays no records, as their files lie here only';
      throw new InvalidInput([{ path: '--queue', expected, found: 'a trace' }]);
    }
    if (this.#lost !== undefined) return Promise.reject(this.#lost);
    return new Promise((resolve, reject) => {
      this.#pending.push({ task, resolve, reject });
      if (this.#isFlushing) return;
      this.#isFlushing = true;
      // what is asked in the same turn may go together
      setImmediate(() => {
        this.#isFlushing = false;
        this.#orGiveUp(() => this.#flush());
      });
    });
  }

  /** Workers that take runs from the queue now. */
  async workers(): Promise<number> {
    return await this.#queue.getWorkersCount();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#looking);
    const open = [...this.#asked.keys()];
    this.#asked.clear();
    if (this.#lost === undefined) {
      // nobody waits for them any more; one under way stays, and is there for the next who asks
      for (let start = 0; start < open.length; start += batch) {
        const some = open.slice(start, start + batch);
        await Promise.allSettled(some.map((key) => this.#queue.remove(key)));
      }
    }
    await Promise.allSettled([this.#events.close(), this.#queue.close()]);
    this.#closeConnections();
  }

  /** Puts together what goes together, and adds it to the queue. */
  async #flush(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    const keys: string[] = [];
    for (const waiting of this.#chunksOf(pending)) {
      const [{ task }] = waiting as [Waiting, ...Waiting[]];
      const chunk: Chunk = {
        engine: packageVersion(),
        scenario: withoutPaths(task.scenario),
        seeds: waiting.map((one) => one.task.seed),
      };
      const text = toText(chunk);
      const key = keyOf(text);
      const before = this.#asked.get(key);
      this.#asked.set(key, { text, waiting: [...(before?.waiting ?? []), ...waiting] });
      keys.push(key);
    }
    await this.#add(keys);
  }

  /** Runs of one point, as many as a chunk takes. */
  #chunksOf(pending: readonly Waiting[]): readonly (readonly Waiting[])[] {
    const chunks: Waiting[][] = [];
    for (const one of pending) {
      const last = chunks.at(-1);
      const goesAlong = last !== undefined && last.length < this.#chunk && last[0]!.task.point === one.task.point;
      if (goesAlong) last.push(one);
      else chunks.push([one]);
    }
    return chunks;
  }

  async #add(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += batch) {
      const jobs = keys.slice(start, start + batch).flatMap((key) => {
        const asked = this.#asked.get(key);
        if (asked === undefined) return [];
        return [{ name: 'chunk', data: asked.text, opts: { jobId: key, removeOnComplete: kept, removeOnFail: true } }];
      });
      await this.#queue.addBulk(jobs);
    }
  }

  /** Takes what has ended without being told of it, and asks again for what is gone. */
  async #lookAfter(keys: readonly string[]): Promise<void> {
    for (let start = 0; start < keys.length; start += batch) {
      const some = keys.slice(start, start + batch).filter((key) => this.#asked.has(key));
      const jobs = await Promise.all(some.map((key) => this.#queue.getJob(key) as Promise<Job | undefined>));
      await this.#add(some.filter((_, place) => jobs[place] === undefined));
      for (const [place, job] of jobs.entries()) {
        if (job?.finishedOn === undefined) continue;
        if (job.failedReason) this.#failed(some[place]!, job.failedReason);
        else this.#completed(some[place]!, job.returnvalue as unknown);
      }
    }
  }

  #completed(key: string, returned: unknown): void {
    const asked = this.#asked.get(key);
    if (asked === undefined) return;
    const lines = linesOf(returned);
    if (lines.length === 0) {
      this.#failed(key, 'the worker brought back something else than results');
      return;
    }
    this.#asked.delete(key);
    this.#hasEnded = true;
    // points that are the same scenario ask for the same chunk
    for (const [place, { resolve }] of asked.waiting.entries()) resolve(lines[place % lines.length]!);
  }

  #failed(key: string, reason: string): void {
    const asked = this.#asked.get(key);
    if (asked === undefined) return;
    this.#asked.delete(key);
    for (const { task, resolve } of asked.waiting) {
      const failure: Failure = { seed: task.seed, failed: reason };
      resolve(toLineOfText(failure));
    }
  }

  /** What is asked of Redis waits while it is away; an error is one that waiting doesn't mend. */
  #orGiveUp(step: () => Promise<void>): void {
    step().catch((error: unknown) => {
      if (!this.#isClosed) this.#giveUp(error instanceof Error ? error : new Error(String(error)));
    });
  }

  #giveUp(error: Error): void {
    this.#lost ??= error;
    for (const { waiting } of this.#asked.values()) for (const { reject } of waiting) reject(error);
    for (const { reject } of this.#pending) reject(error);
    this.#asked.clear();
    this.#pending = [];
  }
}

/** Lines of results; none where it is something else. */
function linesOf(returned: unknown): readonly string[] {
  const isList = Array.isArray(returned) && returned.every((line) => typeof line === 'string');
  return isList ? (returned as readonly string[]) : [];
}
