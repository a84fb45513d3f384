import { describe, expect, test } from 'vitest';
import { charts } from '../../../reports/charts/index.js';
import { renderChart } from '../../../reports/drawing/render.js';
import { type ReportInput, reportHtml } from '../../../reports/page/html.js';
import { pageScripts, scriptHash } from '../../../reports/page/runtime.js';
import { emptyReport } from '../made-up-report.js';
import { madeUpRun } from '../made-up-run.js';

const HOSTILE = `<script>alert("1")</script> & 'more'`;
const ESCAPED = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;';

const EMPTY: ReportInput = { ...emptyReport, question: 'Does it hold?' };

const COHORT = {
  ...{ cohort: 'swarm', strategy: 'sybil-swarm', isAttacker: true, nodes: '600', ejected: '3' },
  work: '1 %',
  profitInterval: '',
  account: {
    ...{ incomeUsd: '12', stolenUsd: '0', savedUsd: '0', computeUsd: '16' },
    ...{
      identityFeesUsd: '0',
      ownJobsUsd: '0',
      chargesUsd: '0',
      claimsUsd: '0',
      attackCostsUsd: '0',
      slashedUsd: '0',
      capitalCostUsd: '0',
      profitUsd: '−4',
    },
  },
};

const ATTACK = {
  ...{ attack: 'raid', cohorts: 'liars + friends', work: '1 %', profit: '5', overTwin: '', slashed: '0' },
  ...{ detected: '0 %', ejected: '' },
};

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg"><g clip-path="url(#clip0)"/>' +
  '<defs><clipPath id="clip0"><rect/></clipPath></defs></svg>';

/** The page without the scripts that it may run and the data that they read. */
function withoutScripts(html: string): string {
  let rest = html;
  for (const script of pageScripts()) rest = rest.replace(`<script>${script}</script>`, () => '');
  return rest.replace(/<script type="application\/json" id="report-data">[^<]*<\/script>/, '');
}

describe('reportHtml', () => {
  test('lists attacks where there are several, over honesty only beside a twin', () => {
    const alone = reportHtml({ ...EMPTY, attacks: [ATTACK, { ...ATTACK, attack: 'lone' }] });
    expect(alone).toContain('liars + friends');
    expect(alone).not.toContain('Over honesty');
    expect(reportHtml({ ...EMPTY, attacks: [{ ...ATTACK, overTwin: '50' }] })).toContain('Over honesty');
    expect(reportHtml(EMPTY)).not.toContain('id="attacks"');
  });

  test('lists charges and claims of accounts where some cohort has any', () => {
    const page = (account: Partial<typeof COHORT.account>) =>
      reportHtml({ ...EMPTY, fleet: [COHORT, { ...COHORT, account: { ...COHORT.account, ...account } }] });
    const titles = (html: string) => ['−\u00a0Charges', '+\u00a0Covered'].map((title) => html.includes(title));
    expect(titles(page({}))).toEqual([false, false]);
    expect(titles(page({ chargesUsd: '1.20' }))).toEqual([true, false]);
    expect(titles(page({ chargesUsd: '3', claimsUsd: '2' }))).toEqual([true, true]);
  });

  test('shows what it is given', () => {
    const html = reportHtml({
      ...EMPTY,
      warnings: [{ path: 'fleet.a.trace', says: 'Its records end at 47h.' }],
      answer: { verdict: 'Yes. It holds.', reasons: ['They did 1.5 % of it.'], more: ['Nobody left.'] },
      figures: [
        {
          label: 'Work share',
          name: 'attackerWorkShare',
          value: '7.9',
          unit: '%',
          interval: '7 to 9 %',
          window: 'after the warm-up',
          says: 'what they did',
          meaning: 'of the attackers',
        },
      ],
      expectations: [
        { text: 'share below 10 %', value: '7.9 %', met: true },
        { text: 'return below 0', value: '0.2', met: false },
        { text: 'time to detection below 1 day', value: '', met: null },
      ],
      slashings: [
        { cause: 'wrong-result', collateral: 'stake', cohort: 'swarm', nodes: '1', count: '12', tokens: '120.5' },
      ],
      settings: [{ path: 'protocol.bond', value: '10', standard: '0' }],
      identity: [{ name: 'Seed', value: 'sybil-1' }],
      charts: [
        { name: 'a', title: 'Scores', says: 'They rose.', description: 'How scores spread.', svg: SVG, live: {} },
      ],
      fleet: [COHORT],
      marks: 'Marked: a join.',
    });
    for (const text of [
      'Does it hold?',
      '<p class="verdict">Yes. It holds.</p>',
      '<p>They did 1.5\u00a0% of it.</p>',
      '<li>Nobody left.</li>',
      'Work share',
      '7.9 <span class="unit">%</span>',
      '<code>attacker<wbr>Work<wbr>Share</code>, </span>after the warm-up',
      '✓ met',
      '✗ not met',
      'can’t tell',
      'wrong-result',
      '120.5',
      'protocol.bond',
      '<code>sybil-1</code>',
      'How scores spread.',
      'They rose.',
      'Marked: a join.',
      'swarm <span class="unmet">attacks</span>',
      'aria-label="Scores"',
      'Warnings about the scenario',
      'Its records end at 47h.',
      'Definitions',
    ]) {
      expect(html).toContain(text);
    }
  });

  test('says what is missing instead of leaving empty tables', () => {
    const html = reportHtml(EMPTY);
    expect(html).not.toContain('<table');
    expect(html).toContain('No node was slashed.');
    expect(html).toContain('All settings have their defaults.');
    expect(html).toContain('The scenario states no expectations.');
  });

  test('escapes every text', () => {
    const html = reportHtml({
      ...EMPTY,
      title: HOSTILE,
      question: HOSTILE,
      answer: { verdict: HOSTILE, reasons: [HOSTILE], more: [HOSTILE] },
      figures: [
        {
          label: HOSTILE,
          name: HOSTILE,
          value: HOSTILE,
          unit: HOSTILE,
          interval: HOSTILE,
          window: HOSTILE,
          says: HOSTILE,
          meaning: HOSTILE,
        },
      ],
      expectations: [{ text: HOSTILE, value: HOSTILE, met: null }],
      slashings: [{ cause: HOSTILE, collateral: HOSTILE, cohort: HOSTILE, nodes: '1', count: '1', tokens: HOSTILE }],
      attacks: [{ ...ATTACK, attack: HOSTILE, cohorts: HOSTILE }],
      settings: [{ path: HOSTILE, value: HOSTILE, standard: HOSTILE }],
      identity: [{ name: HOSTILE, value: HOSTILE }],
      charts: [
        { name: HOSTILE, title: HOSTILE, says: HOSTILE, description: HOSTILE, svg: SVG, live: { text: HOSTILE } },
      ],
      fleet: [{ ...COHORT, cohort: HOSTILE, strategy: HOSTILE }],
      marks: HOSTILE,
      cohorts: [{ name: HOSTILE, color: HOSTILE, isAttacker: true }],
      undrawn: [{ name: HOSTILE, title: HOSTILE, reason: HOSTILE }],
      protocol: [{ path: HOSTILE, value: HOSTILE, isDefault: true }],
      cast: HOSTILE,
    });
    expect(withoutScripts(html)).not.toContain('<script');
    expect(html.split(ESCAPED).length - 1).toBe(43);
    const json = /<script type="application\/json" id="report-data">(.*?)<\/script>/s.exec(html)![1]!;
    expect(json).not.toContain('<');
    const cohorts = [{ name: HOSTILE, color: HOSTILE, isAttacker: true }];
    expect(JSON.parse(json)).toEqual({ cohorts, charts: { [HOSTILE]: { text: HOSTILE } } });
  });

  test('puts text in as it is, dollar signs included', () => {
    const chart = { name: 'a', title: "$& $' $1", says: '', description: '', svg: SVG, live: {} };
    expect(reportHtml({ ...EMPTY, charts: [chart] })).toContain('aria-label="$&amp; $&#39; $1"');
  });

  test('keeps the ids of charts apart', () => {
    const chart = { name: 'a', title: 'A', says: '', description: '', svg: SVG, live: {} };
    const html = reportHtml({ ...EMPTY, charts: [chart, chart] });
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html).toContain('url(#chart-1-clip0)');
  });

  test('forbids and needs nothing from elsewhere, with its charts in it', async () => {
    const drawn = [];
    for (const chart of charts) {
      const input = madeUpRun({ sampleCount: 9, cohorts: ['honest', HOSTILE] });
      const { svg, live } = await renderChart(chart.spec(input));
      const { name, title, description } = chart;
      drawn.push({ name, title, description, says: chart.says(input), svg, live });
    }
    const page = reportHtml({ ...EMPTY, charts: drawn });
    const hashes = pageScripts().map(scriptHash).join(' ');
    const policy =
      `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src ${hashes}; ` +
      "base-uri 'none'; form-action 'none'";
    expect(page).toContain(`<meta http-equiv="Content-Security-Policy" content="${policy}">`);
    expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    const html = withoutScripts(page);
    expect(html.length).toBeLessThan(page.length - 500_000);
    expect(html).not.toMatch(/<(script|link|iframe|img|object|embed|base|form)\b/i);
    expect(html).not.toMatch(/\b(src|href|srcset|action|data)\s*=\s*["']?\s*(https?:)?\/\//i);
    expect(html).not.toMatch(/url\(\s*["']?(?!#)|@import/i);
    expect(html).not.toMatch(/\son[a-z]+=/i);
    expect(html.match(/<svg role="img"/g)?.length).toBe(charts.length);
  });

  test('without charts runs no scripts', () => {
    expect(reportHtml(EMPTY)).toContain("script-src 'none'");
    expect(reportHtml(EMPTY)).not.toContain('<script');
  });

  test('folds the numbers of a chart below it, escaped, and shows nothing where it has none', () => {
    const chart = { name: 'a', title: 'A', says: 'Says.', description: 'Reads.', svg: SVG, live: {} };
    const tables = [
      { caption: '<Locked>', headings: ['Time', '<b>'], rows: [['day 0 to 1', '110 (100 to 120) nodes']] },
    ];
    const html = withoutScripts(reportHtml({ ...EMPTY, charts: [{ ...chart, tables }] }));
    expect(html).toContain('<summary>In numbers: the median, and in brackets');
    expect(html).toContain('&lt;Locked&gt;');
    expect(html).toContain('<td class="number">110 (100 to 120) nodes</td>');
    expect(html).not.toContain('<b>');
    expect(withoutScripts(reportHtml({ ...EMPTY, charts: [chart] }))).not.toContain('In numbers');
  });

  test('tells intervals of cohorts where there are several replications', () => {
    const fleet = [{ ...COHORT, profitInterval: '−94.4 to −57.3' }];
    const several = reportHtml({ ...EMPTY, fleet, replications: 20 });
    expect(several).toContain('<td class="number">−94.4 to −57.3</td>');
    expect(several).toContain('Numbers are 95 % intervals of means over 20 replications.');
    expect(several).toContain('Amounts are means over the replications.');
    expect(reportHtml({ ...EMPTY, fleet: [COHORT] })).not.toContain('replications.');
  });
});
