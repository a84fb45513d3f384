import { toFigure } from '../../../reports/figure.js';
import { parseShard } from '../../experiment/shards/shard.js';
import { withSeed } from '../../experiment/work/packed-scenario.js';
import { seedOf } from '../../experiment/work/seeds.js';
import { headlineFigures } from '../../findings/headlines.js';
import type { LoadedScenario } from '../../scenario/load.js';
import { type Fault, InvalidInput } from '../../scenario/text/faults.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import { STANDARD_INPUT } from '../../scenario/text/source.js';
import type { RunArguments } from '../declarations/run.js';
import { ExitCode } from '../line/exit-code.js';
import { hearInterrupts } from '../line/interrupt.js';
import type { Terminal } from '../terminal/terminal.js';
import { factsOf, printFindings, toJson, unmetExpectations } from './outcome.js';
import { loadForRun, type PerformedRun, performRun } from './perform-run.js';

/**
 * `sim run`: runs a scenario once, writes its folder, and says what came out; ends with 1 if a chart couldn't be drawn,
 * with 3 if it isn't what the scenario expects, or can't be told, and with 0 then under `--no-gate`.
 */
export async function runCommand(options: RunArguments, terminal: Terminal): Promise<number> {
  refuseInVain(options);
  if (options.watch) return (await import('./watch.js')).watchScenario(options, terminal);
  const given = loadForRun(options, terminal);
  if (given.variants.size > 0 && options.variant === undefined) {
    return (await import('./variants.js')).runVariants(given, options, terminal);
  }
  const variant =
    options.variant === undefined
      ? given
      : (await import('./variants.js')).variantOf(given, options.variant, options['allow-path']);
  refuseWithoutMany(options);
  const loaded = replicationOf(variant, options.replication);
  if (isReplicated(options)) return (await import('./replications.js')).runReplications(loaded, options, terminal);
  const interrupt = hearInterrupts();
  try {
    const performed = await performRun(loaded, options, terminal, interrupt.signal);
    if (options.json) terminal.print(toJsonLine(toJson(performed)));
    else printResult(performed, terminal);
    if (performed.undrawn.length > 0) return ExitCode.internalError;
    const unmet = unmetExpectations(factsOf(performed.result));
    if (unmet.length === 0 || options['no-gate']) return ExitCode.fine;
    for (const line of unmet) terminal.say(line);
    return ExitCode.unmet;
  } finally {
    interrupt.release();
  }
}

/** The scenario with the seed of a replication, if one is asked for. */
function replicationOf(loaded: LoadedScenario, replication: number | undefined): LoadedScenario {
  return replication === undefined ? loaded : withSeed(loaded, seedOf(loaded.scenario.seed, replication));
}

function isReplicated({ replications = 1, precision, 'dry-run': isDry }: RunArguments): boolean {
  return replications > 1 || precision.length > 0 || isDry;
}

/** Options that say nothing beside the others, or that the others contradict. */
function refuseInVain(options: RunArguments): void {
  const faults: Fault[] = [];
  if (options.charts && !options.watch) {
    faults.push({ path: '--charts', expected: '--watch beside it, as other runs draw charts anyway', found: 'none' });
  }
  if (options.charts && options['no-charts']) {
    faults.push({ path: '--charts', expected: 'either --charts or --no-charts', found: 'both' });
  }
  if (options.watch && options.scenario === STANDARD_INPUT) {
    faults.push({ path: '--watch', expected: 'a file, which can be saved again', found: 'standard input' });
  }
  const many = ['replications', 'precision', 'replications-most', 'dry-run'] as const;
  const given = many.filter((name) => {
    const value = options[name];
    return typeof value === 'object' ? value.length > 0 : value !== undefined && value !== false;
  });
  const refuse = (option: string, beside: string) => {
    faults.push({ path: `--${option}`, expected: `either --${option} or --${beside}`, found: 'both' });
  };
  if (options.replication !== undefined && given.length > 0) refuse('replication', given[0]!);
  if (options.watch && given.length > 0) refuse('watch', given[0]!);
  if (options.shard !== undefined && options.precision.length > 0) refuse('shard', 'precision');
  if (options.shard !== undefined && options.watch) refuse('shard', 'watch');
  if (options.shard !== undefined) parseShard(options.shard);
  if (options.watch && options.replication !== undefined) refuse('watch', 'replication');
  if (options.watch && options.variant !== undefined) refuse('watch', 'variant');
  const { replications = 0, 'replications-most': most } = options;
  if (most !== undefined && options.precision.length === 0) {
    faults.push({ path: '--replications-most', expected: '--precision beside it', found: 'none' });
  }
  if (options.precision.length > 0 && (most ?? 2) < 2) {
    faults.push({ path: '--replications-most', expected: 'at least 2, as one has no interval', found: `${most}` });
  }
  if (most !== undefined && most < replications) {
    faults.push({
      path: '--replications-most',
      expected: `at least --replications, ${replications}`,
      found: `${most}`,
    });
  }
  if (faults.length > 0) throw new InvalidInput(faults);
}

/** Options that say something of many runs alone. */
function refuseWithoutMany(options: RunArguments): void {
  if (isReplicated(options) || options.replications !== undefined) return;
  const faults = (['resume', 'workers', 'shard'] as const)
    .filter((name) => options[name] !== undefined && options[name] !== false)
    .map((name): Fault => {
      return { path: `--${name}`, expected: '--replications or --precision beside it', found: 'neither' };
    });
  if (faults.length > 0) throw new InvalidInput(faults);
}

function printResult({ result, folder }: PerformedRun, terminal: Terminal): void {
  const { loaded, row } = result;
  const figures = headlineFigures(row.values, loaded.scenario).map(({ metric, value }) => ({
    name: metric.name,
    ...toFigure(value, metric.unit),
  }));
  printFindings(loaded, factsOf(result), figures, terminal);
  terminal.print(`folder ${folder}`);
  terminal.print(`fingerprints ${result.trajectoryFingerprint} ${result.accountingFingerprint}`);
}
