import { describe, expect, it } from 'vitest';
import { AttemptState } from '../../../sim/model/columns/attempts.js';
import { EventKind } from '../../../sim/model/events.js';
import { withheldAnswer } from '../../../sim/model/truth/answers.js';
import { WorkState } from '../../../sim/model/truth/secrets.js';
import { runScenario } from '../../../sim/run.js';
import { attemptsOf, openJobs } from '../../support/invariants.js';
import { buildLoaded, loadText, metricOf, runUntil } from '../../support/scenarios.js';

/** Idle machines, and a deadline that leaves just the time that the work takes. */
const justEnough = `
  horizon: 10h
  warmUp: 0
  network: single
  protocol: { checkIn: none, attempts: 1, slashing: { kind: fixed, fraction: 0.1 } }
  fleet: { a: { nodes: 50, hardware: reference-cpu, quality: 1 } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 1m, deadline: { times: 1, atLeast: 0 } } }
`;

describe('a result that arrives exactly at its deadline', () => {
  it('is in time for the clock as it is for the assignment', async () => {
    const result = await runScenario(loadText(justEnough));
    expect(metricOf(result, 'jobsFinal')).toBeGreaterThan(100);
    expect(metricOf(result, 'jobsCompleted')).toBe(metricOf(result, 'jobsFinal'));
    expect(metricOf(result, 'slashedTokens')).toBe(0);
  });

  it.each([
    ['in time when it was on its way', 0, AttemptState.returned],
    ['late a moment after it', -1e-6, AttemptState.failed],
  ])('is %s', (_case, beside, state) => {
    const built = buildLoaded(loadText(justEnough, 'network=world', 'workload.w.deadline=none'));
    const { attempts, jobs, network, nodes, secrets, simulation } = built.world;
    for (let at = 0; openJobs(built.world).length === 0; at += 10) runUntil(built, at);
    const [job] = openJobs(built.world);
    const [attempt] = attemptsOf(built.world, job!);
    for (let at = simulation.now; secrets.state(attempt!) !== WorkState.running; at += 1) runUntil(built, at);
    const generation = attempts.generation[attempt!]!;
    const arrivesAt =
      secrets.finishAt(attempt!) + network.latency(nodes.region[attempts.node[attempt!]!]!, jobs.region[job!]!);
    // the clock is set before the result is sent
    simulation.schedule(arrivesAt + beside, EventKind.attemptTimedOut, attempt!, generation);
    const seen: number[] = [];
    const { verification } = built.world.roles;
    const attemptEnded = verification.attemptEnded.bind(verification);
    verification.attemptEnded = (ended) => {
      if (ended === attempt) seen.push(attempts.state[ended]!);
      return attemptEnded(ended);
    };
    runUntil(built, arrivesAt);
    expect(seen).toEqual([state]);
  });

  it('is nothing to wait for when it is withheld', () => {
    const built = buildLoaded(loadText(justEnough), true);
    Object.assign(built.world.cohorts[0]!.strategy, { answer: () => withheldAnswer });
    runUntil(built, 36_000);
    expect(built.recorder.whole.timedOut).toBeGreaterThan(100);
    expect(built.recorder.whole.completed).toBe(0);
  });
});
