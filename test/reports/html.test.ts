import { describe, expect, test } from 'vitest';
import { charts } from '../../reports/charts/index.js';
import { renderChart } from '../../reports/charts/render.js';
import { type ReportInput, reportHtml } from '../../reports/html.js';
import { madeUpRun } from './made-up-run.js';

const HOSTILE = `<script>alert("1")</script> & 'more'`;
const ESCAPED = '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;more&#39;';

const EMPTY: ReportInput = {
  title: 'run',
  question: 'Does it hold?',
  answer: [],
  figures: [],
  expectations: [],
  slashings: [],
  settings: [],
  identity: [],
  charts: [],
};

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg"><g clip-path="url(#clip0)"/>' +
  '<defs><clipPath id="clip0"><rect/></clipPath></defs></svg>';

describe('reportHtml', () => {
  test('shows what it is given', () => {
    const html = reportHtml({
      ...EMPTY,
      answer: ['It holds.'],
      figures: [{ name: 'Work share', value: '7.9', unit: '%', meaning: 'of the attackers' }],
      expectations: [
        { text: 'share below 10 %', value: '7.9 %', met: true },
        { text: 'return below 0', value: '0.2', met: false },
        { text: 'time to detection below 1 day', value: '', met: null },
      ],
      slashings: [{ cause: 'wrong-result', cohort: 'swarm', count: 12, tokens: '120.5' }],
      settings: [{ path: 'protocol.bond', value: '10', standard: '0' }],
      identity: [{ name: 'Seed', value: 'sybil-1' }],
      charts: [{ name: 'a', title: 'Scores', description: 'How scores spread.', svg: SVG }],
    });
    for (const text of [
      'Does it hold?',
      'It holds.',
      'Work share',
      '7.9 <span class="unit">%</span>',
      '✓ met',
      '✗ not met',
      'can’t tell',
      'wrong-result',
      '120.5',
      'protocol.bond',
      '<code>sybil-1</code>',
      'How scores spread.',
      'aria-label="Scores"',
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
      title: HOSTILE,
      question: HOSTILE,
      answer: [HOSTILE],
      figures: [{ name: HOSTILE, value: HOSTILE, unit: HOSTILE, meaning: HOSTILE }],
      expectations: [{ text: HOSTILE, value: HOSTILE, met: null }],
      slashings: [{ cause: HOSTILE, cohort: HOSTILE, count: 1, tokens: HOSTILE }],
      settings: [{ path: HOSTILE, value: HOSTILE, standard: HOSTILE }],
      identity: [{ name: HOSTILE, value: HOSTILE }],
      charts: [{ name: HOSTILE, title: HOSTILE, description: HOSTILE, svg: SVG }],
    });
    expect(html).not.toContain('<script');
    expect(html.split(ESCAPED).length - 1).toBe(22);
  });

  test('puts text in as it is, dollar signs included', () => {
    const chart = { name: 'a', title: "$& $' $1", description: '', svg: SVG };
    expect(reportHtml({ ...EMPTY, charts: [chart] })).toContain('aria-label="$&amp; $&#39; $1"');
  });

  test('keeps the ids of charts apart', () => {
    const chart = { name: 'a', title: 'A', description: '', svg: SVG };
    const html = reportHtml({ ...EMPTY, charts: [chart, chart] });
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html).toContain('url(#chart-1-clip0)');
  });

  test('forbids and needs nothing from elsewhere, with its charts in it', async () => {
    const drawn = [];
    for (const chart of charts) {
      const { svg } = await renderChart(chart.spec(madeUpRun({ sampleCount: 9, cohorts: ['honest', HOSTILE] })));
      drawn.push({ ...chart, svg });
    }
    const html = reportHtml({ ...EMPTY, charts: drawn });
    const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'";
    expect(html).toContain(`<meta http-equiv="Content-Security-Policy" content="${policy}">`);
    expect(html).not.toMatch(/<(script|link|iframe|img|object|embed|base|form)\b/i);
    expect(html).not.toMatch(/\b(src|href|srcset|action|data)\s*=\s*["']?\s*(https?:)?\/\//i);
    expect(html).not.toMatch(/url\(\s*["']?(?!#)|@import/i);
    expect(html).not.toMatch(/\son[a-z]+=/i);
    expect(html.match(/<svg role="img"/g)?.length).toBe(charts.length);
  });
});
