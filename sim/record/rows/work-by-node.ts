import { bufferOfLines, firstLine, lineBytes } from '../../kernels/cache-lines.js';
import type { NodeIndex } from '../../model/columns/nodes.js';

/** Numbers of a row, which is a cache line: all of it is touched whenever an attempt is settled. */
const rowNumbers = lineBytes / 8;
const place = { settledAt: 0, accepted: 1, failed: 2, seconds: 3, latency: 4, rechecks: 5, unpunished: 6 };

/** What became of the attempts of each node, over the whole run. */
export class WorkByNode {
  readonly #rows: Float64Array;

  constructor(nodes: number) {
    this.#rows = new Float64Array(bufferOfLines(nodes * lineBytes), firstLine);
    for (let node = 0; node < nodes; node++) this.#rows[node * rowNumbers + place.settledAt] = Number.NaN;
  }

  /** When the last of its attempts at a client's job was settled [s]; NaN before the first. */
  settledAt(node: NodeIndex): number {
    return this.#rows[node * rowNumbers + place.settledAt]!;
  }

  /** Attempts at clients' jobs whose results were accepted. */
  accepted(node: NodeIndex): number {
    return this.#rows[node * rowNumbers + place.accepted]!;
  }

  failed(node: NodeIndex): number {
    return this.#rows[node * rowNumbers + place.failed]!;
  }

  /** Declared work of those accepted [s on the reference card]. */
  workSeconds(node: NodeIndex): number {
    return this.#rows[node * rowNumbers + place.seconds]!;
  }

  /** From assignment to the result's arrival, of those accepted: a sum [s]. */
  latencySeconds(node: NodeIndex): number {
    return this.#rows[node * rowNumbers + place.latency]!;
  }

  /** Recomputations that ended. */
  rechecks(node: NodeIndex): number {
    return this.#rows[node * rowNumbers + place.rechecks]!;
  }

  /** Failures of any attempt that were found before it lost any stake or bond. */
  failuresUnpunished(node: NodeIndex): number {
    return this.#rows[node * rowNumbers + place.unpunished]!;
  }

  settled(node: NodeIndex, now: number, isFailure: boolean): void {
    const row = node * rowNumbers;
    this.#rows[row + place.settledAt] = now;
    if (isFailure) this.#rows[row + place.failed]!++;
  }

  /** Counts one whose result was accepted; true if it is the node's first. */
  wasAccepted(node: NodeIndex, workSeconds: number, latencySeconds: number): boolean {
    const row = node * rowNumbers;
    this.#rows[row + place.seconds]! += workSeconds;
    this.#rows[row + place.latency]! += latencySeconds;
    return ++this.#rows[row + place.accepted]! === 1;
  }

  rechecked(node: NodeIndex): void {
    this.#rows[node * rowNumbers + place.rechecks]!++;
  }

  wentUnpunished(node: NodeIndex): void {
    this.#rows[node * rowNumbers + place.unpunished]!++;
  }
}
