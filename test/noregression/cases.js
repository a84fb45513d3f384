// The scenarios whose numbers are kept: each file of scenarios/ with a fleet, made small where it is large.
import { fileURLToPath } from 'node:url';
import { listScenarios } from '../../dist/sim/reference/scenario-list.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Settings that make a large scenario small; a trace is that of the tests, as the real records aren't in the repository. */
const reductions = {
  'bench/reference-network': [
    'fleet.bad.nodes=100',
    'fleet.good.nodes=900',
    'workload.jobs.arrivals.perSecond=300',
    'workload.jobs.jobs=30000',
    'horizon=115s',
  ],
  'traces/golem-january': ['horizon=2d', 'warmUp=6h', 'workload.load.arrivals.perHour=20'],
};

/** More events than this take too long for a test; such a scenario needs a line above. */
export const eventsMost = 40_000_000;

/** Name, file, settings and folders of traces of every case, sorted by name. */
export function cases() {
  return listScenarios(`${root}scenarios`)
    .map(({ name, file }) => ({ name, file, set: reductions[name] ?? [], allowPaths: [`${root}test/fixtures`] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The committed numbers of a case. */
export function expectedFile(name) {
  return fileURLToPath(new URL(`expected/${name.replaceAll('/', '-')}.json`, import.meta.url));
}
