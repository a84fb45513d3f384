import { type Fault, toFound, toPath, type Warning } from '../../text/faults.js';
import type { Source } from '../../text/source.js';
import { OVERRIDES_FILE } from '../../text/source.js';

export type Path = readonly string[];

/** Who is told what can't be. */
export type Refuser = Pick<Teller, 'refuse'>;

/** Collects what is in vain in a scenario, each at its place in the source. */
export class Teller {
  readonly warnings: Warning[] = [];
  readonly faults: Fault[] = [];
  readonly #source: Source;

  constructor(source: Source) {
    this.#source = source;
  }

  /** What the source has at the path; undefined where a default applies. */
  written(path: Path): unknown {
    let value: unknown = this.#source.value;
    for (const name of path) {
      if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Readonly<Record<string, unknown>>)[name];
    }
    return value;
  }

  /** Whether the scenario's own file, or the command line, has the path: not what it extends, nor a default. */
  isOwn(path: Path): boolean {
    const file = this.#source.position(path)?.file;
    return this.written(path) !== undefined && (file === this.#source.file || file === OVERRIDES_FILE);
  }

  /** @param found left out: what is written there */
  warn(path: Path, expected: string, why: string, found?: string, suggestion?: string): void {
    const hint = suggestion === undefined ? {} : { suggestion };
    this.warnings.push({ ...this.#place(path), expected, found: found ?? toFound(this.written(path)), why, ...hint });
  }

  /** @param why '' where what was expected says it */
  refuse(path: Path, expected: string, why: string, found?: string, suggestion?: string): void {
    const [said, hint] = [why === '' ? {} : { why }, suggestion === undefined ? {} : { suggestion }];
    this.faults.push({ ...this.#place(path), expected, found: found ?? toFound(this.written(path)), ...said, ...hint });
  }

  #place(path: Path): Pick<Fault, 'path' | 'position'> {
    const position = this.#source.position(path);
    return { ...(position === undefined ? {} : { position }), path: toPath(path) };
  }
}
