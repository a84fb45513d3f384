import { describe, expect, it } from 'vitest';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';

/** Below this, generations fit into an event. */
const generationsMost = 2 ** 26;

/** One node that is always at work, and a deadline far ahead: every attempt leaves an event that long. */
const scenario = `
  horizon: 10h
  warmUp: 0
  network: single
  protocol: { checkIn: none, publish: { every: 0 } }
  fleet: { a: { nodes: 1, hardware: reference-cpu, quality: 1 } }
  workload:
    w: { class: task, arrivals: { perSecond: 1 }, work: 0.5, deadline: { times: 1, atLeast: 9h } }
`;

describe('an event far ahead', () => {
  it('never meets a stranger: a row whose generations are nearly used up isn’t used again', () => {
    const built = buildLoaded(loadText(scenario));
    const { attempts, jobs } = built.world;
    runUntil(built, 60);
    const used = [attempts.generation, jobs.generation];
    for (const generation of used) generation[0] = generationsMost - 40;
    runUntil(built, 600);
    for (const generation of used) {
      expect(generation[0]).toBeGreaterThan(generationsMost - 40);
      expect(generation[0]).toBeLessThan(generationsMost);
    }
    const before = built.recorder.whole.completed;
    runUntil(built, 36_000);
    built.recorder.finish();
    expect(built.recorder.whole.completed).toBeGreaterThan(before + 30_000);
    expect(built.recorder.whole.timedOut + built.recorder.whole.unserved).toBe(0);
  });
});
