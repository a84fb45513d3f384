import type { NodeIndex } from '../columns/nodes.js';
import { RowSet } from '../columns/rows/row-set.js';
import type { Strategy } from '../contract/roles.js';
import { EventKind } from '../events.js';
import type { Matching } from '../matching/matching.js';
import type { World } from '../world/world.js';
import type { Delegators } from './economy/delegators.js';

/** Scores read at one moment, on their way to the public. */
interface Batch {
  readonly ordinal: number;
  /** Of the schedule by which they were read. */
  readonly schedule: number;
  /** Rows of nodes, and behind those rows of their scores for job classes. */
  readonly places: Int32Array;
  readonly scores: Float64Array;
}

export type Publication = ReturnType<typeof createPublication>;

/**
 * The reputation oracle: every interval its reporters read the scores that changed; after a delay the median of their
 * reports is what assignment sees. With an interval of 0 every score is public at once. Scores for job classes, where
 * the model keeps such, are read and published each by itself.
 */
export function createPublication(
  world: World,
  { access, accessChanged }: Matching,
  { scoreBegan, scorePublished }: Delegators,
) {
  const { nodes, rules, simulation } = world;
  const seats = seatsOf(world);
  const firstOfClasses = nodes.capacity;
  /** Rows of nodes, and from `firstOfClasses` on those of their scores for job classes. */
  const changed = new RowSet(firstOfClasses + nodes.classScore.length);
  const onTheWay: Batch[] = [];
  /** When the last of those on the way becomes public [s]; whatever is read later does no earlier. */
  let lastArrival = 0;
  let everySeconds = rules.now.publishEverySeconds;
  /** Counted up when the interval changes, so that what was scheduled by the old one is stale. */
  let schedule = 0;
  const reports = new Float64Array(seats.length);

  function start(): void {
    if (everySeconds > 0) scheduleReading(1);
  }

  function scheduleReading(ordinal: number): void {
    simulation.schedule(ordinal * everySeconds, EventKind.scoresGathered, ordinal, schedule);
  }

  /** After a change of rules: scores are read at the next multiple of the interval, or without one public at once. */
  function rulesChanged(): void {
    if (everySeconds === rules.now.publishEverySeconds) return;
    everySeconds = rules.now.publishEverySeconds;
    schedule++;
    if (everySeconds > 0) scheduleReading(Math.floor(simulation.now / everySeconds) + 1);
    else publishAll();
  }

  /** What was read and is on its way is older than what everybody sees now. */
  function publishAll(): void {
    onTheWay.length = 0;
    while (changed.size > 0) changed.remove(changed.at(changed.size - 1));
    for (let node = 0; node < nodes.count; node++) publish(node, nodes.score[node]!);
    for (let row = 0; row < nodes.count * nodes.classCount; row++) publishForClass(row, nodes.classScore[row]!);
  }

  function publish(node: NodeIndex, score: number): void {
    if (nodes.publishedScore[node] === score) return;
    nodes.publishedScore[node] = score;
    if (scorePublished !== null) scorePublished(node, score);
    accessChanged(node);
  }

  function publishForClass(row: number, score: number): void {
    if (nodes.publishedClassScore[row] === score) return;
    nodes.publishedClassScore[row] = score;
    accessChanged(nodeOfClassRow(row));
  }

  function nodeOfClassRow(row: number): NodeIndex {
    return Math.floor(row / nodes.classCount);
  }

  /** A newcomer's prior is known to everyone: it needs no report. */
  function publishNow(node: NodeIndex): void {
    nodes.publishedScore[node] = nodes.score[node]!;
    scoreBegan(node, nodes.score[node]!);
    for (let row = node * nodes.classCount; row < (node + 1) * nodes.classCount; row++) {
      nodes.publishedClassScore[row] = nodes.classScore[row]!;
    }
    access.refresh(node);
  }

  function scoreChanged(node: NodeIndex): void {
    if (everySeconds > 0) changed.add(node);
    else publish(node, nodes.score[node]!);
  }

  /** The score for a class became another, by its row. */
  function classScoreChanged(row: number): void {
    if (everySeconds > 0) changed.add(firstOfClasses + row);
    else publishForClass(row, nodes.classScore[row]!);
  }

  /** Moment: the reporters read the scores; false if they do so by another schedule since. */
  function scoresGathered(ordinal: number, scheduledBy: number): boolean {
    if (scheduledBy !== schedule) return false;
    scheduleReading(ordinal + 1);
    if (changed.size > 0) readScores(ordinal);
    return true;
  }

  function readScores(ordinal: number): void {
    const size = changed.size;
    const batch: Batch = { ordinal, schedule, places: new Int32Array(size), scores: new Float64Array(size) };
    for (let row = size - 1; row >= 0; row--) {
      const place = changed.at(row);
      batch.places[row] = place;
      batch.scores[row] = reportOf(place);
      changed.remove(place);
    }
    onTheWay.push(batch);
    // a delay that became shorter doesn't let it pass those before it
    lastArrival = Math.max(lastArrival, simulation.now + rules.now.publishDelaySeconds);
    if (lastArrival === simulation.now) scoresPublished(ordinal, schedule);
    else simulation.schedule(lastArrival, EventKind.scoresPublished, ordinal, schedule);
  }

  /** Moment: the oldest reports became public; false if everything has been since. */
  function scoresPublished(ordinal: number, scheduledBy: number): boolean {
    const [oldest] = onTheWay;
    if (oldest?.ordinal !== ordinal || oldest.schedule !== scheduledBy) return false;
    onTheWay.shift();
    for (let row = 0; row < oldest.places.length; row++) {
      const place = oldest.places[row]!;
      if (place < firstOfClasses) publish(place, oldest.scores[row]!);
      else publishForClass(place - firstOfClasses, oldest.scores[row]!);
    }
    return true;
  }

  function reportOf(place: number): number {
    if (place < firstOfClasses) return medianReport(place, nodes.score[place]!, nodes.publishedScore[place]!);
    const row = place - firstOfClasses;
    return medianReport(nodeOfClassRow(row), nodes.classScore[row]!, nodes.publishedClassScore[row]!);
  }

  /** Lower median of the reports: between honest ones if few are false; without enough of them, the old score. */
  function medianReport(node: NodeIndex, score: number, old: number): number {
    let count = 0;
    for (const seat of seats) {
      const report = seat.reports === undefined ? score : seat.reports(node, score);
      if (!Number.isNaN(report)) reports[count++] = report;
    }
    if (count < rules.now.reportThreshold) return old;
    return reports.subarray(0, count).sort()[(count - 1) >> 1]!;
  }
  return { start, publishNow, scoreChanged, classScoreChanged, scoresGathered, scoresPublished, rulesChanged };
}

/** Who holds each seat: the cohorts that have any, in their order, and for the rest who reports what he reads. */
function seatsOf({ cohorts, rules }: World): readonly Pick<Strategy, 'reports'>[] {
  const seats = cohorts.flatMap(({ reporters, strategy }) => new Array<Strategy>(reporters).fill(strategy));
  return Array.from({ length: rules.now.reporters }, (_, seat) => seats[seat] ?? {});
}
