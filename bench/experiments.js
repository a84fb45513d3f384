// What many runs cost besides the runs: `node bench/experiments.js [redis://HOST:PORT]`, on a quiet machine. Prints
// seconds and ratios; the second worker's gain needs two cores that nothing else uses.
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { Runner } from '../dist/sim/experiment/pool/runner.js';
import { queueAddress } from '../dist/sim/experiment/queue/connection.js';
import { QueuePerformer } from '../dist/sim/experiment/queue/queue-performer.js';
import { pointOf } from '../dist/sim/experiment/replicate.js';
import { withSeed } from '../dist/sim/experiment/work/packed-scenario.js';
import { seedOf } from '../dist/sim/experiment/work/seeds.js';
import { loadScenario, runScenario } from '../dist/sim/index.js';

const url = process.argv[2];
/** Runs of about two seconds, of some milliseconds, and of very few. */
const long = loadScenario('scenarios/sybil.yaml', { set: ['horizon=14d', 'warmUp=2d'] });
const short = loadScenario('scenarios/first-steps.yaml', { set: ['horizon=3h', 'warmUp=1h'] });
const few = [
  'horizon=1h',
  'warmUp=1m',
  'fleet.honest.nodes=5',
  'fleet.wrong.nodes=1',
  'workload.batch.arrivals.perHour=2',
];
const tiny = loadScenario('scenarios/first-steps.yaml', { set: few });
const units = (from, many) => Array.from({ length: many }, (_, place) => ({ point: 0, replication: from + place }));
const secondsOf = async (step) => {
  const startedAt = performance.now();
  await step();
  return (performance.now() - startedAt) / 1_000;
};
const told = (what, value) => console.log(`${what.padEnd(64)} ${value}`);

/** One after the other in this thread, as `sim run` does. */
async function alone(loaded, from, many) {
  for (let place = 0; place < many; place++) {
    await runScenario(withSeed(loaded, seedOf(loaded.scenario.seed, from + place)));
  }
}

/** On threads that have run it before. */
async function pooled(loaded, workers, from, many, options = {}) {
  const runner = new Runner([pointOf(loaded)], { workers, ...options });
  try {
    await runner.run(units(1, options.performer === undefined ? 2 * workers : 4));
    return await secondsOf(() => runner.run(units(from, many)));
  } finally {
    await runner.close();
  }
}

const many = 12;
await alone(long, 1, 2);
const inThread = await secondsOf(() => alone(long, 3, many));
const byOne = await pooled(long, 1, 3, many);
told(`${many} runs of ${(inThread / many).toFixed(2)} s in this thread`, `${inThread.toFixed(2)} s`);
told('the same on one worker, warm', `${byOne.toFixed(2)} s, ${(100 * (byOne / inThread - 1)).toFixed(1)} % more`);
if (availableParallelism() > 1) {
  const byTwo = await pooled(long, 2, 5, many);
  told('the same on two workers, warm', `${byTwo.toFixed(2)} s, ${(byOne / byTwo).toFixed(2)} times one`);
}
const small = 400;
await alone(short, 1, 20);
const smallInThread = await secondsOf(() => alone(short, 21, small));
const smallByOne = await pooled(short, 1, 21, small);
told(
  `${small} runs of ${((1_000 * smallInThread) / small).toFixed(1)} ms on one worker, warm`,
  `${((1_000 * (smallByOne - smallInThread)) / small).toFixed(2)} ms more each than in this thread`,
);
if (url !== undefined) {
  // seeds that no earlier call has asked for
  const fresh = withSeed(tiny, `bench ${Date.now()}`);
  const tinies = 1_000;
  const tinyByOne = await pooled(fresh, 1, 21, tinies);
  const words = ['dist/sim/cli.js', 'worker', '--queue', url, '--workers', '1', '--quiet'];
  const worker = spawn(process.execPath, words, { stdio: 'ignore' });
  try {
    for (const chunk of [1, 10]) {
      const performer = await QueuePerformer.connect(queueAddress(url), { chunk });
      const queued = await pooled(fresh, 10_000, 10_000 * chunk, tinies, { performer });
      const each = (1_000 * (queued - tinyByOne)) / (tinies / chunk);
      told(
        `${tinies} runs of ${((1_000 * tinyByOne) / tinies).toFixed(1)} ms through Redis, ${chunk} a chunk`,
        `${each.toFixed(2)} ms more a chunk than on one worker`,
      );
    }
  } finally {
    worker.kill('SIGINT');
  }
}
