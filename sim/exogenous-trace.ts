import { workloadSettings } from './build-columns.js';
import { deadlineSeconds } from './model/job-class.js';
import { microTokens } from './model/ledger.js';
import { Workload } from './model/workload.js';
import type { Cell, Column, Table } from './record/table.js';
import { catalogue } from './scenario/catalogue.js';
import { FleetPlan } from './scenario/fleet-plan.js';
import type { LoadedScenario } from './scenario/load.js';
import type { Scenario } from './scenario/schema.js';
import { strategyNamed } from './strategies/index.js';

/** Attempts of each job whose luck is listed. */
const attemptsListed = 4;

const columns: readonly Column[] = [
  { name: 'source', unit: '', meaning: 'cohort/NAME or workload/NAME' },
  { name: 'ordinal', unit: '', meaning: 'Ordinal of the machine, node or job within its source, from 0' },
  {
    name: 'purpose',
    unit: '',
    meaning:
      'hardware, region, throughput [reference cards], sessionStart [s] and sessionEnd [s] of a machine; ' +
      'publicAddress, join [s] and leave [s] of a node; arrival [s], clientRegion, work [s on the reference card], ' +
      'fee [tokens], deadline [s after arrival on the reference card], luck and completion of a job',
  },
  { name: 'number', unit: '', meaning: 'Number of the session or attempt, from 0; else 0' },
  { name: 'value', unit: 'the purpose’s', meaning: 'Its value; empty for no deadline' },
];

type Row = readonly [source: string, ordinal: number, purpose: string, number: number, value: Cell];

/**
 * Everything that happens to a scenario from outside up to its horizon (included), whether or not a run uses it:
 * honest cohorts' attributes, joins, leaves and sessions, and the workloads' jobs with the luck of their attempts.
 *
 * It is made of the functions that the run calls. Protocol parameters and attackers' cohorts don't change a byte of
 * it, another cohort or workload only adds rows of its own, and row numbers of the world never enter it: that is what
 * makes runs comparable in pairs.
 */
export function exogenousTrace(loaded: LoadedScenario): Table {
  const rows = () => rowsOf(loaded);
  let rowCount = 0;
  for (const _ of rows()) rowCount++;
  return { name: 'exogenous-trace', meaning: 'What happens to the network from outside', columns, rowCount, rows };
}

function* rowsOf({ scenario, traces }: LoadedScenario): Generator<Row> {
  for (const [name, settings] of Object.entries(scenario.fleet)) {
    if (strategyNamed(settings.strategy.kind).isAttacker) continue;
    const plan = new FleetPlan(scenario, name, traces.get(name));
    yield* machineRows(scenario, plan);
    yield* nodeRows(scenario, plan);
  }
  for (const name of Object.keys(scenario.workload)) yield* jobRows(scenario, name);
}

function* machineRows(scenario: Scenario, plan: FleetPlan): Generator<Row> {
  const source = `cohort/${plan.name}`;
  const { regions } = catalogue().regionSets[scenario.network]!;
  for (let machine = 0; machine < plan.shape.machines; machine++) {
    yield [source, machine, 'hardware', 0, plan.hardwareName(machine)];
    yield [source, machine, 'region', 0, regions[plan.region(machine)]!];
    yield [source, machine, 'throughput', 0, plan.throughput(machine)];
    let at = entryOf(plan, machine);
    for (let session = 0; at <= scenario.horizon; session++) {
      yield [source, machine, 'sessionStart', session, at];
      at += plan.outages.sessionSeconds(machine, session);
      if (at > scenario.horizon) break;
      yield [source, machine, 'sessionEnd', session, at];
      at += plan.outages.outageSeconds(machine, session);
    }
  }
}

/** When the first of the machine's identities means to join [s]. */
function entryOf(plan: FleetPlan, machine: number): number {
  let entry = Number.POSITIVE_INFINITY;
  for (let node = machine; node < plan.nodes; node += plan.shape.machines) {
    entry = Math.min(entry, plan.joinsAt(node));
  }
  return entry;
}

function* nodeRows({ horizon }: Scenario, plan: FleetPlan): Generator<Row> {
  const source = `cohort/${plan.name}`;
  for (let node = 0; node < plan.nodes; node++) {
    yield [source, node, 'publicAddress', 0, plan.isPublic(node)];
    if (plan.joinsAt(node) <= horizon) yield [source, node, 'join', 0, plan.joinsAt(node)];
    if (plan.leavesAt(node) <= horizon) yield [source, node, 'leave', 0, plan.leavesAt(node)];
  }
}

function* jobRows(scenario: Scenario, name: string): Generator<Row> {
  const source = `workload/${name}`;
  const { regions } = catalogue().regionSets[scenario.network]!;
  const settings = workloadSettings(scenario, name);
  const workload = new Workload(scenario.seed, settings);
  for (let at = workload.nextArrival(); at <= scenario.horizon; at = workload.nextArrival()) {
    const job = workload.nextOrdinal++;
    const work = workload.work(job);
    const deadline = settings.deadline === null ? null : deadlineSeconds(settings.deadline, work, 1);
    yield [source, job, 'arrival', 0, at];
    yield [source, job, 'clientRegion', 0, regions[workload.region(job)]!];
    yield [source, job, 'work', 0, work];
    yield [source, job, 'fee', 0, settings.fee / microTokens];
    yield [source, job, 'deadline', 0, deadline];
    for (let attempt = 0; attempt < attemptsListed; attempt++) {
      yield [source, job, 'luck', attempt, workload.luck(job, attempt)];
      yield [source, job, 'completion', attempt, workload.completion(job, attempt)];
    }
  }
}
