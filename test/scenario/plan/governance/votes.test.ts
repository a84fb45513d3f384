import { describe, expect, it } from 'vitest';
import { loadWritten } from '../../../../sim/scenario/load.js';
import { InvalidInput, toLine, toWarningLine } from '../../../../sim/scenario/text/faults.js';
import { plainSource } from '../../../../sim/scenario/text/plain-source.js';
import { loadText } from '../../../support/scenarios.js';

const base = `horizon: 30d
protocol: { reputation: step, slashing: fixed }
fleet: { honest: { nodes: 20 }, swarm: { nodes: 5, strategy: sybil-swarm } }
workload: { batch: { arrivals: { perHour: 5 } } }
votes:
`;
const vote = (set: string, more = '') => `  - { proposed: 1d${more}, set: { ${set} } }\n`;
const load = (votes: string, ...set: string[]) => loadText(`${base}${votes}`, ...set);
const short = (line: string) => line.replace(/^.*scenario\.yaml/, 'scenario.yaml').replace(/^warning .*yaml/, '');

function faultsOf(votes: string, ...set: string[]): readonly string[] {
  try {
    load(votes, ...set);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.faults.map((fault) => short(toLine(fault)));
  }
}

const warningsOf = (votes: string, ...set: string[]) =>
  load(votes, ...set).warnings.map((warning) => toWarningLine(warning).replace(/^.*(?:yaml|--set):\d+:\d+: /, ''));

describe('votes', () => {
  it('have a protocol for each outcome of those before them, with the changes between', () => {
    const { changes } = load(
      `${vote('protocol.reputation.loss: 0.1')}` +
        '  - { proposed: 8d, set: { protocol.reputation.gain: 0.02 } }\n' +
        'changes: [{ at: 7d, set: { protocol.attempts: 5 } }]',
    );
    expect(changes.map(({ at, vote }) => [at / 86_400, vote?.number ?? null])).toEqual([
      [6, 0],
      [7, null],
      [13, 1],
    ]);
    const told = changes.map(({ protocols }) =>
      [...protocols].map(([bits, { attempts, reputation }]) => {
        const { gain, loss } = reputation as unknown as { gain: number; loss: number };
        return [bits, attempts, gain, loss];
      }),
    );
    expect(told).toEqual([
      [[1, 3, 0.005, 0.1]],
      [
        [0, 5, 0.005, 0.02],
        [1, 5, 0.005, 0.1],
      ],
      [
        [2, 5, 0.02, 0.02],
        [3, 5, 0.02, 0.1],
      ],
    ]);
  });

  it('are the same in what was written, as a manifest has it', () => {
    const loaded = load(vote('protocol.publish.every: 1h', ', by: swarm, veto: 0.3'));
    expect(loadWritten(plainSource(loaded.written, 'manifest.json', '')).changes).toEqual(loaded.changes);
  });

  it.each([
    ['what stays for the whole run', vote('protocol.epoch: 12h'), 'votes.0.set.protocol.epoch: expected a setting of'],
    ['what the network doesn’t rule', vote('fleet.honest.nodes: 3'), 'votes.0.set.fleet.honest.nodes: expected a sett'],
    ['another mechanism', vote('protocol.reputation: beta'), 'votes.0.set.protocol.reputation: expected step, as'],
    ['a value out of range', vote('protocol.slashing.fraction: 2'), 'votes.0.set.protocol.slashing.fraction: expected'],
    ['a quorum above 1', vote('protocol.attempts: 4', ', quorum: 1.2'), 'votes.0.quorum: expected a fraction from 0'],
    [
      'what more than all had to be for',
      vote('protocol.attempts: 4', ', passes: 1'),
      'votes.0.passes: expected a shar',
    ],
    [
      'a vote after the run',
      '  - { proposed: 40d, set: { protocol.attempts: 4 } }',
      'votes.0.proposed: expected a time',
    ],
    [
      'a cohort that there isn’t',
      vote('protocol.attempts: 4', ', by: swam'),
      'votes.0.by: expected a cohort: honest, ',
    ],
    [
      'votes that nobody has',
      vote('protocol.attempts: 4', ', weights: contribution'),
      'votes.0.weights: expected a re',
    ],
    ['more than can be checked', vote('protocol.attempts: 4').repeat(7), 'votes: expected at most 6 votes, as every'],
    [
      'one setting in two of an instant',
      vote('protocol.attempts: 4').repeat(2),
      'votes.1.set.protocol.attempts: expected each setting in one change of an instant',
    ],
  ])('refuse %s, with the line', (_, votes, expected) => {
    const [fault] = faultsOf(votes);
    expect(fault).toMatch(/^scenario\.yaml:\d+:\d+: /);
    expect(fault!.replace(/^scenario\.yaml:\d+:\d+: /, '').startsWith(expected)).toBe(true);
  });

  it('refuse what only two of them together make impossible, and say which', () => {
    const second = '  - { proposed: 9d, set: { protocol.publish.threshold: 5 } }\n';
    expect(faultsOf(second)).toEqual([]);
    const both = '  - { proposed: 9d, set: { protocol.reputation.lowest: 0.9 } }\n';
    expect(faultsOf(both)).toEqual([]);
    expect(faultsOf(vote('protocol.reputation: { highest: 0.5, initial: 0.5 }'))).toEqual([]);
    const found = faultsOf(vote('protocol.reputation: { highest: 0.5, initial: 0.5 }') + both);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/votes\.1\.set.*where votes\.0 passed/);
  });

  it.each([
    [
      ['votes.0.open=40d'],
      'votes.0.open: expected a vote that ends by the horizon, 30d, found 40d, so that its ballots',
    ],
    [
      ['votes.0.timelock=29d'],
      'votes.0.timelock: expected a time that ends by the horizon, 30d, found 29d, so that it',
    ],
    [['votes.0.veto=0.5'], 'votes.0.veto: expected a share below 1 less passes, 0.5, found 0.5, so that whoever'],
    [['votes.0.by=swarm', 'fleet.swarm.ballot=against'], 'fleet.swarm.ballot: expected for, as it proposes votes.0'],
    [['fleet.swarm.turnout=0', 'fleet.swarm.ballot=for'], 'fleet.swarm.ballot: expected a turnout above 0 beside it'],
    [
      ['fleet.swarm.turnout=0', 'fleet.honest.turnout=0'],
      'votes: expected a cohort with a turnout above 0, found none',
    ],
    [['votes.0.set.protocol.attempts=3'], 'votes.0.set.protocol.attempts: expected another value than the one that'],
    [['votes=[]', 'fleet.honest.turnout=0.5'], 'fleet.honest.turnout: expected votes beside it, found 0.5'],
    [['votes=[]', 'fleet.honest.ballot=for'], 'fleet.honest.ballot: expected votes beside it, found for'],
  ])('warn of what is in vain: %s', (set, expected) => {
    const before = warningsOf(vote('protocol.attempts: 4'));
    const found = warningsOf(vote('protocol.attempts: 4'), ...set).filter((line) => !before.includes(line));
    expect(found.filter((line) => line.startsWith(expected))).toHaveLength(1);
  });
});
