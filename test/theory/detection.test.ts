import { expect, test } from 'vitest';
import { DetectionCount } from '../../sim/record/rows/detection.js';
import { loadText, metricOf, runFinished } from '../support/scenarios.js';
import { binomialErrors, errorsFrom, twentySeeds } from '../support/statistics.js';

/**
 * Nodes of one speed that lie in everything they send, where a share q of the jobs is recomputed by anybody else: a
 * liar is struck at the same rate for its own jobs as for those that it recomputes, q times that of its jobs.
 */
const text = `
horizon: 3d
warmUp: 0
network: single
protocol:
  assignment: uniform
  verification: { kind: recompute, share: 0.1 }
  reputation: beta
  checkIn: none
  slashing: { kind: fixed, fraction: 0.0002 }
fleet:
  honest: { nodes: 160, quality: 1, stake: 1000 }
  liars: { nodes: 40, quality: 1, stake: 1000, strategy: always-wrong }
workload: { tasks: { class: task, arrivals: { perHour: 120 }, work: 1m } }
money: { treasury: 100000 }
`;
const [q, jobsAnHour, nodes] = [0.1, 120, 200];

test('the time to the first penalty is exponential, with the mass of the first result at 0', async () => {
  const runs = await Promise.all(twentySeeds.map((seed) => runFinished(loadText(text, `seed=${seed}`))));
  const values = (name: string) => runs.map((run) => metricOf(run, name));
  // P(T > t) = (1 − q) e^(−2qrt/N), so that half of them are found by ln(2(1 − q)) N / 2qr
  const median = (Math.log(2 * (1 - q)) * nodes) / (2 * q * jobsAnHour) / 24;
  expect(Math.abs(errorsFrom(values('detectionMedianDays'), median))).toBeLessThan(4);
  // each further wrong result is found with q, and before it comes a recomputation strikes with q/(1 + q)
  const counts = runs.flatMap(({ finished }) =>
    finished.recorder.detection!.countsToPenalty(finished.world, () => true, DetectionCount.wrong),
  );
  expect(counts.every(({ isObserved }) => isObserved)).toBe(true);
  for (const most of [1, 2, 4, 8]) {
    const more = counts.filter(({ time }) => time > most).length;
    expect(Math.abs(binomialErrors(more, counts.length, ((1 - q) / (1 + q)) ** most)), `${most}`).toBeLessThan(4);
  }
  // who lies in everything does as many jobs as it returns wrong results
  expect(values('detectionMedianJobs')).toEqual(values('detectionMedianWrong'));
  // what isn't recomputed passes, and of what is a liar's recomputation contradicts the honest result
  expect(Math.abs(errorsFrom(values('falseAcceptRate'), 1 - q))).toBeLessThan(4);
}, 120_000);

test('who isn’t found out is waited for: fewer than half found give no median, and their share is told', async () => {
  const run = await runFinished(loadText(text, 'seed=rare', 'protocol.verification.share=0.002'));
  expect(metricOf(run, 'detectedFraction')).toBeGreaterThan(0);
  expect(metricOf(run, 'detectedFraction')).toBeLessThan(0.5);
  expect(metricOf(run, 'detectionMedianDays')).toBeNaN();
});

test('nobody is ejected where nothing ejects, and without attackers there is nothing to find', async () => {
  const run = await runFinished(loadText(text, 'seed=none'));
  expect(metricOf(run, 'ejectionMedianDays')).toBeNaN();
  expect(metricOf(run, 'ejectionMedianWrong')).toBeNaN();
  const honest = await runFinished(loadText(text, 'seed=none', 'fleet.liars.strategy=honest'));
  for (const name of ['detectionMedianDays', 'detectionMedianWrong', 'detectedFraction', 'ejectionMedianDays']) {
    expect(metricOf(honest, name), name).toBeNaN();
  }
  expect(metricOf(honest, 'falseAcceptRate')).toBeNaN();
  expect(metricOf(honest, 'falseRejectRate')).toBe(0);
});

test('ejection by the first finding comes with the first penalty', async () => {
  const ejecting = ['protocol.slashing.ejectsFor=[invalid]', 'protocol.slashing.fraction=1'];
  const run = await runFinished(loadText(text, 'seed=out', ...ejecting));
  expect(metricOf(run, 'ejectionMedianDays')).toBeGreaterThan(0);
  expect(metricOf(run, 'ejectionMedianDays')).toBe(metricOf(run, 'detectionMedianDays'));
  expect(metricOf(run, 'ejectionMedianJobs')).toBe(metricOf(run, 'detectionMedianJobs'));
  expect(metricOf(run, 'ejectionMedianWrong')).toBe(metricOf(run, 'detectionMedianWrong'));
});

test('who is ejected at its third finding has done three jobs by then, and one by the first penalty', async () => {
  const slowly = [
    'protocol.verification={ kind: zero-knowledge, proofFactor: 1 }',
    'protocol.reputation={ kind: step, initial: 0.9, gain: 0, loss: 0.1 }',
    'protocol.slashing={ kind: progressive, ejectAt: 0.65 }',
  ];
  const run = await runFinished(loadText(text, 'seed=third', ...slowly));
  expect([metricOf(run, 'detectionMedianWrong'), metricOf(run, 'ejectionMedianWrong')]).toEqual([1, 3]);
  expect([metricOf(run, 'detectionMedianJobs'), metricOf(run, 'ejectionMedianJobs')]).toEqual([1, 3]);
});

test('a loss of score is a penalty, too', async () => {
  const byScore = 'protocol.slashing={ kind: score, fraction: 0.3, stakeFraction: 0, bondFraction: 0 }';
  const run = await runFinished(loadText(text, 'seed=score', byScore));
  expect(metricOf(run, 'attackerSlashedUsd')).toBe(0);
  expect(metricOf(run, 'detectedFraction')).toBeGreaterThan(0.9);
});
