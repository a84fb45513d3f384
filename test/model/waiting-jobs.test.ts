import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Jobs } from '../../sim/model/jobs.js';
import { NONE } from '../../sim/model/nodes.js';
import { WaitingJobs } from '../../sim/model/waiting-jobs.js';

function line(waiting: WaitingJobs, jobClass: number): number[] {
  const found: number[] = [];
  for (let job = waiting.first(jobClass); job !== NONE; job = waiting.next(job)) found.push(job);
  return found;
}

describe('WaitingJobs', () => {
  it('keeps each class’s jobs in the order in which they came, whoever leaves in between', () => {
    const move = fc.tuple(fc.boolean(), fc.nat(2), fc.nat(20));
    fc.assert(
      fc.property(fc.array(move, { maxLength: 80 }), (moves) => {
        const jobs = new Jobs(4);
        const waiting = new WaitingJobs(jobs, 3);
        const expected: number[][] = [[], [], []];
        for (const [isAdded, jobClass, place] of moves) {
          const mine = expected[jobClass]!;
          if (isAdded) {
            const job = jobs.take();
            waiting.add(job, jobClass);
            mine.push(job);
            expect(jobs.isWaiting[job]).toBe(1);
          } else if (mine.length > 0) {
            const job = mine.splice(place % mine.length, 1)[0]!;
            waiting.remove(job, jobClass);
            expect(jobs.isWaiting[job]).toBe(0);
          }
          expect(waiting.size).toBe(expected.flat().length);
        }
        for (const jobClass of [0, 1, 2]) expect(line(waiting, jobClass)).toEqual(expected[jobClass]);
      }),
      { seed: 1 },
    );
  });
});
