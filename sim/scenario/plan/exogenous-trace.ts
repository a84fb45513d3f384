import { workloadSettings } from '../../build/columns.js';
import { deadlineSeconds } from '../../model/columns/job-class.js';
import { microTokens } from '../../model/contract/units.js';
import type { Spans } from '../../model/outside/spans.js';
import { Workload } from '../../model/outside/workload.js';
import type { Cell, Column, Table } from '../../record/tables/table.js';
import { strategyNamed } from '../../strategies/index.js';
import type { LoadedScenario } from '../load.js';
import { catalogue } from '../schema/catalogue.js';
import type { Scenario } from '../schema/scenario-schema.js';
import { FleetPlan } from './fleet-plan.js';
import { bugPlans, type CausePlan, outagePlans } from './stress-plan.js';

/** Attempts of each job whose luck is listed. */
const attemptsListed = 4;

const columns: readonly Column[] = [
  { name: 'source', unit: '', meaning: 'cohort/NAME, workload/NAME, workload/NAME/surge/NAME or stress/BLOCK/NAME' },
  { name: 'ordinal', unit: '', meaning: 'Ordinal of the machine, node or job within its source, from 0; else 0' },
  {
    name: 'purpose',
    unit: '',
    meaning:
      'hardware, region, provider, throughput [reference cards], wears, sessionStart [s] and sessionEnd [s], ' +
      'maintenanceStart [s] and maintenanceEnd [s], and struck/BLOCK/NAME of a machine; ' +
      'publicAddress, join [s] and leave [s] of a node; arrival [s], clientRegion, work [s on the reference card], ' +
      'fee [tokens], deadline [s after arrival on the reference card], luck and completion of a job; ' +
      'start [s] and end [s] of a surge or of what strikes many machines',
  },
  { name: 'number', unit: '', meaning: 'Number of the session, window, span or attempt, from 0; else 0' },
  { name: 'value', unit: 'the purpose’s', meaning: 'Its value; empty for no deadline, no provider' },
];

type Row = readonly [source: string, ordinal: number, purpose: string, number: number, value: Cell];

/**
 * Everything that happens to a scenario from outside up to its horizon (included), whether or not a run uses it:
 * honest cohorts' attributes, joins, leaves, sessions and maintenance, what strikes many machines at once and which of
 * theirs, and the workloads' surges and jobs with the luck of their attempts.
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
  const causes = [...outagePlans(scenario), ...bugPlans(scenario)];
  for (const { name, spans } of causes) yield* spanRows(`stress/${name.replace('.', '/')}`, spans, scenario.horizon);
  for (const [name, settings] of Object.entries(scenario.fleet)) {
    if (strategyNamed(settings.strategy.kind).isAttacker) continue;
    const plan = new FleetPlan(scenario, name, traces.get(name));
    yield* machineRows(scenario, plan);
    for (const cause of causes) yield* struckRows(scenario, plan, cause);
    yield* nodeRows(scenario, plan);
  }
  for (const name of Object.keys(scenario.workload)) yield* jobRows(scenario, name);
}

function* spanRows(source: string, spans: Spans, horizon: number): Generator<Row> {
  for (let number = 0; spans.start(number) <= horizon; number++) {
    yield [source, 0, 'start', number, spans.start(number)];
    if (spans.end(number) <= horizon) yield [source, 0, 'end', number, spans.end(number)];
  }
}

/** Which of the cohort's machines each span of the cause strikes. */
function* struckRows({ horizon }: Scenario, plan: FleetPlan, cause: CausePlan): Generator<Row> {
  const draw = cause.drawFor(plan.name);
  for (let machine = 0; machine < plan.shape.machines; machine++) {
    if (!cause.concerns(plan, machine)) continue;
    for (let number = 0; cause.spans.start(number) <= horizon; number++) {
      if (!cause.strikes(draw, machine, number)) continue;
      yield [`cohort/${plan.name}`, machine, `struck/${cause.name.replace('.', '/')}`, number, true];
    }
  }
}

function* machineRows(scenario: Scenario, plan: FleetPlan): Generator<Row> {
  const source = `cohort/${plan.name}`;
  const { regions } = catalogue().regionSets[scenario.network]!;
  for (let machine = 0; machine < plan.shape.machines; machine++) {
    yield [source, machine, 'hardware', 0, plan.hardwareName(machine)];
    yield [source, machine, 'region', 0, regions[plan.region(machine)]!];
    yield [source, machine, 'throughput', 0, plan.throughput(machine)];
    if (plan.settings.providers !== undefined) yield [source, machine, 'provider', 0, plan.provider(machine) ?? null];
    if (plan.wear !== null) yield [source, machine, 'wears', 0, plan.wear.wears(machine)];
    let at = entryOf(plan, machine);
    yield* maintenanceRows(scenario, plan, machine, at);
    for (let session = 0; at <= scenario.horizon; session++) {
      yield [source, machine, 'sessionStart', session, at];
      at += plan.outages.sessionSeconds(machine, session);
      if (at > scenario.horizon) break;
      yield [source, machine, 'sessionEnd', session, at];
      at += plan.outages.outageSeconds(machine, session);
    }
  }
}

/** Windows of a machine from its entry on [s]. */
function* maintenanceRows({ horizon }: Scenario, plan: FleetPlan, machine: number, entry: number): Generator<Row> {
  const { maintenance } = plan;
  if (maintenance === null || entry > horizon) return;
  const source = `cohort/${plan.name}`;
  for (let window = maintenance.firstFrom(machine, entry); maintenance.start(machine, window) <= horizon; window++) {
    yield [source, machine, 'maintenanceStart', window, maintenance.start(machine, window)];
    const end = maintenance.end(machine, window);
    if (end <= horizon) yield [source, machine, 'maintenanceEnd', window, end];
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
  for (const surge of settings.surges) yield* spanRows(`${source}/surge/${surge.name}`, surge.spans, scenario.horizon);
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
