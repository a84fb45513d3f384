import { describe, expect, it } from 'vitest';
import { loadText, records, runFinished, tableNamed } from '../../support/scenarios.js';

const peers = '{ kind: peer-attestation, peers: 4, threshold: 3, among: neighbours }';
const base = `
  horizon: 1d
  warmUp: 0
  network: world
  protocol: { extends: triangulated-mesh, verification: ${peers} }
  fleet: { a: { nodes: 6, hardware: h100, regions: { europe: 0.5, japan: 0.5 } } }
  workload: { w: { class: inference, arrivals: { perHour: 10 }, regions: { europe: 1 } } }
`;
const toldOf = (path: string, ...set: readonly string[]) =>
  loadText(base, ...set)
    .warnings.filter((warning) => warning.path === path)
    .map(({ found, why }) => `${found} ${why}`);

describe('witnesses among neighbours', () => {
  const among = (...set: readonly string[]) => toldOf('protocol.verification.among', ...set);

  it('are told of if there are fewer than are asked, or than must sign', () => {
    expect(among('protocol.verification.peers=3', 'protocol.verification.threshold=2')).toEqual([
      'about 2 in europe so that fewer are asked',
    ]);
    expect(among()).toEqual(['about 2 in europe so that no attempt there has enough signatures']);
    expect(among('workload.w.regions={europe: 0.7, australia: 0.3}')).toEqual([
      'about 2 in europe, 0 in australia so that no attempt there has enough signatures',
    ]);
  });

  it('aren’t where there are enough, where others are asked, or where hardly any client is', () => {
    expect(among('protocol.verification.among=online')).toEqual([]);
    expect(among('protocol.verification.peers=2', 'protocol.verification.threshold=2')).toEqual([]);
    expect(among('fleet.a.nodes=10')).toEqual([]);
    expect(among('fleet.a.nodes=10', 'workload.w.regions={europe: 0.9, australia: 0.1}')).toEqual([]);
  });

  it.each([
    ['fleet.a.regions={europe: 1}', true],
    ['fleet.a.regions={japan: 1}', false],
  ])('decide as was told: %s', async (where, isDecided) => {
    const loaded = loadText(base, where, 'protocol.checkIn=none');
    expect(loaded.warnings.some(({ path }) => path.endsWith('.among'))).toBe(!isDecided);
    const scores = records(tableNamed(await runFinished(loaded), 'nodes')).map(({ score }) => score);
    // of what isn't decided no score moves
    expect(scores.some((score) => score !== 1)).toBe(isDecided);
  });
});

describe('challengers’ bonds', () => {
  const optimistic = 'protocol.verification=optimistic';
  const why = 'so that nobody can challenge before it earns otherwise';

  it('are told of by default, too, where the scenario asks for challenges that no operator can pay for', () => {
    expect(toldOf('protocol.verification', optimistic)).toEqual([`funds of at most 0 ${why}`]);
    expect(toldOf('protocol.verification.1', 'protocol.verification=[self-report, optimistic]')).toEqual([
      `funds of at most 0 ${why}`,
    ]);
    expect(toldOf('protocol.verification.bond', 'protocol.verification={kind: optimistic, bond: 2}')).toEqual([
      `funds of at most 0 ${why}`,
    ]);
    expect(toldOf('protocol.verification', optimistic, 'fleet.a.funds=60')).toEqual([]);
    expect(toldOf('protocol.verification', 'protocol.verification={kind: optimistic, bond: 0}')).toEqual([]);
  });

  it('are told of in any case where they are in a currency that nobody earns', () => {
    const currency = ['protocol.bondCurrency=bond-token', 'fleet.a.funds=60'];
    expect(toldOf('protocol.verification', optimistic, ...currency)).toEqual([
      'bondFunds of at most 0 so that nobody can ever challenge',
    ]);
    const extended = base.replace(`triangulated-mesh, verification: ${peers}`, 'tiered-mesh');
    const { warnings } = loadText(extended, ...currency);
    expect(warnings.filter((one) => one.why === 'so that nobody can ever challenge').length).toBeGreaterThan(0);
    // whoever has served a job has the fee of another
    expect(loadText(extended).warnings.filter(({ expected }) => expected.includes('bond'))).toEqual([]);
  });
});
