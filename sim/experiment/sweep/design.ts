import { namedStream } from '../../engine/random-stream.js';
import { latinHypercube } from '../../kernels/designs/latin-hypercube.js';
import { sobolAxesMost, sobolPoints } from '../../kernels/designs/sobol.js';
import { InvalidInput } from '../../scenario/text/faults.js';
import { withinRange } from './numbers.js';
import type { Axis, Level, SweepRequest } from './request.js';
import { levelOf } from './vary.js';

/** Where a point lies on an axis. */
export interface Place {
  readonly level: Level;
  /** Its number among the axis's levels; −1 for a number of a range. */
  readonly ordinal: number;
}

/**
 * The places of every point, an axis after the other: of a grid every combination, the last axis changing first; of
 * other designs as many as they say, drawn from the seed.
 */
export function* placesOf({ axes, design, seed }: SweepRequest): Iterable<readonly Place[]> {
  if (design.kind === 'grid') {
    const levels = axes.map(levelsOf);
    const total = levels.reduce((product, { length }) => product * length, 1);
    for (let point = 0; point < total; point++) {
      let rest = point;
      const places = levels.toReversed().map((own): Place => {
        const ordinal = rest % own.length;
        rest = Math.floor(rest / own.length);
        return { level: own[ordinal]!, ordinal };
      });
      yield places.toReversed();
    }
    return;
  }
  const random = namedStream(`${seed}/${design.kind}`);
  const draw = design.kind === 'latin' ? latinHypercube : sobolPoints;
  for (const point of draw(design.points, axes.length, random)) {
    yield point.map((place, axis) => placeOn(axes[axis]!, place));
  }
}

/** How many points there are; throws InvalidInput for a design that can't have its axes. */
export function pointCount({ axes, design }: Pick<SweepRequest, 'axes' | 'design'>): number {
  if (design.kind === 'grid') return axes.reduce((product, axis) => product * levelsOf(axis).length, 1);
  if (design.kind === 'sobol' && axes.length > sobolAxesMost) {
    throw new InvalidInput([
      { path: '--points', expected: `at most ${sobolAxesMost} axes for sobol points`, found: `${axes.length}` },
    ]);
  }
  return design.points;
}

function levelsOf({ name, values }: Axis): readonly Level[] {
  if (values.kind === 'levels') return values.levels;
  throw new Error(`expected the levels of ${name}, found a range`);
}

function placeOn({ paths, units, values }: Axis, place: number): Place {
  if (values.kind === 'levels') {
    const ordinal = Math.min(values.levels.length - 1, Math.floor(place * values.levels.length));
    return { level: values.levels[ordinal]!, ordinal };
  }
  return { level: levelOf(withinRange(values, place), units[0]!, paths), ordinal: -1 };
}
