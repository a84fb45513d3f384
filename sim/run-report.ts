import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportHtml } from '../reports/html.js';
import { writeCharts } from '../reports/write.js';
import { answerOf, headlineFigures, slashingsByCause } from './answer.js';
import { changedSettings } from './changed-settings.js';
import { toFigure, toNumber } from './figure.js';
import { packageName, packageVersion } from './package.js';
import { checkExpectations } from './record/expectations.js';
import type { RunResult } from './run.js';

const secondsPerDay = 86_400;

/** Draws the charts into the folder and writes report.html, which holds them. */
export async function writeReport(folder: string, result: RunResult, command: string): Promise<void> {
  const { loaded, row, tables } = result;
  const { scenario } = loaded;
  const table = (name: string) => tables.find((each) => each.name === name)!;
  const charts = await writeCharts(folder, {
    timeseries: table('timeseries'),
    cohorts: Object.keys(scenario.fleet),
    horizonDays: scenario.horizon / secondsPerDay,
    warmUpDays: (scenario.warmUp ?? scenario.horizon / 10) / secondsPerDay,
  });
  const html = reportHtml({
    title: loaded.name,
    question: loaded.question,
    answer: answerOf(result),
    figures: headlineFigures(row.values).map(({ metric: { name, unit, meaning }, value }) => {
      const figure = toFigure(value, unit);
      return { name, value: figure.text, unit: figure.unit, meaning };
    }),
    expectations: checkExpectations(scenario.expect, row.values).map(({ text, value, met }) => {
      return { text, value: toNumber(value), met };
    }),
    slashings: slashingsByCause(table('slashings')).map((sum) => ({ ...sum, tokens: toNumber(sum.tokens) })),
    settings: changedSettings(loaded),
    identity: [
      { name: 'Command', value: command },
      { name: 'Seed', value: row.seed },
      { name: 'Fingerprint of the trajectory', value: result.trajectoryFingerprint },
      { name: 'Fingerprint of the accounting', value: result.accountingFingerprint },
      { name: 'Engine', value: `${packageName} ${packageVersion()}` },
    ],
    charts,
  });
  writeFileSync(join(folder, 'report.html'), html);
}
