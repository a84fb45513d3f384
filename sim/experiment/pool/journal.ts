import { appendFileSync, closeSync, existsSync, ftruncateSync, openSync, readFileSync } from 'node:fs';
import { fromLineOfText, isFailure, isOutcome, type Unit, type UnitResult } from '../work/outcome.js';

/**
 * The results of an experiment as they come, a line each, in whatever order: what was written stays when the process is
 * killed, and a line that breaks off is as if it had not been. Without a path they are kept in memory alone.
 */
export class Journal {
  readonly #path: string | undefined;
  readonly #results = new Map<string, UnitResult>();

  constructor(path?: string) {
    this.#path = path;
  }

  /** Goes on with the one at the path, if there is one: runs that failed, and the end that broke off, are left out. */
  static resume(path: string): Journal {
    const journal = new Journal(path);
    if (!existsSync(path)) return journal;
    const text = readFileSync(path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const file = openSync(path, 'r+');
    ftruncateSync(file, Buffer.byteLength(whole));
    closeSync(file);
    for (const line of whole.split('\n').slice(0, -1)) {
      const { point, replication, result } = fromLineOfText(line) as Unit & { readonly result: UnitResult };
      if (!isFailure(result) && isOutcome(result)) journal.#results.set(nameOf({ point, replication }), result);
    }
    return journal;
  }

  /** Reads the one at the path and leaves it as it is, runs that failed among it; nothing where there is none. */
  static read(path: string): Journal {
    const journal = new Journal();
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    for (const line of text.split('\n').slice(0, -1)) {
      const { point, replication, result } = fromLineOfText(line) as Unit & { readonly result: UnitResult };
      if (isFailure(result) || isOutcome(result)) journal.#results.set(nameOf({ point, replication }), result);
    }
    return journal;
  }

  /** The result of a run, if it is known. */
  resultOf(unit: Unit): UnitResult | undefined {
    return this.#results.get(nameOf(unit));
  }

  /** @param line of the result, as text */
  add({ point, replication }: Unit, line: string): UnitResult {
    if (this.#path !== undefined)
      appendFileSync(this.#path, `{"point":${point},"replication":${replication},"result":${line}}\n`);
    const result = fromLineOfText(line) as UnitResult;
    this.#results.set(nameOf({ point, replication }), result);
    return result;
  }
}

/** By which the result of a run is found again. */
export function nameOf({ point, replication }: Unit): string {
  return `${point}/${replication}`;
}
