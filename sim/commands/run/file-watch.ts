import { statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

const pollMilliseconds = 150;

/**
 * Looks at files again and again, which sees every way in which editors save (in place, or by a new file in place of
 * the old one) on every kind of disk.
 */
export class FileWatch {
  /** What each file was when it was last looked at on purpose. */
  #marks: ReadonlyMap<string, string> = new Map();

  get files(): readonly string[] {
    return [...this.#marks.keys()];
  }

  /** Watches these files from now on; those watched already are compared with what they were before. */
  follow(files: readonly string[]): void {
    this.#marks = new Map(files.map((file) => [file, this.#marks.get(file) ?? stampOf(file)]));
  }

  /** Resolves when a file has changed, or gone, and then rested for a moment; rejects when aborted. */
  async changed(signal: AbortSignal): Promise<void> {
    const marked = [...this.#marks.values()].join();
    for (let last = marked; ; ) {
      await wait(pollMilliseconds);
      signal.throwIfAborted();
      const stamps = new Map(this.files.map((file) => [file, stampOf(file)]));
      const now = [...stamps.values()].join();
      // Saving takes several steps, and what lies between them isn't a scenario.
      if (now !== marked && now === last) {
        this.#marks = stamps;
        return;
      }
      last = now;
    }
  }
}

/** What changes when the file is saved. */
function stampOf(file: string): string {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat === undefined ? 'gone' : `${stat.ino} ${stat.size} ${stat.mtimeMs}`;
}
