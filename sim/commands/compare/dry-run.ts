import { availableParallelism } from 'node:os';
import { toNumber, toPhrase } from '../../../reports/figure.js';
import { pairingOf, pointsOf, unitsOf } from '../../experiment/compare/compare.js';
import { Runner } from '../../experiment/pool/runner.js';
import { isFailure } from '../../experiment/work/outcome.js';
import { largest } from '../../kernels/extent.js';
import type { LoadedScenario } from '../../scenario/load.js';
import { estimateRun } from '../../scenario/plan/estimate.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import type { CompareArguments } from '../declarations/compare.js';
import type { Terminal } from '../terminal/terminal.js';
import type { AskedComparison } from './asked.js';

/** Of the process without its threads. */
const baseMiB = 100;
/** Rows of the tables for one run, about, and tables and report whatever there is. */
const runBytes = 3_000;
const folderBytes = 2_000_000;
const bytesAMiB = 1_048_576;

/** What a comparison would take; one run of the costliest scenario is done to measure. */
export async function dryRunOfComparison(
  { sides, replications }: AskedComparison,
  options: CompareArguments,
  terminal: Terminal,
): Promise<void> {
  const pairing = pairingOf(sides, replications);
  const points = pointsOf(sides, pairing);
  const runs = unitsOf(points, pairing).length;
  const threads = Math.max(1, Math.min(options.workers ?? availableParallelism(), runs));
  const loaded = sides.flatMap(({ source }) => ('traces' in source ? [source as LoadedScenario] : []));
  const seconds = runs === 0 ? 0 : await measure();
  const most = largest([1, ...points.map(({ cost }) => cost)]);
  const total = points.reduce((sum, { cost }) => sum + cost, 0) * pairing.replications.length;
  const effort = {
    points: sides.length,
    ...{ runs, workers: threads },
    seconds: Math.ceil((seconds * total) / most / threads),
    memoryMiB: baseMiB + threads * largest([0, ...loaded.map((one) => estimateRun(one).memoryMiB)]),
    diskMiB: Math.ceil((folderBytes + runBytes * sides.length * pairing.replications.length) / bytesAMiB),
  };
  if (options.json) terminal.print(toJsonLine(effort));
  else {
    const some = (many: number, what: string) => `${toNumber(many)} ${what}${many === 1 ? '' : 's'}`;
    const took = runs === 0 ? 'all of them are there' : `one of the largest took ${toPhrase(seconds, 's')}`;
    terminal.print(`${some(sides.length, 'scenario')}, ${some(runs, 'run')} on ${some(threads, 'thread')}; ${took}`);
    const size = `${toNumber(effort.memoryMiB)} MiB of memory, at most ${toNumber(effort.diskMiB)} MiB of disk`;
    terminal.print(`about ${toPhrase(effort.seconds, 's')}, ${size}`);
  }

  /** How long one run takes [s]; the second, as the first pays for starting the thread. */
  async function measure(): Promise<number> {
    const runner = new Runner(points, { workers: 1, allowPaths: options['allow-path'] });
    const costliest = points.reduce((best, { cost }, place) => (cost > points[best]!.cost ? place : best), 0);
    try {
      let taken = 0;
      for (const replication of [1, 2]) {
        const startedAt = performance.now();
        const [result] = await runner.run([{ point: costliest, replication }]);
        if (result === undefined || isFailure(result)) throw new Error(`the run to measure failed: ${result?.failed}`);
        taken = (performance.now() - startedAt) / 1_000;
        if (taken >= warmSeconds) break;
      }
      return taken;
    } finally {
      await runner.close();
    }
  }
}

/** A run that is over sooner is measured again on the warm thread. */
const warmSeconds = 3;
