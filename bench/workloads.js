import { fileURLToPath } from 'node:url';
import { runScenario } from '../dist/sim/run.js';
import { loadScenario } from '../dist/sim/scenario/load.js';
import { epochLoops, reckoning } from './epochs.js';
import { holdModel } from './hold.js';

const scenarios = fileURLToPath(new URL('../scenarios/', import.meta.url));
const million = 1_000_000;

/** Processor time from loading the scenario to its tables, everything included but writing files. */
async function scenario(file, set) {
  const start = process.cpuUsage();
  const result = await runScenario(loadScenario(`${scenarios}${file}`, { set }));
  const used = process.cpuUsage(start);
  return { events: result.events, jobs: result.jobs, processorSeconds: (used.user + used.system) / 1e6 };
}

/** The reference network with so many nodes and jobs, which come at 0.3 a node and second. */
function referenceNetwork(nodes, jobs = million) {
  return scenario('bench/reference-network.yaml', [
    `fleet.bad.nodes=${nodes / 10}`,
    `fleet.good.nodes=${(nodes / 10) * 9}`,
    `workload.jobs.arrivals.perSecond=${0.3 * nodes}`,
    `workload.jobs.jobs=${jobs}`,
    // long enough for the last job to arrive and, mostly, to end
    `horizon=${jobs / (0.3 * nodes) + 15}`,
  ]);
}

/** Settings under which at most three nodes are asked about a job, and its class, by protocol. */
const protocols = {
  'triangulated-mesh': ['protocol.verification.0.peers=3', 'protocol.verification.0.threshold=2'],
  'tiered-mesh': [],
  'ai-oracle': [
    'protocol.verification.0.committee=3',
    'protocol.verification.0.quorum=2',
    'workload.jobs.class=oracle-query',
    // each is answered three times
    'workload.jobs.arrivals.perSecond=1000',
  ],
  'reputation-collateral': [],
  'compute-staking': [],
};

/** A protocol among 10,000 nodes, of which each works three tenths of its time. */
function protocol(name, jobs) {
  const arrivals = name === 'ai-oracle' ? 1_000 : 3_000;
  const own = [`protocol.extends=${name}`, `workload.jobs.jobs=${jobs}`, ...protocols[name]];
  return scenario('../bench/protocols.yaml', [...own, `horizon=${jobs / arrivals + 15}`]);
}

/** Further jobs of a protocol; of those that are answered three times a third as many. */
function protocolParts(name) {
  const each = name === 'ai-oracle' ? 100_000 : 300_000;
  return [() => protocol(name, each), () => protocol(name, 4 * each)];
}

const attackersFile = '../bench/attackers.yaml';

/** Ten thousand nodes, of which a fifth are attackers of a dozen kinds. */
function attackers(...set) {
  return scenario(attackersFile, set);
}

/** The same nodes, as honest as the others. */
function allHonest() {
  const { fleet } = loadScenario(`${scenarios}${attackersFile}`).scenario;
  return attackers(...Object.keys(fleet).map((name) => `fleet.${name}.strategy=honest`));
}

/** A second run of few jobs in a process that has done one: what is left of loading, building and compiling. */
async function secondRun() {
  await referenceNetwork(10_000, 20_000);
  return referenceNetwork(10_000, 20_000);
}

/**
 * The named workloads; each part of one is run in a process of its own, and what a second part takes more than the
 * first is told: the cost of further jobs, without what every run costs once.
 */
export const workloads = {
  'hold-1000': [() => holdModel(1_000, 2)],
  'hold-100000': [() => holdModel(100_000, 2)],
  'hold-1000000': [() => holdModel(1_000_000, 2)],
  'reference-network-1000': [() => referenceNetwork(1_000)],
  'reference-network-10000': [() => referenceNetwork(10_000)],
  'reference-network-100000': [() => referenceNetwork(100_000)],
  'reference-network-1000000': [() => referenceNetwork(million)],
  'slope-10000': [() => referenceNetwork(10_000), () => referenceNetwork(10_000, 3 * million)],
  'slope-100000': [() => referenceNetwork(100_000), () => referenceNetwork(100_000, 3 * million)],
  'slope-1000000': [() => referenceNetwork(million), () => referenceNetwork(million, 3 * million)],
  'small-run': [() => referenceNetwork(10_000, 20_000)],
  'small-run-again': [secondRun],
  ...Object.fromEntries(reckoning.map((kind) => [`epoch-${kind}`, [() => epochLoops(kind)]])),
  ...Object.fromEntries(Object.keys(protocols).map((name) => [`protocol-${name}`, protocolParts(name)])),
  'attackers-none': [allHonest],
  'attackers-mixed': [() => attackers()],
  'attackers-twin': [() => attackers('twin=true')],
  sybil: [() => scenario('sybil.yaml', [])],
};
