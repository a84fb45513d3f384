import { fileURLToPath } from 'node:url';
import { runScenario } from '../dist/sim/run.js';
import { loadScenario } from '../dist/sim/scenario/load.js';
import { holdModel } from './hold.js';

const scenarios = fileURLToPath(new URL('../scenarios/', import.meta.url));

/** Processor time from loading the scenario to its tables, everything included but writing files. */
async function scenario(file, set) {
  const start = process.cpuUsage();
  const result = await runScenario(loadScenario(`${scenarios}${file}`, { set }));
  const used = process.cpuUsage(start);
  return { events: result.events, jobs: result.jobs, processorSeconds: (used.user + used.system) / 1e6 };
}

/** The reference network with so many nodes: 1,000,000 jobs at 0.3 a node and second. */
function referenceNetwork(nodes) {
  return scenario('bench/reference-network.yaml', [
    `fleet.bad.nodes=${nodes / 10}`,
    `fleet.good.nodes=${(nodes / 10) * 9}`,
    `workload.jobs.arrivals.perSecond=${0.3 * nodes}`,
    // long enough for the millionth job to arrive and, mostly, to end
    `horizon=${3_333_333 / nodes + 15}`,
  ]);
}

/** The named workloads; each is run in a process of its own. */
export const workloads = {
  'hold-1000': () => holdModel(1_000, 2),
  'hold-100000': () => holdModel(100_000, 2),
  'hold-1000000': () => holdModel(1_000_000, 2),
  'reference-network-1000': () => referenceNetwork(1_000),
  'reference-network-10000': () => referenceNetwork(10_000),
  'reference-network-100000': () => referenceNetwork(100_000),
  'reference-network-1000000': () => referenceNetwork(1_000_000),
  sybil: () => scenario('sybil.yaml', []),
};
