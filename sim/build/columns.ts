import { KeyedDraw, namedStream } from '../engine/random-stream.js';
import type { Simulation } from '../engine/simulation.js';
import { Attempts } from '../model/columns/attempts.js';
import { classesAllowedBy, type HardwareClass } from '../model/columns/hardware.js';
import type { JobClass } from '../model/columns/job-class.js';
import type { Jobs } from '../model/columns/jobs.js';
import { Limits } from '../model/columns/limits.js';
import { Machines } from '../model/columns/machines.js';
import { Network } from '../model/columns/network.js';
import { type NodeIndex, Nodes } from '../model/columns/nodes.js';
import { Operators, Ownership } from '../model/columns/operators.js';
import { Panels } from '../model/columns/panels.js';
import { GroupedRows } from '../model/columns/rows/grouped-rows.js';
import { Measures } from '../model/columns/rows/measures.js';
import { RowSet } from '../model/columns/rows/row-set.js';
import { handleStep } from '../model/columns/rows/side-by-side.js';
import { ChargedTo, type Rules, type TreasuryRules } from '../model/columns/rules.js';
import { Watches } from '../model/columns/watches.js';
import type { Look } from '../model/contract/cohorts/cohort-plan.js';
import { EvidenceKinds } from '../model/contract/findings/evidence-kinds.js';
import type { Live } from '../model/contract/live.js';
import { secondsPerDay, toMicroTokens } from '../model/contract/units.js';
import { Ledger } from '../model/money/ledger.js';
import { Loans } from '../model/money/loans.js';
import { HeldMessages } from '../model/outside/regions/held-messages.js';
import { Workload } from '../model/outside/workload.js';
import { JobKeys } from '../model/truth/job-keys.js';
import { PanelSecrets } from '../model/truth/panel-secrets.js';
import { AttemptSecrets } from '../model/truth/secrets.js';
import { Truth } from '../model/truth/truth.js';
import type { Journal } from '../model/world/journal.js';
import type { WorldColumns } from '../model/world/world.js';
import type { FleetPlan } from '../scenario/plan/fleet/fleet-plan.js';
import { classNames, lanesOf, recheckLane } from '../scenario/plan/lanes.js';
import { partitionPlans } from '../scenario/plan/stress/stress-plan.js';
import { createTokenPrice } from '../scenario/plan/token-price-plan.js';
import { workloadSettings } from '../scenario/plan/workload-plan.js';
import { catalogue } from '../scenario/schema/catalogue.js';
import type { ProtocolSettings, Scenario } from '../scenario/schema/scenario-schema.js';

const rowsLeast = 16_384;

const watchesAtFirst = 1_024;

/** Rows of jobs and attempts at first, at least one a node; the columns double when more are open at once. */
export function rowsAtFirst(plans: readonly FleetPlan[]): number {
  return Math.max(rowsLeast, identitiesOf(plans));
}

function identitiesOf(plans: readonly FleetPlan[]): number {
  return plans.reduce((sum, plan) => sum + plan.shape.identitiesMost, 0);
}

/** What there is before the columns. */
interface Begun {
  readonly simulation: Simulation;
  readonly journal: Journal;
  readonly jobs: Jobs;
  /** The versions of its settings are those that the jobs know. */
  readonly protocol: Live<ProtocolSettings>;
}

/** Everything of the world that exists before any mechanism: columns filled from the plans, accounts endowed. */
export function buildColumns(
  scenario: Scenario,
  plans: readonly FleetPlan[],
  { simulation, journal, jobs, protocol }: Begun,
): WorldColumns {
  const nodeCapacity = identitiesOf(plans);
  const operatorCount = plans.reduce((sum, plan) => sum + plan.shape.operators, 0);
  const nodes = new Nodes(nodeCapacity);
  if (plans.some(({ settings }) => settings.importedScore !== undefined)) nodes.keepImportedScores();
  const ownership = new Ownership(nodeCapacity);
  const workloadNames = Object.keys(scenario.workload);
  const firstDelegator = operatorCount + workloadNames.length;
  const firstPurse = firstDelegator + plans.length;
  const ledger = new Ledger('token', firstPurse + plans.length, nodes.stake, nodes.delegated);
  const hasBondCurrency = scenario.protocol.bondCurrency === 'bond-token';
  if (plans.some(({ settings }) => settings.borrows > 0)) ledger.loans = new Loans(nodeCapacity);
  const bondLedger = hasBondCurrency ? createBondLedger(operatorCount, nodeCapacity) : ledger;
  const attempts = new Attempts(rowsAtFirst(plans));
  const panels = new Panels(rowsLeast);
  const secrets = new AttemptSecrets(attempts);
  const jobKeys = new JobKeys(jobs);
  const workloads = workloadNames.map((name) => new Workload(scenario.seed, workloadSettings(scenario, name)));
  const recheck = { recheckClass: classNames(scenario).indexOf('validation'), recheckLane: recheckLane(scenario) };
  const rules = protocol.map((settings) => rulesOf(settings, recheck));
  const classes = buildClasses(scenario);
  const nameKey = Math.floor(namedStream(`${scenario.seed}/operators`)() * 4_294_967_296) | 0;
  const onlineNodes = new RowSet(nodeCapacity);
  const columns: WorldColumns = {
    simulation,
    horizonSeconds: scenario.horizon,
    rules,
    network: buildNetwork(scenario),
    hardware: Object.values(catalogue().hardware).map((entry): HardwareClass => ({ ...entry, name: entry.label })),
    classes,
    kinds: new EvidenceKinds(),
    lanes: lanesOf(scenario),
    workloads,
    nodes,
    measures: new Measures(nodeCapacity),
    machines: new Machines(plans.reduce((sum, plan) => sum + plan.shape.machines, 0)),
    jobs,
    jobKeys,
    attempts,
    panels,
    watches: new Watches(watchesAtFirst),
    ownership,
    operators: new Operators(operatorCount, nameKey, plans.length, hasBondCurrency),
    limits: new Limits(),
    truth: new Truth({ nodes, ownership, attempts, secrets, jobs, jobKeys, workloads }),
    secrets,
    panelSecrets: new PanelSecrets(panels),
    ledger,
    bondLedger,
    onlineNodes,
    onlineByRegion: new GroupedRows(onlineNodes, nodes.region),
    presentNodes: new RowSet(nodeCapacity),
    cohortDraws: plans.map(({ draw }) => draw),
    delegatorAccounts: plans.map((_, cohort) => firstDelegator + cohort),
    purseAccounts: plans.map((_, attack) => firstPurse + attack),
    clientAccounts: workloadNames.map((_, workload) => operatorCount + workload),
    prices: {
      ...scenario.money,
      token: createTokenPrice(scenario),
    },
    journal,
    appealDraws: new KeyedDraw(`${scenario.seed}/appeals`),
  };
  let firstOperator = 0;
  plans.forEach((plan, cohort) => {
    addCohort(columns, plan, cohort, firstOperator);
    firstOperator += plan.shape.operators;
  });
  ledger.endowTreasury(toMicroTokens(scenario.money.treasury));
  workloadNames.forEach((_, workload) => {
    ledger.endow(operatorCount + workload, toMicroTokens(scenario.money.clientBudget));
  });
  ledger.delegatorShare = rules.now.delegatorShare;
  plans.forEach((plan, cohort) => {
    ledger.endow(firstDelegator + cohort, toMicroTokens(plan.settings.delegated) * plan.nodes);
  });
  return columns;
}

/** A currency in which nobody stakes, and which operators alone have. */
function createBondLedger(operators: number, nodes: number): Ledger {
  return new Ledger('bond-token', operators, new Float64Array(nodes), new Float64Array(nodes));
}

function addCohort(columns: WorldColumns, plan: FleetPlan, cohort: number, firstOperator: number): void {
  const { bondLedger, machines, nodes, ownership, operators, truth, ledger, rules } = columns;
  const { shape } = plan;
  const hardwareNames = Object.keys(catalogue().hardware);
  const firstMachine = machines.end;
  for (let ordinal = 0; ordinal < plan.shape.machines; ordinal++) {
    const machine = machines.add();
    const name = plan.hardwareName(ordinal);
    const hardware = catalogue().hardware[name]!;
    machines.cohort[machine] = cohort;
    machines.ordinal[machine] = ordinal;
    machines.hardware[machine] = hardwareNames.indexOf(name);
    machines.throughput[machine] = plan.throughput(ordinal);
    machines.slots[machine] = plan.settings.slots ?? hardware.slots;
    machines.runningAtOutage[machine] = plan.runningAtOutage;
    // not being there yet is a reason, too, announced as its outages are; entering takes it away
    machines.downReasons[machine] = 1;
    machines.announcedReasons[machine] = plan.announcesOutages ? 1 : 0;
  }
  const { drift, ...answers } = plan.settings.answers;
  truth.answerModels[cohort] = { ...answers, driftPerSecond: drift / secondsPerDay };
  operators.cohort.fill(cohort, firstOperator, firstOperator + plan.shape.operators);
  for (let ordinal = 0; ordinal < plan.nodes; ordinal++) {
    const node = nodes.count++;
    const machineOrdinal = shape.machineOf(ordinal);
    const machine = firstMachine + machineOrdinal * handleStep;
    const operator = firstOperator + shape.operatorOf(machineOrdinal);
    ownership.cohort[node] = cohort;
    ownership.ordinal[node] = ordinal;
    ownership.enlist(node, operator, operators, machine, machines);
    ownership.leavesAt[node] = plan.leavesAt(ordinal);
    if (plan.settings.importedScore !== undefined) nodes.importedScore[node] = plan.settings.importedScore;
    nodes.declaredOperator[node] = plan.shape.hidesOperator ? operators.nameOfHidden(node) : operators.nameOf(operator);
    ownership.region[node] = plan.region(machineOrdinal);
    ownership.stake[node] = plan.stakeOf(ordinal);
    declare(columns, node, plan.declaredBy(ordinal, machineOrdinal), plan.isPublic(ordinal));
    truth.quality[node] = plan.quality(machineOrdinal);
    truth.completion[node] = plan.completion(machineOrdinal);
    truth.trustedHardware[node] = plan.trustedHardware(machineOrdinal);
    ledger.endow(operator, ownership.stake[node]! + rules.now.identityFee);
  }
  for (let operator = 0; operator < shape.operators; operator++) {
    ledger.endow(firstOperator + operator, plan.fundsOf(operator));
    if (bondLedger !== ledger) bondLedger.endow(firstOperator + operator, plan.bondFundsOf(operator));
  }
}

/** Tells the network what the identity of a row says of its machine, and which classes of jobs that lets it serve. */
export function declare({ classes, nodes }: WorldColumns, node: NodeIndex, look: Look, isPublic: boolean): void {
  const entry = catalogue().hardware[look.hardware]!;
  nodes.region[node] = look.region;
  nodes.hardware[node] = Object.keys(catalogue().hardware).indexOf(look.hardware);
  nodes.throughput[node] = look.throughput;
  nodes.slots[node] = look.slots;
  nodes.isPublic[node] = isPublic ? 1 : 0;
  nodes.allowedClasses[node] = classesAllowedBy(entry, isPublic, classes);
}

function rulesOf(protocol: ProtocolSettings, recheck: Pick<Rules, 'recheckClass' | 'recheckLane'>): Rules {
  const unlimited = <T>(value: T | 'unlimited') => (value === 'unlimited' ? Number.POSITIVE_INFINITY : value);
  return {
    epochSeconds: protocol.epoch,
    queueLimit: unlimited(protocol.queueLimit),
    attemptsMost: protocol.attempts,
    acknowledgeWithinSeconds: unlimited(protocol.acknowledgeWithin),
    giveUpAfterSeconds: unlimited(protocol.giveUpAfter),
    checkInSeconds: protocol.checkIn === 'none' ? Number.POSITIVE_INFINITY : protocol.checkIn.every,
    seesDoubleSigning: protocol.seesDoubleSigning,
    directedJobs: protocol.directedJobs,
    minimumStake: toMicroTokens(protocol.stake.minimum),
    identityFee: toMicroTokens(protocol.stake.identityFee),
    resourceToken: protocol.stake.resourceToken,
    delegatorShare: protocol.stake.delegatorShare,
    tellFallsAbove: protocol.stake.tellFallsAbove === 'none' ? Number.POSITIVE_INFINITY : protocol.stake.tellFallsAbove,
    importedFraction: 1 - protocol.importedScores.discount,
    slashedTo: protocol.slashedTo,
    appeal: protocol.appeal === 'none' ? null : appealRules(protocol.appeal),
    suspension: protocol.suspension === 'none' ? null : suspensionRules(protocol.suspension),
    insurance: protocol.insurance === 'none' ? null : protocol.insurance,
    places: protocol.places === 'none' ? null : placesRules(protocol.places),
    treasury: treasuryRules(protocol.treasury),
    lending: protocol.lendAgainstScore === 'none' ? null : protocol.lendAgainstScore,
    publishEverySeconds: protocol.publish.every,
    publishDelaySeconds: protocol.publish.delay,
    reporters: protocol.publish.reporters,
    reportThreshold: protocol.publish.threshold,
    ...recheck,
  };
}

function suspensionRules({ window, below, grace, review }: Exclude<ProtocolSettings['suspension'], 'none'>) {
  return {
    windowEpochs: window,
    below,
    graceEpochs: grace,
    review: review === 'none' ? null : { afterEpochs: review.after, networkWide: review.networkWide },
  };
}

function placesRules({ most, price, priceTo, immunity }: Exclude<ProtocolSettings['places'], 'none'>) {
  return { most, price: toMicroTokens(price), priceTo: ChargedTo[priceTo], immunitySeconds: immunity };
}

function treasuryRules({ budget, subsidy }: ProtocolSettings['treasury']): TreasuryRules {
  return {
    budget: budget === 'unlimited' ? Number.POSITIVE_INFINITY : toMicroTokens(budget),
    subsidy: subsidy === 'none' ? null : { amount: toMicroTokens(subsidy.tokens), epochs: subsidy.epochs },
  };
}

function appealRules({ within, committee, errorProbability }: Exclude<Scenario['protocol']['appeal'], 'none'>) {
  return { withinEpochs: within, jurors: committee, errorProbability };
}

function buildNetwork(scenario: Scenario): Network {
  const set = catalogue().regionSets[scenario.network]!;
  const plans = partitionPlans(scenario);
  return new Network(
    set.regions,
    set.latencyMs.map((row) => row.map((milliseconds) => milliseconds / 1_000)),
    plans.length > 0 ? new HeldMessages(plans, scenario.horizon) : null,
  );
}

function buildClasses(scenario: Scenario): readonly JobClass[] {
  return classNames(scenario).map((name, index) => {
    const entry = catalogue().jobClasses[name]!;
    return {
      name,
      index,
      startUpSeconds: entry.startUp,
      memoryGiB: entry.memoryGiB,
      needsGpu: entry.needsGpu,
      needsPublicAddress: entry.needsPublicAddress,
      isRecomputable: entry.isRecomputable,
      answers: entry.answers,
    };
  });
}
