/// <reference lib="dom" />
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { charts } from '../../../reports/charts/index.js';
import { stripSays } from '../../../reports/drawing/strip.js';
import { reportHtml } from '../../../reports/page/html.js';
import { writeReport } from '../../../sim/findings/report.js';
import { writeRunFolder } from '../../../sim/folder/run-folder.js';
import { runScenario } from '../../../sim/run.js';
import { temporaryFolder } from '../../commands/command-line.js';
import { loadText } from '../../support/scenarios.js';
import { drawnReport } from '../made-up-report.js';
import { madeUpCast, madeUpRun } from '../made-up-run.js';

const browserPath = '/usr/bin/chromium';
const isThere = existsSync(browserPath);
if (!isThere) console.warn(`the report's page isn't tested: expected Chromium at ${browserPath}, found none`);

const scenario = `# Does the page say <b>what</b> the run shows?
protocol: { extends: triangulated-mesh, reputation: window-composite }
seed: page
horizon: 6d
twin: true
fleet:
  honest: { nodes: 60, outages: { up: { constant: 2d }, down: { constant: 4h } } }
  swarm: { nodes: 30, joins: { at: 2d, over: 1d }, stake: 10, strategy: { kind: sybil-swarm, machines: 3 } }
  data-centre-operators-of-the-north-atlan: { nodes: 20, strategy: always-wrong }
workload: { batch: { arrivals: { perHour: 60 } } }
expect: [{ metric: attackerWorkShare, below: 0.9 }]
`;
const [honest, swarm] = madeUpCast(['honest', 'swarm', 'data-centre-operators-of-the-north-atlan']).colors;
const folder = temporaryFolder();
const options = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  ...['--disable-component-update', '--disable-sync'],
];

let browser: Browser;
beforeAll(async () => {
  if (!isThere) return;
  await writeRunFolder(join(folder, 'out'), await runScenario(loadText(scenario)), { drawReport: writeReport });
  browser = await chromium.launch({ executablePath: browserPath, headless: true, args: options });
});
afterAll(async () => browser?.close());

/** What a page did besides showing itself. */
interface Opened {
  readonly page: Page;
  readonly said: string[];
  readonly asked: string[];
}

async function open(how: BrowserContextOptions = {}, file = join(folder, 'out/report.html')): Promise<Opened> {
  const context = await browser.newContext({ viewport: { width: 1000, height: 900 }, ...how });
  const page = await context.newPage();
  const [said, asked]: [string[], string[]] = [[], []];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', (error) => said.push(error.message));
  page.on('dialog', (dialog) => {
    said.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  if (how.javaScriptEnabled !== false) await page.waitForSelector('html[data-ready]', { state: 'attached' });
  return { page, said, asked };
}

/** Of each chart: its texts, its marks of data, and those in the colour. */
const drawn = (page: Page, color: string) =>
  page.$$eval(
    '[data-chart]',
    (cards, wanted) =>
      cards.map((card) => {
        const marks = '.mark-area path, .mark-line path, .mark-rect path, .mark-symbol path';
        const all = [...card.querySelectorAll(marks)].filter((mark) => (mark.getAttribute('d') ?? '') !== '');
        const isIn = (mark: Element) => ['fill', 'stroke'].some((name) => mark.getAttribute(name) === wanted);
        return {
          name: card.getAttribute('data-chart') ?? '',
          isLive: card.getAttribute('data-live') === 'true',
          texts: [...card.querySelectorAll('text')].map((text) => text.textContent ?? ''),
          marks: all.length,
          inColor: all.filter((mark) => isIn(mark) && mark.closest('.role-legend') === null).length,
        };
      }),
    color,
  );

/** The scenario has no newcomers. */
const shown = charts.filter(({ name }) => name !== 'newcomer-parity' && name !== 'replications');
/** Charts whose marks are of no cohort, or of attackers alone, who aren't all that the test turns off. */
const ofSides = new Set([
  ...['job-outcomes', 'job-times', 'income-lorenz', 'profit-against-twin', 'corruption', 'detection-curve'],
  ...['slashings-by-cause', 'honest-harm', 'score-as-detector'],
]);
const byCohort = shown.map(({ name }) => name).filter((name) => !ofSides.has(name));
/** All that show attackers: with a line of theirs, or in the strip below. The swarm that is turned off doesn’t lie. */
const ofAttackers = new Set(charts.filter(({ isOverTime }) => isOverTime).map(({ name }) => name));

describe.skipIf(!isThere)('the report’s page in a browser', () => {
  test('draws marks and texts of every chart, says nothing on the console, and asks for nothing', async () => {
    const { page, said, asked } = await open();
    const found = await drawn(page, honest!);
    expect(found.map(({ name }) => name)).toEqual(shown.map(({ name }) => name));
    for (const { name, isLive, texts, marks, inColor } of found) {
      expect(isLive, name).toBe(true);
      expect(texts, name).toContain(charts.find((chart) => chart.name === name)!.title);
      expect(texts.length, name).toBeGreaterThan(8);
      expect(marks, name).toBeGreaterThan(1);
      if (byCohort.includes(name)) expect(inColor, name).toBeGreaterThan(0);
      expect(
        texts.filter((text) => text.includes('…')),
        name,
      ).toEqual([]);
    }
    expect(said).toEqual([]);
    expect(asked).toEqual([pathToFileURL(join(folder, 'out/report.html')).href]);
    await page.context().close();
  });

  test('turns a cohort off in every chart that shows cohorts, and on again', async () => {
    const { page, said } = await open();
    const before = await drawn(page, swarm!);
    const button = page.getByRole('button', { name: 'swarm' });
    expect(await button.getAttribute('aria-pressed')).toBe('true');
    await button.click();
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    const off = await drawn(page, swarm!);
    for (const [index, { name, inColor }] of off.entries()) {
      expect(inColor, name).toBe(0);
      expect(before[index]!.inColor > 0, name).toBe(byCohort.includes(name) || ofAttackers.has(name));
    }
    const others = await drawn(page, honest!);
    for (const { name, inColor } of others) if (byCohort.includes(name)) expect(inColor, name).toBeGreaterThan(0);
    await button.click();
    expect(await drawn(page, swarm!)).toEqual(before);
    expect(said).toEqual([]);
    await page.context().close();
  });

  test('shows values under the pointer, without those of cohorts that are off', async () => {
    const { page } = await open();
    const card = page.locator('[data-chart="nodes-online"]');
    const point = async () => {
      await card.scrollIntoViewIfNeeded();
      const box = (await card.boundingBox())!;
      await page.mouse.move(box.x + 0.8 * box.width, box.y + 0.5 * box.height);
      await page.mouse.move(box.x + 0.8 * box.width + 2, box.y + 0.5 * box.height);
      return page.locator('.tip').innerText();
    };
    const text = await point();
    expect(text).toMatch(/Time\s+day \d/);
    expect(text).toMatch(/honest\s+\d+ nodes/);
    expect(text).toMatch(/swarm\s+30 nodes/);
    await page.getByRole('button', { name: 'swarm' }).click();
    expect(await point()).not.toContain('swarm');
    await page.mouse.move(2, 2);
    expect(await page.locator('.tip').isHidden()).toBe(true);
    await page.context().close();
  });

  test('shows the drawings where scripts don’t run', async () => {
    const { page, said } = await open({ javaScriptEnabled: false });
    const svgs = page.locator('[data-chart] > svg[role="img"]');
    expect(await svgs.count()).toBe(shown.length);
    const heights = await svgs.evaluateAll((all) => all.map((svg) => svg.getBoundingClientRect().height));
    expect(Math.min(...heights)).toBeGreaterThan(120);
    expect(await page.locator('#cohorts').isVisible()).toBe(false);
    expect(said).toEqual([]);
    await page.context().close();
  });

  test('runs nothing that a name says, and turns such a cohort off as any other', async () => {
    const cohorts = [
      '</script><script>alert(1)</script>',
      `"><img src=x onerror="alert(2)">'`,
      'datum.x[0]); alert(3)//',
    ];
    const input = madeUpRun({ cohorts, sampleCount: 61, attackers: [cohorts[1]!] });
    const file = join(folder, 'hostile.html');
    const title = cohorts[0]!;
    const colors = input.colors;
    const report = {
      ...(await drawnReport(folder, input)),
      title,
      question: title,
      answer: { verdict: '', reasons: cohorts, more: [] },
    };
    writeFileSync(file, reportHtml({ ...report, marks: stripSays(input) }));
    const { page, said, asked } = await open({}, file);
    const before = await drawn(page, colors[1]!);
    expect(before.map(({ isLive }) => isLive)).toEqual(charts.map(() => true));
    await page.locator('#cohorts button').nth(1).click();
    const off = await drawn(page, colors[1]!);
    expect(off.map(({ inColor }) => inColor)).toEqual(charts.map(() => 0));
    expect(before.filter(({ inColor }) => inColor > 0).length).toBeGreaterThan(6);
    expect(said).toEqual([]);
    expect(asked).toHaveLength(1);
    await page.context().close();
  });

  test('evaluates no text and reaches nothing, even if a script asked it to', async () => {
    const { page, asked } = await open();
    const outcome = await page.evaluate(async () => {
      // In a turn of its own, as the policy doesn't bind what the driver itself evaluates.
      await new Promise((resolve) => setTimeout(resolve));
      let evaluated: string;
      try {
        evaluated = String(new Function('return 1')());
      } catch (error) {
        evaluated = (error as Error).name;
      }
      const fetched = await fetch('https://example.org/').then(
        () => 'fetched',
        () => 'refused',
      );
      return { evaluated, fetched };
    });
    expect(outcome).toEqual({ evaluated: 'EvalError', fetched: 'refused' });
    expect(asked.filter((url) => !url.startsWith('file:'))).toEqual([]);
    await page.context().close();
  });

  test('is light, dark or on paper as the reader likes, never wider than a narrow window', async () => {
    const background = (page: Page) =>
      page.evaluate(() => {
        const [card, text] = [document.querySelector('.card')!, document.querySelector('.card svg text')!];
        return [getComputedStyle(card).backgroundColor, getComputedStyle(text).fill];
      });
    const { page } = await open({ colorScheme: 'light' });
    const light = await background(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await background(page);
    const lightness = (color: string) => Math.max(...color.match(/\d+/g)!.slice(0, 3).map(Number));
    expect(light.map(lightness)).toEqual([255, expect.any(Number)]);
    expect(lightness(light[1]!)).toBeLessThan(100);
    expect(lightness(dark[0]!)).toBeLessThan(60);
    expect(lightness(dark[1]!)).toBeGreaterThan(180);
    await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
    expect(await background(page)).toEqual(light);
    await page.emulateMedia({ colorScheme: 'light', media: 'screen' });
    const picture = join(folder, 'report.png');
    await page.screenshot({ path: picture, fullPage: true });
    expect(statSync(picture).size).toBeGreaterThan(100_000);
    await page.setViewportSize({ width: 400, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
    await page.context().close();
  });

  test('on a phone charts scroll in their box at a readable size, and words are whole', async () => {
    const { page } = await open({ viewport: { width: 390, height: 844 } });
    const seen = await page.evaluate(() => {
      const isOut = (element: Element) => element.closest('.card, .wide, .unseen, #cohorts') === null;
      const wide = [...document.querySelectorAll('main *')].filter(
        (element) => isOut(element) && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1,
      );
      const [chart] = document.querySelectorAll('.card svg');
      const letters = Number.parseFloat(getComputedStyle(chart!.querySelector('text')!).fontSize);
      const shrunk = chart!.getBoundingClientRect().width / Number(chart!.getAttribute('width'));
      const first = document.querySelector('.card')!;
      const tiles = [...document.querySelectorAll('.figures > div')].filter(
        (tile) => tile.checkVisibility() && tile.compareDocumentPosition(first) & Node.DOCUMENT_POSITION_FOLLOWING,
      );
      return {
        page: document.documentElement.scrollWidth,
        overflowing: wide.map(({ tagName, className }) => `${tagName} ${className}`),
        letters: letters * shrunk,
        tiles: tiles.length,
        hints: [...document.querySelectorAll('.hint')]
          .filter((each) => each.closest('details:not([open])') === null)
          .every((each) => each.checkVisibility()),
      };
    });
    expect(seen).toEqual({ page: 390, overflowing: [], letters: expect.any(Number), tiles: 6, hints: true });
    expect(seen.letters).toBeGreaterThan(10);
    await page.setViewportSize({ width: 1000, height: 844 });
    expect(await page.locator('.hint').first().isVisible()).toBe(false);
    await page.context().close();
  });
});
