import { z } from 'zod';
import { answerOf } from '../answer.js';
import { checkExpectations } from '../record/expectations.js';
import { metrics } from '../record/metrics.js';
import { type RunResult, runScenario } from '../run.js';
import { checkTarget, type Manifest, writeRunFolder } from '../run-folder.js';
import { loadScenario } from '../scenario/load.js';
import { announceEstimate } from './estimate.js';
import { interruptSignal } from './interrupt.js';
import { ProgressLine, print, toText } from './output.js';

/** Arguments of `sim run`, checked here because yargs lets odd values through. */
export const runArguments = z.object({
  scenario: z.string().min(1),
  set: z.array(z.string()).default([]),
  seed: z.string().optional(),
  out: z.string().min(1).optional(),
  allowPath: z.array(z.string()).default([]),
  force: z.boolean().default(false),
  charts: z.boolean().default(true),
  detail: z.boolean().default(false),
  json: z.boolean().default(false),
  quiet: z.boolean().default(false),
});
export type RunArguments = z.output<typeof runArguments>;

/** `sim run`: one replication of a scenario into a run folder; results on standard output. */
export async function run(options: RunArguments): Promise<void> {
  const seed = options.seed === undefined ? [] : [`seed=${JSON.stringify(options.seed)}`];
  const loaded = loadScenario(options.scenario, { set: [...options.set, ...seed], allowPaths: options.allowPath });
  const folder = options.out ?? `out/${loaded.name}`;
  checkTarget(folder, options.force);
  const { signal, release } = interruptSignal();
  const progress = new ProgressLine();
  if (!options.quiet) announceEstimate(loaded);
  const startedAt = new Date();
  const wall = performance.now();
  const before = process.cpuUsage();
  try {
    const result = await runScenario(loaded, {
      detail: options.detail,
      signal,
      ...(options.quiet ? {} : { onProgress: (state) => progress.update(state) }),
    });
    const used = process.cpuUsage(before);
    const processorSeconds = (used.user + used.system) / 1e6;
    progress.end();
    const manifest = await writeRunFolder(result, {
      folder,
      force: options.force,
      charts: options.charts,
      detail: options.detail,
      command: commandOf(options),
      environment: {
        node: process.version,
        v8: process.versions.v8,
        platform: process.platform,
        architecture: process.arch,
        startedAt: startedAt.toISOString(),
        wallSeconds: (performance.now() - wall) / 1_000,
        processorSeconds,
        eventsPerProcessorSecond: Math.round(result.events / processorSeconds),
      },
      signal,
    });
    if (options.json) printJson(result, folder, manifest);
    else printResult(result, folder, manifest, options.charts);
  } finally {
    progress.end();
    release();
  }
}

/** The command that makes the same tables again. */
export function commandOf(options: RunArguments): string {
  const quoted = (text: string) => (/^[\w./=:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
  const parts = ['sim run', quoted(options.scenario), ...options.set.map((setting) => `--set ${quoted(setting)}`)];
  if (options.seed !== undefined) parts.push(`--seed ${quoted(options.seed)}`);
  if (options.detail) parts.push('--detail');
  parts.push(...options.allowPath.map((path) => `--allow-path ${quoted(path)}`));
  return parts.join(' ');
}

function printResult(result: RunResult, folder: string, manifest: Manifest, hasCharts: boolean): void {
  const { loaded, row } = result;
  const answer = answerOf(result);
  if (loaded.question !== '') print(loaded.question);
  for (const sentence of answer.sentences) print(`  ${sentence}`);
  print('');
  const width = Math.max(...answer.figures.map(({ name }) => name.length));
  for (const { name, value, unit } of answer.figures) {
    print(
      `  ${name.padEnd(width)}  ${value.padStart(12)} ${unit === '1' || unit === 'fraction' ? '' : unit}`.trimEnd(),
    );
  }
  const verdicts = checkExpectations(loaded.scenario.expect, row.values);
  if (verdicts.length > 0) print('');
  for (const { text, value, met } of verdicts) {
    const word = met === null ? 'no value' : met ? 'met' : 'NOT met';
    print(`  expected ${text}: ${word} (${toText(value)})`);
  }
  print('');
  print(`${folder}/${hasCharts ? 'report.html' : 'runs.csv'}`);
  print(`fingerprints ${manifest.fingerprints.trajectory} ${manifest.fingerprints.accounting}`);
}

function printJson(result: RunResult, folder: string, manifest: Manifest): void {
  const { loaded, row } = result;
  const values = metrics.map((metric, index) => {
    const value = row.values[index]!;
    return [metric.name, Number.isNaN(value) ? null : value];
  });
  const json = {
    name: loaded.name,
    folder,
    seed: row.seed,
    metrics: Object.fromEntries(values),
    expectations: checkExpectations(loaded.scenario.expect, row.values).map((verdict) => ({
      ...verdict,
      value: Number.isNaN(verdict.value) ? null : verdict.value,
    })),
    fingerprints: manifest.fingerprints,
    events: result.events,
    jobs: result.jobs,
  };
  process.stdout.write(`${JSON.stringify(json, null, 2)}\n`);
}
