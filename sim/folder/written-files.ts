import {
  copyFileSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { chartFiles } from '../../reports/charts/chart-files.js';
import { packageName } from '../package.js';
import { comparisonChartFiles } from './comparison-manifest.js';
import { sweepChartFiles } from './sweep-manifest.js';

/** What a run, a sweep or a comparison writes besides the tables that its manifest lists. */
const ownFiles = [
  'manifest.json',
  'environment.json',
  'data-dictionary.csv',
  'report.html',
  'report.html.partial',
  ...chartFiles,
  ...sweepChartFiles,
  ...comparisonChartFiles,
];
const tableName = /^[a-z-]+\.csv$/;
/** Of the package and of plugins. */
const metricName = /^[a-zA-Z][a-zA-Z0-9]*$/;

/**
 * The files in a run's folder that the run wrote, as paths from there; undefined for a folder that holds no run.
 *
 * Nothing but tables at its top and charts of metrics is taken from the manifest, which anybody may have written.
 */
export function filesOfRun(folder: string): ReadonlySet<string> | undefined {
  try {
    const { engine, files, metrics } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    if (engine.name !== packageName) return undefined;
    const tables = Object.keys(files ?? {}).filter((name) => tableName.test(name));
    const measured = Array.isArray(metrics) ? metrics.filter((name) => metricName.test(name)) : [];
    const charts = measured.flatMap((name) => [`charts/${name}.svg`, `charts/${name}.png`]);
    return new Set([...ownFiles, ...tables, ...charts]);
  } catch {
    return undefined;
  }
}

/**
 * Puts everything in `from` that isn't among the files into `to`, where it stands in both places then: as a link to the
 * same file where the disk has such, else as a copy. A folder that only held such files isn't kept.
 *
 * Returns the path of the first whose place in `to` is taken; the others are there then, or not.
 */
export function keepOthers(from: string, to: string, files: ReadonlySet<string>, within = ''): string | undefined {
  for (const entry of readdirSync(join(from, within), { withFileTypes: true })) {
    const path = join(within, entry.name);
    if (entry.isDirectory()) {
      // such as a folder that is named like a table
      if (isThere(join(to, path)) && !lstatSync(join(to, path)).isDirectory()) return path;
      if (![...files].some((file) => file.startsWith(`${path}/`))) mkdirSync(join(to, path), { recursive: true });
      const taken = keepOthers(from, to, files, path);
      if (taken !== undefined) return taken;
      continue;
    }
    if (files.has(path)) continue;
    mkdirSync(join(to, within), { recursive: true });
    if (isThere(join(to, path))) return path;
    keepOne(join(from, path), join(to, path));
  }
  return undefined;
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function keepOne(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    // Disks without links, and files of others, which may not be linked.
    if (lstatSync(from).isSymbolicLink()) symlinkSync(readlinkSync(from), to);
    else copyFileSync(from, to);
  }
}
