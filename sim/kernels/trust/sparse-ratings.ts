/** Room for ratings that came since the last fold, at first. */
const roomAtFirst = 1_024;

/** The parts of a rating, a place each. */
interface Places {
  readonly rater: Int32Array;
  readonly subject: Int32Array;
  readonly positive: Float32Array;
  readonly negative: Float32Array;
}

/**
 * What raters hold of subjects: for each pair of which anything is known how much speaks for the subject and how much
 * against it. Ratings are collected as they come, and folded in at once, by subject and then by rater.
 *
 * Folding takes time in proportion to the pairs and to what came, never to all pairs that there could be. Sums are kept
 * as float32: whole counts are exact up to 2²⁴ as long as nothing is forgotten, what has faded to seven digits.
 */
export class SparseRatings {
  readonly #peers: number;
  readonly #least: number;
  #places: Places = placesFor(0);
  #size = 0;
  /** What came since, in that order; below 0 against the subject. */
  #rater = new Int32Array(roomAtFirst);
  #subject = new Int32Array(roomAtFirst);
  #weight = new Float32Array(roomAtFirst);
  #came = 0;
  /** By subject: whether what was folded in is forgotten, and of what came how much. */
  readonly #isForgotten: Uint8Array;
  readonly #forgottenUpTo: Int32Array;

  /** @param least what for and against a subject come to less together is dropped */
  constructor(peers: number, least: number) {
    this.#peers = peers;
    this.#least = least;
    this.#isForgotten = new Uint8Array(peers);
    this.#forgottenUpTo = new Int32Array(peers);
  }

  /** Pairs that have a rating. */
  get size(): number {
    return this.#size;
  }

  /** By pair, in the order of subjects and then of raters: who rated, and whom. */
  get rater(): Int32Array {
    return this.#places.rater.subarray(0, this.#size);
  }

  get subject(): Int32Array {
    return this.#places.subject.subarray(0, this.#size);
  }

  /** By pair, each 0 or more. */
  get positive(): Float32Array {
    return this.#places.positive.subarray(0, this.#size);
  }

  get negative(): Float32Array {
    return this.#places.negative.subarray(0, this.#size);
  }

  /** Takes a rating, which shows once it is folded in; below 0 it speaks against the subject. */
  add(rater: number, subject: number, weight: number): void {
    if (this.#came === this.#rater.length) this.#grow();
    this.#rater[this.#came] = rater;
    this.#subject[this.#came] = subject;
    this.#weight[this.#came] = weight;
    this.#came++;
  }

  /** Drops all that was said of the subject so far. */
  forget(subject: number): void {
    this.#isForgotten[subject] = 1;
    this.#forgottenUpTo[subject] = this.#came;
  }

  /** Multiplies all ratings by a factor from 0 to 1, and adds what came since the last fold. */
  fold(forgetting: number): void {
    const order = orderByPair(this.#peers, this.#rater, this.#subject, this.#came);
    const old = this.#places;
    const next = placesFor(this.#size + this.#came);
    let size = 0;
    let at = 0;
    let place = 0;
    while (place < this.#size || at < order.length) {
      const came = at < order.length ? order[at]! : -1;
      const isOld = came < 0 || (place < this.#size && this.#isUpTo(place, came));
      const rater = isOld ? old.rater[place]! : this.#rater[came]!;
      const subject = isOld ? old.subject[place]! : this.#subject[came]!;
      let [positive, negative] = [0, 0];
      if (isOld) {
        const kept = this.#isForgotten[subject] === 1 ? 0 : forgetting;
        positive = kept * old.positive[place]!;
        negative = kept * old.negative[place]!;
        place++;
      }
      for (; at < order.length; at++) {
        const one = order[at]!;
        if (this.#subject[one] !== subject || this.#rater[one] !== rater) break;
        if (one < this.#forgottenUpTo[subject]!) continue;
        const weight = this.#weight[one]!;
        if (weight > 0) positive += weight;
        else negative -= weight;
      }
      if (positive + negative === 0 || positive + negative < this.#least) continue;
      next.rater[size] = rater;
      next.subject[size] = subject;
      next.positive[size] = positive;
      next.negative[size] = negative;
      size++;
    }
    this.#places = next;
    this.#size = size;
    this.#came = 0;
    this.#isForgotten.fill(0);
    this.#forgottenUpTo.fill(0);
  }

  /** Whether a pair that is there comes before that of a rating that came, or is the same. */
  #isUpTo(place: number, came: number): boolean {
    const { rater, subject } = this.#places;
    const difference = subject[place]! - this.#subject[came]!;
    return difference < 0 || (difference === 0 && rater[place]! <= this.#rater[came]!);
  }

  #grow(): void {
    const room = 2 * this.#rater.length;
    this.#rater = grown(this.#rater, new Int32Array(room));
    this.#subject = grown(this.#subject, new Int32Array(room));
    this.#weight = grown(this.#weight, new Float32Array(room));
  }
}

/** Places of pairs in the order of subjects, then of raters, equal pairs in the order in which they stand. */
export function orderByPair(
  peers: number,
  rater: ArrayLike<number>,
  subject: ArrayLike<number>,
  count: number,
): Int32Array {
  const inOrder = new Int32Array(count);
  for (let place = 0; place < count; place++) inOrder[place] = place;
  return sortedBy(peers, subject, sortedBy(peers, rater, inOrder));
}

/** Places in the order of a value from 0 to peers − 1, those of equal ones as they were: a counting sort. */
function sortedBy(peers: number, values: ArrayLike<number>, places: Int32Array): Int32Array {
  const next = new Int32Array(peers + 1);
  for (let at = 0; at < places.length; at++) next[values[places[at]!]! + 1]!++;
  for (let peer = 0; peer < peers; peer++) next[peer + 1]! += next[peer]!;
  const sorted = new Int32Array(places.length);
  for (let at = 0; at < places.length; at++) sorted[next[values[places[at]!]!]!++] = places[at]!;
  return sorted;
}

function placesFor(count: number): Places {
  return {
    rater: new Int32Array(count),
    subject: new Int32Array(count),
    positive: new Float32Array(count),
    negative: new Float32Array(count),
  };
}

function grown<Column extends Int32Array | Float32Array>(from: Column, into: Column): Column {
  into.set(from);
  return into;
}
