import { describe, expect, it } from 'vitest';
import { buildLoaded, loadText, runFinished, runUntil } from '../../support/scenarios.js';

const base = `
seed: reporters
horizon: 1d
warmUp: 0
network: single
protocol:
  assignment: uniform
  verification: none
  reputation: { kind: ema, initial: 0.5 }
  checkIn: none
  publish: { every: 10m, delay: 1m, reporters: 5, threshold: 3 }
fleet:
  honest: { nodes: 3, hardware: reference-cpu, quality: 1 }
  ring: { nodes: 2, hardware: reference-cpu, quality: 1, strategy: reporter-collusion, reporters: 2 }
workload: { w: { class: task, arrivals: { perHour: 0 }, work: 1m } }
`;
const scores = [0.2, 0.9, 0.6, 0.4, 0.3];

/** What is published of these scores, one a node, after they were read once. */
function published(...set: readonly string[]): number[] {
  const built = buildLoaded(loadText(base, ...set));
  runUntil(built, 300);
  for (const [node, score] of scores.entries()) built.lives.nodeLife.scoreChanged(node, score);
  runUntil(built, 700);
  expect([...built.world.nodes.score]).toEqual(scores);
  return [...built.world.nodes.publishedScore];
}
const seats = (reporters: number, of = 5, threshold = 3) => [
  `fleet.ring.reporters=${reporters}`,
  `protocol.publish.reporters=${of}`,
  `protocol.publish.threshold=${threshold}`,
];

describe('reporter-collusion', () => {
  it('moves nothing from fewer than half of the seats, whatever it reports', () => {
    for (const reports of ['lift', 'sink', 'both', 'nothing']) {
      expect(published(`fleet.ring.strategy.reports=${reports}`)).toEqual(scores);
    }
  });

  it('decides what is published from most of them: its own the best that it read, others the worst', () => {
    // nodes are read from the last to the first, so that those read early are given what was best and worst by then
    const [first, ...others] = published(...seats(3));
    expect(first).toBe(0.2);
    expect(others).toEqual([0.3, 0.3, 0.4, 0.3]);
    const lifted = published(...seats(3), 'fleet.ring.strategy.reports=lift');
    expect(lifted.slice(0, 3)).toEqual(scores.slice(0, 3));
    expect(published(...seats(3), 'fleet.ring.strategy.reports=sink').slice(3)).toEqual(scores.slice(3));
  });

  it('from half of the seats sinks others, as the lower of two in the middle is published, and lifts nobody', () => {
    const half = seats(2, 4, 2);
    expect(published(...half, 'fleet.ring.strategy.reports=sink').slice(0, 3)).toEqual([0.2, 0.3, 0.3]);
    expect(published(...half, 'fleet.ring.strategy.reports=lift')).toEqual(scores);
  });

  it('keeps scores from being published where too few others report', () => {
    const nothing = 'fleet.ring.strategy.reports=nothing';
    expect(published(...seats(3), nothing)).toEqual(new Array(5).fill(0.5));
    expect(published(...seats(3, 5, 2), nothing)).toEqual(scores);
  });

  it('lies for its allies: members of its attack are lifted, and not sunk', () => {
    const set = ['fleet.honest.attack=ring', 'fleet.ring.attack=ring', ...seats(5)];
    expect(published(...set)).toEqual([0.9, 0.9, 0.6, 0.4, 0.3]);
  });

  it('changes nothing from seats of honest cohorts, nor from those of attackers who don’t lie', async () => {
    const busy = 'workload.w.arrivals.perHour=30';
    const plain = await runFinished(loadText(base, busy, 'fleet.ring.strategy=always-wrong', 'fleet.ring.reporters=0'));
    const seated = await runFinished(
      loadText(base, busy, 'fleet.ring.strategy=always-wrong', 'fleet.ring.reporters=4', 'fleet.honest.reporters=1'),
    );
    expect(seated.trajectoryFingerprint).toBe(plain.trajectoryFingerprint);
    expect(seated.accountingFingerprint).toBe(plain.accountingFingerprint);
  });
});

describe('seats among the reporters', () => {
  const warned = (...set: readonly string[]) =>
    loadText(base, ...set).warnings.flatMap(({ path, why }) => (path.startsWith('fleet') ? [`${path} ${why}`] : []));

  it('are refused beyond those that there are', () => {
    expect(() => loadText(base, 'fleet.ring.reporters=6')).toThrow(/fleet.ring.reporters.*at most the 5 seats/);
    expect(() => loadText(base, 'fleet.honest.reporters=4')).toThrow(/fleet.ring.reporters.*at most the 1 seats/);
    expect(warned('fleet.honest.reporters=3')).toEqual([]);
  });

  it('are warned of where liars can decide what is published, or nobody hears them', () => {
    const decide = 'fleet.ring.reporters so that liars decide what is published';
    expect(warned()).toEqual([]);
    expect(warned(...seats(3))).toEqual([decide]);
    expect(warned(...seats(2, 4, 2))).toEqual([decide]);
    expect(warned(...seats(2, 5, 4))).toEqual([decide]);
    expect(warned(...seats(5), 'fleet.ring.strategy=always-wrong')).toEqual([]);
    expect(warned('fleet.ring.reporters=0')).toEqual(['fleet.ring.strategy so that it reports nothing']);
    const [first] = warned('protocol.publish={ every: 0, delay: 0 }');
    expect(first).toBe('fleet.ring.reporters so that nobody reports what is public at once');
  });
});
