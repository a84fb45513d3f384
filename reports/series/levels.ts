import { lineBinDays, type ReplicationSamples } from './samples.js';

/** What was seen at a sample, and is taken to hold until the next one. */
export interface Level {
  readonly days: number;
  readonly value: number | null;
}

/** Width of a stretch of which up to six samples stay [days]: as wide as two points of a line are apart. */
export function levelBinDays(horizonDays: number): number {
  return 2 * lineBinDays(horizonDays);
}

/**
 * Thins a count at each sample so that its steps look as all of them would: of each stretch of `binDays` the first
 * sample, the first of the least and of the most, those after the largest fall and rise, and the last stay, each at its
 * own time, and of equal ones in a row the first. So nothing falls or rises before the sample that saw it. But for the
 * falls and rises this is M4 (Jugel et al., "M4: A Visualization-Oriented Time Series Data Aggregation", VLDB 2014).
 *
 * @param samples each on its own, `SAMPLE_DAYS` wide
 */
export function levelsOf(
  { bins }: Pick<ReplicationSamples, 'bins'>,
  value: (sample: number) => number | null,
  binDays: number,
): Level[] {
  const levels: Level[] = [];
  let stretch: Level[] = [];
  const close = (): void => {
    for (const level of tellingOf(stretch)) if (level.value !== levels.at(-1)?.value) levels.push(level);
    stretch = [];
  };
  const slot = ({ days }: Level) => Math.ceil(days / binDays - 1e-6);
  let last: Level | undefined;
  bins.forEach(({ endDays }, sample) => {
    last = { days: endDays, value: value(sample) };
    if (stretch.length > 0 && slot(last) !== slot(stretch[0]!)) close();
    stretch.push(last);
  });
  close();
  // the line reaches the last sample, whatever it repeats
  if (last !== undefined && levels.at(-1)?.days !== last.days) levels.push(last);
  return levels;
}

/** In order of time, each once. */
function tellingOf(stretch: readonly Level[]): readonly Level[] {
  const values = stretch.map(({ value }) => value ?? -1);
  const change = (place: number) => values[place]! - values[Math.max(0, place - 1)]!;
  let [least, most, fallen, risen] = [0, 0, 0, 0];
  values.forEach((value, place) => {
    if (value < values[least]!) least = place;
    if (value > values[most]!) most = place;
    if (change(place) < change(fallen)) fallen = place;
    if (change(place) > change(risen)) risen = place;
  });
  const places = [...new Set([0, least, most, fallen, risen, stretch.length - 1])].sort((a, b) => a - b);
  return places.flatMap((place) => stretch[place] ?? []);
}
