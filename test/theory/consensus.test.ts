import { describe, expect, it } from 'vitest';
import { rowsOf } from '../support/effort.js';
import { atLeast, choose, expectationOf, normalBelow } from '../support/normal.js';
import { loadText, metricOf, runFinished } from '../support/scenarios.js';
import { binomialErrors, errorsFrom, twentySeeds } from '../support/statistics.js';

const jobs = 150;
const noise = 0.002;

/** Committees of nodes that are nearly always free; what clients were given is off by `answerError`. */
async function committees(verification: string, fleet: string, workload = '') {
  const errors: number[] = [];
  let completed = 0;
  let wrong = 0;
  let captured = 0;
  for (const seed of twentySeeds) {
    const result = await runFinished(
      loadText(`
        seed: ${seed}
        horizon: 1d
        warmUp: 0
        network: single
        protocol:
          assignment: uniform
          verification: { kind: consensus, tolerance: 1000, ${verification} }
          slashing: none
          checkIn: none
          epoch: 7d
        fleet: ${fleet}
        workload: { w: { class: iot-oracle, arrivals: { perHour: 1000 }, jobs: ${jobs}, deadline: none ${workload} } }
      `),
    );
    for (const error of result.finished.recorder.answerError.values) errors.push(error);
    const count = metricOf(result, 'jobsCompleted');
    completed += count;
    wrong += Math.round(metricOf(result, 'wrongAcceptedRate') * count);
    captured += Math.round(metricOf(result, 'committeesCapturedFraction') * count);
  }
  return { errors, completed, wrong, captured };
}

const honest = (answers: string, nodes = 60) =>
  `{ honest: { nodes: ${nodes}, hardware: reference-cpu, quality: 1, answers: { ${answers} } } }`;

/** Variance of the median of 2m + 1 standard normal values, by the density of the middle order statistic. */
function medianVariance(n: number): number {
  const m = (n - 1) / 2;
  const ways = choose(n, m) * (m + 1);
  return expectationOf((z) => z * z * ways * (normalBelow(z) * (1 - normalBelow(z))) ** m);
}

describe('the standard error of the median of n answers', () => {
  it('tends to σ·√(π / 2n)', () => {
    expect(medianVariance(1)).toBeCloseTo(1, 5);
    expect(medianVariance(3)).toBeCloseTo(0.4487, 4);
    expect(Math.sqrt(medianVariance(501) * 501)).toBeCloseTo(1.2533, 2);
  });

  it.each(rowsOf([[7], [15], [31], [3]]))('n = %d: as the density of the middle one says', async (n) => {
    const { errors } = await committees(`committee: ${n}, quorum: ${n}`, honest(`noise: ${noise}, hallucination: 0`));
    expect(errors).toHaveLength(jobs * twentySeeds.length);
    const squares = errors.map((error) => (error / noise) ** 2);
    expect(Math.abs(errorsFrom(squares, medianVariance(n)))).toBeLessThan(4);
  });
});

describe('the standard error of the trimmed mean', () => {
  // covariances of the order statistics of five standard normal values (Sarhan and Greenberg 1956)
  const middleThree = (2 * 0.3115189521 + 0.2868336616 + 4 * 0.208435444 + 2 * 0.1499426667) / 9;
  it.each([
    ['of the middle three of five', 0.2, middleThree],
    ['of all five', 0, 1 / 5],
    ['of the middle one of five, the median', 0.4, medianVariance(5)],
  ])('%s', async (_, trim, variance) => {
    const { errors } = await committees(
      `committee: 5, quorum: 5, method: trimmed-mean, trim: ${trim}`,
      honest(`noise: ${noise}, hallucination: 0`),
    );
    const squares = errors.map((error) => (error / noise) ** 2);
    expect(Math.abs(errorsFrom(squares, variance))).toBeLessThan(4);
  });
});

describe('colluders who agree on one value', () => {
  it.each(
    rowsOf([
      [20, 5, 7, 4],
      [10, 3, 3, 2],
      [100, 33, 7, 4],
      [60, 30, 7, 4],
    ]),
  )('of N = %d, M = %d, committees of %d: move the median where they are more than half', async (N, M, n, half) => {
    const { completed, wrong, captured } = await committees(
      `committee: ${n}, quorum: ${n}`,
      `{ honest: { nodes: ${N - M}, hardware: reference-cpu, quality: 1, answers: { noise: 0, hallucination: 0 } },
         ring: { nodes: ${M}, hardware: reference-cpu, strategy: { kind: collusion-ring, least: 1, shift: 0.5 } } }`,
    );
    let probability = 0;
    for (let k = half; k <= Math.min(n, M); k++) probability += (choose(M, k) * choose(N - M, n - k)) / choose(N, n);
    expect(completed).toBe(jobs * twentySeeds.length);
    expect(wrong).toBe(captured);
    expect(Math.abs(binomialErrors(captured, completed, probability))).toBeLessThan(4);
  });
});

describe('hallucinations', () => {
  it('move the median only where more than half of the committee err to the same side', async () => {
    const { completed, wrong } = await committees(
      'committee: 7, quorum: 7',
      honest('noise: 0, hallucination: 0.5'),
      ', tolerance: 0',
    );
    // above or below the truth with equal probability
    expect(Math.abs(binomialErrors(wrong, completed, 2 * atLeast(7, 4, 0.25)))).toBeLessThan(4);
  });

  it('are in every mean that leaves nothing out', async () => {
    const { completed, wrong } = await committees(
      'committee: 7, quorum: 7, method: trimmed-mean, trim: 0',
      honest('noise: 0, hallucination: 0.05'),
      ', tolerance: 0.0001',
    );
    // of which one in some thousands is no further off than the tolerance
    expect(Math.abs(binomialErrors(wrong, completed, 1 - 0.95 ** 7))).toBeLessThan(4);
  });
});
