import { describe, expect, it } from 'vitest';
import { QuorumTrust } from '../../../sim/kernels/scores/quorum-trust.js';

const terms = { lockSeconds: 100, epochs: 4, priorMean: 0.9, priorCount: 10 };

describe('quorum trust', () => {
  it('is the mean of success, lock-in and consistency', () => {
    const trust = new QuorumTrust(2);
    trust.join(1, 0);
    expect(trust.trust(1, 0, terms)).toBeCloseTo(0.9 / 3, 12);
    for (let job = 0; job < 10; job++) trust.served(1, job < 5);
    for (const at of [10, 20, 30, 40, 50]) trust.epochEnded(1, at, 7, at !== 40);
    // (9 + 5)/20, half of the time, three of the latest four ends of epochs
    expect(trust.trust(1, 50, terms)).toBeCloseTo((0.7 + 0.5 + 0.75) / 3, 12);
    expect(trust.trust(1, 1_000, terms)).toBeCloseTo((0.7 + 1 + 0.75) / 3, 12);
  });

  it('begins lock-in anew when the stake became less, and not when it grew', () => {
    const trust = new QuorumTrust(1);
    trust.join(0, 0);
    trust.epochEnded(0, 20, 100, false);
    trust.epochEnded(0, 40, 120, false);
    expect(trust.trust(0, 50, terms)).toBeCloseTo((0.9 + 0.5) / 3, 12);
    trust.epochEnded(0, 60, 119, false);
    expect(trust.trust(0, 70, terms)).toBeCloseTo((0.9 + 0.1) / 3, 12);
  });

  it('forgets jobs alone with the history, and all with the identity', () => {
    const trust = new QuorumTrust(1);
    trust.join(0, 0);
    for (let job = 0; job < 90; job++) trust.served(0, false);
    trust.epochEnded(0, 50, 1, true);
    expect(trust.trust(0, 50, terms)).toBeCloseTo((0.09 + 0.5 + 0.25) / 3, 12);
    trust.forgetJobs(0);
    expect(trust.trust(0, 50, terms)).toBeCloseTo((0.9 + 0.5 + 0.25) / 3, 12);
    trust.join(0, 50);
    expect(trust.trust(0, 50, terms)).toBeCloseTo(0.3, 12);
  });

  it('without a prior, and without jobs, has no success', () => {
    const trust = new QuorumTrust(1);
    trust.join(0, 0);
    expect(trust.trust(0, 0, { ...terms, priorCount: 0 })).toBe(0);
  });
});
