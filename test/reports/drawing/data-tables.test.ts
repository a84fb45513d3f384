import { describe, expect, test } from 'vitest';
import { charts } from '../../../reports/charts/index.js';
import { dataTables } from '../../../reports/drawing/data-tables.js';
import { madeUpRun } from '../made-up-run.js';

const tablesOf = (name: string, options: Parameters<typeof madeUpRun>[0]) =>
  dataTables(charts.find((chart) => chart.name === name)!.spec(madeUpRun(options)));

// 100, 110 and 120 nodes
const three = { sampleCount: 31, replicationCount: 3, factorOf: (replication: number) => 1 + replication / 10 };

describe('dataTables', () => {
  test('has medians and the bounds of bands by time, at most twenty of them, the last among them', () => {
    const [table, ...others] = tablesOf('nodes-online', { ...three, cohorts: ['honest', 'swarm'] });
    expect(others).toEqual([]);
    expect(table!.headings).toEqual(['Time', 'honest', 'swarm']);
    expect(table!.rows).toHaveLength(20);
    expect(table!.rows.at(-1)).toEqual(['day 29 to 30', '110 (100 to 120) nodes', '220 (200 to 240) nodes']);
    // what is the same in all is one number
    expect(table!.rows[0]).toEqual(['day 0 to 1', '110 (100 to 120) nodes', '0 nodes']);
  });

  test('names the plots of a chart that has several, and has one a panel', () => {
    expect(tablesOf('stake', three).map(({ caption }) => caption)).toEqual(['Locked', 'Slashed']);
    expect(tablesOf('job-times', three).map(({ caption }) => caption)).toEqual([
      'Latency: from submission to result',
      'Waiting: until a node takes the job',
    ]);
    expect(tablesOf('utilisation', three).map(({ headings }) => headings[1])).toEqual(['honest', 'swarm', 'fleet-a']);
  });

  test('has none where nothing is drawn', () => {
    expect(dataTables({ layer: [] })).toEqual([]);
  });
});
