import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { charts } from '../../../reports/charts/index.js';
import { renderChart } from '../../../reports/drawing/render.js';
import { reportHtml } from '../../../reports/page/html.js';
import { pageScripts } from '../../../reports/page/runtime.js';
import { root, sim, temporaryFolder } from '../../commands/command-line.js';
import { emptyReport } from '../made-up-report.js';
import { madeUpRun } from '../made-up-run.js';

const names = [
  '</text><script>alert(1)</script>',
  '"quotes", \'more\' & <b>',
  'two\nlines\r\nand a\ttab',
  '\u001b[31mred\u001b[0m \u009b2J\u0007',
  '=HYPERLINK("https://example.org","x")',
  '@SUM(A1)',
  '\u202egnirts\u2066 \ufffe \ud800',
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that steer a terminal
const steering = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/;

/** Charts whose lines are of the whole network, or of attackers and honest operators. */
const ofAllCohorts = /^(job-.*|honest-twin|corruption)$/;

describe('names that mean harm', () => {
  test.each(charts)('are nothing but text in $name, in both of its files', async (chart) => {
    const input = madeUpRun({ sampleCount: 9, cohorts: names, horizonDays: 3, joinDays: 1 });
    const { svg, png } = await renderChart(chart.spec(input));
    expect(svg).not.toMatch(/<script|<b>/);
    expect(svg).not.toMatch(steering);
    expect(svg).not.toMatch(/[\ufffe\uffff\u202e]|\p{Cs}/u);
    // A PNG comes of well-formed XML only.
    expect(png.length).toBeGreaterThan(10_000);
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);
    if (chart.isOverTime && !ofAllCohorts.test(chart.name)) expect(texts).toContain('@SUM(A1)');
    expect(chart.says(input)).toMatch(/\.$/);
  });

  test('are nothing but text in a run’s files and on the terminal', () => {
    const folder = temporaryFolder();
    const trace = join(folder, 'trace');
    mkdirSync(trace);
    const fixture = join(root, 'test/fixtures/golem-2019');
    for (const file of readdirSync(fixture)) copyFileSync(join(fixture, file), join(trace, file));
    renameNodes(trace);
    const name = `<script>alert(1)<\n>"a", 'b' & =c \u001b[31m`;
    const cohort = `{ trace: { format: golem-2019, path: trace, month: 2019-01 } }`;
    writeFileSync(
      join(folder, `${name}.yaml`),
      `# =1+1 <script>alert(2)</script> "what", 'who'?\nhorizon: 2d\nfleet: { old: ${cohort} }\n` +
        'workload: { batch: { arrivals: { perHour: 5 } } }\n',
    );
    const ran = sim(['run', `${name}.yaml`, '--out', 'out'], folder);
    expect(ran.code, ran.err).toBe(0);
    const redrawn = sim(['report', 'out'], folder);
    expect(redrawn.code, redrawn.err).toBe(0);
    const refused = sim(['report', names[3]!], folder);
    expect(refused.code).toBe(2);
    const odd = sim(['run', `${name}.yaml`, '--set', `fleet.${names[3]}={nodes: 3}`, '--out', 'odd'], folder);
    expect(odd.code).toBe(2);
    for (const { out, err } of [ran, redrawn, refused, odd]) expect(out + err).not.toMatch(steering);

    const nodes = readFileSync(join(folder, 'out/nodes.csv'), 'utf8');
    expect(nodes).not.toMatch(steering);
    const { data } = Papa.parse<Record<string, string>>(nodes, { header: true, skipEmptyLines: true });
    const read = data.map((row) => row.name!);
    expect(read).toContain(names[0]);
    expect(read).toContain(names[1]);
    expect(read).toContain(`'${names[4]}`);
    expect(read.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(new Set(data.map((row) => Object.keys(row).length)).size).toBe(1);

    const page = withoutOwnScripts(readFileSync(join(folder, 'out/report.html'), 'utf8'));
    expect(page).not.toContain('<script');
    expect(page).not.toMatch(steering);
    expect(page).toContain('&lt;script&gt;alert(2)&lt;/script&gt;');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;');
  });

  test('don’t get out of a report’s page', async () => {
    const input = madeUpRun({ sampleCount: 5, cohorts: names });
    const { svg, live } = await renderChart(charts[0]!.spec(input));
    const [hostile] = names as [string];
    const cohort = {
      cohort: hostile,
      strategy: hostile,
      isAttacker: true,
      nodes: '',
      ejected: '',
      work: '',
      profitInterval: '',
      account: {
        ...{ incomeUsd: '1', stolenUsd: '1', savedUsd: '1', computeUsd: '1' },
        ...{
          identityFeesUsd: '1',
          ownJobsUsd: '1',
          chargesUsd: '1',
          claimsUsd: '1',
          attackCostsUsd: '1',
          slashedUsd: '1',
          capitalCostUsd: '1',
          profitUsd: '1',
        },
      },
    };
    const page = reportHtml({
      ...emptyReport,
      ...{
        title: hostile,
        question: hostile,
        answer: { verdict: hostile, reasons: [hostile], more: [hostile] },
        figures: [],
        expectations: [],
        marks: hostile,
      },
      ...{
        slashings: [{ cause: hostile, collateral: hostile, cohort: hostile, nodes: '1', count: '1', tokens: '1' }],
        settings: [],
        identity: [],
      },
      fleet: [cohort],
      charts: [{ name: 'a', title: hostile, says: charts[0]!.says(input), description: '', svg, live }],
      cohorts: names.map((name) => ({ name, color: '#000000', isAttacker: false })),
    });
    expect(withoutOwnScripts(page)).not.toContain('<script');
    const [, json] = /id="report-data">(.*?)<\/script>/s.exec(page)!;
    expect(JSON.parse(json!).cohorts.map(({ name }: { name: string }) => name)).toEqual(names);
  });
});

/** Gives the first nodes of a trace the names, in all of its files; a line break is left to quotes. */
function renameNodes(folder: string): void {
  const path = join(folder, 'nodes_2019-01.csv');
  const { data } = Papa.parse<string[]>(readFileSync(path, 'utf8').trimEnd());
  const old = data.slice(1).map((row) => row[0]!);
  const given = new Map(names.slice(0, 6).map((name, at) => [old[at]!, name.trim()]));
  for (const file of readdirSync(folder)) {
    const rows = Papa.parse<string[]>(readFileSync(join(folder, file), 'utf8').trimEnd()).data;
    const renamed = rows.map((row) => row.map((cell, at) => (at === 0 ? (given.get(cell) ?? cell) : cell)));
    writeFileSync(join(folder, file), `${Papa.unparse(renamed, { newline: '\n' })}\n`);
  }
}

/** The page without the scripts that it may run and the data that they read. */
function withoutOwnScripts(page: string): string {
  let rest = page;
  for (const script of pageScripts()) rest = rest.replace(`<script>${script}</script>`, () => '');
  return rest.replace(/<script type="application\/json" id="report-data">[^<]*<\/script>/, '');
}
