import { describe, expect, test } from 'vitest';
import { charts } from '../../../reports/charts/index.js';
import { stripRows } from '../../../reports/drawing/episodes.js';
import { stripLayers, stripSays } from '../../../reports/drawing/strip.js';
import { perCohort } from '../../../reports/drawing/words.js';
import { type MadeUpNewcomer, type MadeUpNode, madeUpCast, madeUpRun } from '../made-up-run.js';

const says = (name: string, run = madeUpRun()) => charts.find((chart) => chart.name === name)!.says(run);
const two = { cohorts: ['honest', 'swarm'] };

// The made-up run: honest has 100 nodes from the start, swarm 200 from day 10 on; a node does an hour of work an hour.
describe('the sentence of', () => {
  test('the scores tells where medians began and ended', () => {
    // 0.4 + 0.3 (1 − 1/e) = 0.59 at the end, and 0.4 + 0.3 (1 − e^(−1/3)) = 0.485 when the swarm comes
    const median = 'The median score of honest rose from 0.4 to 0.59; that of swarm rose from 0.485 to 0.59.';
    expect(says('score-quantiles', madeUpRun(two))).toBe(median);
    const late = says('score-quantiles', madeUpRun({ ...two, joinDays: 99 }));
    expect(late).toBe('The median score of honest rose from 0.4 to 0.59; swarm had no nodes.');
  });

  test('the work tells shares of the whole and when they were highest', () => {
    // 100 × 27 d, and 200 for 20 d and the sample at day 10
    const share = says('work-share', madeUpRun(two));
    expect(share).toBe(
      'Of 161,000 hours of work after the warm-up, honest did 40.2 % (most, 100 %, from day 3 to 4); ' +
        'swarm did 59.8 % (most, 66.7 %, from day 10 to 11).',
    );
    expect(says('work-share', madeUpRun({ cohorts: ['alone'] }))).toBe(
      'All 64,800 hours of work after the warm-up were done by alone.',
    );
  });

  test('the jobs tells shares of outcomes, no loss where there was none', () => {
    // a hundred completed, one rejected and one out of time in each of 648 hours
    expect(says('job-outcomes')).toMatch(
      /^Of 66,096 jobs that ended after the warm-up, 98 % were completed, 0\.98 % were rejected and 0\.98 % ran out/,
    );
    expect(says('job-outcomes')).toMatch(
      /Losses were highest from day \d+ to \d+: 1\.96 % of the jobs that ended then\.$/,
    );
  });

  test('the nodes tells the range of each cohort since it came', () => {
    expect(says('nodes-online', madeUpRun(two))).toBe('Nodes online: honest 100 throughout; swarm 200 from day 10 on.');
  });

  test('the utilisation tells what part of the time up was worked, and when it was highest', () => {
    // honest 12 d at 40 % and 15 d at 80 %; swarm 5 d and the sample at day 10 at 40 %, and 15 d at 80 %
    expect(says('utilisation', madeUpRun(two))).toBe(
      'Of the time that machines were up after the warm-up, those of honest worked 62.2 % (most, 80 %, from day 15 ' +
        'to 16); those of swarm worked 69.9 % (most, 80 %, from day 15 to 16).',
    );
    expect(says('utilisation', madeUpRun({ ...two, joinDays: 99 }))).toMatch(/; those of swarm were never up\.$/);
    const none = madeUpRun({ ...two, joinDays: 99, cohorts: ['none', 'swarm'], attackers: [] });
    const empty = { ...none, cohorts: ['swarm'] };
    expect(says('utilisation', empty)).toBe('No machine was up after the warm-up.');
  });

  test('the stake tells what is locked at the end, and what was slashed from whom', () => {
    // a token slashed a day: honest 30, swarm 20 and the 10 of its first day
    expect(says('stake', madeUpRun(two))).toBe(
      'Tokens locked at the end: 1,000 of honest (at most 1,000); 2,000 of swarm (at most 2,000). ' +
        'Over the whole run 60 tokens were slashed, 50 % of them from honest; most of all from day 9 to 10.',
    );
    const run = madeUpRun({ ...two, sampleCount: 2, joinDays: 99, cohorts: ['honest'] });
    const zero = run.timeseries.columns.findIndex(({ name }) => name === 'slashedTokens');
    const rows = [...run.timeseries.rows()].map((row) => row.map((cell, at) => (at === zero ? 0 : cell)));
    expect(says('stake', { ...run, timeseries: { ...run.timeseries, rows: () => rows } })).toMatch(
      /Nothing was slashed\.$/,
    );
  });

  test('the stake’s most is that of any sample, also of one between those that are drawn', () => {
    const run = madeUpRun({ cohorts: ['honest'] });
    const at = run.timeseries.columns.findIndex(({ name }) => name === 'stakeTokens');
    const rows = [...run.timeseries.rows()].map((row) => [...row]);
    const ofHonest = rows.filter((row) => row[2] === 'honest');
    ofHonest[100]![at] = 5_000;
    expect(says('stake', { ...run, timeseries: { ...run.timeseries, rows: () => rows } })).toContain('(at most 5,000)');
  });

  test('the income tells what a node was paid a day', () => {
    expect(says('income', madeUpRun({ cohorts: ['honest'] }))).toBe(
      'On average over the whole run, a node of honest was paid 1 token a day.',
    );
  });

  test('the income counts presence from sample to sample, so that a late cohort doesn’t begin at a false 0', () => {
    // 200 nodes come at the sample of day 10, and are paid a token a day each
    const run = madeUpRun(two);
    const [time, cohort, income] = ['timeDays', 'cohort', 'incomeTokens'].map((name) =>
      run.timeseries.columns.findIndex((column) => column.name === name),
    ) as [number, number, number];
    const rows = [...run.timeseries.rows()].map((row) => {
      const tokens = 200 * Math.max(0, Number(row[time]) - 10);
      return row[cohort] === 'swarm' ? row.map((cell, at) => (at === income ? tokens : cell)) : row;
    });
    const late = { ...run, timeseries: { ...run.timeseries, rows: () => rows } };
    expect(says('income', late)).toBe(
      'On average over the whole run, a node of honest was paid 1 token a day; ' +
        'a node of swarm was paid 1 token a day.',
    );
    const { layer } = charts.find(({ name }) => name === 'income')!.spec(late) as unknown as {
      layer: readonly { data: { values: readonly { cohort?: string; time: number; value: number | null }[] } }[];
    };
    const lines = layer.find(({ data }) => data.values.some(({ cohort, value }) => cohort && value !== undefined))!;
    const drawn = lines.data.values.filter((point) => point.cohort === 'swarm' && point.value !== null);
    expect(drawn.map(({ value }) => value)).toEqual(Array(20).fill(1));
    expect(drawn[0]!.time).toBeGreaterThan(10);
  });

  test('the times tells the range of the median and the longest wait', () => {
    expect(says('job-times')).toBe(
      'After the warm-up, from sample to sample, the median latency was 60 s throughout; jobs waited longest for a ' +
        'node from day 3 to 3.04: 3 s on average.',
    );
  });

  test('the outcomes tells of completed jobs how many had a wrong result', () => {
    // 100 jobs an hour, and an interval is an hour
    expect(says('job-outcomes', madeUpRun({ ...two, wrongJobs: 25 }))).toContain(
      'were completed (25 % of them with a wrong result)',
    );
  });

  test('the final scores tells where half of the nodes lie', () => {
    // scores 0.5 to 0.61
    expect(says('final-scores', madeUpRun(two))).toBe(
      'At the end: half of the nodes of honest lie between 0.528 and 0.583; ' +
        'half of the nodes of swarm lie between 0.528 and 0.583.',
    );
    expect(says('final-scores', madeUpRun({ ...two, joinDays: 99 }))).toMatch(/; no nodes of swarm\.$/);
  });

  test('the final scores tells the true share that lies between the quartiles', () => {
    const told = (scores: readonly number[]) => {
      const nodes = scores.map((score): MadeUpNode => {
        return { cohort: 'honest', joinedDays: 0, leftDays: null, score, workReferenceHours: 0 };
      });
      return says('final-scores', madeUpRun({ cohorts: ['honest'], nodes }));
    };
    const crowded = [...Array(24).fill(1), ...Array(11).fill(1.92), ...Array(65).fill(2)];
    expect(told(crowded)).toBe('At the end: 76 % of the nodes of honest lie between 1.92 and 2.');
    // 51 of 101
    expect(told(Array.from({ length: 101 }, (_, at) => at))).toBe(
      'At the end: half of the nodes of honest lie between 25 and 75.',
    );
    expect(told([1, 2])).toBe('At the end: 100 % of the nodes of honest lie between 1 and 2.');
    expect(told([1, 2, 2, 2, 2, 2])).toBe('At the end: 83.3 % of the nodes of honest stand at 2.');
  });

  test('work against reputation compares the best with the worst', () => {
    // nodes 9, 10, 11 against 0, 1, 2
    expect(says('work-reputation', madeUpRun({ cohorts: ['honest'] }))).toBe(
      'Work by score: the best-scored quarter of honest did 10 h of work per node and day, ' +
        'against 1 h of the worst-scored quarter.',
    );
  });

  // 12 nodes of 30 days: scores and hours a day
  const nodesOf = (nodes: readonly (readonly [score: number, hoursPerDay: number])[]) =>
    nodes.map(([score, hoursPerDay]): MadeUpNode => {
      return { cohort: 'honest', joinedDays: 0, leftDays: null, score, workReferenceHours: 30 * hoursPerDay };
    });

  test('work against reputation counts all nodes of an equal score, whatever the order of rows', () => {
    const nodes = nodesOf([...[0, 1, 2].map((at) => [at / 10, at] as const), [1, 3], [1, 4], [2, 5], [2, 6]]);
    nodes.push(...nodesOf([7, 8, 9, 10, 11].map((hours) => [2, hours] as const)));
    const run = (each: readonly MadeUpNode[]) =>
      says('work-reputation', madeUpRun({ cohorts: ['honest'], nodes: each }));
    expect(run(nodes)).toBe(
      'Work by score: the best-scored 58.3 % of honest did 8 h of work per node and day, ' +
        'against 1 h of the worst-scored quarter.',
    );
    expect(run(nodes.toReversed())).toBe(run(nodes));
    const mostAtTheLow = nodesOf([...Array(8).fill([0, 0]), ...[1, 2, 3, 4].map((score) => [score, 0] as const)]);
    expect(run(mostAtTheLow)).toBe(
      'Work by score: neither the best-scored quarter nor the worst-scored 66.7 % of honest did any work.',
    );
    const most = nodesOf([[0, 1], [0, 2], ...Array(9).fill([1, 5]), [2, 7]]);
    expect(run(most)).toBe('Work by score: at least half of the nodes of honest have the same score, 1.');
  });

  test('work against reputation counts the days from joining to leaving', () => {
    const left = nodesOf(Array.from({ length: 12 }, (_, at) => [at, 6] as const)).map((node) => {
      // 60 h of the 180 h in the ten days of its stay
      return { ...node, joinedDays: 5, leftDays: 15, workReferenceHours: 60 };
    });
    expect(says('work-reputation', madeUpRun({ cohorts: ['honest'], nodes: left }))).toBe(
      'Work by score: the best-scored quarter of honest did 6 h of work per node and day, ' +
        'against 6 h of the worst-scored quarter.',
    );
    // 20 h of one that was there for half a day count as half a day: 140 h in 20.5 days
    const brief = { ...left[11]!, leftDays: 5.5, workReferenceHours: 20 };
    const told = says('work-reputation', madeUpRun({ cohorts: ['honest'], nodes: [...left.slice(0, 11), brief] }));
    expect(told).toContain('the best-scored quarter of honest did 6.83 h of work per node and day');
    // who stayed for less than a hundredth of the run isn't compared
    const visit = { ...left[11]!, leftDays: 5 + 1e-4, workReferenceHours: 1_000 };
    const compared = says('work-reputation', madeUpRun({ cohorts: ['honest'], nodes: [...left.slice(0, 11), visit] }));
    expect(compared).toContain('honest did 6 h of work per node and day');
  });

  test('the newcomers tells when half of a cohort’s earned alike, and how many were seen to', () => {
    // at parity after 1, 2 and 4 days, one leaves after 3: 3/4, then 1/2, then none still waits
    expect(says('newcomer-parity', madeUpRun({ cohorts: ['honest'] }))).toBe(
      'Of 4 newcomers of honest watched for a week, half earned like the others 2 days after joining, ' +
        'and 75 % were seen to.',
    );
    expect(says('newcomer-parity', madeUpRun(two))).toMatch(
      /; of 4 newcomers of swarm watched for a week, half earned like the others 2\.5 days after joining, and 75 %/,
    );
  });

  test('the newcomers tells so where fewer than half, none, all or a single one got there', () => {
    const told = (...newcomers: readonly (readonly [days: number, isAtParity: boolean])[]) => {
      const rows = newcomers.map(([watchedDays, isAtParity]): MadeUpNewcomer => {
        return { cohort: 'honest', watchedDays, isAtParity };
      });
      return says('newcomer-parity', madeUpRun({ cohorts: ['honest'], newcomers: rows }));
    };
    expect(told([1, true], [9, false], [9, false], [9, false])).toBe(
      'Of 4 newcomers of honest watched for a week, fewer than half came to earn like the others: 25 % were seen to.',
    );
    expect(told([9, false], [9, false])).toMatch(/came to earn like the others: none was seen to\.$/);
    expect(told([1, true], [3, true])).toMatch(/earned .* 1 day after joining, and all were seen to/);
    expect(told([0.5, true])).toBe(
      'The only newcomer of honest watched for a week earned like the others 0.5 days after joining.',
    );
    expect(told([8, false])).toBe(
      'The only newcomer of honest watched for a week wasn’t seen to earn like the others.',
    );
    // censored early, so that half are reckoned to get there though fewer were seen to
    expect(told([1, false], [1, false], [2, true], [3, false])).toMatch(/half earned .* 2 days .*, and 25 % were seen/);
  });

  test('any chart names six cohorts and counts the others', () => {
    const cohorts = Array.from({ length: 9 }, (_, at) => `cohort-${at}`);
    for (const name of [
      'score-quantiles',
      'work-share',
      'nodes-online',
      'utilisation',
      'stake',
      'income',
      'newcomer-parity',
      'final-scores',
    ]) {
      const text = says(name, madeUpRun({ cohorts, sampleCount: 9 }));
      expect(text).toContain('cohort-5');
      expect(text).not.toContain('cohort-6');
      expect(text).toContain('and so on for 3 more cohorts');
    }
  });

  test('many cohorts names attackers before others', () => {
    const cohorts = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'bad'];
    const told = perCohort(cohorts, (name, place) => `${name} ${place}`, ['bad']);
    expect(told).toBe('bad 7; a 0; b 1; c 2; d 3; e 4; and so on for 2 more cohorts');
  });
});

describe('the strip', () => {
  const episode = (kind: string, scope: string, startDays: number, endDays: number, label = 'happens') => {
    return { kind, scope, startDays, endDays, label };
  };

  test('has a lane for attacks, outages, surges and rules, and a row for each scope in it', () => {
    const episodes = [
      episode('surge', 'batch', 3, 4),
      episode('attack', 'swarm', 5, 30),
      episode('outage', 'all', 1, 2),
      episode('attackEntry', 'swarm', 5, 6),
      episode('attack', 'liars', 7, 9),
      episode('maintenance', 'eu-west', 8, 9),
      episode('change', 'all', 6, 6, 'attempts becomes 2'),
    ];
    const { rows, bars } = stripRows(madeUpRun({ episodes }));
    expect(rows.map(({ lane }) => lane)).toEqual(['Attack', '', 'Outage', '', 'Surge', 'Rules']);
    expect(bars.map(({ kind, scope, row }) => [kind, scope, row])).toEqual([
      ['attack', 'swarm', 0],
      ['attack', 'liars', 1],
      ['attackEntry', 'swarm', 0],
      ['outage', 'all', 2],
      ['maintenance', 'eu-west', 3],
      ['surge', 'batch', 4],
      ['change', 'all', 5],
    ]);
  });

  test('has one row a lane where scopes are many, and none without episodes', () => {
    const episodes = Array.from({ length: 9 }, (_, at) => episode('outage', `region-${at}`, at, at + 1));
    expect(stripRows(madeUpRun({ episodes })).rows).toEqual([{ lane: 'Outage' }]);
    expect(stripRows(madeUpRun({ episodes: episodes.slice(0, 8) })).rows).toHaveLength(8);
    expect(stripRows(madeUpRun({ episodes: [] }))).toEqual({ rows: [], bars: [] });
    expect(stripSays(madeUpRun({ episodes: [] }))).toBe('');
  });

  test('makes one row of the lane with most rows, of the attacks last, whose colours then aren’t cohorts’', () => {
    const lane = (kind: string, count: number, scope: string) =>
      Array.from({ length: count }, (_, at) => episode(kind, `${scope}-${at}`, at, at + 1));
    const lanes = (attacks: number, outages: number, surges: number) => {
      const episodes = [
        ...lane('attack', attacks, 'ring'),
        ...lane('outage', outages, 'region'),
        ...lane('surge', surges, 'job'),
      ];
      const cohorts = Array.from({ length: attacks }, (_, at) => `ring-${at}`);
      const run = madeUpRun({ cohorts, episodes });
      const { rows, bars } = stripRows(run);
      const attackBars = bars.filter(({ kind }) => kind === 'attack').map(({ row }) => row);
      const drawn = stripLayers(run, 300)[0]!.data.values as readonly { color: string; cohort: string }[];
      const colors = drawn.filter(({ cohort }) => cohorts.includes(cohort)).map(({ color }) => color);
      return { rows: rows.map((row) => row.lane), attackRows: new Set(attackBars).size, colors, cohorts };
    };
    const outagesMerged = lanes(5, 3, 2);
    expect(outagesMerged.rows).toEqual(['Attack', '', '', '', '', 'Outage', 'Surge', '']);
    expect(outagesMerged.colors).toEqual(madeUpCast(outagesMerged.cohorts).colors);
    expect(lanes(6, 3, 2).rows).toEqual(['Attack', '', '', '', '', '', 'Outage', 'Surge']);
    const all = lanes(7, 3, 2);
    expect(all.rows).toEqual(['Attack', 'Outage', 'Surge']);
    expect(all.attackRows).toBe(1);
    for (const color of all.colors) expect(madeUpCast(all.cohorts).colors).not.toContain(color);
    expect(new Set(all.colors).size).toBe(1);
  });

  test('is told in the order of time, moments as such, the first 24 and where the others are', () => {
    const episodes = [
      episode('attackEntry', 'swarm', 10, 12, 'joins'),
      episode('outage', 'all', 4, 4, 'up to 30 % of the nodes are down'),
    ];
    expect(stripSays(madeUpRun({ episodes }))).toBe(
      'Marked under every time axis: up to 30 % of the nodes are down (day 4) and swarm joins (day 10 to 12).',
    );
    const many = Array.from({ length: 26 }, (_, at) => episode('surge', 'batch', at, at + 1, 'surges'));
    expect(stripSays(madeUpRun({ episodes: many.slice(0, 24) }))).toMatch(/ and surges \(batch, day 23 to 24\)\.$/);
    expect(stripSays(madeUpRun({ episodes: many }))).toMatch(
      /surges \(batch, day 23 to 24\) and 2 more, in episodes\.csv\.$/,
    );
  });
});
