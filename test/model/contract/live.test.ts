import { expect, it } from 'vitest';
import { Jobs } from '../../../sim/model/columns/jobs.js';
import { NONE } from '../../../sim/model/columns/nodes.js';
import { LiveSettings } from '../../../sim/model/contract/live.js';

it('of(job) is what was in force at its submission, now what is in force now', () => {
  const jobs = new Jobs(8);
  const share = new LiveSettings(jobs, [0.1]);
  const early = jobs.take();
  share.change(0.2);
  jobs.rulesInForce++;
  const late = jobs.take();
  expect([share.of(early), share.of(late), share.now, share.of(NONE)]).toEqual([0.1, 0.2, 0.2, 0.2]);
});

it('a recycled row belongs to the job that has it now', () => {
  const jobs = new Jobs(8);
  const share = new LiveSettings(jobs, [0.1]);
  const early = jobs.take();
  jobs.recycle(early);
  share.change(0.2);
  jobs.rulesInForce++;
  expect(jobs.take()).toBe(early);
  expect(share.of(early)).toBe(0.2);
});

it('map(derive) has a version for each of the settings, computed once', () => {
  const jobs = new Jobs(8);
  const share = new LiveSettings(jobs, [0.1]);
  const job = jobs.take();
  const asked: number[] = [];
  const doubled = share.map((value) => {
    asked.push(value);
    return 2 * value;
  });
  const named = doubled.map((value) => `twice is ${value}`);
  share.change(0.2);
  expect([named.of(job), named.now]).toEqual(['twice is 0.2', 'twice is 0.4']);
  expect(share.map((value) => 3 * value).of(job)).toBeCloseTo(0.3, 12);
  expect([doubled.now, doubled.of(job), doubled.now]).toEqual([0.4, 0.2, 0.4]);
  expect(asked).toEqual([0.1, 0.2]);
});
