import { NONE } from '../../columns/nodes.js';
import type { EvidenceKind } from '../evidence.js';

/** A kind of finding as a mechanism brings it. */
export interface DeclaredKind {
  /** In camelCase, as tables name it. */
  readonly name: string;
  readonly meaning: string;
  /** Whether a protocol calls it a failure of what the node was to do. */
  readonly isFailure: boolean;
  /** Whether a result is taken after it: nothing was found against the answer. */
  readonly isAccepted: boolean;
  /** Gravity, 0 or more: 0 for what is nobody's fault. */
  readonly rank: number;
  /** Whether an outage of the machine would excuse it, so that a slash for it can be appealed; absent: it wouldn't. */
  readonly isExcusable?: true;
}

const declared = (
  name: keyof typeof EvidenceKind,
  rank: number,
  meaning: string,
  isAccepted = false,
): DeclaredKind => ({
  name,
  meaning,
  isFailure: rank > 1,
  isAccepted,
  rank,
});

/** What a machine that is down can't help. */
const excusable = (kind: DeclaredKind): DeclaredKind => ({ ...kind, isExcusable: true });

/** In the order of their indices. */
const firstKinds: readonly DeclaredKind[] = [
  declared('success', 0, 'Completed as assigned, and the scheme found nothing against it', true),
  excusable(declared('timeout', 2, 'No result in time, or the connection broke')),
  excusable(
    declared('absence', 3, 'Peers reported that the node did not take part, or it dropped what it had accepted'),
  ),
  declared('invalid', 4, 'The answer failed its check'),
  declared('inconclusive', 0, 'Too little was observed for a verdict', true),
  declared('withdrawn', 0, 'The node refused the job, or announced that it leaves'),
  declared('checkInMade', 0, 'Availability check-ins made'),
  excusable(declared('checkInMissed', 1, 'Availability check-ins missed')),
  declared('unresolved', 0, 'The answers disagreed and none prevailed'),
  declared('unrevealed', 4, 'The node committed to an answer and did not reveal it'),
  declared('challengeUpheld', 0, 'It challenged a result, and was right'),
  declared('challengeFailed', 1, 'It challenged a result, and the result was found to stand'),
];

/**
 * Kinds that few networks ever speak of: each is numbered as it is first named, by a rule or by what happened, so that
 * the numbers of all others don't depend on them.
 */
const seldomKinds: readonly DeclaredKind[] = [
  {
    name: 'doubleSigned',
    meaning: 'It signed two things that contradict each other',
    isFailure: true,
    isAccepted: false,
    rank: 9,
  },
  {
    name: 'outcomeDeviation',
    meaning: 'How far a numeric answer was from what came to be, as a share of it',
    isFailure: false,
    isAccepted: true,
    rank: 0,
  },
  {
    name: 'confidenceGap',
    meaning: 'By how much the confidence stated with an answer exceeds what its committee’s spread allows',
    isFailure: false,
    isAccepted: true,
    rank: 0,
  },
];

/** Every kind that a network knows of without its mechanisms. */
export const builtInKinds: readonly DeclaredKind[] = [...firstKinds, ...seldomKinds];

/** Indices lie below this, so that one stands beside `verdictPending` in a byte. */
const kindsMost = 255;

/**
 * What is true of each kind of finding: the built-in ones, then those that the protocol's mechanisms bring, in the
 * order in which these are made.
 */
export class EvidenceKinds {
  /** By index: 1 for a failure. */
  readonly isFailure = new Uint8Array(kindsMost);
  /** By index: 1 if a result is taken after it. */
  readonly isAccepted = new Uint8Array(kindsMost);
  /** By index: 1 if an outage would excuse it. */
  readonly isExcusable = new Uint8Array(kindsMost);
  readonly #list: DeclaredKind[] = [];

  constructor() {
    this.register(firstKinds);
  }

  /** Every kind so far, in the order of their indices. */
  get list(): readonly DeclaredKind[] {
    return this.#list;
  }

  /** Adds kinds; one that is there already is the same one, and throws if other things are said of it. */
  register(kinds: readonly DeclaredKind[]): void {
    for (const kind of kinds) {
      const known = this.find(kind.name);
      if (known === NONE) this.#add(kind);
      else refuseOther(this.#list[known]!, kind);
    }
  }

  #add(kind: DeclaredKind): void {
    const index = this.#list.length;
    if (index === kindsMost)
      throw new Error(`expected at most ${kindsMost} kinds of evidence, found ${kind.name}, too`);
    this.#list.push(kind);
    this.isFailure[index] = kind.isFailure ? 1 : 0;
    this.isAccepted[index] = kind.isAccepted ? 1 : 0;
    this.isExcusable[index] = kind.isExcusable === true ? 1 : 0;
  }

  /** The index of the kind of this name, NONE if no mechanism of the protocol brings it. */
  find(name: string): EvidenceKind | typeof NONE {
    const found = this.#list.findIndex((kind) => kind.name === name);
    const seldom = found === NONE ? seldomKinds.find((kind) => kind.name === name) : undefined;
    if (seldom === undefined) return found;
    this.#add(seldom);
    return this.#list.length - 1;
  }

  /** The index of the kind of this name; throws if there is none. */
  indexOf(name: string): EvidenceKind {
    const found = this.find(name);
    if (found !== NONE) return found;
    throw new Error(`expected a kind of evidence: ${this.#list.map((kind) => kind.name).join(', ')}, found ${name}`);
  }

  nameOf(index: EvidenceKind): string {
    return this.#list[index]!.name;
  }
}

function refuseOther(known: DeclaredKind, { name, isFailure, isAccepted, rank }: DeclaredKind): void {
  if (known.isFailure === isFailure && known.isAccepted === isAccepted && known.rank === rank) return;
  throw new Error(`kind of evidence ${name}: expected one declaration, found two that differ`);
}
