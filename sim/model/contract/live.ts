import type { Jobs } from '../columns/jobs.js';
import { type JobIndex, NONE } from '../columns/nodes.js';

/** Settings that can change while a run goes on: a change binds jobs submitted later, stake rules at once. */
export interface Live<S> {
  /** Those in force now. */
  readonly now: S;
  /** Those in force when the job was submitted; for NONE those in force now. */
  of(job: JobIndex): S;
  /** What is computed from the settings, once a version: for what costs too much to compute at each question. */
  map<T>(derive: (settings: S) => T): Live<T>;
}

/** The versions of some settings, of which a job knows its own by `jobs.rulesVersion`. */
export class LiveSettings<S> implements Live<S> {
  now: S;
  readonly #jobs: Jobs;
  readonly #versions: S[];
  readonly #followers: (() => void)[] = [];

  /** @param versions one or more, as many as whatever else bears on these jobs has had */
  constructor(jobs: Jobs, versions: readonly S[]) {
    this.#jobs = jobs;
    this.#versions = [...versions];
    this.now = this.#versions.at(-1)!;
  }

  of(job: JobIndex): S {
    return job === NONE ? this.now : this.#versions[this.#jobs.rulesVersion[job]!]!;
  }

  map<T>(derive: (settings: S) => T): Live<T> {
    const derived = new LiveSettings(this.#jobs, this.#versions.map(derive));
    this.#followers.push(() => derived.change(derive(this.now)));
    return derived;
  }

  /** Puts the next version into force, of these settings and of all that are derived from them. */
  change(next: S): void {
    this.#versions.push(next);
    this.now = next;
    for (const follow of this.#followers) follow();
  }
}
