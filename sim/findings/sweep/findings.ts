import { toNumber } from '../../../reports/figure.js';
import type { SweepRecord } from '../../folder/sweep-record.js';
import { capitalised } from '../words.js';
import { type ShownFigure, shownFigures, statedIn } from './figures.js';
import { sweepOutcome } from './outcome.js';
import { type SweepPoint, sweepPoints } from './points.js';
import { type RankedFigure, rankedFigures, rankingInWords } from './ranking.js';
import { metAt, turningInWords } from './turning.js';

/** What a sweep came to. */
export interface SweepFindings {
  readonly points: readonly SweepPoint[];
  readonly figures: readonly ShownFigure[];
  /** Of variants those figures of which one way is better; else empty. */
  readonly ranked: readonly RankedFigure[];
  /** For the question and each expectation where it holds, and where it fails; then which variants are best at what. */
  readonly sentences: readonly string[];
  /** Who wins where, at whose cost, and what turns it; empty without attackers. */
  readonly outcome: string;
  /** A line for each expectation of a point that isn't met or can't be told. */
  readonly unmet: readonly string[];
}

/** What the tables of a sweep say. */
export function sweepFindings(record: SweepRecord): SweepFindings {
  const { manifest, scenario } = record;
  const points = sweepPoints(record);
  const stated = statedIn(points);
  const sentences = stated.map(({ expectation, subject, bounds }) => {
    const turning = turningInWords(manifest, points, expectation);
    return `${capitalised(subject)}, ${bounds}: ${turning}.`;
  });
  const unmet = points.flatMap((point) => {
    const where = manifest.axes.map(({ name }, axis) => `${name} ${point.values[axis]}`).join(', ');
    return point.held
      .filter(({ expectation, met }) => expectation > 0 && met !== true)
      .map(({ text, found, met }) =>
        met === false
          ? `expectation not met with ${where}: ${text}, found ${found}`
          : `expectation can’t be told with ${where}: ${text}, found ${found}`,
      );
  });
  const figures = shownFigures(manifest, points, scenario.registry.metrics);
  const ranked = rankedFigures(manifest, points, figures);
  const outcome = sweepOutcome(manifest, points);
  return { points, figures, ranked, sentences: [...sentences, ...rankingInWords(ranked, points)], outcome, unmet };
}

/** The verdict on the expectation at a point, in a word or two; empty where it isn't stated there. */
export function verdictMark(point: SweepPoint, expectation: number): string {
  const met = metAt(point, expectation);
  if (met === undefined) return '';
  if (met === null) return 'can’t tell';
  if (expectation === 0) return met ? 'yes' : 'no';
  return met ? 'holds' : 'fails';
}

/** Such as `11 points, 8 replications each`. */
export function sizeInWords({ points, replications, runs, failed }: SweepRecord['manifest']): string {
  const some = (many: number, what: string) => `${toNumber(many)} ${what}${many === 1 ? '' : 's'}`;
  const lost = failed === 0 ? '' : `; ${some(failed, 'run')} of ${toNumber(runs + failed)} failed`;
  return `${some(points, 'point')}, ${some(replications, 'replication')} each${lost}`;
}
