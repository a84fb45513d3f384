import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Proposal } from '../../sim/model/contract/cohorts/ballots.js';
import { oneEach } from '../../sim/model/contract/cohorts/cohort-plan.js';
import { believedAfter } from '../../sim/model/contract/cohorts/deterrents.js';
import { defineStrategy } from '../../sim/model/contract/definition.js';
import { Registry } from '../../sim/scenario/schema/registry.js';
import { honest } from '../../sim/strategies/honest.js';
import { finalJobs, loadText, loadTextWith, metricOf, records, runFinished, tableNamed } from '../support/scenarios.js';

/** Lies pay up to q* = (c + g)/(w + g + σS) = 0.17: not under the first share that is recomputed, under the voted. */
const text = (set = 'protocol.verification.share: 0.02', more = '') => `
  seed: votes-by-profit
  horizon: 6d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: recompute, share: 0.3 }
    reputation: beta
    slashing: { kind: fixed, fraction: 0.05 }
    checkIn: none
  fleet:
    honest: { nodes: 8, hardware: reference-cpu, quality: 1, turnout: 0.5 }
    reckoners: { nodes: 8, hardware: reference-cpu, quality: 1, strategy: { kind: rational, checkProbability: 0.3 } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 5m, fee: 0.2, valueAtRisk: 1 } }
  money: { treasury: 10000 }
  votes: [{ proposed: 2d, open: 1d, timelock: 1d, by: reckoners, set: { ${set} } }]
  ${more}
`;
const strategy = (settings: string) => `fleet.reckoners.strategy={ kind: rational, ${settings} }`;
const run = (set?: string, ...more: string[]) => runFinished(loadText(text(set), ...more), { detail: true });
const votes = (result: Awaited<ReturnType<typeof run>>) => records(tableNamed(result, 'votes'));

describe('rational', () => {
  it('proposes what makes lies pay, votes for it, and lies from the epoch on that ends under it', async () => {
    const result = await run();
    expect(votes(result)).toMatchObject([{ outcome: 'passed', forFraction: 0.5, inForceDays: 4 }]);
    const wrong = finalJobs(result).filter(({ isWrong }) => isWrong === true);
    const days = wrong.map(({ assignedSeconds }) => Number(assignedSeconds) / 86_400);
    expect(days.length).toBeGreaterThan(100);
    expect(Math.min(...days)).toBeGreaterThanOrEqual(4);
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });

  it.each([
    ['checks that still find enough', 'protocol.verification.share: 0.2'],
    ['more checks', 'protocol.verification.share: 0.9'],
    ['a rule that bears on no lie', 'protocol.attempts: 5'],
    ['lower pay', 'protocol.rewards: { operator: 0.7, verifiers: 0.05, treasury: 0.25 }'],
  ])('puts forward no proposal that brings it nothing: %s', async (_what, set) => {
    const result = await run(set);
    expect(votes(result)).toEqual([]);
    expect(metricOf(result, 'votesPassed')).toBe(0);
    expect(finalJobs(result).some(({ isWrong }) => isWrong === true)).toBe(false);
  });

  it('votes by its own interest on what others propose, and as usual where it has none in it', async () => {
    const others = async (set: string) => votes(await run(set, 'votes.0.by=honest', 'fleet.honest.turnout=0'))[0];
    const [lower, higher] = [
      'operator: 0.7, verifiers: 0.05, treasury: 0.25',
      'operator: 0.9, verifiers: 0.05, treasury: 0.05',
    ];
    expect(await others(`protocol.rewards: { ${lower} }`)).toMatchObject({ forFraction: 0, againstFraction: 0.5 });
    expect(await others(`protocol.rewards: { ${higher} }`)).toMatchObject({ forFraction: 0.5, outcome: 'passed' });
    // what honest operators hold of it is against
    expect(await others('protocol.attempts: 5')).toMatchObject({ forFraction: 0, againstFraction: 0.5 });
    const indifferent = votes(await run('protocol.attempts: 5', 'votes.0.by=honest', 'votes.0.honest=for'))[0];
    expect(indifferent).toMatchObject({ againstFraction: 0 });
  });

  it('doesn’t come where its turnout is 0, and says nothing of its own where it is told not to reckon', async () => {
    expect(votes(await run(undefined, 'fleet.reckoners.turnout=0'))[0]).toMatchObject({ forFraction: 0 });
    const blind = await run(
      'protocol.verification.share: 0.9',
      strategy('checkProbability: 0.3, votesByProfit: false'),
    );
    // it votes for whatever its cohort proposes, though that brings it nothing
    expect(votes(blind)[0]).toMatchObject({ forFraction: 0.5 });
    const told = await run(undefined, 'fleet.reckoners.ballot=against');
    expect(votes(told)[0]).toMatchObject({ forFraction: 0, outcome: 'rejected' });
  });

  it('goes by a change that nobody voted on, too', async () => {
    const scheduled = text().replace(/votes: .*/, 'changes: [{ at: 4d, set: { protocol.verification.share: 0.02 } }]');
    const result = await runFinished(loadText(scheduled), { detail: true });
    const wrong = finalJobs(result).filter(({ isWrong }) => isWrong === true);
    expect(Math.min(...wrong.map(({ assignedSeconds }) => Number(assignedSeconds) / 86_400))).toBeGreaterThanOrEqual(4);
  });
});

describe('a proposal', () => {
  /** Proposals that were put to it, of a strategy that puts forward none. */
  const asked = async (set: string, ...more: string[]) => {
    const seen: Proposal[] = [];
    const shy = defineStrategy({
      kind: 'shy',
      meaning: 'Puts nothing forward.',
      isAttacker: true,
      settings: z.strictObject({ kind: z.literal('shy') }),
      plan: (_settings, identities) => oneEach(identities),
      create: (_settings, context, attack) => ({
        ...honest.create(honest.settings.parse({ kind: 'honest' }), context, attack),
        proposes: (_operator, proposal) => {
          seen.push(proposal);
          return false;
        },
      }),
    });
    const registry = Registry.builtIn().with({ strategy: [shy] });
    const result = await runFinished(loadTextWith(registry, text(set), 'fleet.reckoners.strategy=shy', ...more));
    return { seen, result };
  };

  it('says what the rules say of a lie without it and with it, and each operator is asked', async () => {
    const { seen, result } = await asked(
      'protocol: { verification: { share: 0.02 }, slashing: { fraction: 0.2, byFinding: { invalid: 0.4 } } }',
    );
    expect(seen).toHaveLength(8);
    expect(seen[0]).toMatchObject({
      before: { foundProbability: 0.3, slashedFraction: 0.05, payFraction: 0.85 },
      after: { foundProbability: 0.02, slashedFraction: 0.4, payFraction: 0.85 },
    });
    expect(votes(result)).toEqual([]);
  });

  it('is laid over what is in force by then', async () => {
    const change = 'changes=[{ at: 1d, set: { protocol.slashing.fraction: 0.5 } }]';
    const { seen } = await asked('protocol.verification.share: 0.02', change);
    expect(seen[0]).toMatchObject({ before: { slashedFraction: 0.5 }, after: { slashedFraction: 0.5 } });
  });

  it('says NaN where the mechanisms can’t tell, and of schemes in a list what they find together', async () => {
    const list = 'protocol.verification=[{ kind: recompute, share: 0.3 }, { kind: recompute, share: 0.5 }]';
    const { seen } = await asked('protocol.attempts: 5', list, 'protocol.slashing=progressive');
    const { before } = seen[0]!;
    expect(before).toMatchObject({ slashedFraction: Number.NaN, payFraction: 0.85 });
    expect(before.foundProbability).toBeCloseTo(0.65, 12);
  });

  it('isn’t put to those who are gone', async () => {
    expect((await asked('protocol.attempts: 5', 'fleet.reckoners.leaves={ at: 1d }')).seen).toEqual([]);
  });
});

describe('believedAfter(believed, before, after)', () => {
  it('moves a belief in proportion, to what the rules say where they said 0, and not where they say nothing', () => {
    expect(believedAfter(0.1, 0.2, 0.4)).toBeCloseTo(0.2, 12);
    expect(believedAfter(0.5, 0.2, 0.8)).toBe(1);
    expect(believedAfter(0.1, 0, 0.3)).toBe(0.3);
    expect(believedAfter(0.1, 0.3, 0)).toBe(0);
    expect(believedAfter(0.1, Number.NaN, 0.3)).toBe(0.1);
    expect(believedAfter(0.1, 0.3, Number.NaN)).toBe(0.1);
  });
});
