import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Ballot, type Proposal } from '../../../../sim/model/contract/cohorts/ballots.js';
import { dispatch } from '../../../../sim/model/contract/composition/dispatch.js';
import type { StrategyContext } from '../../../../sim/model/contract/context.js';
import { defineStrategy } from '../../../../sim/model/contract/definition.js';
import type { Strategy } from '../../../../sim/model/contract/roles.js';
import { honestTwin } from '../../../../sim/scenario/plan/fleet/honest-twin.js';
import { Registry } from '../../../../sim/scenario/schema/registry.js';
import { honest } from '../../../../sim/strategies/honest.js';
import { loadText, loadTextWith, metricOf, records, runFinished, tableNamed } from '../../../support/scenarios.js';

/** Sixty of a hundred tokens are the honest operators', and nothing happens but the vote. */
const text = (vote = '', more = '') => `
  seed: ballots
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    reputation: { kind: bonding-curve, initialScore: 0 }
    checkIn: none
    slashing: none
    stake: { minimum: 10 }
  fleet:
    good: { nodes: 6, hardware: reference-cpu, stake: 10 }
    bad: { nodes: 2, hardware: reference-cpu, stake: 20, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perDay: 0 } } }
  votes: [{ proposed: 1d, open: 3d, timelock: 2d, by: bad, set: { protocol.stake.minimum: 15 }${vote} }]
  ${more}
`;

const runOf = (vote = '', ...set: string[]) => runFinished(loadText(text(vote), ...set));
const voteOf = async (vote = '', ...set: string[]) => records(tableNamed(await runOf(vote, ...set), 'votes'))[0]!;

describe('a vote', () => {
  it('weighs ballots by stake, and what is accepted comes into force when the timelock is over', async () => {
    const rejected = await runOf();
    expect(records(tableNamed(rejected, 'votes'))).toEqual([
      {
        vote: 0,
        proposal: 'stake.minimum becomes 15',
        by: 'bad',
        weights: 'stake',
        countedDays: 4,
        outcome: 'rejected',
        inForceDays: null,
        turnoutFraction: 1,
        forFraction: 0.4,
        againstFraction: 0.6,
        abstainingFraction: 0,
        quorumFraction: 0.3,
        attackersFraction: 0.4,
        operators: 8,
        operatorsVoted: 8,
      },
    ]);
    expect([...rejected.finished.world.nodes.isActive]).toEqual([1, 1, 1, 1, 1, 1, 1, 1]);
    const passed = await runOf('', 'fleet.bad.stake=31');
    expect(records(tableNamed(passed, 'votes'))[0]).toMatchObject({ outcome: 'passed', inForceDays: 6 });
    expect([...passed.finished.world.nodes.isActive]).toEqual([0, 0, 0, 0, 0, 0, 1, 1]);
    const changes = records(tableNamed(passed, 'episodes')).filter(({ kind }) => kind === 'change');
    expect(changes).toMatchObject([{ startDays: 6, label: 'by vote stake.minimum becomes 15' }]);
    expect(records(tableNamed(rejected, 'episodes')).filter(({ kind }) => kind === 'change')).toEqual([]);
  });

  it('changes nothing that is in the network before it is in force', async () => {
    const [none, passed] = await Promise.all([
      runFinished(loadText(text().replace(/votes: .*\n/, '\n'), 'horizon=5d')),
      runOf('', 'fleet.bad.stake=31', 'horizon=5d'),
    ]);
    const plain = await runFinished(loadText(text().replace(/votes: .*\n/, '\n'), 'horizon=5d', 'fleet.bad.stake=31'));
    expect(passed.accountingFingerprint).toBe(plain.accountingFingerprint);
    expect(none.accountingFingerprint).not.toBe(plain.accountingFingerprint);
    expect(metricOf(passed, 'votesPassed')).toBe(1);
    expect(records(tableNamed(passed, 'votes'))[0]).toMatchObject({ outcome: 'passed', inForceDays: null });
  });

  it('needs more than its share of those for or against, a quorum of all, and no veto', async () => {
    const against = [', honest: abstain', 'fleet.bad.ballot=for'] as const;
    expect(await voteOf(...against)).toMatchObject({ outcome: 'passed', forFraction: 0.4, abstainingFraction: 0.6 });
    // exactly half isn't more than half
    expect(await voteOf('', 'fleet.bad.stake=30')).toMatchObject({ outcome: 'rejected', forFraction: 0.5 });
    const lazy = ['fleet.good.turnout=0'];
    expect(await voteOf(', quorum: 0.4', ...lazy)).toMatchObject({ outcome: 'passed', operatorsVoted: 2 });
    expect(await voteOf(', quorum: 0.41', ...lazy)).toMatchObject({ outcome: 'noQuorum', turnoutFraction: 0.4 });
    expect(await voteOf(', quorum: 0', ...lazy, 'fleet.bad.turnout=0')).toMatchObject({ outcome: 'noQuorum' });
    expect(await voteOf(', passes: 0.3, veto: 0.6')).toMatchObject({ outcome: 'vetoed' });
    expect(await voteOf(', passes: 0.3, veto: 0.61')).toMatchObject({ outcome: 'passed' });
  });

  it('counts what others delegated with the operator, and operators or identities one by one', async () => {
    // 6 × (10 + 5) beside 2 × 20
    const delegated = await voteOf('', 'fleet.good.delegated=5');
    expect(delegated.attackersFraction).toBeCloseTo(40 / 130, 12);
    const swarm = [
      'fleet.bad.nodes=4',
      'fleet.bad.strategy={ kind: honest, machinesPerOperator: 2 }',
      'fleet.bad.attack=x',
    ];
    expect(await voteOf(', weights: operator', ...swarm)).toMatchObject({ operators: 8, attackersFraction: 2 / 8 });
    expect(await voteOf(', weights: identity', ...swarm)).toMatchObject({ operators: 8, attackersFraction: 4 / 10 });
    // a swarm whose identities declare operators of their own has as many votes
    const hidden = await voteOf(', weights: operator', 'fleet.bad.nodes=6', 'fleet.bad.strategy=sybil-swarm');
    expect(hidden.attackersFraction).toBe(0.5);
  });

  it('weighs contribution by what the reputation model measures', async () => {
    const work = ['workload.w.arrivals={ perHour: 40 }', 'protocol.verification={ kind: recompute, share: 1 }'];
    const result = await runOf(', weights: contribution', ...work, 'votes.0.proposed=6d', 'votes.0.timelock=0');
    const [vote] = records(tableNamed(result, 'votes'));
    expect(vote).toMatchObject({ outcome: 'rejected' });
    // of 0.4 of the stake hardly anything is left: two liars who check each other find nothing
    expect(Number(vote!.attackersFraction)).toBeLessThan(0.02);
    expect(metricOf(result, 'attackerVotingPower')).toBe(vote!.attackersFraction);
    // without any work nobody has a vote
    const idle = await runOf(', weights: contribution');
    expect(records(tableNamed(idle, 'votes'))[0]).toMatchObject({ outcome: 'noQuorum', turnoutFraction: null });
    expect(metricOf(idle, 'turnout')).toBeNaN();
  });

  it('follows one another: each is laid over what passed before', async () => {
    const second = `, honest: for }, { proposed: 7d, open: 1d, timelock: 0, honest: for, set: { protocol.attempts: 5 }`;
    const both = await runOf(second);
    expect(both.finished.world.rules.now).toMatchObject({ minimumStake: 15_000_000, attemptsMost: 5 });
    const onlySecond = await runOf(second, 'votes.0.honest=against');
    expect(onlySecond.finished.world.rules.now).toMatchObject({ minimumStake: 10_000_000, attemptsMost: 5 });
    expect(metricOf(both, 'votesPassed')).toBe(2);
  });

  it('is the attackers’ share of the stake where nobody votes on anything', async () => {
    const result = await runFinished(loadText(text().replace(/votes: .*\n/, '\n')));
    expect(metricOf(result, 'attackerVotingPower')).toBe(0.4);
    expect(metricOf(result, 'votesPassed')).toBeNaN();
  });
});

describe('who votes how', () => {
  it('the proposer’s attack is for it, others as the honest; a cohort’s own ballot comes first', async () => {
    const friend = ['+fleet.friend={ nodes: 1, hardware: reference-cpu, stake: 100, attack: raid }'];
    const joint = await voteOf('', 'fleet.bad.attack=raid', ...friend);
    expect(joint.forFraction).toBeCloseTo(0.7, 12);
    expect((await voteOf('', ...friend)).forFraction).toBeCloseTo(0.2, 12);
    expect(await voteOf('', 'fleet.good.ballot=abstain')).toMatchObject({ abstainingFraction: 0.6, outcome: 'passed' });
    expect(await voteOf(', honest: for')).toMatchObject({ forFraction: 1 });
  });

  it('a strategy can say, seeing whose proposal it is, and so can one that is part of another', async () => {
    const seen: Proposal[] = [];
    const contrary = defineStrategy({
      kind: 'contrary',
      meaning: 'Votes against its own side.',
      isAttacker: true,
      settings: z.strictObject({ kind: z.literal('contrary') }),
      plan: (_settings, identities) => honest.plan(honest.settings.parse({ kind: 'honest' }), identities),
      create: (_settings, context, attack) => ({
        ...honest.create(honest.settings.parse({ kind: 'honest' }), context, attack),
        votesOn: (_operator, proposal) => {
          seen.push(proposal);
          return proposal.isOwn ? Ballot.against : Ballot.for;
        },
      }),
    });
    const registry = Registry.builtIn().with({ strategy: [contrary] });
    const result = await runFinished(loadTextWith(registry, text(), 'fleet.bad.strategy=contrary'));
    expect(records(tableNamed(result, 'votes'))[0]).toMatchObject({ forFraction: 0, againstFraction: 1 });
    // of minimum stakes the mechanisms say nothing, and of this rule nothing changes
    const odds = { foundProbability: 0, slashedFraction: 0, payFraction: 0.85 };
    const proposal = { number: 0, isOwn: true, honest: Ballot.against, before: odds, after: odds };
    expect(seen).toEqual([proposal, proposal]);
    // of several that are played, by who plays it; who says nothing votes as usual
    const votes: Strategy['votesOn'] = () => Ballot.abstain;
    const members = [{}, { votesOn: votes }] as unknown as readonly Strategy[];
    const { votesOn } = dispatch({} as StrategyContext, members, { by: (operator) => operator, bySeats: () => 0 });
    expect([0, 1].map((operator) => votesOn!(operator, seen[0]!))).toEqual([Ballot.for, Ballot.abstain]);
    const silent = dispatch({} as StrategyContext, [{} as Strategy], { by: () => 0, bySeats: () => 0 });
    expect(silent.votesOn).toBeUndefined();
  });

  it('honest twins of attackers vote as all who are honest, on what they proposed, too', async () => {
    const loaded = loadText(text(), 'fleet.bad.stake=31', 'fleet.bad.ballot=for');
    expect(records(tableNamed(await runFinished(loaded), 'votes'))[0]).toMatchObject({ outcome: 'passed' });
    const twin = await runFinished(honestTwin(loaded));
    expect(records(tableNamed(twin, 'votes'))[0]).toMatchObject({ by: '', outcome: 'rejected', againstFraction: 1 });
    // who is honest is for what it proposes
    const honestOne = loadText(text(), 'fleet.bad.stake=31', 'fleet.bad.strategy=honest');
    const same = await runFinished(honestTwin(honestOne));
    expect(records(tableNamed(same, 'votes'))[0]).toMatchObject({ by: 'bad', outcome: 'passed' });
  });
});
