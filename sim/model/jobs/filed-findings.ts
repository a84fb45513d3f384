import { NONE, type NodeIndex } from '../columns/nodes.js';
import type { Evidence, EvidenceKind, EvidenceRole, EvidenceSource } from '../contract/evidence.js';
import type { Findings } from '../contract/findings/findings.js';
import { toTreasury } from '../money/held-slash.js';

/** Numbers that are kept of a finding: subject, role, kind, value, source, job, job class, client, price. */
const width = 9;

/** Findings that mechanisms filed, until they are presented: in the order of filing. */
export class FiledFindings implements Findings {
  /** Flat, `width` numbers each. */
  #due: number[] = [];
  /** How far those that are due have been taken. */
  #taken = 0;
  /** By the number of the epoch at whose end they become known. */
  readonly #later = new Map<number, number[]>();
  readonly #epochsEnded: () => number;
  #job = NONE;
  #jobClass = NONE;
  #refund = toTreasury;
  /** Who paid for the job that the finding taken last is about, if the job was over by then. */
  refund = toTreasury;

  constructor(epochsEnded: () => number) {
    this.#epochsEnded = epochsEnded;
  }

  /**
   * What is filed next stems from this job, or (NONE) from none.
   * @param refund who pays for it, and how much, once it is over
   */
  startFor(job: number, jobClass: number, refund = toTreasury): void {
    this.#job = job;
    this.#jobClass = jobClass;
    this.#refund = refund;
  }

  file(
    subject: NodeIndex,
    role: EvidenceRole,
    kind: EvidenceKind,
    value: number,
    source: EvidenceSource,
    delayEpochs: number,
  ): void {
    if (!(delayEpochs >= 0 && Math.floor(delayEpochs) === delayEpochs)) {
      throw new Error(`filed finding: expected a delay of whole epochs from 0 up, found ${delayEpochs}`);
    }
    if (delayEpochs === 0) {
      this.#due.push(subject, role, kind, value, source, this.#job, this.#jobClass, NONE, 0);
      return;
    }
    const at = this.#epochsEnded() + delayEpochs;
    const later = this.#later.get(at) ?? [];
    this.#later.set(at, later);
    // by then the job's row is another's, and its worker paid
    const { account, most } = this.#refund;
    later.push(subject, role, kind, value, source, NONE, this.#jobClass, account, most);
  }

  /** Makes due what becomes known at this epoch's end. */
  epochEnded(epoch: number): void {
    const known = this.#later.get(epoch);
    if (known === undefined) return;
    this.#later.delete(epoch);
    for (const value of known) this.#due.push(value);
  }

  /** Fills in the next finding that is due, and returns true; false when there is none. */
  takeNext(evidence: Evidence): boolean {
    if (this.#taken === this.#due.length) {
      this.#due.length = 0;
      this.#taken = 0;
      return false;
    }
    const first = this.#taken;
    this.#taken += width;
    const due = this.#due;
    evidence.about(due[first]!, due[first + 2]!, 1, due[first + 5]!, due[first + 6]!);
    evidence.role = due[first + 1]! as EvidenceRole;
    evidence.value = due[first + 3]!;
    evidence.source = due[first + 4]! as EvidenceSource;
    const account = due[first + 7]!;
    this.refund = account === NONE ? toTreasury : { account, most: due[first + 8]! };
    return true;
  }
}
