import { describe, expect, it } from 'vitest';
import { answerOf } from '../../sim/findings/answer/answer.js';
import { checkExpectations } from '../../sim/findings/checked-expectations.js';
import { runScenario } from '../../sim/run.js';
import { loadText, metricOf, tableNamed } from '../support/scenarios.js';

const base = `horizon: 10d
warmUp: 2d
protocol: { extends: triangulated-mesh }
fleet:
  honest: { nodes: 20 }
  passing: { nodes: 3, leaves: { at: 20h } }
  wrong: { nodes: 20, strategy: always-wrong, joins: { at: 1d }, leaves: { at: 1.9d } }
workload: { w: { arrivals: { perHour: 30 } } }
question: { yesIf: { metric: attackerWorkShare, above: 0.25 } }
expect:
  - { metric: attackerPeakWorkShare, below: 0.5 }
  - { metric: attackerWorkShare, at: worstEpoch, cohort: wrong, below: 0.5 }
  - { metric: attackerProfitUsd, below: 0 }
  - { metric: honestSlashedNodes, cohort: passing, below: 1 }
  - { metric: honestSlashedNodes, below: 100 }
  - { metric: wrongAcceptedRate, below: 0.1 }
`;

async function run(...set: string[]) {
  const result = await runScenario(loadText(base, ...set));
  const { loaded, row } = result;
  const answer = answerOf({
    ...loaded,
    values: row.values,
    replications: [row.values],
    table: (name) => tableNamed(result, name),
  });
  return { result, answer, held: checkExpectations(tableNamed(result, 'expectations')) };
}
const leaves = (at: string) => `fleet.wrong.leaves.at=${at}`;
const warned = (...set: string[]) => loadText(base, ...set).warnings;

describe('an attack within the warm-up', () => {
  it('is no share of 0 but can’t be told, as is any figure after it of those who have left', async () => {
    const { result, answer, held } = await run();
    expect(metricOf(result, 'attackerWorkShare')).toBeNaN();
    expect(metricOf(result, 'attackerPeakWorkShare')).toBeNaN();
    expect(held.map(({ met }) => met)).toEqual([null, null, true, null, true, true]);
    expect(answer.verdict).toBe(
      'That can’t be told from this run: the attackers were there within the warm-up alone, from 1 to 1.9 d, and ' +
        'that isn’t counted.',
    );
    // said once, by the verdict
    expect([...answer.reasons, ...answer.more].join(' ')).not.toContain('within the warm-up alone');
  });

  it('is warned of at its departures and at what asks for it', () => {
    const found = warned().map(({ path, found, why }) => [path, found, why]);
    const untold = 'so that it can’t be told';
    expect(found).toEqual([
      ['fleet.wrong.leaves.at', '1.9d', 'so that no share or rate counts what they do'],
      ['question.yesIf.metric', 'from 2 to 10 d', untold],
      ['expect.0.metric', 'from 2 to 10 d', untold],
      ['expect.1.at', 'from 2 to 10 d', untold],
      ['expect.3.cohort', 'from 2 to 10 d', untold],
    ]);
    expect(warned(leaves('3d')).map(({ path }) => path)).toEqual(['expect.3.cohort']);
  });

  it('is told of what comes after it where some of it does, with how much comes before', async () => {
    const { result, answer, held } = await run(leaves('3d'));
    expect(metricOf(result, 'attackerWorkShare')).toBeGreaterThan(0);
    expect(held[1]!.met).not.toBeNull();
    expect(answer.verdict).toMatch(/^(Yes|No)\./);
    expect([...answer.reasons, ...answer.more]).toContain(
      'Of the time that their nodes were there, 50 % lay in the warm-up, which isn’t counted.',
    );
  });

  it('isn’t reckoned up where the warm-up takes no more of it than of the run', async () => {
    const { answer } = await run('fleet.wrong.joins.at=0', 'fleet.wrong.leaves=null');
    expect([...answer.reasons, ...answer.more].join(' ')).not.toMatch(/lay in the warm-up/);
  });
});

describe('a window after the attackers left by plan', () => {
  const later = 'expect=[{ metric: attackerWorkShare, at: { from: 6d, to: 9d }, below: 0.5 }]';
  it('tells nothing of them, and says so before and after', async () => {
    const { held, answer } = await run(leaves('5d'), later, 'question=null');
    expect(held[0]).toMatchObject({ value: Number.NaN, met: null });
    expect(answer.verdict).toMatch(/: the attackers were there before alone, from 1 to 5 d\.$/);
    expect(warned(leaves('5d'), later).map(({ path, found }) => [path, found])).toEqual([
      ['expect.0.at', 'from 6 to 9 d'],
    ]);
  });

  it('tells of those that were ejected before that they did nothing', async () => {
    const harsh = 'protocol.verification=[{ kind: recompute, share: 1 }]';
    const out = 'protocol.slashing={ kind: fixed, fraction: 1 }';
    const { held } = await run('fleet.wrong={ leaves: null, joins: { at: 3d } }', harsh, out, later, 'question=null');
    expect(held[0]).toMatchObject({ value: 0, met: true });
  });
});
