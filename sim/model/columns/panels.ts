import { isWornOut } from '../events.js';
import { type AttemptIndex, NONE, type NodeIndex, nodesMost, type PanelIndex } from './nodes.js';
import { RowPool } from './rows/row-pool.js';
import { handleBits, SideBySide } from './rows/side-by-side.js';

/** What the members of a panel are asked as. */
export const PanelRole = {
  /** Peers that say what they saw of an attempt. */
  witness: 0,
  /** Members of a committee that votes on a dispute. */
  juror: 1,
} as const;
export type PanelRole = (typeof PanelRole)[keyof typeof PanelRole];

const layout = {
  integers: ['generation', 'attempt', 'asked', 'signed', 'refused', 'stage', 'role', 'nextOfAttempt'],
  numbers: [],
} as const;

type Rows = SideBySide<(typeof layout.integers)[number], (typeof layout.numbers)[number]>;

/** Panels of nodes that were asked about attempts of open jobs, as columns; recycled with their job. */
export class Panels {
  readonly #pool: RowPool;
  readonly #growers: ((rows: number) => void)[] = [];
  #rows: Rows | undefined;
  /** Room that `member` has in each row: what it had, while rows are laid out anew. */
  #width = 0;
  /** Room for members in each row. */
  membersMost = 0;
  generation!: Int32Array;
  /** What its members are asked about. */
  attempt!: Int32Array;
  /** Members, and how those who replied did. */
  asked!: Int32Array;
  signed!: Int32Array;
  refused!: Int32Array;
  /** Stage of the job's verification in which it was drawn. */
  stage!: Int32Array;
  /** `PanelRole` */
  role!: Int32Array;
  /** The panel on the same attempt that was drawn before it, or NONE. */
  nextOfAttempt!: Int32Array;
  /** By row [s]: read only where a time to reply ends. */
  #openedAt = new Float64Array(0);
  /** `membersMost` a row: the node, once it signed; else as `refusalOf` or `silenceOf` has it. */
  member = new Int32Array(0);

  constructor(capacity: number) {
    this.#pool = new RowPool(capacity, (rows) => this.#layOut(rows));
    this.#layOut(capacity);
  }

  /** Makes room for the members that the verification scheme can come to ask; it never shrinks. */
  reserveMembers(most: number): void {
    if (most <= this.membersMost) return;
    this.membersMost = most;
    this.#layOut(this.#pool.capacity);
  }

  /** Tells now, and whenever there are more, how many rows there are: to those who keep more of each panel. */
  whenLaidOut(grow: (rows: number) => void): void {
    this.#growers.push(grow);
    grow(this.#pool.capacity);
  }

  /** @param now [s] */
  take(attempt: AttemptIndex, role: PanelRole, stage: number, now: number): PanelIndex {
    const panel = this.#pool.take();
    this.#openedAt[panel >>> handleBits] = now;
    this.attempt[panel] = attempt;
    this.role[panel] = role;
    this.stage[panel] = stage;
    this.asked[panel] = 0;
    this.signed[panel] = 0;
    this.refused[panel] = 0;
    return panel;
  }

  recycle(panel: PanelIndex): void {
    this.#pool.giveBack(panel, isWornOut(++this.generation[panel]!));
  }

  /** When its members were asked [s]. */
  openedAt(panel: PanelIndex): number {
    return this.#openedAt[panel >>> handleBits]!;
  }

  /** Where the panel's members begin in `member`. */
  firstMember(panel: PanelIndex): number {
    return (panel >>> handleBits) * this.membersMost;
  }

  /** Who replied in that place; NONE where nobody did, or was asked. */
  repliedOf(panel: PanelIndex, place: number): NodeIndex {
    if (place >= this.asked[panel]!) return NONE;
    const member = this.member[this.firstMember(panel) + place]!;
    if (member >= 0) return member;
    return member < leastRefusal ? NONE : refusalOf(member);
  }

  /** Who was asked in that place, which is one of the first `asked`. */
  askedOf(panel: PanelIndex, place: number): NodeIndex {
    const member = this.member[this.firstMember(panel) + place]!;
    return member < leastRefusal ? silenceOf(member) : this.repliedOf(panel, place);
  }

  /** True if that member replied and refused to sign. */
  hasRefused(panel: PanelIndex, place: number): boolean {
    const member = this.member[this.firstMember(panel) + place]!;
    return member < NONE && member >= leastRefusal;
  }

  #layOut(rows: number): void {
    this.#rows = new SideBySide(layout, rows, this.#rows);
    this.generation = this.#rows.integer('generation');
    this.attempt = this.#rows.integer('attempt');
    this.asked = this.#rows.integer('asked');
    this.signed = this.#rows.integer('signed');
    this.refused = this.#rows.integer('refused');
    this.stage = this.#rows.integer('stage');
    this.role = this.#rows.integer('role');
    this.nextOfAttempt = this.#rows.integer('nextOfAttempt');
    const openedAt = new Float64Array(rows);
    openedAt.set(this.#openedAt);
    this.#openedAt = openedAt;
    const member = new Int32Array(rows * this.membersMost);
    copyMembers(this.member, this.#width, member, this.membersMost);
    this.member = member;
    this.#width = this.membersMost;
    for (const grow of this.#growers) grow(rows);
  }
}

/** Copies rows of members into those of another column, which has room for as many or more. */
export function copyMembers<Column extends Int32Array | Float64Array>(
  from: Column,
  fromWidth: number,
  into: Column,
  intoWidth: number,
): void {
  if (fromWidth === intoWidth) into.set(from);
  else
    for (let row = 0; fromWidth > 0 && row * fromWidth < from.length; row++) {
      into.set(from.subarray(row * fromWidth, (row + 1) * fromWidth), row * intoWidth);
    }
}

/** A node as one that refused to sign, and back. */
export function refusalOf(member: number): number {
  return -2 - member;
}

const leastRefusal = refusalOf(nodesMost - 1);

/** A node as one that was asked and hasn't replied, and back: below all that refused. */
export function silenceOf(member: number): number {
  return leastRefusal - 1 - member;
}
