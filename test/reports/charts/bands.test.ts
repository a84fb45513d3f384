import { describe, expect, test } from 'vitest';
import { charts } from '../../../reports/charts/index.js';
import { told } from '../../../reports/drawing/words.js';
import { binSamples, SAMPLE_DAYS } from '../../../reports/series/samples.js';
import { steppedSpread } from '../../../reports/series/stepped-spread.js';
import { madeUpRun } from '../made-up-run.js';

const chartNamed = (name: string) => charts.find((chart) => chart.name === name)!;

interface Row {
  readonly cohort?: string;
  readonly line?: string;
  readonly low?: number | null;
  readonly high?: number | null;
  readonly value?: number | null;
  readonly worked?: number | null;
  readonly score50?: number | null;
}

/** All rows of data that stand anywhere in a specification. */
function rowsIn(spec: unknown): Row[] {
  if (Array.isArray(spec)) return spec.flatMap(rowsIn);
  if (spec === null || typeof spec !== 'object') return [];
  const { data, ...rest } = spec as { data?: { values?: Row[] } };
  return [...(data?.values ?? []), ...Object.values(rest).flatMap(rowsIn)];
}

/** Ends of bands, by what they are of, of the last corner that there is. */
function lastBand(name: string, run: ReturnType<typeof madeUpRun>, of: string) {
  const { low, high } = rowsIn(chartNamed(name).spec(run)).findLast((row) => {
    return (row.cohort ?? row.line) === of && row.low != null && 'high' in row;
  })!;
  return [low, high];
}

// eleven replications with 100, 110, … 200 % of the nodes: type 7 has the 10th percentile at 110 and the 90th at 190 %
const eleven = { sampleCount: 31, replicationCount: 11, factorOf: (replication: number) => 1 + replication / 10 };
// three with 100, 110 and 120 %
const three = { ...eleven, replicationCount: 3 };

describe('the band of', () => {
  test('nodes online reaches from the 10th to the 90th percentile around the median', () => {
    expect(lastBand('nodes-online', madeUpRun(eleven), 'honest')).toEqual([110, 190]);
    const lines = rowsIn(chartNamed('nodes-online').spec(madeUpRun(eleven)));
    expect(lines.findLast((row) => row.cohort === 'honest' && 'value' in row)!.value).toBe(150);
  });

  test('nodes online takes in all of fewer than ten', () => {
    expect(lastBand('nodes-online', madeUpRun(three), 'honest')).toEqual([100, 120]);
  });

  test('stake, of 10 tokens a node, and income of a node are those of their replications', () => {
    // the last of that chart is what is slashed: a token a day, however many nodes
    expect(lastBand('stake', madeUpRun(three), 'swarm')).toEqual([1, 1]);
    const stake = rowsIn(chartNamed('stake').spec(madeUpRun(three))).filter(({ cohort }) => cohort === 'swarm');
    expect(stake.some(({ low, high }) => low === 2_000 && high === 2_400)).toBe(true);
    // each node is paid a token a day, however many there are
    expect(lastBand('income', madeUpRun(three), 'honest')).toEqual([1, 1]);
  });

  test('jobs is of rates an hour, by outcome', () => {
    expect(lastBand('job-outcomes', madeUpRun({ ...eleven, warmUpDays: 0 }), 'Completed')).toEqual([110, 190]);
  });

  test('work shares is of the share in each replication: as all cohorts grow alike, it has no width', () => {
    const [low, high] = lastBand('work-share', madeUpRun({ ...three, cohorts: ['honest', 'swarm'] }), 'swarm');
    expect([low, high]).toEqual([66.6667, 66.6667]);
  });

  test.each(['score-quantiles', 'utilisation', 'job-times', 'income', 'stake'])('%s is there', (name) => {
    const bands = rowsIn(chartNamed(name).spec(madeUpRun(three))).filter((row) => 'low' in row && 'high' in row);
    expect(bands.length).toBeGreaterThan(20);
    for (const { low, high } of bands) expect((low ?? 0) <= (high ?? 0)).toBe(true);
  });
});

test('a stepped line stays within its band, also between two points of it', () => {
  const run = madeUpRun({ sampleCount: 721, replicationCount: 4, factorOf: (replication) => 1 + replication });
  const wild = (replication: number, sample: number) => 50 + 40 * Math.sin(sample * (1.3 + replication));
  const samples = binSamples(run, ['nodesOnline'], SAMPLE_DAYS);
  const { bins } = binSamples(run, ['nodesOnline'], 1);
  const { line, band } = steppedSpread(
    samples,
    (one, sample) => wild(samples.each.indexOf(one), sample),
    bins,
    run.horizonDays,
  );
  expect(band.length).toBeLessThanOrEqual(bins.length + 1);
  for (const { days, value } of line) {
    const { spread } = band.findLast((corner) => corner.days <= days)!;
    expect(spread!.low <= value! && value! <= spread!.high).toBe(true);
  }
});

describe('a sentence over replications', () => {
  const says = (name: string, options = {}) =>
    chartNamed(name).says(madeUpRun({ ...three, cohorts: ['honest', 'swarm'], ...options }));

  test('tells the 95 % interval of the mean: 4.303 standard deviations over √3 on either side', () => {
    // 110 ± 4.303 · 10 / √3
    expect(told([100, 110, 120], 'jobs')).toBe('85.2 to 135 jobs');
    expect(told([0.1, null, 0.1], 'fraction')).toBe('10 %');
    // never below 0 or above all
    expect(told([0.1, 0.9, 0.5], 'fraction')).toBe('0 to 100 %');
    expect(told([-1, 0, 1], '1')).toBe('−2.48 to 2.48');
    expect(told([0.25], 'fraction')).toBe('25 %');
  });

  test('of nodes and stake says how many replications there are', () => {
    expect(says('nodes-online')).toBe(
      'Nodes online: honest 85.2 to 135 throughout; swarm 170 to 270 from day 10 on, 3 replications.',
    );
    expect(says('stake')).toMatch(
      /^Tokens locked at the end: 852 to 1,348 of honest \(at most 852 to 1,348\); .*, 3 replications\. Over the/,
    );
  });

  test('of jobs, work and income tells intervals, and the same in all as one figure', () => {
    expect(says('income')).toBe(
      'On average over the whole run, a node of honest was paid 1 tokens a day; ' +
        'a node of swarm was paid 1.5 tokens a day, 3 replications.',
    );
    // 27 days of 2,640 ± 4.303 · 240 / √3 jobs, and two of each that failed
    expect(says('job-outcomes')).toMatch(
      /^Of 55,237 to 87,431 jobs that ended after the warm-up, .*, 3 replications\. L/,
    );
    expect(says('work-share')).toMatch(/^Of [\d,]+ to [\d,]+ hours of work after the warm-up, .*, 3 replications\.$/);
  });

  test('of nodes, which are kept of the first alone, says so', () => {
    expect(says('final-scores')).toMatch(
      /^At the end, in the first of 3 replications: .* The median score of .* 3 repl/,
    );
    expect(says('work-reputation')).toMatch(/^Work by score, in the first of 3 replications: /);
    expect(says('newcomer-parity')).toMatch(/^In the first of 3 replications, of 4 newcomers /);
  });

  test.each(charts.filter(({ name }) => name !== 'replications'))(
    'of $name ends with how many there are',
    ({ name }) => {
      for (const sentence of says(name).split(/(?<=\.) (?=[A-Z])/)) expect(sentence).toMatch(/\b3 replications\b/);
    },
  );
});
