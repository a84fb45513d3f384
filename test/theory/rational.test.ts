import { expect, it } from 'vitest';
import { loadText, metricOf, runFinished } from '../support/scenarios.js';
import { errorsFrom, meanAndError, twentySeeds } from '../support/statistics.js';

/**
 * Twenty operators that can lie or serve among twenty who are honest, where each result is looked at with probability q
 * by a checker of another operator. A lie that is found loses its pay w and what is slashed, σS; one that isn't is
 * worth g; either saves the work, c. Jobs are so short that those who lie aren't free more often.
 */
const text = (days: number, strategy: string) => `
horizon: ${days}d
warmUp: 1d
network: single
protocol:
  assignment: uniform
  verification: { kind: optimistic, window: 10m, checkers: 1, checkProbability: 0.1, bond: 0, rounds: 1, round: 1m }
  reputation: beta
  checkIn: none
  slashing: { kind: fixed, fraction: 0.0002 }
  rewards: { kind: fee-split, emission: 0 }
fleet:
  honest: { nodes: 20, hardware: reference-cpu, quality: 1, stake: 1000 }
  choosers: { nodes: 20, hardware: reference-cpu, quality: 1, stake: 10000, strategy: ${strategy} }
workload: { tasks: { class: task, arrivals: { perHour: 60 }, work: 3s, fee: 0.5, valueAtRisk: 1 } }
money: { treasury: 100000 }
twin: true
`;

/** Gain of a lie, pay, what a slash takes, work saved [tokens]. */
const [g, w, slash, c] = [1, 0.85 * 0.5, 2, 0.25 / 1_200];
const critical = (c + g) / (w + g + slash);

async function runs(days: number, strategy: string, part: number) {
  const q = `protocol.verification.checkProbability=${critical * part}`;
  const found: { wrong: number; profit: number }[] = [];
  for (const seed of twentySeeds) {
    const result = await runFinished(loadText(text(days, strategy), `seed=${seed}`, q));
    const lies = metricOf(result, 'wrongAcceptedRate');
    found.push({ wrong: lies, profit: metricOf(result, 'attackerProfitOverTwinUsd') });
  }
  return found;
}

/** Wrong results among those accepted, if half of the results are lies of which a share q is refused. */
const ifTheyLie = (q: number) => (1 - q) / (2 - q);

it('the critical share of checks is (c + g)/(w + g + σS)', () => {
  expect(critical).toBeCloseTo(0.292, 3);
});

it('rational operators lie below the critical share, and it pays; above it they serve', async () => {
  const strategy = (q: number) =>
    `{ kind: rational, gain: ${g}, slashFraction: 0.0002, checkProbability: ${q}, learns: false }`;
  const below = await runs(4, strategy(0.7 * critical), 0.7);
  expect(
    Math.abs(
      errorsFrom(
        below.map(({ wrong }) => wrong),
        ifTheyLie(0.7 * critical),
      ),
    ),
  ).toBeLessThan(4);
  const { mean, error } = meanAndError(below.map(({ profit }) => profit));
  expect(mean / error).toBeGreaterThan(4);
  for (const { wrong, profit } of await runs(4, strategy(1.3 * critical), 1.3)) {
    expect(wrong).toBe(0);
    expect(profit).toBe(0);
  }
}, 120_000);

it('those who lie all the same lose by it above the critical share', async () => {
  const above = await runs(4, '{ kind: always-wrong, computes: false }', 1.3);
  const { mean, error } = meanAndError(above.map(({ profit }) => profit));
  expect(mean / error).toBeLessThan(-4);
}, 120_000);

it('adaptive operators, who know no rule, come to lie below it and to serve above it', async () => {
  const liars = '{ kind: always-wrong, computes: false }';
  const strategy = `{ kind: adaptive, gain: ${g}, by: ucb, width: 0.1, of: [honest, ${liars}] }`;
  const wrong = async (part: number) => {
    const { mean, error } = meanAndError((await runs(16, strategy, part)).map((one) => one.wrong));
    return { mean: mean / ifTheyLie(part * critical), error: error / ifTheyLie(part * critical) };
  };
  const below = await wrong(0.7);
  const above = await wrong(1.3);
  // the share of the time that they lie, that of trying it out at first included
  expect((below.mean - 0.5) / below.error).toBeGreaterThan(4);
  expect((above.mean - 0.5) / above.error).toBeLessThan(-4);
}, 240_000);
