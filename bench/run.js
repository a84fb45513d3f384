// Prints a JSON array, a row a workload: the median of five runs, each in a process of its own, by processor time.
//   npm run bench                    all workloads
//   npm run bench -- --only NAME     one of them
// A row named epoch-KIND is what a reputation model does at epochs' ends: an event is a node and an epoch, and what one
// costs is told as nanosecondsEach.
//   BARE_LOOP='FILE SETTING …' npm run bench
//                                    rows named protocol-NAME have their ratio to a loop without any accounting, too: a
//                                    script that is given numbers of nodes and jobs, and these settings, and prints
//                                    jobs/s=N
// A row named slope-N is what further jobs cost, between one and three million, and one named protocol-NAME between 0.3
// and 1.2 million; its memory is that of the longer run.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { workloads } from './workloads.js';

const runs = 5;
/** Jobs a second of the bare loop, once it was measured. */
let bare;

if (process.argv[2] === '--once') {
  const { events, jobs, processorSeconds } = await workloads[process.argv[3]][Number(process.argv[4])]();
  const peakMemoryMiB = process.resourceUsage().maxRSS / 1_024;
  process.stdout.write(JSON.stringify({ events, jobs, processorSeconds, peakMemoryMiB }));
} else {
  const names = chosen(process.argv.slice(2));
  process.stdout.write(`${JSON.stringify(names.map(measure), null, 2)}\n`);
}

function chosen(args) {
  if (args.length === 0) return Object.keys(workloads);
  if (args.length === 2 && args[0] === '--only' && args[1] in workloads) return [args[1]];
  process.stderr.write(`expected --only with one of: ${Object.keys(workloads).join(', ')}\n`);
  process.exit(2);
}

/** Further jobs a second of the bare loop with as many nodes as protocols are measured with; undefined without one. */
function bareLoop() {
  if (process.env.BARE_LOOP === undefined) return undefined;
  const [file, ...settings] = process.env.BARE_LOOP.split(' ');
  const secondsFor = (jobs) => {
    const { stdout, status } = spawnSync(process.execPath, [file, '10000', String(jobs), ...settings], {
      encoding: 'utf8',
    });
    const found = /jobs\/s=(\d+)/.exec(stdout);
    if (status !== 0 || found === null) {
      process.stderr.write(`expected ${file} to print jobs/s=N\n`);
      process.exit(2);
    }
    return jobs / Number(found[1]);
  };
  const speeds = Array.from({ length: runs }, () => 2_000_000 / (secondsFor(3_000_000) - secondsFor(1_000_000)));
  return speeds.sort((a, b) => a - b)[Math.floor(runs / 2)];
}

function measure(name) {
  const results = Array.from({ length: runs }, () => {
    const [first, more] = workloads[name].map((_, part) => once(name, part));
    return more === undefined ? first : further(more, first);
  });
  results.sort((a, b) => a.processorSeconds / (a.events || 1) - b.processorSeconds / (b.events || 1));
  const { events, jobs, processorSeconds, peakMemoryMiB } = results[Math.floor(runs / 2)];
  return {
    name,
    jobsPerSecond: Math.round(jobs / processorSeconds),
    eventsPerSecond: Math.round(events / processorSeconds),
    ...(name.startsWith('epoch-') ? { nanosecondsEach: Math.round((1e9 * processorSeconds) / events) } : {}),
    seconds: Number(processorSeconds.toFixed(3)),
    peakMemoryMiB: Math.round(peakMemoryMiB),
    ...ratioOf(name, processorSeconds / jobs),
  };
}

function ratioOf(name, secondsAJob) {
  if (!name.startsWith('protocol-')) return {};
  bare ??= bareLoop();
  return bare === undefined ? {} : { timesTheBareLoop: Number((secondsAJob * bare).toFixed(2)) };
}

function once(name, part) {
  const child = spawnSync(process.execPath, [fileURLToPath(import.meta.url), '--once', name, String(part)], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (child.status !== 0) process.exit(1);
  return JSON.parse(child.stdout);
}

function further(more, first) {
  return {
    events: more.events - first.events,
    jobs: more.jobs - first.jobs,
    processorSeconds: more.processorSeconds - first.processorSeconds,
    peakMemoryMiB: more.peakMemoryMiB,
  };
}
