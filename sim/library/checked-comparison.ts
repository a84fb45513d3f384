/** The public functions of comparisons, with what they are given checked. */
import { z } from 'zod';
import { type Compared, type CompareOptions, compareSides } from '../experiment/compare/compare.js';
import { type WriteComparisonOptions, writeComparisonFolder as writeFolder } from '../experiment/compare/folder.js';
import { type Comparable, sidesOf } from '../experiment/compare/sides.js';
import { writeComparisonReport as drawReport } from '../findings/comparison/report.js';
import { type ComparisonRecord, readComparison as openFolder } from '../folder/comparison-record.js';
import type { ReadOptions } from '../folder/load-again.js';
import type { Drawn } from '../folder/run-folder.js';
import { count, errorRate, folderOptions, loaded, readOptions, runnerOptions } from './checked.js';
import { checkGiven, objectWith, signal, text, texts } from './given.js';

export interface CompareGiven extends CompareOptions {
  /** What the sides are called, one each; names of their files and folders by default. */
  readonly labels?: readonly string[];
}

const run = objectWith(['folder', 'manifest', 'scenario', 'values', 'table'], 'what readRun returns');
const side = z.union([loaded, run], 'expected what loadScenario or readRun returns');
const compared = objectWith(['sides', 'pairing', 'differences'], 'what compare returns');
const record = objectWith(['manifest', 'table', 'scenarios'], 'what readComparison returns');
const { detail: _detail, tablesOf: _tablesOf, ...running } = runnerOptions;
const compareOptions = z
  .strictObject(
    {
      ...{ replications: count.optional(), errorRate: errorRate.optional() },
      ...{ metrics: texts.optional(), labels: texts.optional(), ...running },
    },
    'expected an object with options',
  )
  .optional();

/**
 * Compares scenarios, and runs that folders hold, with the first of them, seed by seed; the chance that any difference
 * that it says to be one is none is at most the error rate. Throws InvalidInput for folders without a common seed and
 * for metrics that don't exist, and what the signal says when aborted; a run that fails is told among the failures.
 */
export async function compare(sides: readonly Comparable[], given: CompareGiven = {}): Promise<Compared> {
  const parameters = { sides: z.array(side, 'expected a list of scenarios and runs'), options: compareOptions };
  checkGiven('compare', parameters, { sides, options: given });
  const { labels, ...options } = given;
  return await compareSides(sidesOf(sides, labels), options);
}

/** Writes everything that a comparison left to a folder, under the rules of `writeRunFolder`. */
export async function writeComparisonFolder(
  folder: string,
  result: Compared,
  options?: WriteComparisonOptions,
): Promise<Drawn> {
  const given = { folder, result, options };
  checkGiven('writeComparisonFolder', { folder: text, result: compared, options: folderOptions }, given);
  return await writeFolder(folder, result, options);
}

/** Opens a comparison's folder, and holds every table against its hash. */
export function readComparison(folder: string, given: ReadOptions = {}): ComparisonRecord {
  checkGiven('readComparison', { folder: text, options: readOptions }, { folder, options: given });
  return openFolder(folder, given);
}

/** Draws chart and report of a comparison into its folder. */
export async function writeComparisonReport(
  folder: string,
  comparison: ComparisonRecord,
  abort?: AbortSignal,
): Promise<Drawn> {
  const parameters = { folder: text, comparison: record, signal: signal.optional() };
  checkGiven('writeComparisonReport', parameters, { folder, comparison, signal: abort });
  return await drawReport(folder, comparison, abort);
}
