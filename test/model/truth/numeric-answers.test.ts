import { describe, expect, it } from 'vitest';
import { instrumentsOf } from '../../../sim/build/mechanisms.js';
import { buildLoaded, loadText } from '../../support/scenarios.js';
import { errorsFrom, meanAndError } from '../../support/statistics.js';

const day = 86_400;

/** A world with a job of each workload, and an attempt of node 0 at each. */
function worldOf(...set: readonly string[]) {
  const built = buildLoaded(
    loadText(
      `
      seed: numeric
      horizon: 1d
      network: single
      fleet: { a: { nodes: 40, hardware: reference-cpu, quality: 1, answers: { hallucination: 0 } } }
      workload:
        numbers: { class: iot-oracle, arrivals: { perHour: 1 } }
        words: { class: task, arrivals: { perHour: 1 } }
      `,
      ...set,
    ),
  );
  const { attempts, jobKeys, jobs } = built.world;
  const jobOf = (workload: number, at = 0) => {
    const job = jobs.take();
    jobs.workload[job] = workload;
    jobKeys.begin(job, 0, 0);
    jobs.submittedAt[job] = at;
    return job;
  };
  const attemptOf = (job: number, number = 0, node = 0) => {
    const attempt = attempts.take();
    attempts.job[attempt] = job;
    attempts.number[attempt] = number;
    attempts.node[attempt] = node;
    return attempt;
  };
  const instruments = instrumentsOf(built.world);
  return { ...built.world, jobOf, attemptOf, instruments };
}

/** Relative errors of honest answers to jobs 0, 1, 2, … by attempts 0, 1, 2, … of node 0. */
function errorsOf(world: ReturnType<typeof worldOf>, count: number, each: number, at = 0): number[][] {
  const job = world.jobOf(0, at);
  const all = Array.from({ length: each }, (_, number) => world.attemptOf(job, number));
  return Array.from({ length: count }, (_, ordinal) => {
    world.jobKeys.begin(job, ordinal, 0);
    return all.map((attempt) => world.truth.honestAnswer(attempt) / world.truth.value(job) - 1);
  });
}

describe('an honest answer to a numeric job', () => {
  it('is off by noise of its model, 0.2 % by default, with a mean of 0', () => {
    const errors = errorsOf(worldOf(), 2_000, 1).map(([error]) => error!);
    expect(Math.abs(errorsFrom(errors, 0))).toBeLessThan(4);
    expect(
      Math.abs(
        errorsFrom(
          errors.map((error) => error * error),
          0.002 * 0.002,
        ),
      ),
    ).toBeLessThan(4);
  });

  it('drifts away for each day since its node joined', () => {
    const world = worldOf('fleet.a.answers.drift=0.01', 'fleet.a.answers.noise=0');
    const [[atStart], [later]] = [errorsOf(world, 1, 1)[0]!, errorsOf(world, 1, 1, 10 * day)[0]!];
    expect(atStart).toBe(0);
    expect(later).toBeCloseTo(0.1, 12);
    world.nodes.joinedAt[0] = 4 * day;
    expect(errorsOf(world, 1, 1, 10 * day)[0]![0]).toBeCloseTo(0.06, 12);
  });

  it('is far off where the model hallucinates or the hardware errs, as often as either', () => {
    const world = worldOf('fleet.a.answers.hallucination=0.2', 'fleet.a.answers.noise=0', 'fleet.a.quality=0.9');
    const wild = errorsOf(world, 4_000, 1).map(([error]) => (error === 0 ? 0 : 1));
    expect(Math.abs(errorsFrom(wild, 1 - 0.9 * 0.8))).toBeLessThan(4);
    const attempt = world.attemptOf(world.jobOf(0));
    world.truth.quality[0] = 0;
    expect(world.truth.isFaulty(attempt)).toBe(true);
    world.truth.quality[0] = 1;
    expect(world.truth.isFaulty(attempt)).toBe(false);
  });

  it('is the same wrong one for all whose clients have the same bug', () => {
    const world = worldOf();
    const job = world.jobOf(0);
    world.truth.bugs[0] = 1;
    world.truth.bugs[1] = 1;
    const [one, two, sound] = [0, 1, 2].map((node) => world.truth.honestAnswer(world.attemptOf(job, node, node)));
    expect(two).toBe(one);
    expect(world.truth.isNear(job, one!)).toBe(false);
    expect(world.truth.isNear(job, sound!)).toBe(true);
  });

  it('shares its error with the others as far as the difficulty says, and errs no more for it', () => {
    const errors = errorsOf(worldOf('workload.numbers.difficulty=0.3'), 3_000, 2);
    const variance = 0.002 * 0.002;
    const squares = errors.map(([one]) => one! * one!);
    expect(Math.abs(errorsFrom(squares, variance))).toBeLessThan(4);
    const products = errors.map(([one, two]) => one! * two!);
    expect(Math.abs(errorsFrom(products, 0.3 * variance))).toBeLessThan(4);
    const apart = errorsOf(worldOf(), 3_000, 2).map(([one, two]) => one! * two!);
    expect(Math.abs(errorsFrom(apart, 0))).toBeLessThan(4);
    expect(meanAndError(products).mean).toBeGreaterThan(meanAndError(apart).mean);
  });
});

describe('the truth of an answer', () => {
  it('is within the workload’s tolerance, where answers are numeric', () => {
    const { attemptOf, jobOf, truth } = worldOf('workload.numbers.tolerance=0.05');
    const attempt = attemptOf(jobOf(0));
    for (const [answer, isRight] of [
      [104.9, true],
      [95.1, true],
      [105.1, false],
      [94.9, false],
      [Number.NEGATIVE_INFINITY, false],
      [Number.NaN, false],
    ] as const) {
      truth.answerSent(attempt, answer);
      expect(truth.isRight(attempt), `${answer}`).toBe(isRight);
    }
  });

  it('is a lie or not as it was sent, whatever bug or wear strikes its node later', () => {
    const { attemptOf, jobOf, truth } = worldOf();
    const job = jobOf(0);
    const [honest, lied, buggy] = [attemptOf(job, 0, 0), attemptOf(job, 1, 1), attemptOf(job, 2, 2)];
    truth.quality[0] = 0;
    truth.bugs[2] = 1;
    truth.answerSent(honest, truth.honestAnswer(honest));
    truth.answerSent(lied, truth.loneLie(lied, 0.5));
    truth.answerSent(buggy, truth.honestAnswer(buggy));
    const found = () => [honest, lied, buggy].map((attempt) => truth.isLie(attempt));
    expect([honest, lied, buggy].map((attempt) => truth.isRight(attempt))).toEqual([false, false, false]);
    expect(found()).toEqual([false, true, false]);
    truth.bugs.set([1, 2, 0]);
    truth.quality.set([1, 0, 0]);
    expect(found()).toEqual([false, true, false]);
  });

  it('is off by what liars mean it to be: a ring’s answers are equal, those of lone liars aren’t', () => {
    const { attemptOf, jobOf, truth } = worldOf();
    const job = jobOf(0);
    const [one, two] = [attemptOf(job, 0, 0), attemptOf(job, 1, 1)];
    expect(truth.agreedLie(one, 3, 0.1)).toBe(truth.value(job) * 1.1);
    expect(truth.agreedLie(two, 3, 0.1)).toBe(truth.agreedLie(one, 3, 0.1));
    expect(truth.loneLie(one, 0.1)).toBe(truth.honestAnswer(one) * 1.1);
    expect(truth.loneLie(two, 0.1)).not.toBe(truth.loneLie(one, 0.1));
  });
});

describe('what instruments show of numeric answers', () => {
  it('is whether two are near, by what the client tolerates or the scheme says', () => {
    const { attemptOf, instruments, jobOf, truth } = worldOf();
    const job = jobOf(0);
    const [one, two] = [attemptOf(job), attemptOf(job, 1)];
    truth.answerSent(one, 100);
    truth.answerSent(two, 100.9);
    expect(instruments.answersAgree(one, two)).toBe(true);
    expect(instruments.answersAgree(one, two, 0.001)).toBe(false);
    truth.answerSent(two, 102);
    expect(instruments.answersAgree(one, two)).toBe(false);
    expect(instruments.answersAgree(two, one, 0.02)).toBe(true);
  });

  it('is their value, once it is revealed', () => {
    const { attemptOf, instruments, jobOf, jobs, truth } = worldOf();
    const job = jobOf(0);
    const attempt = attemptOf(job);
    truth.answerSent(attempt, 99.5);
    expect(instruments.value(attempt)).toBe(99.5);
    jobs.isSealed[job] = 1;
    expect(() => instruments.value(attempt)).toThrow('expected an answer that is revealed');
  });

  it('is never the value of an exact answer, which would tell whether it is right', () => {
    const { attemptOf, instruments, jobOf, truth } = worldOf();
    const attempt = attemptOf(jobOf(1));
    truth.answerSent(attempt, truth.honestAnswer(attempt));
    expect(truth.isRight(attempt)).toBe(true);
    expect(() => instruments.value(attempt)).toThrow('expected a job with numeric answers');
  });
});
