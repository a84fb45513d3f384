import { describe, expect, it } from 'vitest';
import { answerOf } from '../../sim/findings/answer/answer.js';
import type { Answer, RunFacts } from '../../sim/findings/answer/facts.js';
import { expectationsTable } from '../../sim/record/expectations.js';
import { metricNamed, metricNames } from '../../sim/record/metrics/index.js';
import type { Cell, Column } from '../../sim/record/tables/table.js';
import { statedExpectations } from '../../sim/scenario/schema/scenario-schema.js';
import { loadText } from '../support/scenarios.js';
import { cellTable } from '../support/tables.js';

const base = `
  horizon: 20d
  warmUp: 2d
  fleet: { good: { nodes: 40 }, better: { nodes: 60 }, bad: { nodes: 10, strategy: always-wrong } }
  workload: { w: { arrivals: { perHour: 1 } } }
`;

const column = (name: string): Column => ({ name, unit: '', window: 'own', meaning: '' });
const cohortColumns = ['cohort', 'strategy', 'isAttacker', 'nodesJoined', 'nodesEjected', 'workFraction'];
/** Of cohorts at the end: all are there, and nothing keeps any. */
const keptColumns = [
  'workAfterWarmUpReferenceHours',
  ...['nodesPresent', 'nodesOnline', 'nodesLowStake', 'lowStakeSinceDays', 'nodesJailed', 'nodesWithoutBond'],
  'withoutBondSinceDays',
];
const kept = (nodes: number): Cell[] => [1, nodes, nodes, 0, null, 0, 0, null];
const cohorts = cellTable(
  'cohorts',
  [...cohortColumns, 'incomeUsd', 'stolenUsd', 'slashedUsd', 'profitUsd', ...keptColumns].map(column),
  [
    ['good', 'honest', false, 40, 0, 0.4, 1, 0, 1, 1, ...kept(40)],
    ['better', 'honest', false, 60, 0, 0.5, 1, 0, 1, 1, ...kept(60)],
    ['bad', 'always-wrong', true, 10, 3, 0.1, 1, 7, 1, -1, ...kept(10)],
  ],
);

/** Rows of honest nodes that are there throughout; one of them is jailed. */
const staying = Array.from({ length: 100 }, (_, node): Cell[] => {
  return [node, node < 40 ? 'good' : 'better', 0, null, true, node > 0];
});

/** What a run with these figures is said to answer. */
function answered(
  found: Readonly<Record<string, number>>,
  {
    slashed = [],
    expected = [],
    yesIf = null,
    set = [],
    honest = staying,
    classes = [],
    limits = [],
    unserved = [],
    capacity = [],
    attempts = [7, 0],
    stay = [0, null],
    samples = [],
    course = [],
    windows = '',
    runs = 1,
  }: {
    slashed?: readonly Cell[][];
    expected?: readonly string[];
    yesIf?: string | null;
    set?: readonly string[];
    honest?: readonly Cell[][];
    classes?: readonly Cell[][];
    limits?: readonly Cell[][];
    unserved?: readonly Cell[][];
    /** Of several replications, rows begin with theirs. */
    capacity?: readonly Cell[][];
    /** When attackers joined and left [d]. */
    stay?: readonly [joined: number | null, left: number | null];
    /** Time, cohort, completed jobs and those with a wrong result; no others ended. */
    samples?: readonly Cell[][];
    /** Replication, time [d] and open jobs of all classes. */
    course?: readonly Cell[][];
    /** Replications; of several, rows of classes begin with theirs. */
    runs?: number;
    /** Of the expectations, in words. */
    windows?: string;
    /** Accepted and failed ones of each node. */
    attempts?: readonly [accepted: number, failed: number];
  } = {},
): Answer {
  const slashings = cellTable(
    'slashings',
    ['timeDays', 'node', 'cohort', 'cause', 'collateral', 'amountTokens'].map(column),
    slashed,
  );
  const attackers: Cell[][] = [
    [100, 'bad', ...stay, true, false],
    [101, 'bad', ...stay, true, true],
    [102, 'bad', ...stay, false, false],
  ];
  const nodeColumns = ['node', 'cohort', 'joinedDays', 'leftDays', 'online', 'active'];
  const columns = [...nodeColumns, 'attemptsAccepted', 'attemptsFailed', 'recomputations'].map(column);
  const nodes = cellTable(
    'nodes',
    columns,
    [...honest, ...attackers].map((row) => [...row, ...attempts, 0]),
  );
  const question = yesIf === null ? [] : [`question={yesIf: ${yesIf}}`];
  const { scenario } = loadText(base, `expect=[${expected.join(', ')}]`, ...question, ...set);
  const values = Object.fromEntries(metricNames.map((name) => [name, found[name] ?? Number.NaN]));
  const held = statedExpectations(scenario).map(({ number, expectation: bounds }) => {
    const told = { value: values[bounds.metric]!, fromSeconds: Number.NaN, toSeconds: Number.NaN };
    const { unit } = metricNamed(bounds.metric);
    const whole = { cohort: '', window: windows, comparedTo: '', comparedValue: Number.NaN };
    return { expectation: number, metric: bounds.metric, unit, ...whole, told, bounds, over: bounds.over };
  });
  const ofRun = runs > 1 ? ['replication'] : [];
  const classColumns = [
    ...ofRun,
    ...['jobClass', 'jobsFinal', 'jobsCompleted', 'completedFraction', 'halfwayDays', 'jobsOpenHalfway'],
    ...['jobsNotBegunHalfway', 'jobsFinalSinceHalfway', 'jobsOpen', 'jobsNotBegun', 'jobsQueued'],
  ];
  const tables = [
    cohorts,
    nodes,
    slashings,
    expectationsTable(held),
    cellTable('job-classes', classColumns.map(column), classes),
    cellTable(
      'timeseries',
      ['replication', 'timeDays', 'cohort', 'jobsCompleted', 'jobsWrongAccepted', 'jobsFinal', 'jobsOpen'].map(column),
      [
        ...samples.map((row) => [1, ...row, row[2]!, 0]),
        ...course.map(([run, days, open]) => [run!, days!, 'all', 0, 0, 0, open!]),
      ],
    ),
    cellTable('limits', ['limit', 'sinceDays', 'times'].map(column), limits),
    cellTable('episodes', ['kind', 'scope', 'label'].map(column), []),
    cellTable(
      'capacity',
      [...ofRun, 'jobClass', 'reason', 'jobs', 'state', 'nodesMean', 'slotsMean', 'sinceDays'].map(column),
      capacity,
    ),
    cellTable('unserved', ['jobClass', 'reason', 'jobs', 'jobsFraction', 'openJobs'].map(column), unserved),
  ];
  const facts: RunFacts = {
    values,
    replications: Array.from({ length: runs }, () => values),
    scenario,
    written: {},
    table: (name) => tables.find((table) => table.name === name)!,
  };
  return answerOf(facts);
}

/** All sentences behind the verdict. */
function answer(...given: Parameters<typeof answered>): readonly string[] {
  const { reasons, more } = answered(...given);
  return [...reasons, ...more];
}

const figures = {
  attackerWorkShare: 0.1,
  attackerProfitUsd: -12,
  attackerReturnOnCapital: -0.012,
  attackersEjectedFraction: 0.3,
  wrongAcceptedRate: 0.02,
  completedFraction: 0.97,
  latencyP50Seconds: 1_200,
};

describe('the answer', () => {
  it('tells of attackers, harm and service in plain words', () => {
    expect(answer(figures)).toEqual([
      'After the warm-up the attackers did 10 % of the work.',
      'The attackers lost 12 USD, 1.2 % of their outlay and the most that each had locked at once (what honesty ' +
        'would have earned isn’t known from this run).',
      'Wrong results that nobody found out were worth 7 USD to them over the whole run.',
      '3 of the attackers’ 10 identities were ejected; at the end 1 got no work, jailed or with too little stake.',
      'After the warm-up 2 % of the completed jobs brought a wrong result.',
      'After the warm-up none of 100 honest nodes lost stake.',
      '97 % of the jobs that ended were completed, half of them within 20 min.',
      'Gains, returns and stolen values are of the whole run, shares and rates of the time after the warm-up.',
    ]);
    expect(answer({ attackerProfitUsd: 5, attackerReturnOnCapital: 0.5 })[0]).toMatch(
      /^The attackers gained 5 USD, 50 % of their outlay and the most that each had locked at once \(what honesty/,
    );
  });

  it('says what is held in cases that are open, as it is in no loss', () => {
    const told = answer({ ...figures, attackerStakeHeldTokens: 30, honestStakeHeldTokens: 4 });
    expect(told).toContain('30 tokens of their stake are held in cases that are still open, no loss yet.');
    expect(told).toContain('4 tokens of honest stake are held in cases that are still open, no loss yet.');
    const none = answer({ ...figures, attackerStakeHeldTokens: 0, honestStakeHeldTokens: 0 });
    expect(none).toEqual(answer(figures));
  });

  it('begins with what the expectations ask, in their order', () => {
    const expected = ['{metric: completedFraction, above: 0.99}', '{metric: attackerReturnOnCapital, below: 0}'];
    const told = answer(figures, { expected });
    expect(told[0]).toMatch(/^97 % of the jobs/);
    expect(told[1]).toMatch(/^The attackers lost 12 USD/);
    expect(told[3]).toMatch(/^After the warm-up the attackers did/);
    const none = { wrongAcceptedRate: 0 };
    expect(answer(none).join()).not.toContain('wrong result');
    expect(answer(none, { expected: ['{metric: wrongAcceptedRate, atMost: 0}'] })[0]).toBe(
      'After the warm-up no completed job brought a wrong result.',
    );
  });

  it('names the open jobs beside the share of those that ended, and says when they grow with the run', () => {
    const found = {
      completedFraction: 1,
      latencyP50Seconds: 60,
      jobsFinal: 240,
      jobsOpen: 2_160,
      openFraction: 0.9,
      utilisation: 0.99,
    };
    const unserved = [['task', 'busy', 0, null, 2_160]];
    const said = (facts: typeof found, classes: readonly Cell[][], waiting = unserved) =>
      answer(facts, { classes, unserved: waiting });
    const growing = [['task', 240, 240, 1, 10, 0, 0, 240, 2_160, 2_160, 0]];
    const told = said(found, growing);
    expect(told[0]).toBe('Demand exceeds capacity: in the second half of the run 10 jobs an hour came and 1 ended.');
    expect(told).toContain(
      '100 % of the jobs that ended were completed, half of them within 60 s; 2,160 (90 %) were still open at the end.',
    );
    expect(told).toContain('Of all jobs, failed and open ones counted, fewer than half were completed.');
    // it isn't capacity that is lacking
    const inJail = [['task', 'jailed', 0, null, 2_160]];
    const jailed = said(found, growing, inJail);
    expect(jailed[0]).toMatch(/^Jobs come faster than they end: /);
    expect(jailed[1]).toMatch(
      /of all jobs wait for a node at the end, as everybody with enough stake was in jail or suspended\.$/,
    );
    expect(jailed.filter((sentence) => sentence.includes('wait for a node'))).toHaveLength(1);
    // all of them stand in lines at nodes
    expect(said(found, [[...growing[0]!.slice(0, -1), 2_160]], [])[0]).toMatch(/^Demand exceeds capacity: /);
    // as many open at the end as at half time, though some are
    const level = [['task', 480, 480, 1, 10, 50, 5, 240, 50, 5, 0]];
    // as many come as can be begun with, though they take longer than the run
    const long = [['task', 20, 20, 1, 10, 250, 0, 10, 500, 0, 0]];
    expect(said({ ...found, jobsOpen: 500 }, long, []).join(' ')).not.toContain('come faster than');
    expect(said({ ...found, jobsOpen: 50, openFraction: 0.02 }, level, []).join(' ')).not.toMatch(/exceeds|faster/);
  });

  it('tells wrong results since the attackers came, from the last sample before, where they came later', () => {
    const samples: Cell[][] = [
      [4, 'all', 500, 0],
      [5, 'all', 500, 10],
      [5, 'bad', null, null],
      [6, 'all', 100, 30],
      [20, 'all', 100, 20],
    ];
    const found = { wrongAcceptedRate: 0.05 };
    const told = (joined: number, more: Parameters<typeof answered>[1] = {}) =>
      answer(found, { samples, stay: [joined, null], ...more }).filter((sentence) => /wrong result/.test(sentence));
    const whole = 'After the warm-up 5 % of the completed jobs brought a wrong result';
    expect(told(5)).toEqual([`${whole}; from 5 d on, when attackers first joined, 25 %.`]);
    expect(told(5.5)).toEqual([`${whole}; from 5 d on, when attackers first joined, 25 %.`]);
    expect(told(1)).toEqual([`${whole}.`]);
    // samples are too far apart to tell
    expect(told(7)).toEqual([`${whole}.`]);
    // none was completed since
    expect(told(20)).toEqual([`${whole}.`]);
    // the verdict has the share
    const yesIf = '{metric: wrongAcceptedRate, above: 0.01}';
    expect(answered(found, { yesIf }).verdict).toBe(
      'Yes. Share of wrong results among those accepted: 5 %, above 1 %.',
    );
    expect(told(1, { yesIf })).toEqual([]);
    expect(told(5, { yesIf })).toEqual([
      'From 5 d on, when attackers first joined, 25 % of the completed jobs brought a wrong result; the share above ' +
        'is of all the time after the warm-up.',
    ]);
  });

  it('says once what the verdict says', () => {
    const yesIf = '{metric: attackerWorkShare, above: 0.5}';
    const peak = { attackerWorkShare: 0.1, attackerPeakWorkShare: 0.2 };
    expect(answered(peak, { yesIf }).reasons).toEqual([
      'After the warm-up the attackers did at most 20 % of the work in any one day.',
    ]);
    expect(answered(peak).reasons[0]).toBe(
      'After the warm-up the attackers did 10 % of the work (at most 20 % in any one day).',
    );
    const within = answered({}, { yesIf, stay: [0.25, 1] });
    const alone = 'the attackers were there within the warm-up alone, from 0.25 to 1 d';
    expect(within.verdict).toBe(`That can’t be told from this run: ${alone}, and that isn’t counted.`);
    expect([...within.reasons, ...within.more].join(' ')).not.toContain('within the warm-up alone');
    expect(answer({}, { stay: [0.25, 1] })[0]).toBe(
      'The attackers were there within the warm-up alone, from 0.25 to 1 d: no share or rate counts it.',
    );
    // expectations beside the question can't be told for the same reason
    const beside = answered({}, { yesIf, stay: [0.25, 1], expected: ['{metric: attackerWorkShare, below: 0.6}'] });
    expect(beside.reasons[0]).toBe('Nor can it be told whether it is as expected, for the same reason.');
  });

  it('says first that no attacker ever came, and nothing of what they gained', () => {
    const told = answered({ attackerProfitUsd: 0, wrongAcceptedRate: 0.001 }, { stay: [null, null] });
    expect(told.reasons[0]).toBe('No attacker ever joined: nothing here tells of an attack.');
    expect([...told.reasons, ...told.more].join(' ')).not.toMatch(/gained|lost \d/);
  });

  it('says when nobody was in the network, in what is counted', () => {
    const honestFrom = (joined: number, left: number | null) =>
      staying.map(([node, cohort]) => {
        return [node!, cohort!, joined, left, true, true];
      });
    const first = (joined: number, left: number | null, attackers: readonly [number, number | null]) =>
      answer({ completedFraction: 0 }, { honest: honestFrom(joined, left), stay: attackers })[0];
    expect(first(5, null, [6, null])).toBe('Nobody was in the network from 0 to 5 d.');
    expect(first(0, 4, [5, 12])).toBe('Nobody was in the network from 4 to 5 d, nor from 12 to 20 d.');
    // within the warm-up, or too short
    for (const [joined, left] of [
      [1.5, null],
      [0, 19.9],
    ] as const) {
      expect(first(joined, left, [6, 7])).not.toMatch(/^Nobody/);
    }
  });

  it('says that all jobs had ended within the warm-up where none did after it', () => {
    const none = { jobsFinal: 0, jobsOpen: 0 };
    const told = (jobs: number) => answer(none, { samples: jobs === 0 ? [] : [[1, 'all', jobs, 0]] }).join(' ');
    expect(told(10)).toContain('No job became final after the warm-up; all 10 had before.');
    expect(told(1)).toContain('No job became final after the warm-up; the only one had before.');
    expect(told(0)).toContain('No job became final after the warm-up.');
  });

  it('says that no whole epoch is counted, where that is why nothing can be told', () => {
    const epoch = 'protocol.epoch=1w';
    const expected = ['{metric: jobsFinal, at: worstEpoch, above: 1}'];
    expect(answered({}, { expected, set: [epoch, 'horizon=8d'], windows: 'in the worst whole epoch' }).verdict).toBe(
      'Whether it is as expected can’t be told from this run: no whole epoch lies in the part of the run that is ' +
        'counted.',
    );
  });

  it('says first that attempts fail where most do and jobs find no node, and not that capacity is lacking', () => {
    const found = { jobsFinal: 1_000, jobsUnserved: 900, jobsTimedOut: 100, completedFraction: 0, openFraction: 0.9 };
    const unserved = [['task', 'busy', 900, 1, 2_160]];
    const classes = [['task', 240, 0, 0, 10, 0, 0, 240, 2_160, 2_160, 0]];
    const told = (attempts: readonly [number, number], reasons = unserved) =>
      answer(found, { classes, unserved: reasons, attempts });
    expect(told([0, 2]).slice(0, 3)).toEqual([
      'All 206 attempts at jobs failed, the whole run counted, and kept slots busy in vain.',
      '90 % of the jobs that ended got no node, as nobody had a free slot.',
      'Jobs come faster than they end: in the second half of the run 10 jobs an hour came and 1 ended.',
    ]);
    expect(told([1, 3])[0]).toBe(
      '75 % of the 412 attempts at jobs failed, the whole run counted, and kept slots busy in vain.',
    );
    // whoever failed is in jail, which isn't for want of slots
    expect(told([0, 2], [['task', 'jailed', 900, 1, 2_160]])[0]).toBe(
      'All 206 attempts at jobs failed, the whole run counted.',
    );
    for (const attempts of [
      [1, 1],
      [0, 0],
    ] as const)
      expect(told(attempts).join(' ')).not.toMatch(/attempts|faster/);
    expect(told([1, 1]).join(' ')).toContain('Demand exceeds capacity: ');
    expect(told([0, 2]).join(' ')).not.toContain('Of all jobs');
  });

  it('says of replications, too, what became of most jobs, that they come too fast, and that nobody attacked', () => {
    const found = { jobsFinal: 240, jobsUnserved: 200, completedFraction: 0, attackerWorkShare: 0.1 };
    const unserved = [['task', 'busy', 600, 1, 90]];
    const growing = (run: number): Cell[] => [run, 'task', 240, 0, 0, 10, 0, 0, 240, 2_160, 2_160, 0];
    const level = (run: number): Cell[] => [run, 'task', 480, 480, 1, 10, 50, 5, 240, 50, 5, 0];
    const told = (classes: Cell[][], attempts: readonly [number, number]) =>
      answer(found, { runs: 3, classes, unserved, attempts });
    const reason = '83.3 % of the jobs that ended got no node, as nobody had a free slot.';
    expect(told([growing(1), growing(2), growing(3)], [7, 0]).slice(0, 2)).toEqual([
      reason,
      'In all of 3 replications jobs came faster than they ended, so that those not begun with grow with the run’s ' +
        'length.',
    ]);
    expect(told([level(1), growing(2), level(3)], [7, 0])[1]).toMatch(/^In 1 of 3 replications jobs came faster/);
    expect(told([level(1), level(2), level(3)], [7, 0]).join(' ')).not.toContain('faster');
    expect(told([level(1), level(2), level(3)], [0, 2]).slice(0, 2)).toEqual([
      'All 206 attempts at jobs failed, those of the first replication counted, and kept slots busy in vain.',
      reason,
    ]);
    const never = { runs: 3, stay: [null, null] } as const;
    expect(answer({ attackerProfitUsd: 0 }, never)[0]).toMatch(/^No attacker ever joined/);
    // some came in others
    expect(answer(found, never)[0]).not.toMatch(/^No attacker/);
  });

  it('tells of a class that others hide, by its own counts', () => {
    const small = ['task', 100_000, 100_000, 1, 10, 0, 0, 50_000, 0, 0, 0];
    const starved = ['simulation', 2_000, 200, 0.1, 10, 30, 20, 1_000, 3_000, 2_900, 0];
    const unserved = [['simulation', 'busy', 1_800, 1, 2_900]];
    const told = answer({ completedFraction: 0.98 }, { classes: [small, starved], unserved });
    expect(told.slice(0, 2)).toEqual([
      'Of the jobs of the class simulation that ended only 10 % were completed.',
      'Demand exceeds capacity: in the second half of the run 16.5 jobs an hour of the class simulation came and ' +
        '4.17 ended.',
    ]);
    expect(answer({ completedFraction: 0.98 }, { classes: [small] }).join(' ')).not.toMatch(/class|exceeds/);
  });

  it('tells why jobs got no node, by the main reasons, where more than 1 % of those that ended did', () => {
    const unserved = [
      ['task', 'busy', 50, 0.5, 0],
      ['task', 'tooLate', 25, 0.25, 0],
      ['simulation', 'busy', 20, 0.2, 0],
      ['simulation', 'jailed', 5, 0.05, 0],
    ];
    expect(answer({ jobsUnserved: 100, jobsFinal: 400 }, { unserved }).join(' ')).toContain(
      '25 % of the jobs that ended got no node, as nobody had a free slot (70 % of these) or slots were free only ' +
        'when too little time was left (25 % of these).',
    );
    expect(answer({ jobsUnserved: 50, jobsFinal: 100 }, { unserved: unserved.slice(0, 1) }).join(' ')).toContain(
      '50 % of the jobs that ended got no node, as nobody had a free slot.',
    );
    expect(answer({ jobsUnserved: 100, jobsFinal: 10_000 }, { unserved }).join(' ')).not.toContain('got no node');
    const odd = { unserved: [['task', 'moonlight', 1, 1, 0]] };
    expect(() => answer({ jobsUnserved: 1, jobsFinal: 2 }, odd)).toThrow('expected a known reason, found moonlight');
  });

  describe('of jobs that got no node', () => {
    const found = { jobsUnserved: 100, jobsFinal: 100 };
    const state = (reason: string, jobs: number, name: string, nodes: number): Cell[] => {
      return ['task', reason, jobs, name, nodes, nodes, null];
    };
    const unserved = (reason: string, jobs = 100): Cell[] => ['task', reason, jobs, jobs / 100, 0];
    const reasonOf = (rows: Cell[][], capacity: Cell[][], runs = 1) =>
      answer(found, { unserved: rows, capacity, runs }).find((sentence) => sentence.includes('got no node, as '));

    it.each([
      [
        'noBond',
        [state('noBond', 100, 'jailed', 50), state('noBond', 100, 'noBond', 1)],
        '50 of 51 nodes were in jail or suspended and 1 was of an operator who couldn’t lock the bond',
      ],
      [
        'noBond',
        ['lowStake', 'noBond']
          .map((name) => state('noBond', 100, name, 1))
          .concat([state('noBond', 100, 'offline', 98)]),
        '98 of 100 nodes were offline, 1 was below the minimum stake and 1 was of an operator who couldn’t lock the ' +
          'bond',
      ],
      [
        'jailed',
        [state('jailed', 100, 'jailed', 9.6), state('jailed', 100, 'offline', 41.4)],
        'in the mean 41.4 of 51 nodes were offline and 9.6 were in jail or suspended',
      ],
      ['noBond', [state('noBond', 100, 'noBond', 7)], 'no operator had the tokens for the bond'],
      ['lowStake', [state('lowStake', 100, 'lowStake', 7)], 'nobody online who could do them had the minimum stake'],
      // nobody was in the network
      ['noneOnline', [], 'nobody who could do them was online'],
    ])('tells what kept most nodes, whatever the last lacked: %s', (reason, capacity, words) => {
      expect(reasonOf([unserved(reason)], capacity)).toBe(`100 % of the jobs that ended got no node, as ${words}.`);
    });

    it('is one reason where the same kept most of them, and several where another did', () => {
      const jailed = [state('noBond', 50, 'jailed', 40), state('noBond', 50, 'noBond', 1)];
      const busy = [state('busy', 50, 'jailed', 36), state('busy', 50, 'able', 5)];
      const both = [unserved('noBond', 50), unserved('busy', 50)];
      expect(reasonOf(both, [...jailed, ...busy])).toContain(
        'got no node, as in the mean 38 of 41 nodes were in jail or suspended ' +
          'and the 2.5 that could serve them had no free slot.',
      );
      expect(reasonOf(both, [...jailed, state('busy', 50, 'able', 41)])).toContain(
        'as 40 of 41 nodes were in jail or suspended and 1 was of an operator who couldn’t lock the bond ' +
          '(50 % of these) or nobody had a free slot (50 % of these).',
      );
    });

    it('is of all replications, each by its jobs', () => {
      const capacity = [
        [1, ...state('noBond', 75, 'jailed', 40)],
        [1, ...state('noBond', 75, 'noBond', 10)],
        [2, ...state('noBond', 25, 'noBond', 50)],
      ];
      expect(reasonOf([unserved('noBond')], capacity, 2)).toContain(
        'as 30 of 50 nodes were in jail or suspended and 20 were of operators who couldn’t lock the bond.',
      );
    });
  });

  it('tells of stress that struck nobody in any of several replications', () => {
    const set = ['stress={outages: {x: {region: japan, at: 5d, for: 1h}}}'];
    for (const runs of [1, 3]) {
      expect(answer({}, { runs, set })).toContain('The outage x struck no machine in the network (region japan).');
    }
  });

  describe('of demand that was too much', () => {
    // in a window of 10 d 2,400 came and 1,400 ended
    const growing: Cell[] = ['task', 2_000, 2_000, 1, 10, 20, 0, 1_400, 1_020, 1_000, 0];
    const level: Cell[] = ['task', 2_000, 2_000, 1, 10, 20, 0, 1_400, 20, 0, 0];
    const other: Cell[] = ['validation', 20, 20, 1, 10, 0, 0, 10, 0, 0, 0];
    const unserved: Cell[][] = [['task', 'busy', 0, 0, 1_000]];
    /** Days since halfway and open jobs. */
    const courseOf = (run: number, ...points: readonly (readonly [days: number, open: number])[]): Cell[][] => [
      [run, 3, 9_000],
      ...points.map(([days, open]) => [run, 10 + days, open]),
    ];
    const surge = [
      [0, 20],
      [2, 3_000],
      [6, 2_000],
      [10, 1_020],
    ] as const;
    const ever = [
      [0, 20],
      [5, 500],
      [9.5, 1_050],
      [10, 1_020],
    ] as const;
    const rates = 'in the second half of the run 10 jobs an hour came and 5.83 ended';
    const exceeds = `Demand exceeds capacity: ${rates}.`;
    const told = (points: readonly (readonly [number, number])[], ...set: readonly string[]) =>
      answer({ jobsOpen: 1_020 }, { classes: [growing], unserved, course: courseOf(1, ...points), set })[0];

    it('tells that it exceeds capacity only where jobs become ever more', () => {
      expect(told(ever)).toBe(exceeds);
      expect(told(surge)).toBe(
        'Demand exceeded capacity for a time: most jobs, 3,000, were open at 12 d, and fewer since, 1,020 at the ' +
          `end; ${rates}.`,
      );
    });

    it('knows that a surge is over, however near the end', () => {
      const over = (at: string) =>
        told(ever, 'workload.w.class=task', `workload.w.arrivals.surges={s: {at: ${at}, for: 12h, factor: 9}}`);
      expect(over('19d')).toContain(
        'for a time: most jobs, 1,050, were open at 19.5 d, and fewer since, 1,020 at the end',
      );
      expect(over('15d')).toBe(exceeds);
    });

    it('takes no night for an end of it', () => {
      const evening = [
        [0, 20],
        [2, 500],
        [4.25, 1_500],
        [5, 1_020],
      ] as const;
      expect(told(evening)).toMatch(/^Demand exceeded/);
      expect(told(evening, 'workload.w.arrivals.diurnal=0.5')).toBe(exceeds);
    });

    it('goes by all classes, of which those with surges may have become fewer', () => {
      const classes = [growing, other];
      const of = (name: string) =>
        answer(
          { jobsOpen: 1_020 },
          {
            classes,
            unserved,
            course: courseOf(1, ...surge),
            set: [
              `workload={${['task', 'validation'].map((one) => `${one}: {class: ${one}, arrivals: {perHour: 1}}`)}}`,
              `workload.${name}.arrivals.surges={s: {at: 10d, for: 1d, factor: 9}}`,
            ],
          },
        )[0];
      expect(of('task')).toContain('for a time: most jobs of all classes, 3,000, were open at 12 d');
      expect(of('validation')).toMatch(/^Demand exceeds capacity: /);
    });

    it('counts replications apart', () => {
      const facts = (...runs: readonly (readonly (readonly [number, number])[] | null)[]) =>
        answer(
          { jobsOpen: 1_020 },
          {
            runs: runs.length,
            classes: runs.map((points, place) => [place + 1, ...(points === null ? level : growing)]),
            course: runs.flatMap((points, place) =>
              courseOf(
                place + 1,
                ...(points ?? [
                  [0, 20],
                  [10, 20],
                ]),
              ),
            ),
          },
        );
      const forATime = 'jobs came faster than they ended for a time, and those open have become fewer since.';
      expect(facts(surge, surge)[0]).toBe(`In all of 2 replications ${forATime}`);
      expect(facts(surge, null, ever, surge).slice(0, 2)).toEqual([
        'In 1 of 4 replications jobs came faster than they ended, so that those not begun with grow with the run’s ' +
          'length.',
        `In 2 of 4 replications ${forATime}`,
      ]);
    });
  });

  describe('of short jobs behind long ones', () => {
    const workload = (...classes: readonly (readonly [name: string, work: string])[]) => [
      `workload={${classes.map(([name, work]) => `${name}: {class: ${name}, arrivals: {perHour: 1}, work: ${work}}`)}}`,
    ];
    const ended = (name: string, final: number, completed: number): Cell[] => {
      return [name, final, completed, completed / final, 10, 0, 0, final / 2, 0, 0, 0];
    };
    const busy = (name: string, jobs: number): Cell[] => [name, 'busy', jobs, 1, 0];
    const found = { jobsFinal: 1_000, jobsUnserved: 900 };

    it('tells of several long classes which do most of the work together', () => {
      const told = answer(found, {
        set: workload(['rendering', '2h'], ['simulation', '2h'], ['task', '3h'], ['inference', '1s']),
        classes: [
          ...['rendering', 'simulation', 'task'].map((name) => ended(name, 100, 100)),
          ended('inference', 1_000, 100),
        ],
        unserved: [busy('inference', 900)],
      });
      expect(told[0]).toMatch(
        /^Short jobs expire behind long ones: 100 % of those that got no node are of the class inf/,
      );
      expect(told[0]).toContain('by the classes task, simulation and rendering for 2 to 3 h each');
    });

    it('tells of several short ones which have most of the unserved jobs together, of three names at most', () => {
      const short = ['inference', 'validation', 'transcoding', 'tunnel'];
      const told = answer(found, {
        set: workload(['rendering', '9h'], ...short.map((name) => [name, '1s'] as const)),
        classes: [ended('rendering', 100, 100), ...short.map((name) => ended(name, 250, 25))],
        unserved: short.map((name, place) => busy(name, 225 - place)),
      });
      expect(told[0]).toContain(
        'of the classes inference, validation, transcoding and one other, whose usual jobs wait',
      );
      expect(told[0]).toContain('by the class rendering for 9 h each');
    });

    it('tells of all replications together', () => {
      const runs = [1, 2];
      const one = {
        set: workload(['rendering', '9h'], ['inference', '1s']),
        runs: runs.length,
        unserved: runs.map(() => busy('inference', 900)),
      };
      const classes = (long: number) =>
        runs.flatMap((run) => [
          [run, ...ended('rendering', long, long)],
          [run, ...ended('inference', 1_000, 100)],
        ]);
      expect(answer(found, { ...one, classes: classes(100) })[0]).toMatch(
        /^Short jobs .*: 100 % of those that got no node, over all 2 replications, are of the class inference/,
      );
      expect(answer(found, { ...one, classes: classes(0) }).join()).not.toContain('Short jobs');
    });
  });

  it('says what figures of jobs that ended leave out where they are asked for', () => {
    const found = { completedFraction: 1, jobsOpen: 900, openFraction: 0.9, latencyP50Seconds: 60 };
    const expected = ['{metric: completedFraction, atLeast: 0.99}'];
    expect(answered(found, { expected }).reasons[0]).toMatch(/^90 % of all jobs were still open at the end: /);
    expect(answer({ ...found, openFraction: 0.04 }, { expected }).join(' ')).not.toContain('leaves them out');
  });

  it('tells how soon half of all jobs were completed, and what became of more than a few', () => {
    const found = { jobsFinal: 100, completedFraction: 0.7, openFraction: 0, jobsRejected: 25, jobsTimedOut: 1 };
    const told = answer({ ...found, latencyWithOpenP50Seconds: 120 });
    expect(told).toContain('Of all jobs, failed and open ones counted, half were completed within 2 min.');
    expect(told).toContain('25 % of the jobs that ended brought results of which none was accepted.');
    expect(told.join(' ')).not.toContain('no result in time');
  });

  it('tells why jobs wait for a node at the end, where more than 1 % of all jobs do', () => {
    const unserved = [
      ['task', 'jailed', 5, 1, 30],
      ['task', 'busy', 0, 0, 2],
    ];
    const facts = { jobsUnserved: 5, jobsFinal: 60, jobsOpen: 40 };
    const told = answer(facts, { unserved }).join(' ');
    expect(told).toContain(
      '8.33 % of the jobs that ended got no node, as everybody with enough stake was in jail or suspended.',
    );
    expect(told).toContain(
      '32 % of all jobs wait for a node at the end, ' +
        'as everybody with enough stake was in jail or suspended (93.8 % of these).',
    );
    expect(answer({ ...facts, jobsFinal: 9_000 }, { unserved }).join(' ')).not.toContain('wait for a node');
    // told beside what became of most, which comes first
    const most = answered({ ...facts, jobsUnserved: 50, jobsFinal: 60 }, { unserved });
    expect([...most.reasons, ...most.more].join(' ')).toContain('32 % of all jobs wait for a node at the end');
  });

  it('tells what bound the run, and since when', () => {
    const told = answer(
      {},
      {
        limits: [
          ['supply', 3, 1_200],
          ['clientTokens', 0.5, 1],
          ['rechecks', 2, 30],
          ['records', 2, 1],
        ],
      },
    ).join(' ');
    expect(told).toContain('From 3 d on nothing more was minted');
    expect(told).toContain('From 12 h on clients couldn’t pay for all of their jobs (1 time).');
    expect(told).toContain(
      'From 2 d on some recomputations found no node, or none in time, and didn’t take place (30 times).',
    );
    expect(told).toContain('From 2 d on nobody replayed from records was there any more: the records end.');
  });

  it('counts who of the honest was slashed after the warm-up and during it, each node once, and says for what', () => {
    const slashed = [
      [1, 0, 'good', 'timeout', 'stake', 0.25],
      [1, 0, 'good', 'timeout', 'stake', 0.25],
      [1.9, 1, 'good', 'timeout', 'stake', 0.5],
      [2, 0, 'good', 'invalid', 'stake', 3],
      [5, 2, 'good', 'invalid', 'stake', 3],
      [6, 50, 'better', 'absence', 'stake', 2],
      [7, 105, 'bad', 'invalid', 'stake', 90],
    ];
    const told = answer({}, { slashed });
    expect(told.slice(0, 2)).toEqual([
      'After the warm-up 3 of 100 honest nodes lost 8 tokens of stake, 75 % of it good’s and 75 % of it for answers ' +
        'that failed their check.',
      'During the warm-up 2 honest nodes lost 1 token.',
    ]);
    const bond = [6, 50, 'better', 'timeout', 'bond', 2];
    expect(answer({}, { slashed: [bond] })[0]).toContain(' lost 2 tokens of bonds, all of it better’s');
    expect(answer({}, { slashed: [...slashed, bond] })[0]).toContain(' lost 10 tokens of stake and bonds, 60 % of it');
    expect(answer({}, { slashed: slashed.slice(3, 4) })[0]).toBe(
      'After the warm-up 1 of 100 honest nodes lost 3 tokens of stake, all of it good’s and all of it for answers ' +
        'that failed their check; better lost none.',
    );
  });

  it('counts among the honest only those that were there after the warm-up, or slashed then', () => {
    const honest = staying.map(([node, cohort, ...rest]): Cell[] => {
      // ten left in the warm-up, ten at its end, ten later, and ten never came
      const left = [1, 2, 15][Math.floor(Number(node) / 10)] ?? null;
      const joined = Number(node) >= 90 ? null : 0;
      return [node!, cohort!, joined, left, ...rest.slice(2)];
    });
    const slashed = [[1.5, 3, 'good', 'timeout', 'stake', 2]];
    expect(answer({}, { honest, slashed }).slice(0, 2)).toEqual([
      'After the warm-up none of 80 honest nodes lost stake.',
      'During the warm-up 1 honest node lost 2 tokens.',
    ]);
    // unbonding stake of one that is gone can still be slashed
    expect(answer({}, { honest, slashed: [[2, 3, 'good', 'invalid', 'stake', 2]] })[0]).toMatch(
      /^After the warm-up 1 of 81 /,
    );
  });

  it('tells of results that nobody could check where they are more than one in a hundred, or asked for', () => {
    const told = (inconclusiveFraction: number, ...expected: string[]) => {
      return answer({ inconclusiveFraction }, { expected }).filter((each) => /checked/.test(each));
    };
    expect(told(0.12)).toEqual([
      '12 % of the completed jobs were accepted unchecked: fewer witnesses replied than the rule needs.',
    ]);
    const asked = '{metric: inconclusiveFraction, below: 0.05}';
    expect([told(0.01), told(0), told(Number.NaN), told(Number.NaN, asked)]).toEqual([[], [], [], []]);
    expect(told(0.01, asked)).toHaveLength(1);
    expect(told(0, asked)).toEqual(['No completed job was accepted unchecked.']);
  });

  it('says what counts the whole run only where it tells of such a thing', () => {
    const line = /^Gains, returns and stolen values are of the whole run/;
    expect(answer({ ...figures, attackerProfitUsd: Number.NaN }).filter((each) => line.test(each))).toEqual([]);
    const asked = answer(
      { completedFraction: 1, honestReturnOnCapital: 0.1 },
      { expected: ['{metric: honestReturnOnCapital, above: 0}'] },
    );
    expect(asked.at(-1)).toMatch(line);
  });

  it('says first whether all is as expected, and what isn’t, in the units of the figures', () => {
    const [met, unknown] = ['{metric: completedFraction, above: 0}', '{metric: scoreAuc, above: 0}'];
    const not = '{metric: completedFraction, above: 0.99}';
    const verdict = (...expected: string[]) => answered({ completedFraction: 0.97 }, { expected }).verdict;
    const subject = 'share of jobs completed, of those that ended';
    expect(verdict()).toBe('');
    expect(verdict(met)).toBe('As expected: the scenario’s expectation is met.');
    expect(verdict(met, met)).toBe('As expected: both expectations of the scenario are met.');
    expect(verdict(met, met, met)).toBe('As expected: all 3 expectations of the scenario are met.');
    expect(verdict(met, unknown)).toBe(
      'Whether it is as expected can’t be told from this run: nothing happened in it that would tell probability ' +
        'that an attacker is scored below an honest node.',
    );
    const one = `hare of jobs completed, of those that ended: 97 %, not above 99 %`;
    expect(verdict(unknown, not)).toBe(`Not as expected. S${one}; 1 can’t be told.`);
    expect(verdict(not, not, not)).toBe(`Not as expected. S${one}; s${one}; and 1 more.`);
    expect(one).toContain(subject.slice(1));
  });

  it('answers the question with yes, no, or that it can’t be told, whatever else is expected', () => {
    const yesIf = '{metric: attackerWorkShare, above: 0.5}';
    const share = (attackerWorkShare: number, ...expected: string[]) => {
      return answered({ attackerWorkShare, completedFraction: 0.5 }, { yesIf, expected });
    };
    expect(share(0.6).verdict).toBe('Yes. Attackers’ share of the work: 60 %, above 50 %.');
    expect(share(0.1).verdict).toBe('No. Attackers’ share of the work: 10 %, not above 50 %.');
    expect(share(Number.NaN).verdict).toBe(
      'That can’t be told from this run: nothing happened in it that would tell attackers’ share of the work.',
    );
    const alone = ['fleet.bad.strategy=honest'];
    expect(answered({}, { yesIf, set: alone }).verdict).toBe('That can’t be told from this run: nobody attacks in it.');
    expect(share(0.1).reasons).toEqual(['After the warm-up the attackers did 10 % of the work.']);
    // what isn't as expected is told all the same
    const [first] = share(0.1, '{metric: completedFraction, above: 0.9}').reasons;
    expect(first).toBe('Not as expected. Share of jobs completed, of those that ended: 50 %, not above 90 %.');
    expect(share(0.1, '{metric: completedFraction, above: 0.4}').reasons[0]).toMatch(/^After the warm-up the att/);
  });

  it('gives at most three reasons, what became of most jobs first, and lists the rest', () => {
    const { reasons, more } = answered(figures);
    expect(reasons).toHaveLength(3);
    expect(more).toHaveLength(5);
    const ended = { ...figures, jobsFinal: 100 };
    expect(answered({ ...ended, jobsUnfunded: 51 }).reasons[0]).toBe(
      'Most jobs, 51 % of those that ended, were refused, as their clients couldn’t pay for them.',
    );
    const unserved = [['task', 'busy', 80, 1, 0]];
    expect(answered({ ...ended, jobsUnserved: 80 }, { unserved }).reasons[0]).toBe(
      '80 % of the jobs that ended got no node, as nobody had a free slot.',
    );
    expect(answered({ ...ended, jobsUnserved: 50 }, { unserved }).reasons[0]).toMatch(/^After the warm-up the attac/);
  });

  it('tells what share of the newcomers earned alike, where it isn’t all of them', () => {
    const parity = (days: number, share: number) =>
      answer({ newcomerParityMedianDays: days, newcomersAtParityFraction: share })[1];
    const half = 'Half of the newcomers earned like the others within 3.84 d of joining';
    expect(parity(3.84, 1)).toBe(`${half}.`);
    expect(parity(0, 1)).toBe('Half of the newcomers earned like the others from the first day on.');
    expect(parity(3.84, 0.8)).toBe(`${half}; 80 % of those watched for a week were seen to.`);
    expect(parity(Number.NaN, 0.2)).toBe(
      'Fewer than half of the newcomers came to earn like the others: 20 % of those watched for a week were seen to.',
    );
    expect(parity(Number.NaN, 0)).toMatch(/: none of those watched for a week was seen to\.$/);
    const expected = ['{metric: newcomersAtParityFraction, above: 0.5}'];
    expect(answer({ newcomerParityMedianDays: 2, newcomersAtParityFraction: 1 }, { expected })[0]).toMatch(/^Half/);
  });

  it('tells how soon incomes recovered, and when newcomers earned alike', () => {
    const back = { outagesRecoveredFraction: 1, outageRecoveryMedianHours: 0 };
    expect(answer({ ...back, newcomerParityMedianDays: 3.5 }).slice(1, 3)).toEqual([
      'After every shared outage the honest nodes that were struck earned as before, in the median already over the ' +
        'day after it.',
      'Half of the newcomers earned like the others within 3.5 d of joining.',
    ]);
    expect(answer({ outagesRecoveredFraction: 0.75, outageRecoveryMedianHours: 5 })[1]).toBe(
      'After 75 % of the shared outages the honest nodes that were struck earned as before, in the median from 5 h ' +
        'after its end on.',
    );
    expect(answer({ outagesRecoveredFraction: 0 })[1]).toMatch(/^After no shared outage/);
  });
});
