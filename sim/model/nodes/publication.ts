import type { NodeIndex } from '../columns/nodes.js';
import { RowSet } from '../columns/rows/row-set.js';
import { EventKind } from '../events.js';
import type { Matching } from '../matching/matching.js';
import type { World } from '../world/world.js';

/** Who holds a reporter's seat. */
export interface Reporter {
  /** What it reports of a node's score; NaN for nothing. */
  reportsScore(node: NodeIndex, score: number): number;
}

/** Scores read at one moment, on their way to the public. */
interface Batch {
  readonly nodes: Int32Array;
  readonly scores: Float64Array;
}

export type Publication = ReturnType<typeof createPublication>;

/**
 * The reputation oracle: every interval its reporters read the scores that changed; after a delay the median of their
 * reports is what assignment sees. With an interval of 0 every score is public at once.
 */
export function createPublication(
  { nodes, rules, simulation }: World,
  { access, accessChanged }: Matching,
  seats: readonly Reporter[],
) {
  const changed = new RowSet(nodes.capacity);
  const onTheWay: Batch[] = [];
  const reports = new Float64Array(seats.length);

  function start(): void {
    if (rules.publishEverySeconds > 0) {
      simulation.schedule(rules.publishEverySeconds, EventKind.scoresGathered, 1, 0);
    }
  }

  /** A newcomer's prior is known to everyone: it needs no report. */
  function publishNow(node: NodeIndex): void {
    nodes.publishedScore[node] = nodes.score[node]!;
    access.refresh(node);
  }

  function scoreChanged(node: NodeIndex): void {
    if (rules.publishEverySeconds > 0) {
      changed.add(node);
      return;
    }
    nodes.publishedScore[node] = nodes.score[node]!;
    accessChanged(node);
  }

  /** Moment: the reporters read the scores. */
  function scoresGathered(ordinal: number): void {
    simulation.schedule((ordinal + 1) * rules.publishEverySeconds, EventKind.scoresGathered, ordinal + 1, 0);
    if (changed.size === 0) return;
    const size = changed.size;
    const batch = { nodes: new Int32Array(size), scores: new Float64Array(size) };
    for (let row = size - 1; row >= 0; row--) {
      const node = changed.at(row);
      batch.nodes[row] = node;
      batch.scores[row] = medianReport(node);
      changed.remove(node);
    }
    onTheWay.push(batch);
    if (rules.publishDelaySeconds === 0) scoresPublished();
    else simulation.schedule(simulation.now + rules.publishDelaySeconds, EventKind.scoresPublished, ordinal, 0);
  }

  /** Moment: the oldest reports became public. */
  function scoresPublished(): void {
    const batch = onTheWay.shift()!;
    for (let row = 0; row < batch.nodes.length; row++) {
      const node = batch.nodes[row]!;
      if (nodes.publishedScore[node] === batch.scores[row]) continue;
      nodes.publishedScore[node] = batch.scores[row]!;
      accessChanged(node);
    }
  }

  /** Lower median of the reports: between honest ones if few are false; without enough of them, the old score. */
  function medianReport(node: NodeIndex): number {
    const score = nodes.score[node]!;
    let count = 0;
    for (const seat of seats) {
      const report = seat.reportsScore(node, score);
      if (!Number.isNaN(report)) reports[count++] = report;
    }
    if (count < rules.reportThreshold) return nodes.publishedScore[node]!;
    return reports.subarray(0, count).sort()[(count - 1) >> 1]!;
  }
  return { start, publishNow, scoreChanged, scoresGathered, scoresPublished };
}
