import { describe, expect, it } from 'vitest';
import { EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { type DeclaredKind, EvidenceKinds } from '../../../sim/model/contract/findings/evidence-kinds.js';
import { buildLoaded, loadText } from '../../support/scenarios.js';

const leak: DeclaredKind = { name: 'leak', meaning: 'Leaked', isFailure: true, isAccepted: false, rank: 7 };

describe('kinds of evidence', () => {
  it('are the built-in ones by their indices, which say what is a failure and after what a result is taken', () => {
    const kinds = new EvidenceKinds();
    for (const [name, index] of Object.entries(EvidenceKind)) {
      expect([kinds.nameOf(index), kinds.indexOf(name)]).toEqual([name, index]);
    }
    expect(kinds.list.length).toBe(Object.keys(EvidenceKind).length);
    const named = (column: Uint8Array) => kinds.list.filter((_, index) => column[index] === 1).map(({ name }) => name);
    expect(named(kinds.isFailure)).toEqual(['timeout', 'absence', 'invalid', 'unrevealed']);
    expect(named(kinds.isAccepted)).toEqual(['success', 'inconclusive']);
  });

  it('take those that mechanisms bring, once each, in the order in which they come', () => {
    const kinds = new EvidenceKinds();
    const count = kinds.list.length;
    kinds.register([leak, { ...leak, name: 'spill', isFailure: false, isAccepted: true }]);
    kinds.register([leak]);
    expect([kinds.indexOf('leak'), kinds.indexOf('spill'), kinds.list.length]).toEqual([count, count + 1, count + 2]);
    expect([kinds.isFailure[count], kinds.isAccepted[count]]).toEqual([1, 0]);
    expect([kinds.isFailure[count + 1], kinds.isAccepted[count + 1]]).toEqual([0, 1]);
  });

  it('refuse two declarations of one name that differ, names that nobody brings, and more than fit in a byte', () => {
    const kinds = new EvidenceKinds();
    kinds.register([leak]);
    expect(() => kinds.register([{ ...leak, rank: 8 }])).toThrow('leak: expected one declaration, found two');
    expect(kinds.find('drip')).toBe(-1);
    expect(() => kinds.indexOf('drip')).toThrow(/expected a kind of evidence: success, .*, leak, found drip/);
    const many = Array.from({ length: 255 }, (_, index) => ({ ...leak, name: `leak${index}` }));
    expect(() => kinds.register(many)).toThrow('expected at most 255 kinds');
  });

  it('are those of the protocol’s mechanisms, whatever else a registry lists', () => {
    const namesWith = (slashing: string) => {
      const { world } = buildLoaded(
        loadText(`
          horizon: 1d
          protocol: { slashing: ${slashing} }
          fleet: { a: { nodes: 2, hardware: reference-cpu } }
          workload: { w: { class: task, arrivals: { perHour: 1 } } }
        `),
      );
      return world.kinds.list.slice(Object.keys(EvidenceKind).length).map(({ name }) => name);
    };
    const matrix = ['latencyBreach', 'deviationBreach', 'uptimeBreach', 'silence', 'lowScore'];
    expect(namesWith('fixed')).toEqual([]);
    // it names it among the gravest, whoever finds it
    expect(namesWith('matrix')).toEqual([...matrix, 'doubleSigned']);
    expect(namesWith('{ kind: correlated, base: matrix }')).toEqual(['correlation', ...matrix, 'doubleSigned']);
  });
});
