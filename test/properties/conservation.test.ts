import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Built } from '../../sim/build/world.js';
import { NONE } from '../../sim/model/columns/nodes.js';
import { casesOf } from '../support/effort.js';
import { attemptsOf, breaches, openJobs, overtakenJobs, servableJobs } from '../support/invariants.js';
import { anyScenario, anyScenarioWithVotes } from '../support/random-scenarios.js';
import { buildLoaded, loadText, runUntil } from '../support/scenarios.js';

const stops = 5;

/** Runs a random scenario and looks at it at several times, none of them special. */
function watch(text: string, look: (built: Built) => readonly unknown[]): unknown[] {
  const { scenario, ...rest } = loadText(text);
  const built = buildLoaded({ scenario, ...rest }, true);
  for (let stop = 1; stop <= stops; stop++) {
    runUntil(built, (scenario.horizon / stops) * (stop - 1 / 3));
    const found = look(built);
    if (found.length > 0) return [`at ${built.world.simulation.now} s`, ...found.slice(0, 3)];
  }
  return [];
}

/** Rechecks come to want a node while others, who wait for a score that the free node hasn't got, are offered one. */
const behindTheGated = `
  seed: 0
  horizon: 6h
  protocol:
    epoch: 1h
    assignment: { kind: hash-power, prior: 1m, halfLife: 1h }
    verification: [{ kind: redundancy, replicas: 2, quorum: 1, endsAtQuorum: true }, { kind: recompute, share: 0.5 }]
    reputation: { kind: beta, forgetting: 0 }
    rewards: { kind: fee-split, emission: 0, unbonding: 0s }
    stake: { minimum: 0, identityFee: 0 }
    attempts: 1
    publish: { every: 0, delay: 0 }
  fleet:
    a: { nodes: 2, completion: 0.7 }
    b: { nodes: 1, completion: 0.7, strategy: { kind: collusion-ring, least: 1, wrongProbability: 0.5 } }
  workload:
    u: { class: task, arrivals: { perHour: 5 }, work: 2m, deadline: none }
    v: { class: task, arrivals: { perHour: 5 }, minimumScore: 0.6, work: { exponential: { mean: 5m } }, deadline: none }
`;

describe('in any scenario, at any time', () => {
  it('tokens, jobs, attempts, machines and node sets agree with one another', () => {
    fc.assert(
      fc.property(anyScenario, (text) => {
        expect(watch(text, breaches)).toEqual([]);
      }),
      { numRuns: casesOf(300), seed: 1 },
    );
  });

  it('so they do where operators vote on the rules, delegate and are insured', () => {
    let [counted, passed] = [0, 0];
    fc.assert(
      fc.property(anyScenarioWithVotes, (text) => {
        const look = (built: Built) => {
          counted += built.recorder.votes.length;
          passed += built.recorder.votes.filter((one) => one.counted.outcome === 'passed').length;
          return breaches(built);
        };
        expect(watch(text, look)).toEqual([]);
      }),
      { numRuns: casesOf(100), seed: 1 },
    );
    expect(passed).toBeGreaterThan(0);
    expect(counted).toBeGreaterThan(passed);
  });

  it('no row of an open attempt is handed out again', () => {
    fc.assert(
      fc.property(anyScenario, (text) => {
        const taken = watch(text, ({ world }) => {
          const open = openJobs(world).flatMap((job) => attemptsOf(world, job));
          const rows = Array.from({ length: 300 }, () => world.attempts.take());
          for (const row of rows) world.attempts.recycle(row);
          return new Set([...open, ...rows]).size === open.length + rows.length ? [] : ['a row was handed out twice'];
        });
        expect(taken).toEqual([]);
      }),
      { numRuns: casesOf(50), seed: 2 },
    );
  });

  it('no job waits while an open node fits it', () => {
    fc.assert(
      fc.property(anyScenario, (text) => {
        const { kind, slow } = JSON.parse(text).protocol.assignment;
        // to weigh slow nodes as nothing is to take only the others
        const isChoosy = kind === 'central' || kind === 'elected' || slow?.factor === 0;
        expect(watch(text, ({ world }) => servableJobs(world, isChoosy))).toEqual([]);
      }),
      { numRuns: casesOf(300), seed: 3 },
    );
  });

  it('no job is given a node that one which waits longer could take', () => {
    let waited = 0;
    fc.assert(
      fc.property(anyScenario, (text) => {
        const built = buildLoaded(loadText(text), true);
        const { world } = built;
        const { assignment } = world.roles;
        const assign = assignment.assign;
        const overtaken: unknown[] = [];
        assignment.assign = (job, jobClass) => {
          const node = assign(job, jobClass);
          if (node !== NONE && built.lives.matching.waiting.size > 0 && overtaken.length === 0) {
            waited++;
            for (const other of overtakenJobs(built, job, node))
              overtaken.push([world.simulation.now, node, job, other]);
          }
          return node;
        };
        runUntil(built, loadText(text).scenario.horizon);
        expect(overtaken).toEqual([]);
      }),
      { numRuns: casesOf(300), seed: 4, examples: [[behindTheGated]] },
    );
    expect(waited).toBeGreaterThan(casesOf(1_000));
  });
});
