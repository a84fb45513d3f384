import { describe, expect, it } from 'vitest';
import { loadWritten } from '../../../../sim/scenario/load.js';
import { InvalidInput, toLine, toWarningLine } from '../../../../sim/scenario/text/faults.js';
import { plainSource } from '../../../../sim/scenario/text/plain-source.js';
import { loadText } from '../../../support/scenarios.js';

const base = `horizon: 30d
protocol: { extends: triangulated-mesh }
fleet: { honest: { nodes: 20 }, swarm: { nodes: 5, strategy: sybil-swarm } }
workload: { batch: { arrivals: { perHour: 5 } } }
changes:
`;

const load = (changes: string, ...set: string[]) => loadText(`${base}${changes}`, ...set);

/** What is wrong with the changes, a line each, without the folder. */
function faultsOf(changes: string, ...set: string[]): readonly string[] {
  try {
    load(changes, ...set);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return error.faults.map((fault) => toLine(fault).replace(/^.*scenario\.yaml/, 'scenario.yaml'));
  }
}

describe('changes of the protocol’s settings', () => {
  it('are laid over one another in the order of time, dotted or nested', () => {
    const { changes, scenario } = load(`
  - { at: 20d, set: { protocol: { reputation: { gain: 0.01 }, stake: { minimum: 20 } } } }
  - { at: 10d, set: { protocol.reputation.loss: 0.1, 'protocol.verification[0].threshold': 2 } }`);
    expect(changes.map(({ at }) => at / 86_400)).toEqual([10, 20]);
    const [first, second] = changes.map(({ protocols }) => protocols.get(0)!);
    expect([first!.reputation, second!.reputation]).toMatchObject([
      { loss: 0.1, gain: 0.005 },
      { loss: 0.1, gain: 0.01 },
    ]);
    expect([first!.stake.minimum, second!.stake.minimum]).toEqual([10, 20]);
    expect(first!.verification).toMatchObject([{ threshold: 2 }, { kind: 'recompute' }]);
    expect(scenario.protocol.reputation).toMatchObject({ loss: 0.02, gain: 0.005 });
  });

  it('give a setting its default back by null', () => {
    const { changes } = load('  - { at: 1d, set: { protocol.reputation.gain: null, protocol.slashing.neutral: 1.5 } }');
    expect(changes[0]!.protocols.get(0)!.reputation).toMatchObject({ gain: 0.005 });
  });

  it('are found by --set, whichever way they are written', () => {
    const text = '  - { at: 1d, set: { protocol.reputation.gain: 0.01 } }';
    const { changes } = load(text, 'changes.0.set.protocol.reputation.gain=0.03', 'changes.0.at=2d');
    expect(changes.map(({ at }) => at)).toEqual([172_800]);
    expect(changes[0]!.protocols.get(0)!.reputation).toMatchObject({ gain: 0.03 });
  });

  it('are the same in what was written, as a manifest has it', () => {
    const loaded = load('  - { at: 1d, set: { protocol.publish.every: 1h, protocol.rewards.emission: 0.1 } }');
    expect(loadWritten(plainSource(loaded.written, 'manifest.json', '')).changes).toEqual(loaded.changes);
  });

  it.each([
    [
      'a time that isn’t before the horizon',
      '  - { at: 30d, set: { protocol.reputation.gain: 0.01 } }',
      ['scenario.yaml:6:11: changes.0.at: expected a time before the horizon, 30d, found 30d'],
    ],
    [
      'a time that isn’t after the start',
      '  - { at: 0, set: { protocol.reputation.gain: 0.01 } }',
      ['scenario.yaml:6:11: changes.0.at: expected a duration above 0, such as 30d, 20m or 300ms, found 0'],
    ],
    [
      'what the network doesn’t rule',
      '  - { at: 1d, set: { fleet.honest.nodes: 30 } }',
      [
        'scenario.yaml:6:22: changes.0.set.fleet.honest.nodes: expected a setting of the protocol that can change in ' +
          'mid-run, found fleet.honest.nodes, as only the network’s rules are its own to change',
      ],
    ],
    [
      'what stays for the whole run',
      '  - { at: 1d, set: { protocol: { epoch: 12h, publish: { reporters: 7 } } } }',
      [
        'scenario.yaml:6:34: changes.0.set.protocol.epoch: expected a setting of the protocol that can change in ' +
          'mid-run, found protocol.epoch, as epochs are numbered by one length',
        'scenario.yaml:6:57: changes.0.set.protocol.publish.reporters: expected a setting of the protocol that can ' +
          'change in mid-run, found protocol.publish.reporters, as the seats are made once',
      ],
    ],
    [
      'another mechanism',
      '  - { at: 1d, set: { protocol.reputation: { kind: beta } } }\n' +
        '  - { at: 2d, set: { protocol.verification: none } }',
      [
        'scenario.yaml:6:51: changes.0.set.protocol.reputation: expected step, as mechanisms stay for the whole run, ' +
          'found beta',
        'scenario.yaml:7:22: changes.1.set.protocol.verification: expected [peer-attestation, recompute], as ' +
          'mechanisms stay for the whole run, found none',
      ],
    ],
    [
      'an unknown setting',
      '  - { at: 1d, set: { protocol.reputation.gian: 0.01 } }',
      [
        'scenario.yaml:6:22: changes.0.set.protocol.reputation.gian: expected a known setting, found gian; did you ' +
          'mean gain?',
      ],
    ],
    [
      'a value out of range, and one that others exclude',
      '  - { at: 1d, set: { protocol.slashing.maxFraction: 2 } }\n' +
        '  - { at: 2d, set: { protocol.reputation.lowest: 3 } }',
      [
        'scenario.yaml:6:53: changes.0.set.protocol.slashing.maxFraction: expected a fraction from 0 to 1, found 2',
        'scenario.yaml:7:15: changes.1.set.protocol.reputation.highest: expected highest to be at least lowest, 3, ' +
          'found 2',
      ],
    ],
    [
      'a setting that two changes of an instant name',
      '  - { at: 1d, set: { protocol.stake.minimum: 20 } }\n  - { at: 24h, set: { protocol.stake: { minimum: 30 } } }',
      [
        'scenario.yaml:7:41: changes.1.set.protocol.stake.minimum: expected each setting in one change of an ' +
          'instant, found protocol.stake.minimum in two',
      ],
    ],
    [
      'a setting that one change names twice',
      '  - { at: 1d, set: { protocol.stake.minimum: 20, protocol: { stake.minimum: 30 } } }',
      ['scenario.yaml:6:62: changes.0.set.protocol.stake.minimum: expected each setting once, found it again'],
    ],
    [
      'no setting at all',
      '  - { at: 1d, set: {} }',
      ['scenario.yaml:6:20: changes.0.set: expected at least one setting, found {}'],
    ],
    [
      'an index that isn’t there',
      '  - { at: 1d, set: { protocol.verification.2.threshold: 1 } }',
      ['scenario.yaml:6:22: changes.0.set.protocol.verification.2: expected an index from 0 to 1, found 2'],
    ],
    [
      'signatures that nobody could give',
      '  - { at: 1d, set: { protocol.verification.0: { peers: 30, threshold: 30 } } }',
      [
        'scenario.yaml:6:71: changes.0.set.protocol.verification.0.threshold: expected at most as many as there are ' +
          'other operators, 24, found 30, so that no attempt ever has enough signatures',
      ],
    ],
  ])('are refused where they name %s', (_, changes, expected) => {
    expect(faultsOf(changes)).toEqual(expected);
  });

  it('are warned of where they change nothing, or are in vain from then on', () => {
    const { warnings } = load(`  - { at: 1d, set: { protocol.reputation.gain: 0.005, protocol.slashing.neutral: 3 } }
  - { at: 2d, set: { protocol.reputation.loss: 0.1 } }`);
    expect(warnings.map((one) => toWarningLine(one).replace(/^.*scenario\.yaml/, 'scenario.yaml'))).toEqual([
      'scenario.yaml:6:48: changes.0.set.protocol.reputation.gain: expected another value than the one that holds, ' +
        'found 0.005, so that nothing changes',
      'scenario.yaml:6:82: changes.0.set.protocol.slashing.neutral: expected a score that the reputation model ' +
        'gives, 0 to 2, found 3, so that every failure is slashed, at the best score, too',
    ]);
  });
});
