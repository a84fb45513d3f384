import { describe, expect, it } from 'vitest';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';

function build(publish: string) {
  return buildLoaded(
    loadText(`
      horizon: 1h
      network: single
      protocol: { publish: ${publish}, checkIn: none, reputation: { kind: ema, initial: 0.5 } }
      fleet: { a: { nodes: 3, hardware: reference-cpu } }
      workload: { w: { class: task, arrivals: { perDay: 0 } } }
    `),
  );
}

describe('publication of scores', () => {
  it('shows assignment a score only after the next multiple of every, and the delay', () => {
    const built = build('{ every: 10m, delay: 1m }');
    const { world, lives } = built;
    const { nodes } = world;
    runUntil(built, 601);
    lives.nodeLife.scoreChanged(1, 0.9);
    runUntil(built, 1_259.9);
    expect([nodes.score[1], nodes.publishedScore[1]]).toEqual([0.9, 0.5]);
    runUntil(built, 1_260);
    expect([...nodes.publishedScore]).toEqual([0.5, 0.9, 0.5]);
  });

  it('publishes what was read, not what it has become since', () => {
    const built = build('{ every: 10m, delay: 5m }');
    const { world, lives } = built;
    const { nodes } = world;
    runUntil(built, 599);
    lives.nodeLife.scoreChanged(0, 0.7);
    runUntil(built, 610);
    lives.nodeLife.scoreChanged(0, 0.2);
    runUntil(built, 900);
    expect(nodes.publishedScore[0]).toBe(0.7);
    runUntil(built, 1_500);
    expect(nodes.publishedScore[0]).toBe(0.2);
  });

  it('publishes in the order in which it was read, even when the delay is longer than the interval', () => {
    const built = build('{ every: 1m, delay: 150s }');
    const { world, lives } = built;
    const { nodes } = world;
    const seen: number[] = [];
    for (let minute = 0; minute < 10; minute++) {
      runUntil(built, 60 * minute + 30);
      lives.nodeLife.scoreChanged(0, 0.1 * (minute + 1));
      seen.push(nodes.publishedScore[0]!);
    }
    expect(seen.slice(0, 3)).toEqual([0.5, 0.5, 0.5]);
    expect(seen.slice(4)).toEqual([2, 3, 4, 5, 6, 7].map((minute) => 0.1 * minute));
  });

  it('with an interval of 0 is at once', () => {
    const built = build('{ every: 0, delay: 1m }');
    const { world, lives } = built;
    lives.nodeLife.scoreChanged(2, 0.25);
    expect(world.nodes.publishedScore[2]).toBe(0.25);
  });

  it('needs no report for a newcomer’s prior', () => {
    expect([...build('{ every: 10m, delay: 1m }').world.nodes.publishedScore]).toEqual([0.5, 0.5, 0.5]);
  });
});
