import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stripSays } from '../../reports/drawing/strip.js';
import { cohortColors } from '../../reports/drawing/theme.js';
import { toFigure, toNumber, toNumberBeside, toPhrase } from '../../reports/figure.js';
import { type ReportInput, reportHtml } from '../../reports/page/html.js';
import { writeCharts } from '../../reports/write.js';
import type { RunRecord } from '../folder/run-record.js';
import { secondsPerDay } from '../model/contract/units.js';
import type { Table } from '../record/tables/table.js';
import { warmUpSeconds } from '../scenario/schema/scenario-schema.js';
import { answerOf } from './answer.js';
import { changedSettings } from './changed-settings.js';
import { cohortParities } from './cohort-parities.js';
import { cohortSummaries } from './cohort-summaries.js';
import { checkExpectations } from './expectations.js';
import { headlineFigures } from './headlines.js';
import { slashingSums, slashingsOf } from './slashing-sums.js';

/**
 * Draws the charts of a run into the folder and writes report.html, which holds them, from its record alone; returns
 * the charts' names. Aborts between charts.
 */
export async function writeReport(
  folder: string,
  run: RunRecord,
  signal?: AbortSignal,
): Promise<{ readonly charts: readonly string[] }> {
  const { manifest, scenario, values } = run;
  const cohorts = Object.keys(scenario.fleet);
  const input = {
    timeseries: held(run.table('timeseries')),
    nodes: run.table('nodes'),
    episodes: run.table('episodes'),
    newcomers: cohortParities(run.table('newcomers'), cohorts),
    cohorts,
    horizonDays: scenario.horizon / secondsPerDay,
    warmUpDays: warmUpSeconds(scenario) / secondsPerDay,
  };
  const charts = await writeCharts(folder, input);
  signal?.throwIfAborted();
  const html = reportHtml({
    title: manifest.name,
    question: manifest.question,
    answer: answerOf(run),
    figures: headlineFigures(values).map(({ metric: { name, unit, meaning }, label, value }) => {
      const figure = toFigure(value, unit);
      return { label, name, value: figure.text, unit: figure.unit, meaning };
    }),
    expectations: checkExpectations(scenario.expect, values).map(({ text, value, limits, met }) => {
      return { text, value: toNumberBeside(value, limits), met };
    }),
    fleet: cohortSummaries(run.table('cohorts')).map((each) => ({
      ...each,
      nodes: toNumber(each.nodes),
      ejected: toNumber(each.ejected),
      work: toPhrase(each.workFraction, 'fraction'),
      income: toNumber(each.incomeUsd),
      stolen: toNumber(each.stolenUsd),
      slashed: toNumber(each.slashedUsd),
      profit: toNumber(each.profitUsd),
    })),
    slashings: slashingsByCause(run.table('slashings')),
    settings: changedSettings({ written: manifest.scenario, scenario }),
    identity: [
      ...(manifest.protocol === null ? [] : [{ name: 'Protocol', value: manifest.protocol }]),
      {
        name: 'Length',
        value: `${toPhrase(scenario.horizon, 's')}, the first ${toPhrase(warmUpSeconds(scenario), 's')} of it warm-up`,
      },
      { name: 'Command', value: manifest.command },
      { name: 'Seed', value: manifest.seed },
      { name: 'Fingerprint of the trajectory', value: manifest.fingerprints.trajectory },
      { name: 'Fingerprint of the accounting', value: manifest.fingerprints.accounting },
      { name: 'Engine', value: `${manifest.engine.name} ${manifest.engine.version}` },
    ],
    charts,
    marks: stripSays(input),
    cohorts: cohortColors(cohorts).map((color, index) => ({ name: cohorts[index]!, color })),
  });
  writeFileSync(join(folder, 'report.html'), html);
  return { charts: charts.map(({ name }) => name) };
}

/** Slashings of the whole run added up by cause and cohort, in the order in which each first occurred. */
function slashingsByCause(table: Table): ReportInput['slashings'] {
  const sums = slashingSums(slashingsOf(table), ({ cause, cohort }) => JSON.stringify([cause, cohort]));
  return Array.from(sums.values(), ({ first: { cause, cohort }, nodes, count, tokens }) => {
    const words = `${cause.charAt(0).toUpperCase()}${cause.slice(1)}`;
    return { cause: words, cohort, nodes: toNumber(nodes), count: toNumber(count), tokens: toNumber(tokens) };
  });
}

/** The table with its rows in memory, as every chart goes through them. */
function held(table: Table): Table {
  const { name, meaning, columns } = table;
  const rows = [...table.rows()];
  return { name, meaning, columns, rowCount: rows.length, rows: () => rows };
}
