import { describe, expect, it } from 'vitest';
import { linesOf } from '../../support/refusals.js';
import { loadText } from '../../support/scenarios.js';

const base = `horizon: 12d
warmUp: 2d
fleet:
  honest: { nodes: 20 }
  swarm: { nodes: 5, joins: { at: 8d }, strategy: sybil-swarm }
  late: { nodes: 5, joins: { at: 20d }, strategy: always-wrong }
workload: { w: { arrivals: { perHour: 5, surges: { rush: { at: 6d, for: 30d, factor: 2 } } } } }
stress: { outages: { dark: { region: europe, at: [3d, 5d], for: 6h } } }
expect:
`;
const below = 'below: 0.5';

/** What is said of an expectation, from its place on. */
function refused(expectation: string): string[] {
  return linesOf(() => loadText(`${base}  - { ${expectation}, ${below} }\n`)).map((line) =>
    line.replace(/^.*scenario\.yaml:/, ''),
  );
}

describe('the window of an expectation', () => {
  it.each([
    'metric: completedFraction, at: whole',
    'metric: completedFraction, at: end',
    'metric: completedFraction, at: worstEpoch',
    'metric: completedFraction, at: { lastDays: 12 }',
    'metric: completedFraction, at: { from: 0, to: 12d }',
    'metric: latencyP99Seconds, at: { from: 1d, to: 49h }, after: honest joins',
    'metric: latencyP99Seconds, after: surge rush begins',
    'metric: attackerWorkShare, at: { lastDays: 5 }, cohort: swarm, after: outage dark ends',
    'metric: attackersEjectedFraction, at: end, cohort: swarm',
    'metric: nodesOnline, at: end',
    'metric: honestReturnOnCapital, cohort: honest',
  ])('can be { %s }', (expectation) => {
    expect(refused(expectation)).toEqual([]);
  });

  it.each([
    ['at: { lastDays: 13 }', '10:50: expect.0.at.lastDays: expected at most the length of the run, 12d, found 13d'],
    ['at: { lastDays: 0 }', '10:50: expect.0.at.lastDays: expected a number above 0, found 0'],
    ['at: { from: 1d, to: 13d }', '10:54: expect.0.at.to: expected at most the horizon, 12d, found 13d'],
    ['at: { from: 4d, to: 4d }', '10:46: expect.0.at.from: expected a time before to, 4d, found 4d'],
    ['at: { from: 1d, to: 2d }', '10:54: expect.0.at.to: expected a time after the warm-up, 2d, found 2d'],
    [
      'at: start',
      '10:38: expect.0.at: expected whole, end, worstEpoch, {from: …, to: …} or {lastDays: …}, found start',
    ],
    [
      'after: outage drk begins',
      '10:41: expect.0.after: expected one of: honest joins, swarm joins, late joins, outage dark begins, ' +
        'outage dark ends, surge rush begins, surge rush ends, found outage drk begins; ' +
        'did you mean outage dark begins?',
    ],
    ['after: late joins', '10:41: expect.0.after: expected an event before 12d, found late joins, at 20d'],
    ['after: surge rush ends', '10:41: expect.0.after: expected an event before 12d, found surge rush ends, at 36d'],
    [
      'at: { from: 2d, to: 8d }, after: swarm joins',
      '10:67: expect.0.after: expected an event before 8d, found swarm joins, at 8d',
    ],
  ])('is refused with its place: %s', (window, line) => {
    expect(refused(`metric: latencyP99Seconds, ${window}`)).toEqual([line]);
  });

  it('is refused where it ends before those come whom the metric is about', () => {
    expect(refused('metric: attackerWorkShare, at: { from: 3d, to: 7d }')).toEqual([
      '10:38: expect.0.at: expected a window that ends after the attackers join, 8d, found {from: 3d, to: 7d}',
    ]);
  });

  it('is refused, with the metrics that have some, for one that isn’t counted by time', () => {
    const [line, ...others] = refused('metric: attackerProfitUsd, at: end');
    expect(others).toEqual([]);
    expect(line).toMatch(/^10:38: expect\.0\.at: expected whole, as attackerProfitUsd isn’t counted .*jobsFinal.*end$/);
    expect(refused('metric: nodesOnline, at: worstEpoch')[0]).toMatch(/: expected whole or end, as nodesOnline isn’t/);
    expect(refused('metric: nodesOnline, after: swarm joins')[0]).toMatch(/expect\.0\.after: expected none, as nodes/);
  });

  it('has a cohort of those that the metric is about', () => {
    expect(refused('metric: completedFraction, cohort: swarm')[0]).toMatch(
      /^10:42: expect\.0\.cohort: expected none, as completedFraction is of the whole network, or one of: attackerWork/,
    );
    expect(refused('metric: attackerWorkShare, cohort: honest')).toEqual([
      '10:42: expect.0.cohort: expected a cohort of attackers: swarm, late, found honest',
    ]);
    expect(refused('metric: honestEjectedNodes, cohort: honst')).toEqual([
      '10:43: expect.0.cohort: expected an honest cohort: honest, found honst; did you mean honest?',
    ]);
  });

  it('can be set from outside, one kind in place of the other', () => {
    const text = `${base}  - { metric: completedFraction, at: { from: 3d, to: 4d }, ${below} }\n`;
    const { scenario } = loadText(text, 'expect.0.at={ lastDays: 2 }');
    expect(scenario.expect[0]!.at).toEqual({ lastDays: 2 });
  });
});

describe('a question', () => {
  const load = (question: string) => loadText(`${base}  - { metric: jobsFinal, above: 0 }\nquestion: ${question}\n`);
  it('stands in place of the first comment where it is written out', () => {
    expect(load('{ ask: Is it so?, yesIf: { metric: jobsFinal, above: 0 } }').question).toBe('Is it so?');
    expect(load('{ yesIf: { metric: jobsFinal, above: 0 } }').question).toBe('');
  });
  it('is refused and warned of at its place, as expectations are', () => {
    const lines = linesOf(() => load('{ yesIf: { metric: jobsFinal, after: late joins, above: 0 } }'));
    expect(lines).toEqual([expect.stringContaining('question.yesIf.after: expected an event before')]);
    const { warnings } = load('{ yesIf: { metric: completedFraction, above: 1 } }');
    expect(warnings.map(({ path, why }) => `${path}: ${why}`)).toContain('question.yesIf.above: which is never met');
  });
});
