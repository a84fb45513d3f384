import { describe, expect, it } from 'vitest';
import { runScenario } from '../../sim/run.js';
import { loadText, numbers, tableNamed } from '../support/scenarios.js';
import { chiSquared, errorsFrom } from '../support/statistics.js';

const nodes = 2_000;
const gain = 50;
const loss = 200;

/** Final scores [ten-thousandths] of independent nodes that serve some jobs each, and how many they served. */
async function scores(completion: number, initial: number, jobsEach: number) {
  const result = await runScenario(
    loadText(`
      seed: step-1
      horizon: ${nodes * jobsEach + 100}
      network: single
      protocol:
        assignment: uniform
        verification: none
        reputation: { kind: step, initial: ${initial / 10_000}, gain: ${gain / 10_000}, loss: ${loss / 10_000} }
        slashing: { kind: fixed, fraction: 0 }
        attempts: 1
        checkIn: none
        epoch: 7d
        publish: { every: 0, delay: 0 }
      sampleEvery: 7d
      fleet: { a: { nodes: ${nodes}, hardware: reference-cpu, completion: ${completion} } }
      workload: { w: { class: task, arrivals: { perSecond: 1 }, work: 1ms, deadline: none } }
    `),
  );
  const table = tableNamed(result, 'nodes');
  const failed = numbers(table, 'attemptsFailed');
  return {
    final: numbers(table, 'score').map((score) => Math.round(score * 10_000)),
    served: numbers(table, 'attemptsAccepted').map((accepted, node) => accepted + failed[node]!),
  };
}

/** The finite Markov chain of one score on 0, 50, …, 20,000: a step of the distribution. */
function step(distribution: Float64Array, success: number): Float64Array {
  const next = new Float64Array(distribution.length);
  for (const [state, mass] of distribution.entries()) {
    next[Math.min(next.length - 1, state + 1)]! += mass * success;
    next[Math.max(0, state - loss / gain)]! += mass * (1 - success);
  }
  return next;
}

describe('the step score', () => {
  it('has no drift at success rate loss/(gain + loss) = 0.8', async () => {
    const { final, served } = await scores(loss / (gain + loss), 10_000, 20);
    expect(Math.max(...final)).toBeLessThan(20_000);
    expect(Math.min(...final)).toBeGreaterThan(0);
    expect(served.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(nodes * 19);
    expect(Math.abs(errorsFrom(final, 10_000))).toBeLessThan(4);
  });

  it.each([0.75, 0.85])('drifts by p·gain − (1 − p)·loss a job at p = %d', async (success) => {
    const { final, served } = await scores(success, 10_000, 20);
    const drift = success * gain - (1 - success) * loss;
    const rest = final.map((score, node) => score - 10_000 - drift * served[node]!);
    expect(Math.abs(errorsFrom(rest, 0))).toBeLessThan(4);
  });

  it.each([
    [0.9, 19_000],
    [0.5, 1_500],
  ])('at p = %d from %d has the distribution of the chain with walls, by matrix powers', async (success, initial) => {
    const { final, served } = await scores(success, initial, 40);
    const expected = new Float64Array(20_000 / gain + 1);
    let distribution = new Float64Array(expected.length);
    distribution[initial / gain] = 1;
    for (let jobs = 0; jobs <= Math.max(...served); jobs++) {
      const nodesWith = served.filter((count) => count === jobs).length;
      for (const [state, mass] of distribution.entries()) expected[state]! += nodesWith * mass;
      distribution = step(distribution, success) as Float64Array<ArrayBuffer>;
    }
    const counts = new Array<number>(expected.length).fill(0);
    for (const score of final) counts[score / gain]!++;
    // neighbouring states together until twenty nodes are expected there
    const cells: { count: number; share: number }[] = [{ count: 0, share: 0 }];
    for (const [state, share] of expected.entries()) {
      const cell = cells.at(-1)!;
      cell.count += counts[state]!;
      cell.share += share;
      if (cell.share >= 20) cells.push({ count: 0, share: 0 });
    }
    const rest = cells.pop()!;
    cells.at(-1)!.count += rest.count;
    cells.at(-1)!.share += rest.share;
    expect(cells.length).toBeGreaterThan(5);
    expect(cells.reduce((sum, { count }) => sum + count, 0)).toBe(nodes);
    const { errors } = chiSquared(
      cells.map(({ count }) => count),
      cells.map(({ share }) => share),
    );
    expect(Math.abs(errors)).toBeLessThan(4);
  });
});
