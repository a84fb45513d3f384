import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../sim/scenario/text/faults.js';
import { finalJobs, loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    verification: { kind: recompute, share: 1 }
    reputation: ema
    checkIn: none
    slashing: none
    publish: { every: 0 }
  fleet: { honest: { nodes: 10, quality: 1 }, traitors: { nodes: 5, quality: 1 } }
  workload:
    cheap: { class: task, arrivals: { perHour: 20 }, work: 1m, fee: 0.1 }
    dear: { class: task, arrivals: { perHour: 5 }, work: 1m, fee: 2 }
`;
const traitors = (steps: string) => `fleet.traitors.strategy={ kind: phases, steps: [${steps}] }`;
const run = (steps: string, ...set: string[]) => runFinished(loadText(base, traitors(steps), ...set), { detail: true });
const lies = (result: Awaited<ReturnType<typeof run>>) =>
  finalJobs(result)
    .filter(({ outcome }) => outcome === 'rejected')
    .map(({ feeTokens, submittedSeconds }) => ({ fee: Number(feeTokens), day: Number(submittedSeconds) / 86_400 }));
/** Wrong results that were accepted, in the order in which their jobs came. */
const wrong = (result: Awaited<ReturnType<typeof run>>) =>
  finalJobs(result)
    .filter(({ isWrong }) => isWrong === true)
    .map(({ feeTokens, node, assignedSeconds }) => {
      return { fee: Number(feeTokens), node, assignedDay: Number(assignedSeconds) / 86_400 };
    })
    .toSorted((a, b) => a.assignedDay - b.assignedDay);
const nodesOf = (result: Awaited<ReturnType<typeof run>>, cohort = 'traitors') =>
  records(tableNamed(result, 'nodes')).filter((node) => node.cohort === cohort);

describe('phases', () => {
  it('play one strategy until a time, another until the next, and leave at an epoch’s end', async () => {
    const result = await run('{ until: 4d, play: honest }, { until: 6.5d, play: always-wrong }, { leave: true }');
    const days = lies(result).map(({ day }) => day);
    expect(Math.min(...days)).toBeGreaterThan(3.99);
    expect(Math.min(...days)).toBeLessThan(4.1);
    // what is under way is ended, and who is to leave works on until the epoch's end
    expect(Math.max(...days)).toBeGreaterThan(6.4);
    expect(Math.max(...days)).toBeLessThanOrEqual(7);
    expect(nodesOf(result).map(({ leftDays }) => leftDays)).toEqual([7, 7, 7, 7, 7]);
    expect(nodesOf(result, 'honest').every(({ leftDays }) => leftDays === null)).toBe(true);
  });

  it('are to the bit what they play where all steps are the same', async () => {
    const [same, plain] = await Promise.all([
      run('{ until: 3d, play: honest }, { until: { score: 0.9 }, play: honest }, { play: honest }'),
      runFinished(loadText(base)),
    ]);
    expect(same.trajectoryFingerprint).toBe(plain.trajectoryFingerprint);
    const wrong = 'fleet.traitors.strategy={ kind: always-wrong, wrongProbability: 0.5 }';
    const half = '{ kind: always-wrong, wrongProbability: 0.5 }';
    const [steps, alone] = await Promise.all([
      run(`{ until: 5d, play: ${half} }, { play: ${half} }`),
      runFinished(loadText(base, wrong)),
    ]);
    expect(steps.trajectoryFingerprint).toBe(alone.trajectoryFingerprint);
    expect(steps.accountingFingerprint).toBe(alone.accountingFingerprint);
  });

  it('go on once a score is reached, or has fallen, and never back', async () => {
    const result = await run(
      '{ until: { score: 0.95 }, play: honest }, { until: { scoreBelow: 0.3 }, play: always-wrong }, { play: honest }',
    );
    for (const { attemptsAccepted, attemptsFailed, score } of nodesOf(result)) {
      // an average from 0.5 with a weight of 0.05: 23 failures down to 0.3, of recomputations, too, then up for good
      expect(Number(attemptsFailed)).toBeGreaterThan(5);
      expect(Number(attemptsFailed)).toBeLessThanOrEqual(23);
      expect(Number(attemptsAccepted)).toBeGreaterThan(100);
      expect(Number(score)).toBeGreaterThan(0.95);
    }
  });

  it('go on once so much is earned', async () => {
    const result = await run('{ until: { income: 5 }, play: honest }, { play: always-wrong }');
    for (const { incomeTokens } of nodesOf(result)) {
      // a dear job brings 1.7 of its fee of 2, and who lies earns nothing more
      expect(Number(incomeTokens)).toBeGreaterThanOrEqual(5);
      expect(Number(incomeTokens)).toBeLessThan(5 + 1.7);
    }
  });

  it('go on with the first job of a fee, in which they lie, and in all after it', async () => {
    const unseen = 'protocol.verification=none';
    const found = wrong(await run('{ until: { fee: 2 }, play: honest }, { play: always-wrong }', unseen));
    const firsts = new Map<unknown, number>();
    for (const { node, fee } of found) if (!firsts.has(node)) firsts.set(node, fee);
    expect([...firsts.values()]).toEqual([2, 2, 2, 2, 2]);
    expect(found.filter(({ fee }) => fee < 2).length).toBeGreaterThan(100);
    // beside a time that comes first
    const never = '{ until: { fee: 2.1, time: 9d }, play: honest }, { play: always-wrong }';
    expect(wrong(await run(never, unseen)).length).toBeLessThan(found.length / 2);
  });

  it('go on once a share of all members of the attack was caught, at the next epoch', async () => {
    const caught = await runFinished(
      loadText(
        base,
        'fleet.traitors={ nodes: 5, quality: 1, attack: raid, strategy: { kind: phases, steps: [' +
          '{ until: { caught: 0.5 }, play: honest }, { play: always-wrong }] } }',
        'fleet.scouts={ nodes: 5, quality: 1, attack: raid, joins: { at: 3.5d }, strategy: always-wrong }',
        'protocol.slashing={ kind: fixed, fraction: 0.001, ejectsFor: [invalid] }',
      ),
    );
    // the scouts are thrown out within hours, and the others as soon as they lie
    for (const { leftDays } of nodesOf(caught, 'scouts')) expect(Number(leftDays)).toBeLessThan(4);
    for (const { leftDays } of nodesOf(caught)) {
      expect(Number(leftDays)).toBeGreaterThanOrEqual(4);
      expect(Number(leftDays)).toBeLessThan(4.5);
    }
  });

  it('end what they took up as they took it up', async () => {
    const result = await run(
      '{ until: 4d, play: honest }, { play: always-wrong }',
      'workload.long={ class: task, arrivals: { perHour: 1.4 }, work: 10h, fee: 1, deadline: none }',
      'protocol.verification=none',
    );
    const found = wrong(result);
    expect(found.length).toBeGreaterThan(10);
    // what was begun in the ten hours before is still at work then, and right
    for (const { assignedDay } of found) expect(assignedDay).toBeGreaterThanOrEqual(4);
    const turn = 4 * 86_400;
    const straddling = finalJobs(result).filter(({ node, assignedSeconds, finalSeconds }) => {
      return Number(node) >= 10 && Number(assignedSeconds) < turn && Number(finalSeconds) > turn;
    });
    expect(straddling.length).toBeGreaterThan(0);
    expect(straddling.every(({ isWrong }) => isWrong === false)).toBe(true);
  });

  it('take back what would go on by itself: bribes of a phase that is over', async () => {
    const bribes = (steps: string) =>
      runFinished(
        loadText(
          base,
          'protocol.verification={ kind: peer-attestation, peers: 3, threshold: 2, observes: result }',
          'fleet.honest={ nodes: 20, quality: 1, strategy: { kind: honest, takesBribes: 1 } }',
          `fleet.traitors={ nodes: 5, quality: 1, funds: 1000, strategy: ${steps} }`,
        ),
      );
    const bribery = '{ kind: bribery, bribe: 0.1, paysLosersOnly: false }';
    const [whole, half] = await Promise.all([
      bribes(bribery),
      bribes(`{ kind: phases, steps: [{ until: 5d, play: ${bribery} }, { play: honest }] }`),
    ]);
    const paid = (one: typeof whole) =>
      Number(records(tableNamed(one, 'cohorts')).find(({ cohort }) => cohort === 'traitors')!.attackCostsUsd);
    expect(paid(half)).toBeGreaterThan(0.3 * paid(whole));
    expect(paid(half)).toBeLessThan(0.6 * paid(whole));
  });

  it('attack where one of the strategies does', async () => {
    const honest = await run('{ until: 4d, play: honest }, { leave: true }');
    expect(metricOf(honest, 'attackerProfitUsd')).toBeNaN();
    const hostile = await run('{ until: 4d, play: honest }, { play: lazy }');
    expect(metricOf(hostile, 'attackerProfitUsd')).not.toBeNaN();
  });
});

describe('phases that can’t be', () => {
  const told = (steps: string) => {
    try {
      return loadText(base, traitors(steps)).warnings.map(({ path, expected, why }) => `${path}: ${expected}, ${why}`);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return error.faults.map(({ path, expected }) => `refused ${path}: ${expected}`);
    }
  };

  it.each([
    ['{ until: 4d, play: honest }', 'at least two steps'],
    ['{ play: honest }, { play: lazy }', 'when the next step begins'],
    ['{ until: 4d, play: honest }, { until: 5d, play: lazy }', 'none, as no step follows'],
    ['{ until: 4d, leave: true }, { play: lazy }', 'leave in the last step only'],
    ['{ until: 4d, play: honest, leave: true }, { play: lazy }', 'either play or leave'],
    ['{ until: 4d }, { play: lazy }', 'either play or leave'],
    ['{ until: {}, play: honest }, { play: lazy }', 'a condition'],
    ['{ until: 10d, play: honest }, { play: lazy }', 'a time before the horizon'],
    ['{ until: { score: 1.1 }, play: honest }, { play: lazy }', 'at most the highest score'],
    ['{ until: { scoreBelow: 0 }, play: honest }, { play: lazy }', 'above the lowest score'],
    ['{ until: { caught: 2 }, play: honest }, { play: lazy }', 'from 0 to 1'],
    ['{ until: 4d, play: nobody }, { play: lazy }', 'one of: honest'],
    ['{ until: 4d, play: { kind: lazy, probability: 0.5, guess: 2 } }, { play: honest }', ''],
    [
      '{ until: 4d, play: sybil-swarm }, { play: { kind: honest, identitiesPerMachine: 2 } }',
      'at most one strategy with several identities',
    ],
  ])('%s are refused', (steps, reason) => {
    const found = told(steps);
    expect(found.filter((line) => line.startsWith('refused')).join('\n')).toContain(reason);
    expect(found.length).toBeGreaterThan(0);
  });

  it('are warned of where a step is passed over, or a member says something in vain', () => {
    const passed = '{ until: 4d, play: honest }, { until: 3d, play: lazy }, { play: honest }';
    expect(told(passed).join('\n')).toContain('so that the step is passed over');
    const inVain = '{ until: 4d, play: honest }, { play: { kind: build-then-betray, until: 20d } }';
    expect(told(inVain).join('\n')).toContain('strategy.steps.1.play.until: a time before the horizon');
  });
});
