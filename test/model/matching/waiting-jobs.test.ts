import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Jobs } from '../../../sim/model/columns/jobs.js';
import { NONE } from '../../../sim/model/columns/nodes.js';
import type { StartLimit } from '../../../sim/model/matching/start-limit.js';
import { WaitingJobs } from '../../../sim/model/matching/waiting-jobs.js';

const anyLimit: fc.Arbitrary<StartLimit> = fc.record({
  clockStart: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(Number.POSITIVE_INFINITY)),
  atLeastSeconds: fc.integer({ min: 0, max: 20 }),
  work: fc.integer({ min: 1, max: 30 }),
  slack: fc.integer({ min: -10, max: 90 }),
});

const latestStart = ({ clockStart, atLeastSeconds, work, slack }: StartLimit, throughput: number) =>
  clockStart + Math.max(atLeastSeconds - work / throughput, slack / throughput);

describe('WaitingJobs', () => {
  it('finds each class’s jobs that can be in time in the order in which they came, whoever leaves in between', () => {
    const move = fc.record({ isAdded: fc.boolean(), jobClass: fc.nat(2), place: fc.nat(200), limit: anyLimit });
    const question = fc.record({
      now: fc.integer({ min: 0, max: 200 }),
      slowest: fc.constantFrom(0.25, 0.5, 1),
      fastest: fc.constantFrom(1, 2, 4),
    });
    let found = 0;
    fc.assert(
      fc.property(fc.array(move, { maxLength: 300 }), fc.array(question, { minLength: 3 }), (moves, questions) => {
        const jobs = new Jobs(4);
        const waiting = new WaitingJobs(jobs, 3);
        const lines: { job: number; limit: StartLimit; ticket: number }[][] = [[], [], []];
        for (const [index, { isAdded, jobClass, place, limit }] of moves.entries()) {
          const line = lines[jobClass]!;
          // lines grow in the long run, beyond the room that they have at first
          if (isAdded || index % 3 === 0) {
            const job = jobs.take();
            waiting.add(job, jobClass, limit);
            expect(jobs.isWaiting[job]).toBe(1);
            line.push({ job, limit, ticket: waiting.ticketOf(job, jobClass) });
          } else if (line.length > 0) {
            const { job } = line.splice(place % line.length, 1)[0]!;
            waiting.remove(job, jobClass);
            expect(jobs.isWaiting[job]).toBe(0);
          }
          expect(waiting.size).toBe(lines.flat().length);
        }
        for (const { now, slowest, fastest } of questions) {
          for (const [jobClass, line] of lines.entries()) {
            expect(waiting.isEmpty(jobClass)).toBe(line.length === 0);
            const inTime = line.filter(({ limit }) =>
              [slowest, fastest].some((throughput) => now <= latestStart(limit, throughput)),
            );
            const seen: number[] = [];
            for (let ticket = 0; ; ) {
              const job = waiting.firstInTime(jobClass, ticket, now, slowest, fastest);
              if (job === NONE) break;
              seen.push(job);
              ticket = waiting.ticketOf(job, jobClass) + 1;
            }
            expect(seen).toEqual(inTime.map(({ job }) => job));
            found += seen.length;
          }
        }
      }),
      { seed: 1, numRuns: 200 },
    );
    expect(found).toBeGreaterThan(1_000);
  });
});
