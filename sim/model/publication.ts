import { EventKind } from './events.js';
import type { NodeIndex } from './nodes.js';
import type { Strategy } from './roles.js';
import { RowSet } from './row-set.js';
import type { World } from './world.js';

/** Who holds a reporter's seat: by default an honest party, in an attack the cohort's strategy. */
type Reporter = Pick<Strategy, 'reportsScore'>;

/** Scores read at one moment, on their way to the public. */
interface Batch {
  readonly nodes: Int32Array;
  readonly scores: Float64Array;
}

/**
 * The reputation oracle: every interval its reporters read the scores that changed; after a delay the median of their
 * reports is what assignment sees. With an interval of 0 every score is public at once.
 */
export class Publication {
  readonly #world: World;
  readonly #seats: readonly Reporter[];
  readonly #changed: RowSet;
  readonly #onTheWay: Batch[] = [];
  readonly #reports: Float64Array;

  /** @param seats who holds the reporters' seats */
  constructor(world: World, seats: readonly Reporter[]) {
    this.#world = world;
    this.#seats = seats;
    this.#changed = new RowSet(world.nodes.capacity);
    this.#reports = new Float64Array(seats.length);
  }

  start(): void {
    const { rules, simulation } = this.#world;
    if (rules.publishEverySeconds > 0) {
      simulation.schedule(rules.publishEverySeconds, EventKind.scoresGathered, 1, 0);
    }
  }

  /** A newcomer's prior is known to everyone: it needs no report. */
  publishNow(node: NodeIndex): void {
    const { nodes } = this.#world;
    nodes.publishedScore[node] = nodes.score[node]!;
  }

  scoreChanged(node: NodeIndex): void {
    const { rules, nodes, roles } = this.#world;
    if (rules.publishEverySeconds > 0) {
      this.#changed.add(node);
      return;
    }
    nodes.publishedScore[node] = nodes.score[node]!;
    roles.assignment.nodeChanged(node);
  }

  /** Moment: the reporters read the scores. */
  scoresGathered(ordinal: number): void {
    const { rules, simulation } = this.#world;
    simulation.schedule((ordinal + 1) * rules.publishEverySeconds, EventKind.scoresGathered, ordinal + 1, 0);
    if (this.#changed.size === 0) return;
    const size = this.#changed.size;
    const batch = { nodes: new Int32Array(size), scores: new Float64Array(size) };
    for (let row = size - 1; row >= 0; row--) {
      const node = this.#changed.at(row);
      batch.nodes[row] = node;
      batch.scores[row] = this.#medianReport(node);
      this.#changed.remove(node);
    }
    this.#onTheWay.push(batch);
    if (rules.publishDelaySeconds === 0) this.scoresPublished();
    else simulation.schedule(simulation.now + rules.publishDelaySeconds, EventKind.scoresPublished, ordinal, 0);
  }

  /** Moment: the oldest reports became public. */
  scoresPublished(): void {
    const { nodes, roles } = this.#world;
    const batch = this.#onTheWay.shift()!;
    for (let row = 0; row < batch.nodes.length; row++) {
      const node = batch.nodes[row]!;
      if (nodes.publishedScore[node] === batch.scores[row]) continue;
      nodes.publishedScore[node] = batch.scores[row]!;
      roles.assignment.nodeChanged(node);
    }
  }

  /** Lower median of the reports: with a minority of false ones it lies between honest reports. */
  #medianReport(node: NodeIndex): number {
    const score = this.#world.nodes.score[node]!;
    const reports = this.#reports;
    for (let seat = 0; seat < reports.length; seat++) {
      reports[seat] = this.#seats[seat]!.reportsScore?.(node, score) ?? score;
    }
    reports.sort();
    return reports[(reports.length - 1) >> 1]!;
  }
}
