import { describe, expect, it, test } from 'vitest';
import { InvalidInput } from '../../../sim/scenario/text/faults.js';
import { strategies } from '../../../sim/strategies/index.js';
import { loadText } from '../../support/scenarios.js';

const base = `
  horizon: 10d
  warmUp: 0
  protocol: { assignment: uniform, verification: none, slashing: { kind: fixed, fraction: 0.01 }, checkIn: none }
  fleet:
    good: { nodes: 20, funds: 10 }
    bad: { nodes: 5, funds: 10 }
  workload: { batch: { arrivals: { perHour: 5 } } }
`;
const witnesses = 'protocol.verification={kind: peer-attestation, peers: 3, threshold: 2}';
const jury = 'protocol.verification={kind: optimistic, arbiter: jury, bond: 1}';
const told = (...set: string[]) =>
  loadText(base, ...set).warnings.flatMap(({ path, why }) => (why === undefined ? [] : [`${path}: ${why}`]));
const takers = 'fleet.good.strategy={kind: honest, takesBribes: 0.5}';

describe('a strategy that can’t act', () => {
  test.each([
    ['bad-mouthing', 'so that it slanders nobody', witnesses],
    ['ballot-stuffing', 'so that it can vouch for nobody', jury],
    ['lazy-attester', 'so that it is never asked to look', witnesses],
    ['eclipse', 'so that there is no panel to fill', witnesses],
    ['bribery', 'so that it has nobody to bribe', witnesses],
  ])('%s: %s', (kind, why, cure) => {
    const strategy = [`fleet.bad.strategy=${kind}`, takers];
    expect(told(...strategy)).toContain(`fleet.bad.strategy: ${why}`);
    expect(told(...strategy, cure)).toEqual([]);
  });

  test('bribery: without takers, and without the tokens for a panel', () => {
    const set = ['fleet.bad.strategy={kind: bribery, bribe: 2}', witnesses, 'fleet.bad.funds=30'];
    expect(told(...set)).toEqual(['fleet.bad.strategy: so that nobody takes what it offers']);
    const poor = ['fleet.bad.funds=29', takers];
    expect(told(...set, ...poor)).toEqual(['fleet.bad.strategy: so that it offers nothing before it earns otherwise']);
    // six tokens for each of five operators
    expect(told(...set, takers, 'fleet.bad.funds=30')).toEqual([]);
  });

  test('equivocate: where nobody ever sees it', () => {
    const set = ['fleet.bad.strategy=equivocate', 'protocol.seesDoubleSigning=0'];
    expect(told(...set)).toEqual(['fleet.bad.strategy: so that nobody ever sees it']);
    expect(told(set[0]!)).toEqual([]);
    const later = 'changes=[{at: 5d, set: {protocol.seesDoubleSigning: 0.5}}]';
    expect(told(...set, later)).toEqual([]);
  });

  test('wash-trading: where it can pay for no job', () => {
    const set = ['fleet.bad.strategy=wash-trading', 'protocol.directedJobs=true', 'workload.batch.fee=3'];
    expect(told(...set, 'fleet.bad.funds=14')).toEqual([
      'fleet.bad.strategy: so that it submits none before it earns otherwise',
    ]);
    expect(told(...set, 'fleet.bad.funds=15')).toEqual([]);
  });

  test.each(['bribery', 'eclipse', 'equivocate', 'sabotage', 'wash-trading'])('%s: where no epoch ends', (kind) => {
    const set = [`fleet.bad.strategy=${kind}`, takers, witnesses, 'protocol.directedJobs=true'];
    expect(told(...set, 'horizon=1d', 'sampleEvery=1h')).toContain('fleet.bad.strategy: so that it never acts');
    expect(told(...set, 'horizon=25h', 'sampleEvery=1h').join()).not.toContain('never acts');
  });

  test.each([
    [
      'fleet.bad.strategy={kind: always-wrong, reveals: false}',
      'fleet.bad.strategy.reveals: so that there is nothing to withhold',
    ],
    [
      'fleet.bad.strategy={kind: always-wrong, confidence: 1}',
      'fleet.bad.strategy.confidence: so that nobody heeds what it states',
    ],
    [
      'fleet.bad.strategy={kind: sybil-swarm, vouches: true}',
      'fleet.bad.strategy.vouches: so that there is nothing to sign',
    ],
    [
      'fleet.bad.strategy={kind: collusion-ring, least: 1, vouches: true}',
      'fleet.bad.strategy.vouches: so that there is nothing to sign',
    ],
    [
      'fleet.bad.strategy={kind: honest, signsUnseen: 0.5}',
      'fleet.bad.strategy.signsUnseen: so that it is never asked to look',
    ],
    [
      'fleet.bad.strategy={kind: honest, takesBribes: 0.5}',
      'fleet.bad.strategy.takesBribes: so that nobody is offered a bribe',
    ],
  ])('%s', (set, line) => {
    expect(told(set)).toEqual([line]);
  });

  it('says nothing of any strategy by default settings where there is all that it needs', () => {
    for (const { kind } of strategies) {
      const set = [
        `fleet.bad.strategy=${kind}`,
        takers,
        // witnesses, and results that can be disputed
        'protocol.verification=[{kind: peer-attestation, peers: 3, threshold: 2}, optimistic]',
        'protocol.directedJobs=true',
        'fleet.bad.reporters=1',
      ];
      const rules = 'protocol.publish={every: 1d, reporters: 5, threshold: 3}';
      const lines = told(...set, rules, 'horizon=40d').filter((line) => line.startsWith('fleet.bad.strategy'));
      expect(lines, kind).toEqual([]);
    }
  });
});

describe('a rule that comes to nothing', () => {
  test.each([
    [
      ['protocol.slashing=none', 'protocol.appeal={within: 1}'],
      'protocol.appeal: so that there is nothing to appeal against',
    ],
    [
      ['protocol.appeal={within: 11}'],
      'protocol.appeal.within: so that none is decided, and what is slashed for outages counts as no loss',
    ],
    [
      ['protocol.slashing=none', 'protocol.insurance={premium: 0.01}'],
      'protocol.insurance: so that it pays for nothing',
    ],
    [
      ['fleet.good.delegated=10', 'protocol.stake.delegatorShare=0'],
      'protocol.stake.delegatorShare: so that delegators earn nothing',
    ],
    [
      ['protocol.slashing={kind: matrix, critical: {review: 11}}', 'protocol.checkIn={every: 1h}'],
      'protocol.slashing.critical.review: so that no case is decided, and what is critical counts as no loss',
    ],
    [
      ['protocol.verification={kind: redundancy, commitReveal: 10d}'],
      'protocol.verification.commitReveal: so that no answer is ever revealed, and no job ends',
    ],
    [
      ['protocol.verification={kind: consensus, outcomeAfter: 11}', 'workload.batch.class=iot-oracle'],
      'protocol.verification.outcomeAfter: so that no outcome is ever known',
    ],
    [
      [
        'protocol.verification={kind: optimistic, bond: 1, window: 1h, rounds: 10, round: 2d}',
        'protocol.rewards.unbonding=14d',
      ],
      'protocol.verification.rounds: so that who leaves at once can have its stake back before a dispute is decided',
    ],
    [
      ['protocol.verification={kind: optimistic, bond: 1, rounds: 12, round: 1d}', 'protocol.rewards.unbonding=30d'],
      'protocol.verification.rounds: so that no dispute is decided',
    ],
    [
      ['protocol.rewards={kind: fee-split, holdEpochs: 11, unbonding: 30d}'],
      'protocol.rewards.holdEpochs: so that pay that waits so long is never paid',
    ],
  ])('%j', (set, line) => {
    expect(told(...set)).toContain(line);
  });

  test('by one less it says nothing', () => {
    expect(told('protocol.appeal={within: 10}')).toEqual([]);
    expect(told('protocol.rewards={kind: fee-split, holdEpochs: 10, unbonding: 30d}')).toEqual([]);
    expect(told('protocol.verification={kind: redundancy, commitReveal: 9d}')).toEqual([]);
  });

  it('is refused, with its line: answers that a later scheme of a list would seal', () => {
    const sealed = '[{kind: redundancy}, {kind: redundancy, commitReveal: 1m}]';
    let faults: readonly unknown[] = [];
    try {
      loadText(base.replace('verification: none', `verification: ${sealed}`));
    } catch (error) {
      if (error instanceof InvalidInput) faults = error.faults;
    }
    expect(faults).toMatchObject([
      {
        path: 'protocol.verification.1.commitReveal',
        expected: 'none in all schemes of a list but the first',
        why: 'as answers are open by then',
        position: { line: 4 },
      },
    ]);
    const first = '[{kind: redundancy, commitReveal: 1m}, recompute]';
    expect(told(`protocol.verification=${first}`)).toEqual([]);
  });
});
