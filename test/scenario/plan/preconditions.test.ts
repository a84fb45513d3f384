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

  test.each(['bidder', 'cartel', '{ kind: always-wrong, bid: 0.5 }'])('%s: where nobody reads bids', (strategy) => {
    const why = 'so that asking for less brings it no more work';
    const lines = (...set: string[]) =>
      told(`fleet.bad.strategy=${strategy}`, ...set).filter((one) => one.includes(why));
    expect(lines()).toEqual([`fleet.bad.strategy${strategy.includes('bid:') ? '.bid' : ''}: ${why}`]);
    for (const policy of ['cheapest', 'weighted-bids']) expect(lines(`protocol.assignment=${policy}`)).toEqual([]);
  });

  test('exit-scam: without stake to ask for, or with too little of it left for work', () => {
    const lines = (keeps: number, ...set: string[]) =>
      told(`fleet.bad.strategy={ kind: exit-scam, keeps: ${keeps} }`, 'horizon=40d', ...set);
    expect(lines(100)).toEqual(['fleet.bad.strategy.keeps: so that it has none to ask for']);
    expect(lines(9)).toEqual(['fleet.bad.strategy.keeps: so that it gets no work to lie in once it asked']);
    for (const keeps of [10, 99]) expect(lines(keeps)).toEqual([]);
    expect(lines(9, 'fleet.bad.delegated=1')).toEqual([]);
    const byDefault = ['fleet.bad.strategy=exit-scam', 'horizon=40d', 'fleet.bad.stake=10'];
    expect(told(...byDefault)).toEqual(['fleet.bad.strategy: so that it has none to ask for']);
  });

  test('whitewash: without the tokens for another identity', () => {
    const why = 'fleet.bad.strategy: so that it enters under no other name before it earns otherwise';
    // 101 tokens for each of five operators
    expect(told('fleet.bad.strategy=whitewash', 'fleet.bad.funds=504')).toContain(why);
    expect(told('fleet.bad.strategy=whitewash', 'fleet.bad.funds=505')).toEqual([]);
    expect(told('fleet.bad.strategy={ kind: whitewash, by: in-place }')).not.toContain(why);
    // of what others earned for it
    const purses = ['fleet.bad.attack=one', 'fleet.worse={ nodes: 5, attack: one, purse: { gives: 1 } }'];
    const fills = (tokens: number) =>
      told('fleet.bad.strategy=whitewash', ...purses, `fleet.bad.purse.takesUpTo=${tokens}`);
    expect(fills(101)).toEqual([]);
    expect(fills(100)).toEqual([why]);
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
        // dear jobs, and others
        'workload.batch.feeFactor={ lognormal: { median: 1, sigma: 0.5 } }',
      ];
      const rules = 'protocol.publish={every: 1d, reporters: 5, threshold: 3}';
      // bids that somebody reads, and what another identity costs
      set.push('protocol.assignment=weighted-bids', 'fleet.bad.funds=1000');
      const lines = told(...set, rules, 'horizon=40d').filter((line) => line.startsWith('fleet.bad.strategy'));
      expect(lines, kind).toEqual([]);
    }
  });
});

describe('an attack that never comes', () => {
  it.each([
    ['build-then-betray', 'so that nobody ever lies', 'horizon=40d'],
    ['exit-scam', 'so that nobody ever lies', 'horizon=40d'],
    ['{kind: on-off, by: time}', 'so that nobody ever lies', 'horizon=40d'],
    ['on-off', 'so that nobody ever lies', 'protocol.reputation=beta'],
    ['reputation-lag', 'so that nobody ever lies', 'horizon=40d'],
    ['collusion-ring', 'so that they never cheat', 'protocol.verification={kind: redundancy, replicas: 3, quorum: 2}'],
    ['spies', 'so that it never vouches for anybody', 'protocol.reputation=beta'],
  ])('%s: is told of defaults, too', (strategy, why, cure) => {
    const low = 'protocol.reputation={ kind: step, highest: 0.7, initial: 0.5 }';
    const set = [
      'horizon=1d',
      `fleet.bad.strategy=${strategy}`,
      ...(cure.includes('reputation') ? [low, witnesses] : []),
    ];
    const all = (...more: readonly string[]) => told(...set, ...more).join('\n');
    expect(all()).toContain(`fleet.bad.strategy: ${why}`);
    expect(all(cure)).not.toContain(`fleet.bad.strategy: ${why}`);
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

  test('of a scheme that comes later in a list, or of a class, it says the same', () => {
    const why = 'so that no answer is ever revealed, and no job ends';
    const sealed = '{kind: redundancy, commitReveal: 10d}';
    expect(told(`protocol.verification=[peer-attestation, ${sealed}]`)).toContain(
      `protocol.verification.1.commitReveal: ${why}`,
    );
    expect(told(`protocol.verification={kind: by-class, classes: {task: ${sealed}}}`)).toContain(
      `protocol.verification.classes.task.commitReveal: ${why}`,
    );
  });
});

describe('an attack that can’t come to anything', () => {
  const refused = (...set: string[]) => {
    try {
      loadText(base, ...set);
    } catch (error) {
      if (error instanceof InvalidInput)
        return error.faults.map(({ path, why, position }) => ({ path, why, position }));
      throw error;
    }
    return [];
  };
  const at = (path: string) => `fleet.bad.strategy${path}`;
  const phases = (until: string) =>
    `fleet.bad.strategy={ kind: phases, steps: [{ until: { ${until} }, play: honest }, { play: always-wrong }] }`;

  it.each([
    ['a fee that no job has', [phases('fee: 100')], '.steps.0.until.fee'],
    [
      'members that are caught where nobody is',
      [phases('caught: 0.5'), 'protocol.slashing=none'],
      '.steps.0.until.caught',
    ],
  ])('phases: a step that never ends, by %s', (_what, set, path) => {
    const [fault] = refused(...set);
    expect(fault).toMatchObject({ path: at(path), why: 'so that what follows is never played' });
    expect(fault!.position).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
    // beside a condition that can come to be it is in vain alone
    const [first, ...others] = set;
    expect(told(first!.replace('until: {', 'until: { time: 5d,'), ...others)).toEqual([
      `${at(path)}: so that what follows is never played`,
    ]);
  });

  it('phases: several conditions of which none ever holds end a step no more than one', () => {
    const faults = refused(phases('fee: 100, score: 7'));
    expect(faults.map(({ path }) => path)).toEqual([at('.steps.0.until.score'), at('.steps.0.until.fee')]);
    for (const { why } of faults) expect(why).toBe('so that what follows is never played');
  });

  it.each([
    ['income: 0', '.income'],
    ['score: 0', '.score'],
    ['scoreBelow: 1.5', '.scoreBelow'],
  ])('phases: %s holds at once', (condition, path) => {
    expect(told(phases(condition))).toEqual([`${at(`.steps.0.until${path}`)}: so that the step is passed over`]);
  });

  it('collusion-ring: more members on a job than can be, with what changes bring', () => {
    const ring = (least: number) => `fleet.bad.strategy={ kind: collusion-ring, least: ${least}, vouches: false }`;
    const three = 'protocol.verification={ kind: redundancy, replicas: 3, quorum: 2 }';
    expect(refused(ring(4), three)).toMatchObject([{ path: at('.least'), why: 'so that they never cheat' }]);
    expect(refused(ring(3), three)).toEqual([]);
    const later = 'changes=[{ at: 5d, set: { protocol.verification.replicas: 5 } }]';
    expect(refused(ring(4), three, later)).toEqual([]);
    // who is too few for its own ring, and has nobody to vouch for it with; members of other cohorts may be enough
    expect(refused(ring(3), three, 'fleet.bad.nodes=2')).toMatchObject([{ path: at('.least') }]);
    const together = ['fleet.bad.attack=one', 'fleet.worse={ nodes: 1, attack: one }'];
    expect(refused(ring(3), three, 'fleet.bad.nodes=2', ...together)).toEqual([]);
    // where one answers a job the same, but that members can vouch for one another
    expect(refused(ring(2))).toMatchObject([{ path: at('.least'), why: 'so that they never cheat' }]);
    const vouching = 'fleet.bad.strategy={ kind: collusion-ring, least: 2 }';
    expect(refused(vouching)).toMatchObject([{ path: at('.least') }]);
    expect(told(vouching, witnesses)).toEqual([`${at('.least')}: so that they never cheat`]);
  });

  it.each([
    ['sabotage', ''],
    ['eclipse', witnesses],
    ['griefing-client', 'protocol.directedJobs=true'],
  ])('%s: without others', (kind, ...set) => {
    const needs = set.filter((one) => one !== '');
    expect(refused(`fleet.bad.strategy=${kind}`, 'fleet.good=null', ...needs)).toMatchObject([
      { path: at(''), why: 'so that there is nobody to work against' },
    ]);
    const many = (targets: number) => `fleet.bad.strategy={ kind: ${kind}, targets: ${targets} }`;
    const [fault] = refused(many(21), ...needs);
    expect(fault).toMatchObject({ path: at('.targets'), why: 'so that there aren’t so many' });
    expect(fault!.position).toMatchObject({ line: expect.any(Number), column: expect.any(Number) });
    expect(refused(many(20), ...needs)).toEqual([]);
    // members of its attack are no others, whichever cohort they are in
    const together = ['fleet.bad.attack=one', 'fleet.worse={ nodes: 5, attack: one }', 'fleet.good.nodes=15'];
    expect(refused(many(16), ...needs, ...together)).toMatchObject([{ path: at('.targets') }]);
    expect(refused(many(15), ...needs, ...together)).toEqual([]);
    // by default it works against as many as there are
    expect(refused(`fleet.bad.strategy=${kind}`, ...needs, 'fleet.good.nodes=3')).toEqual([]);
  });

  it('bribery about rivals: more than there are', () => {
    const set = [
      'fleet.bad.strategy={ kind: bribery, about: rivals, targets: 21 }',
      witnesses,
      takers,
      'fleet.bad.funds=30',
    ];
    expect(refused(...set)).toMatchObject([{ path: at('.targets'), why: 'so that there aren’t so many' }]);
  });

  it.each([
    ['sybil-swarm', 'replacesEjected: true, vouches: false', 'replacesEjected'],
    ['whitewash', 'by: re-entry', 'identitiesMost'],
  ])('%s: fewer identities at most than it begins with', (kind, more, setting) => {
    const strategy = (most: number) => `fleet.bad.strategy={ kind: ${kind}, ${more}, identitiesMost: ${most} }`;
    const why = 'so that there is no room for a fresh one';
    const funds = 'fleet.bad.funds=505';
    expect(refused(strategy(4))).toMatchObject([{ path: at(`.${setting}`), why }]);
    expect(told(strategy(5), funds)).toEqual([`${at(`.${setting}`)}: ${why}`]);
    expect(told(strategy(6), funds)).toEqual([]);
  });

  it('mixture: a strategy that nobody draws', () => {
    const of = '[{ share: 0, play: honest }, { share: 1, play: always-wrong }]';
    expect(told(`fleet.bad.strategy={ kind: mixture, of: ${of} }`)).toEqual([
      `${at('.of.0.share')}: so that no operator draws it`,
    ]);
  });

  it('spies: where nobody is asked what he saw', () => {
    expect(told('fleet.bad.strategy=spies')).toEqual(['fleet.bad.strategy: so that it can vouch for nobody']);
    expect(told('fleet.bad.strategy=spies', witnesses)).toEqual([]);
  });

  it.each([
    ['fleet.bad.strategy={ kind: bribery, bribe: 0 }', 'fleet.bad.strategy.bribe'],
    ['fleet.bad.strategy={ kind: sabotage, targets: 0 }', 'fleet.bad.strategy.targets'],
    ['fleet.bad.strategy={ kind: wash-trading, jobsPerEpoch: 0 }', 'fleet.bad.strategy.jobsPerEpoch'],
    ['fleet.bad.strategy={ kind: wash-trading, like: nobody }', 'fleet.bad.strategy.like'],
    ['fleet.bad.strategy={ kind: sybil-swarm, replacesEjected: true, identitiesMost: 3000000 }', 'fleet'],
    ['votes=[{ proposed: 2d, by: nobody, set: { protocol.attempts: 5 } }]', 'votes.0.by'],
  ])('%s is refused', (set, path) => {
    const [fault] = refused(set);
    expect(fault).toMatchObject({ path, position: { line: expect.any(Number) } });
  });
});
