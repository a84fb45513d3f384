import { availableParallelism } from 'node:os';
import { toNumber, toPhrase } from '../../../reports/figure.js';
import type { Baseline } from '../../experiment/check/baseline.js';
import { Runner } from '../../experiment/pool/runner.js';
import { pointOf } from '../../experiment/replicate.js';
import { isFailure } from '../../experiment/work/outcome.js';
import { largest } from '../../kernels/extent.js';
import type { LoadedScenario } from '../../scenario/load.js';
import { estimateRun } from '../../scenario/plan/estimate.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import type { CheckArguments } from '../declarations/check.js';
import { ExitCode } from '../line/exit-code.js';
import type { Terminal } from '../terminal/terminal.js';

/** Of the process without its threads. */
const baseMiB = 100;

interface Shape {
  readonly replications: number;
  readonly replicationsMost: number;
  /** Baselines that scenarios are held against; none where they are made. */
  readonly baselines: ReadonlyMap<string, Baseline>;
}

/** What a check would take at least and at most; one run of the first scenario is done to measure. */
export async function dryRunOfCheck(
  scenarios: readonly LoadedScenario[],
  { replications, replicationsMost, baselines }: Shape,
  options: CheckArguments,
  terminal: Terminal,
): Promise<number> {
  const points = scenarios.map(pointOf);
  const runner = new Runner(points, { workers: 1, allowPaths: options['allow-path'] });
  try {
    const startedAt = performance.now();
    const [result] = await runner.run([{ point: 0, replication: 1 }]);
    if (result === undefined || isFailure(result)) throw new Error(`the run to measure failed: ${result?.failed}`);
    const seconds = (performance.now() - startedAt) / 1_000;
    const threads = options.workers ?? availableParallelism();
    // by what each is estimated to cost
    const secondsOf = (place: number) => (seconds * points[place]!.cost) / points[0]!.cost;
    const sum = (amount: (place: number) => number) => points.reduce((all, _, place) => all + amount(place), 0);
    const [least, most] = [
      (place: number) => (baselines.has(scenarios[place]!.name) ? 1 : replications),
      () => replicationsMost,
    ];
    const effort = {
      points: points.length,
      runs: { least: sum(least), most: sum(most) },
      workers: threads,
      seconds: {
        least: Math.ceil(sum((place) => secondsOf(place) * least(place)) / threads),
        most: Math.ceil(sum((place) => secondsOf(place) * most()) / threads),
      },
      memoryMiB: baseMiB + threads * largest(scenarios.map((one) => estimateRun(one).memoryMiB)),
      diskMiB: 0,
    };
    if (options.json) terminal.print(toJsonLine(effort));
    else {
      const range = (name: 'runs' | 'seconds', told: (value: number) => string) =>
        `${told(effort[name].least)} to ${told(effort[name].most)}`;
      const many = `${toNumber(effort.points)} scenario${effort.points === 1 ? '' : 's'}`;
      terminal.print(`${many}, ${range('runs', toNumber)} runs on ${toNumber(threads)} threads`);
      const time = range('seconds', (value) => toPhrase(value, 's'));
      terminal.print(`about ${time}, ${toNumber(effort.memoryMiB)} MiB of memory, no disk`);
    }
    return ExitCode.fine;
  } finally {
    await runner.close();
  }
}
