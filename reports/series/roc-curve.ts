/** What one limit on scores does: the shares of either side whose score isn't above it. */
export interface RocCorner {
  readonly limit: number;
  /** Of honest nodes, 0 to 1: taken for attackers by mistake. */
  readonly honest: number;
  /** Of attackers, 0 to 1: caught. */
  readonly hostile: number;
}

/** More corners can't be told apart; all that there are stay while they are no more. */
const CORNERS_MOST = 300;

/**
 * The receiver operating characteristic of scores, low ones suspected: corners from (0, 0) to (1, 1), one for each
 * limit that is somebody's score, of very many those that are farthest apart; just the ends where a side is empty.
 */
export function rocCurve(hostile: Float64Array, honest: Float64Array): readonly RocCorner[] {
  const [bad, good] = [hostile.slice().sort(), honest.slice().sort()];
  const corners: RocCorner[] = [{ limit: Number.NEGATIVE_INFINITY, honest: 0, hostile: 0 }];
  let [below, caught] = [0, 0];
  while (bad.length > 0 && good.length > 0 && (below < good.length || caught < bad.length)) {
    const limit = Math.min(good[below] ?? Number.POSITIVE_INFINITY, bad[caught] ?? Number.POSITIVE_INFINITY);
    while (good[below]! <= limit) below++;
    while (bad[caught]! <= limit) caught++;
    corners.push({ limit, honest: below / good.length, hostile: caught / bad.length });
  }
  if (corners.length === 1) corners.push({ limit: Number.POSITIVE_INFINITY, honest: 1, hostile: 1 });
  return thinned(corners);
}

function thinned(corners: readonly RocCorner[]): readonly RocCorner[] {
  if (corners.length <= CORNERS_MOST) return corners;
  const slot = ({ honest, hostile }: RocCorner) => Math.floor(((honest + hostile) / 2) * CORNERS_MOST);
  return corners.filter((corner, at) => at === 0 || at + 1 === corners.length || slot(corner) < slot(corners[at + 1]!));
}
