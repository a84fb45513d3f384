import { exp, log } from '../../engine/math.js';

/** From here on the score is 1 to the last digit: more work than so many scales isn't told apart. */
const scalesMost = 36;

/** Score of accumulated work x by a bonding curve, 1 − e^(−x/k): each job adds less than the one before. */
export function bondingScore(jobs: number, scale: number): number {
  return 1 - exp(-jobs / scale);
}

/** The accumulated work behind a score, −k·ln(1 − score): what has to be done to build it again; 36 scales at most. */
export function bondedJobs(score: number, scale: number): number {
  return score >= 1 ? scalesMost * scale : Math.min(scalesMost * scale, -scale * log(1 - Math.max(0, score)));
}
