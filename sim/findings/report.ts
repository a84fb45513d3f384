import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cast, castOf, castSays } from '../../reports/drawing/cast.js';
import { stripSays } from '../../reports/drawing/strip.js';
import { toFigure, toNumber, toPhrase } from '../../reports/figure.js';
import { type ReportInput, reportHtml } from '../../reports/page/html.js';
import { measuredByCohort } from '../../reports/series/measured.js';
import { writeCharts } from '../../reports/write.js';
import type { Drawn } from '../folder/run-folder.js';
import type { RunRecord } from '../folder/run-record.js';
import type { SweepRecord } from '../folder/sweep-record.js';
import { secondsPerDay } from '../model/contract/units.js';
import type { Table } from '../record/tables/table.js';
import { warmUpSeconds } from '../scenario/schema/scenario-schema.js';
import { answerOf } from './answer/answer.js';
import { neverHappened } from './answer/never-happened.js';
import { unservedRows } from './answer/shortage/unserved.js';
import { changedSettings, settingsMost } from './changed-settings.js';
import { cohortDetections } from './charts/detections.js';
import { lossesOf } from './charts/losses.js';
import { accountsOverTwin } from './charts/over-twin.js';
import { checkExpectations } from './checked-expectations.js';
import { accountTexts, castSummaries, cohortAccounts } from './cohort-accounts.js';
import { cohortParities } from './cohort-parities.js';
import { cohortTexts } from './cohort-spreads.js';
import { headlineFigures } from './headlines.js';
import { heldColumns } from './held-columns.js';
import { attackTexts } from './outcome/attack-texts.js';
import { turningBeside } from './outcome/beside.js';
import { whoWon } from './outcome/who-won.js';
import { protocolValues } from './protocol-values.js';
import {
  intervalInWords,
  meansOverReplications,
  ofFirstReplication,
  replicatedFigure,
  summariesOf,
  valuesByReplication,
} from './replications.js';
import { factsOfRecord } from './run-facts.js';
import { slashingSums, slashingsOf } from './slashing-sums.js';
import { capitalised } from './words.js';

/**
 * Draws the charts of a run into the folder and writes report.html, which holds them, from its record alone, and from
 * that of a sweep of the same scenario if one is given; returns the charts' names, and which couldn't be drawn. Aborts
 * between charts.
 */
export async function writeReport(
  folder: string,
  run: RunRecord,
  signal?: AbortSignal,
  sweep?: SweepRecord,
): Promise<Drawn> {
  const { manifest, scenario, values } = run;
  const replications = valuesByReplication(run.table('runs'), scenario.registry.metrics);
  const means = (name: string) => meansOverReplications(run.table(name), replications.length);
  const first = (name: string) => ofFirstReplication(run.table(name));
  const intervals = summariesOf(replications, scenario.registry.metrics);
  const summaries = cohortAccounts(means('cohorts'));
  const cast = castOf(summaries);
  const headlines = headlineFigures(values, scenario);
  const everything = first('nodes');
  const nodes = heldColumns(everything, nodeColumns);
  const cohortOf = new Map(cast.cohorts.map((name, place) => [name, place]));
  const input = {
    ...cast,
    timeseries: run.table('timeseries'),
    twin: run.hasTable('twin') ? run.table('twin') : null,
    nodes,
    measures: measuredByCohort(everything, cast.cohorts.length, (name) => {
      return cohortOf.get(cast.nameOf.get(name) ?? name) ?? -1;
    }),
    episodes: first('episodes'),
    newcomers: cohortParities(first('newcomers'), cast),
    detections: run.hasTable('detection') ? cohortDetections(first('detection'), cast) : [],
    overTwin: run.hasTable('twin-cohorts') ? accountsOverTwin(summaries, cohortAccounts(means('twin-cohorts'))) : [],
    losses: lossesOf(slashingsOf(first('slashings')), cast),
    figures:
      replications.length > 1 ? headlines.map(({ metric }) => replicatedFigure(intervals.get(metric.name)!)) : [],
    horizonDays: scenario.horizon / secondsPerDay,
    warmUpDays: warmUpSeconds(scenario) / secondsPerDay,
  };
  const { drawn, undrawn } = await writeCharts(folder, input, signal);
  const written = manifest.scenario;
  const table = (name: string) => (name === 'nodes' ? nodes : run.table(name));
  const facts = factsOfRecord(run, table);
  const settings = changedSettings({ written, scenario }, (cohort) => cast.cohorts.includes(cohort));
  const fleet = castSummaries(summaries, cast);
  const accounts = accountTexts(fleet);
  const texts = cohortTexts(run.table('cohorts'), cast);
  const html = reportHtml({
    title: manifest.name,
    question: manifest.question,
    answer: answerOf(facts),
    outcome: whoWon(facts, sweep === undefined ? null : turningBeside(run, sweep)),
    figures: headlines.map(({ metric, says, value }) => {
      const { name, label, unit, window, meaning } = metric;
      const figure = toFigure(value, unit);
      const interval = replications.length > 1 ? intervalInWords(intervals.get(name)!) : '';
      const said = { name, window, says, meaning, interval };
      return { label: capitalised(label), value: figure.text, unit: figure.unit, ...said };
    }),
    expectations: checkExpectations(run.table('expectations')).map(({ subject, bounds, found, met }) => {
      return { text: `${capitalised(subject)}: ${bounds}`, value: found, met };
    }),
    fleet: fleet.map((each, place) => ({
      cohort: each.cohort,
      strategy: each.strategy,
      isAttacker: each.isAttacker,
      ...texts[place]!,
      account: accounts.textsOf(each),
    })),
    attacks: run.hasTable('attacks') ? attackTexts(run.table('attacks')) : [],
    replications: replications.length,
    accountStep: accounts.step,
    unserved: unservedRows({ unserved: means('unserved'), capacity: run.table('capacity') }),
    slashings: slashingsByCause(first('slashings'), cast),
    warnings: manifest.warnings.map(({ path, expected, found, why }) => {
      return { path, says: `${capitalised(`expected ${expected}`)}; found ${found}, ${why}.` };
    }),
    neverHappened: neverHappened({ scenario, written, table: (name) => (name === 'nodes' ? nodes : first(name)) }),
    settings,
    settingsMost,
    protocol: protocolValues(manifest.resolved.protocol, new Set(settings.map(({ path }) => path)), scenario.registry),
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
    charts: drawn,
    undrawn,
    marks: stripSays(input),
    cast: castSays(cast),
    cohorts: cast.cohorts.map((name, index) => ({
      name,
      color: cast.colors[index]!,
      isAttacker: cast.attackers.includes(name),
    })),
  });
  writeWhole(join(folder, 'report.html'), html);
  return {
    charts: drawn.map(({ name }) => name),
    undrawn: undrawn.map(({ name, reason }) => ({ name, reason })),
  };
}

/** What answer and charts ask about nodes, of which there may be a million: read once. */
const nodeColumns = [
  ...['node', 'cohort', 'online', 'active', 'joinedDays', 'leftDays', 'score', 'workReferenceHours'],
  ...[
    'operator',
    'incomeTokens',
    'stakeTokens',
    'slashedTokens',
    'attemptsAccepted',
    'attemptsFailed',
    'recomputations',
  ],
];

/** Writes the file beside its place first, so that what is there is whole. */
export function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.partial`, text);
  renameSync(`${path}.partial`, path);
}

/** Slashings of the whole run added up by cause, collateral and cohort, in the order in which each first occurred. */
function slashingsByCause(table: Table, { nameOf }: Cast): ReportInput['slashings'] {
  const shown = (cohort: string) => nameOf.get(cohort) ?? cohort;
  const sums = slashingSums(slashingsOf(table), ({ cause, collateral, cohort }) => {
    return JSON.stringify([cause, collateral, shown(cohort)]);
  });
  return Array.from(sums.values(), ({ first: { cause, collateral, cohort: own }, nodes, count, tokens }) => {
    const cohort = shown(own);
    const words = capitalised(cause);
    return {
      cause: words,
      collateral: collateral === 'bondToken' ? 'bond, in bond tokens' : collateral,
      cohort,
      nodes: toNumber(nodes),
      count: toNumber(count),
      tokens: toNumber(tokens),
    };
  });
}
