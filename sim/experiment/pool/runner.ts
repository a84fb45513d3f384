import { availableParallelism } from 'node:os';
import { isFailure, type Unit, type UnitResult } from '../work/outcome.js';
import type { PackedScenario } from '../work/packed-scenario.js';
import { seedOf } from '../work/seeds.js';
import { Journal, nameOf } from './journal.js';
import { type Performer, WorkerPool } from './worker-pool.js';

/** A scenario of an experiment, and what one run of it costs about, in any unit. */
export interface Point {
  readonly scenario: PackedScenario;
  readonly seed: string;
  readonly cost: number;
}

/** How far an experiment is. */
export interface ExperimentProgress {
  /** Runs that ended, those known from before and those that failed included. */
  readonly done: number;
  readonly failed: number;
  /** Runs asked for so far. */
  readonly total: number;
  /** Of the runs done, those that this process did. */
  readonly ran: number;
}

export interface RunnerOptions {
  /** Runs at a time, from 1 on; by default as many as there are processors. */
  readonly workers?: number;
  /** Who does the runs; threads of this process by default. Closed with the runner. */
  readonly performer?: Performer;
  /** Folders that trace paths may lie in, besides the scenario's own and the working directory. */
  readonly allowPaths?: readonly string[];
  /** Where results are kept as they come; without it they are in memory alone. */
  readonly journal?: Journal;
  /** Where the tables of a run are to be written, if they are wanted: a folder that is there. */
  readonly tablesOf?: (unit: Unit) => string | undefined;
  /** Keep a row for every job and attestation, in the tables of the first replication. */
  readonly detail?: boolean;
  /** Aborts between runs: those under way are waited for and kept, no other begins. */
  readonly signal?: AbortSignal;
  /** Aborts at once. */
  readonly now?: AbortSignal;
  readonly onProgress?: (progress: ExperimentProgress) => void;
  /** Told of each result as it comes, those known from before included, in no order. */
  readonly onResult?: (unit: Unit, result: UnitResult) => void;
}

let runners = 0;

/** Runs what an experiment asks for, each run once, whatever the order in which they end. */
export class Runner {
  readonly #points: readonly Point[];
  readonly #options: RunnerOptions;
  readonly #performer: Performer;
  /** Tells its scenarios from those of others that the same performer has done. */
  readonly #ordinal = runners++;
  readonly #workers: number;
  readonly #journal: Journal;
  #done = 0;
  #failed = 0;
  readonly #asked = new Set<string>();
  #ran = 0;

  constructor(points: readonly Point[], options: RunnerOptions = {}) {
    this.#points = points;
    this.#options = options;
    this.#performer = options.performer ?? new WorkerPool();
    this.#journal = options.journal ?? new Journal();
    this.#workers = options.workers ?? availableParallelism();
  }

  /**
   * The results of the runs, in their order; what is known from before isn't run again. Of many, the longest begin
   * first, so that no thread is left alone with one at the end.
   *
   * Throws the signal's reason when aborted, after the runs under way have ended.
   */
  async run(units: readonly Unit[]): Promise<readonly UnitResult[]> {
    const open: Unit[] = [];
    for (const unit of units) {
      const name = nameOf(unit);
      if (this.#asked.has(name)) continue;
      this.#asked.add(name);
      const known = this.#journal.resultOf(unit);
      if (known === undefined) open.push(unit);
      else this.#take(unit, known);
    }
    this.#tell();
    const costOf = ({ point }: Unit) => this.#points[point]!.cost;
    const queue = open.toSorted((a, b) => costOf(b) - costOf(a));
    const lanes = Array.from({ length: Math.min(this.#workers, queue.length) }, () => this.#lane(queue));
    const { signal, now } = this.#options;
    const stopped = new Promise<never>((_resolve, reject) => {
      now?.addEventListener('abort', () => reject(now.reason as Error), { once: true });
    });
    await Promise.race([Promise.all(lanes), stopped]);
    signal?.throwIfAborted();
    return units.map((unit) => this.#journal.resultOf(unit)!);
  }

  /** Ends who does the runs. */
  async close(): Promise<void> {
    await this.#performer.close();
  }

  /** One after the other, as long as there are any. */
  async #lane(queue: Unit[]): Promise<void> {
    const { allowPaths = [], detail = false, signal, tablesOf } = this.#options;
    while (signal?.aborted !== true) {
      const unit = queue.shift();
      if (unit === undefined) return;
      const { scenario, seed } = this.#points[unit.point]!;
      const tables = tablesOf?.(unit);
      const key = `${this.#ordinal}/${unit.point}`;
      const task = { ...unit, scenario, key, seed: seedOf(seed, unit.replication), allowPaths, detail };
      const line = await this.#performer.perform(tables === undefined ? task : { ...task, tables });
      this.#ran++;
      this.#take(unit, this.#journal.add(unit, line));
      this.#tell();
    }
  }

  #take(unit: Unit, result: UnitResult): void {
    this.#done++;
    if (isFailure(result)) this.#failed++;
    this.#options.onResult?.(unit, result);
  }

  #tell(): void {
    const [done, failed, total, ran] = [this.#done, this.#failed, this.#asked.size, this.#ran];
    this.#options.onProgress?.({ done, failed, total, ran });
  }
}
