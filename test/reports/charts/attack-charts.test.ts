import { describe, expect, test } from 'vitest';
import { charts } from '../../../reports/charts/index.js';
import { renderChart } from '../../../reports/drawing/render.js';
import { type MadeUpNode, madeUpRun } from '../made-up-run.js';

const chartNamed = (name: string) => charts.find((chart) => chart.name === name)!;
const says = (name: string, run: ReturnType<typeof madeUpRun>) => chartNamed(name).says(run);
const attacked = { cohorts: ['honest', 'swarm'], attackers: ['swarm'] };

const node = (cohort: string, score: number, more: Partial<MadeUpNode> = {}): MadeUpNode => {
  return { cohort, joinedDays: 0, leftDays: null, score, workReferenceHours: 0, ...more };
};

describe('a chart of attacks is left out', () => {
  test.each([
    ['profit-against-twin', { ...attacked, overTwin: [] }],
    ['corruption', { cohorts: ['honest', 'swarm'] }],
    ['detection-curve', { ...attacked, cheats: [] }],
    ['score-as-detector', { cohorts: ['honest', 'swarm'] }],
    ['slashings-by-cause', { ...attacked, losses: [] }],
    ['honest-harm', { ...attacked, losses: [{ cohort: 'swarm', cause: 'lies', tokens: 1, count: 1, nodes: 1 }] }],
    ['income-lorenz', { ...attacked, nodes: [node('honest', 1, { operator: 0, incomeTokens: 0 })] }],
  ])('%s where there is nothing to show', (name, options) => {
    expect(chartNamed(name).applies!(madeUpRun(options))).toBe(false);
    expect(chartNamed(name).applies!(madeUpRun(attacked))).toBe(true);
  });
});

describe('the profit against the twin', () => {
  test('names the items that made it', () => {
    expect(says('profit-against-twin', madeUpRun(attacked))).toBe(
      'Against the honest twin attackers made 60 USD more (most of it by pay and rewards +100 and slashed −40); ' +
        'honest operators made 100 USD less (most of it by pay and rewards −100).',
    );
    const even = { side: 'attackers' as const, items: [{ name: 'slashed', usd: 0.001 }], profitUsd: 0 };
    expect(says('profit-against-twin', madeUpRun({ ...attacked, overTwin: [even] }))).toBe(
      'Against the honest twin attackers neither gained nor lost by it.',
    );
  });

  test('draws an item that differs for anybody, and none that is the same for all', async () => {
    const { svg } = await renderChart(chartNamed('profit-against-twin').spec(madeUpRun(attacked)));
    for (const text of ['pay and rewards', 'slashed', 'profit', 'Attackers', 'Honest operators', '+100', '−40']) {
      expect(svg).toContain(`>${text}<`);
    }
    expect(svg).not.toContain('computing left out');
    expect(svg.match(/aria-roledescription="bar"/g)).toHaveLength(6);
  });
});

test('corruption is summed over attackers, and tells since when it pays', () => {
  // ten a day brought, four cost, over thirty days
  expect(says('corruption', madeUpRun(attacked))).toBe(
    'By the end corruption had brought attackers 300 USD and cost them 120 USD: it paid from day 0.0417 on.',
  );
  const two = madeUpRun({ cohorts: ['a', 'b', 'c'], attackers: ['b', 'c'] });
  expect(says('corruption', two)).toMatch(/brought attackers 600 USD and cost them 240 USD/);
});

describe('the detection curve', () => {
  test('tells when half of the cheats were punished', () => {
    // 1/4 after a day, 2/4 after two; one is lost sight of after three, and the last is punished after four
    const cheats = [1, 2, 3, 4].map((days) => ({ cohort: 'swarm', unpunishedDays: days, isPunished: days !== 3 }));
    expect(says('detection-curve', madeUpRun({ ...attacked, cheats }))).toBe(
      'Of 4 identities of swarm that cheated, 75 % were punished by the end, by estimate half within 2 d of the ' +
        'first lie.',
    );
    const free = cheats.map((cheat) => ({ ...cheat, isPunished: false }));
    expect(says('detection-curve', madeUpRun({ ...attacked, cheats: free }))).toBe(
      'Of 4 identities of swarm that cheated, none was punished.',
    );
    const [first, , , last] = free;
    const one = [{ ...first!, isPunished: true }, ...[last!, last!, last!, last!]];
    expect(says('detection-curve', madeUpRun({ ...attacked, cheats: one }))).toBe(
      'Of 5 identities of swarm that cheated, fewer than half were punished: 20 %.',
    );
  });

  test('has the corners of Kaplan and Meier’s estimate', () => {
    const cheats = [1, 2, 3, 4].map((days) => ({ cohort: 'swarm', unpunishedDays: days, isPunished: days !== 3 }));
    const spec = chartNamed('detection-curve').spec(madeUpRun({ ...attacked, cheats })) as unknown as {
      layer: readonly [{ data: { values: readonly { days: number; share: number }[] } }];
    };
    const corners = spec.layer[0].data.values.map(({ days, share }) => [days, share]);
    expect(corners).toEqual([
      ...[
        [0, 0],
        [1, 25],
        [2, 50],
      ],
      ...[
        [4, 100],
        [4, 100],
      ],
    ]);
  });
});

describe('the score as a detector', () => {
  const detector = (hostile: number[], honest: number[]) => {
    const nodes = [...hostile.map((score) => node('swarm', score)), ...honest.map((score) => node('honest', score))];
    return says('score-as-detector', madeUpRun({ ...attacked, nodes }));
  };

  test('is told by area and best limit', () => {
    expect(detector([0.1, 0.2], [0.8, 0.9, 1])).toBe(
      'The final score tells attackers well from honest nodes: the area under the curve is 1; the best limit, 0.2, ' +
        'has 100 % of attackers and 0 % of honest nodes at or below it.',
    );
    // of six pairs one is the wrong way round and one a tie
    expect(detector([0.1, 0.8], [0.8, 0.5, 1])).toMatch(/fairly from honest nodes: the area under the curve is 0\.75;/);
    expect(detector([0.5], [0.5])).toBe(
      'The final score doesn’t tell attackers from honest nodes: the area under the curve is 0.5.',
    );
  });
});

describe('the Lorenz curve', () => {
  const paid = (incomes: readonly number[]) =>
    incomes.map((incomeTokens, operator) => node('honest', 1, { operator, incomeTokens }));

  test('is told by what the richest tenth got and by the Gini coefficient', () => {
    // Σ (2i − n − 1) x / (n Σ x) = (−1·1 + 1·3) / (2 · 4)
    expect(says('income-lorenz', madeUpRun({ cohorts: ['honest'], nodes: paid([1, 3]) }))).toBe(
      'Of 2 operators, the richest operator got 75 % of all income; the Gini coefficient is 0.25.',
    );
    expect(says('income-lorenz', madeUpRun({ cohorts: ['honest'], nodes: paid([0, 0]) }))).toBe('Nobody was paid.');
  });

  test('counts an operator once, however many identities it has, and the honest by themselves', () => {
    const nodes = [...paid([2, 2]), ...[0, 1].map(() => node('swarm', 1, { operator: 2, incomeTokens: 3 }))];
    const run = madeUpRun({ ...attacked, nodes });
    expect(says('income-lorenz', run)).toBe(
      'Of 3 operators, the richest operator got 60 % of all income; the Gini coefficient is 0.267, ' +
        '0 among the honest alone.',
    );
    const spec = chartNamed('income-lorenz').spec(run) as unknown as {
      layer: readonly [{ data: { values: readonly { line: string; operators: number; income: number }[] } }];
    };
    const all = spec.layer[0].data.values.filter(({ line }) => line === 'All operators');
    expect(all.map(({ income }) => income)).toEqual([0, 20, 40, 100]);
  });
});

describe('what was slashed', () => {
  test('is told by cause and side', () => {
    expect(says('slashings-by-cause', madeUpRun(attacked))).toBe(
      'Over the whole run 60 tokens were slashed, 60 % of it for wrong answers; 80 % of it was attackers’.',
    );
  });

  test('of honest nodes is for each node', () => {
    // twelve tokens of twelve nodes
    expect(says('honest-harm', madeUpRun(attacked))).toBe(
      'Lost on average over the whole run: a node of honest 1 tokens, most of it for lateness.',
    );
  });

  test('has a row for each of ten causes, the last for everything else', async () => {
    const losses = Array.from({ length: 14 }, (_, at) => {
      return { cohort: 'honest', cause: `cause ${at}`, tokens: 14 - at, count: 1, nodes: 1 };
    });
    const { svg } = await renderChart(chartNamed('slashings-by-cause').spec(madeUpRun({ ...attacked, losses })));
    // 5 + 4 + 3 + 2 + 1
    for (const text of ['cause 8', 'everything else', '15']) expect(svg).toContain(`>${text}<`);
    expect(svg).not.toContain('cause 9<');
  });
});
