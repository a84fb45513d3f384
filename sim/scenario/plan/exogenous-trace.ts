import { stressesOf } from '../../model/outside/cohort-processes.js';
import type { ExogenousRow } from '../../model/outside/exogenous-row.js';
import { sessionRows } from '../../model/outside/outages.js';
import { spanRows } from '../../model/outside/spans.js';
import { Workload } from '../../model/outside/workload.js';
import { type ColumnOf, type Table, tableOf } from '../../record/tables/table.js';
import { catalogue } from '../schema/catalogue.js';
import type { Scenario } from '../schema/scenario-schema.js';
import { FleetPlan } from './fleet/fleet-plan.js';
import type { PlannedScenario } from './planned-scenario.js';
import { bugPlans, outagePlans, partitionPlans } from './stress/stress-plan.js';
import { createTokenPrice } from './token-price-plan.js';
import { workloadSettings } from './workload-plan.js';

const columns: readonly ColumnOf<ExogenousRow>[] = [
  {
    name: 'source',
    unit: '',
    window: 'own',
    meaning: 'cohort/NAME, workload/NAME, workload/NAME/surge/NAME or stress/BLOCK/NAME',
    value: (row) => row.source,
  },
  {
    name: 'ordinal',
    unit: '',
    window: 'own',
    meaning: 'Ordinal of the machine, node or job within its source, from 0; else 0',
    value: (row) => row.ordinal,
  },
  {
    name: 'purpose',
    unit: '',
    window: 'own',
    meaning:
      'hardware, region, provider, throughput [reference cards], wears, sessionStart [s] and sessionEnd [s], ' +
      'maintenanceStart [s] and maintenanceEnd [s], and struck/BLOCK/NAME of a machine; ' +
      'publicAddress, join [s] and leave [s] of a node; arrival [s], clientRegion, work [s on the reference card], ' +
      'fee [tokens], valueAtRisk [tokens] where jobs differ in it, minimumScore where its workload has one, ' +
      'deadline [s after arrival on the reference card], ' +
      'reservationPrice [USD] where demand reacts to the price, luck and completion of a job; hardness where its ' +
      'workload has a difficulty, value, noise and wildness where its answers are numeric ' +
      '(all but the value standard normal); ' +
      'start [s] and end [s] of a surge, of what strikes many machines, or of a partition; ' +
      'price [USD] of a token that walks, at each of the walk’s steps',
    value: (row) => row.purpose,
  },
  {
    name: 'number',
    unit: '',
    window: 'own',
    meaning: 'Number of the session, window, span or attempt, from 0; else 0',
    value: (row) => row.number,
  },
  {
    name: 'value',
    unit: 'the purpose’s',
    window: 'own',
    meaning: 'Its value; empty for no deadline, no minimum score, no provider',
    value: (row) => row.value,
  },
];

/**
 * Everything that happens to a scenario from outside up to its horizon (included), whether or not a run uses it:
 * honest cohorts' attributes, joins, leaves, sessions and maintenance, what strikes many machines at once and which of
 * theirs, and the workloads' surges and jobs with the luck of their attempts.
 *
 * It is made of the functions that the run calls. Protocol parameters and attackers' cohorts don't change a byte of
 * it, another cohort or workload only adds rows of its own, and row numbers of the world never enter it: that is what
 * makes runs comparable in pairs.
 */
export function exogenousTrace(planned: PlannedScenario): Table {
  let length = 0;
  for (const _ of rowsOf(planned)) length++;
  const rows = { length, [Symbol.iterator]: () => rowsOf(planned) };
  return tableOf('exogenous-trace', 'What happens to the network from outside', columns, rows);
}

function* rowsOf(planned: PlannedScenario): Generator<ExogenousRow> {
  const { scenario } = planned;
  const { horizon } = scenario;
  const { regions } = catalogue().regionSets[scenario.network]!;
  const causes = [...outagePlans(scenario), ...bugPlans(scenario)];
  yield* createTokenPrice(scenario).exogenousRows(horizon);
  for (const { name, spans } of [...causes, ...partitionPlans(scenario)])
    yield* spanRows(`stress/${name.replace('.', '/')}`, spans, horizon);
  for (const [name, settings] of Object.entries(scenario.fleet)) {
    if (scenario.registry.isAttackers(settings)) continue;
    const plan = new FleetPlan(planned, name);
    yield* machineRows(scenario, plan, regions);
    for (const cause of causes) yield* cause.exogenousRows(plan, plan.shape.machines, horizon);
    yield* nodeRows(scenario, plan);
  }
  for (const name of Object.keys(scenario.workload)) {
    yield* new Workload(scenario.seed, workloadSettings(scenario, name)).exogenousRows(regions, horizon);
  }
}

function* machineRows({ horizon }: Scenario, plan: FleetPlan, regions: readonly string[]): Generator<ExogenousRow> {
  const source = `cohort/${plan.name}`;
  for (let ordinal = 0; ordinal < plan.shape.machines; ordinal++) {
    const row = (purpose: string, value: ExogenousRow['value']) => ({ source, ordinal, purpose, number: 0, value });
    yield row('hardware', plan.hardwareName(ordinal));
    yield row('region', regions[plan.region(ordinal)]!);
    yield row('throughput', plan.throughput(ordinal));
    if (plan.settings.providers !== undefined) yield row('provider', plan.provider(ordinal) ?? null);
    const entry = plan.entryOf(ordinal);
    for (const one of stressesOf(plan.stresses)) yield* one.exogenousRows(source, ordinal, entry, horizon);
    yield* sessionRows(plan.outages, source, ordinal, entry, horizon);
  }
}

function* nodeRows({ horizon }: Scenario, plan: FleetPlan): Generator<ExogenousRow> {
  const source = `cohort/${plan.name}`;
  for (let ordinal = 0; ordinal < plan.nodes; ordinal++) {
    const row = (purpose: string, value: ExogenousRow['value']) => ({ source, ordinal, purpose, number: 0, value });
    yield row('publicAddress', plan.isPublic(ordinal));
    if (plan.joinsAt(ordinal) <= horizon) yield row('join', plan.joinsAt(ordinal));
    if (plan.leavesAt(ordinal) <= horizon) yield row('leave', plan.leavesAt(ordinal));
  }
}
