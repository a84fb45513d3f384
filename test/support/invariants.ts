import type { Built } from '../../sim/build/world.js';
import { AttemptKind, AttemptState } from '../../sim/model/columns/attempts.js';
import { JobOutcome } from '../../sim/model/columns/jobs.js';
import { RunningAtOutage } from '../../sim/model/columns/machines.js';
import { NONE, NodeState } from '../../sim/model/columns/nodes.js';
import { handleStep } from '../../sim/model/columns/rows/side-by-side.js';
import { WorkState } from '../../sim/model/truth/secrets.js';
import { ledgersOf, type World } from '../../sim/model/world/world.js';
import { jobsTable } from '../../sim/record/tables/detail/jobs.js';
import { records } from '../../sim/record/tables/table.js';
import { candidatesOf } from './scenarios.js';

/** Rows of jobs that aren't final: a recycled row keeps its outcome, an unused one was never submitted. */
export function openJobs({ jobs }: World): number[] {
  const found: number[] = [];
  for (let job = 0; job < jobs.outcome.length; job += handleStep) {
    if (jobs.outcome[job] === JobOutcome.open && jobs.submittedAt[job]! > 0) found.push(job);
  }
  return found;
}

/** Every panel that was asked about an attempt, the latest first. */
export function panelsOf({ attempts, panels }: World, attempt: number): number[] {
  const found: number[] = [];
  for (let panel = attempts.lastPanel[attempt]!; panel !== NONE; panel = panels.nextOfAttempt[panel]!)
    found.push(panel);
  return found;
}

/** Every attempt of a job, the latest first. */
export function attemptsOf({ jobs, attempts }: World, job: number): number[] {
  const found: number[] = [];
  for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
    found.push(attempt);
  }
  return found;
}

/** True for an attempt that neither returned nor failed. */
export function isOpenAttempt({ attempts }: World, attempt: number): boolean {
  return attempts.state[attempt] === AttemptState.open;
}

/** Everything that must hold between any two events; each breach in words, none if all is well. */
export function breaches(built: Built): string[] {
  const { world } = built;
  const found: string[] = [];
  const expectEqual = (what: string, actual: number, expected: number) => {
    if (actual !== expected) found.push(`${what}: expected ${expected}, found ${actual}`);
  };
  checkTokens(world, expectEqual);
  checkSlashings(built, expectEqual);
  checkJobs(built, expectEqual);
  checkAttempts(world, expectEqual);
  checkMachines(world, expectEqual);
  checkNodes(world, expectEqual);
  return found;
}

type ExpectEqual = (what: string, actual: number, expected: number) => void;

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

function checkTokens(world: World, expectEqual: ExpectEqual): void {
  const { bondLedger, ledger, jobs, attempts, nodes, operators, ownership, purseAccounts } = world;
  const open = openJobs(world);
  const bonded = open.flatMap((job) => attemptsOf(world, job));
  for (const one of ledgersOf(world)) expectEqual(`residue of ${one.currency}`, one.residue(), 0);
  expectEqual('escrow over fees of open jobs', ledger.escrow, sumOf(open.map((job) => jobs.fee[job]!)));
  expectEqual('bonds over attempts', bondLedger.bonds, sumOf(bonded.map((attempt) => attempts.bond[attempt]!)));
  const stocks = [
    ledger.balance,
    ledger.stake,
    ledger.unbonding,
    ledger.heldOf,
    ledger.paid,
    nodes.delegated,
    ...ledger.due,
    bondLedger.balance,
    ...bondLedger.due,
  ];
  for (const amount of [...stocks.flatMap((stock) => [...stock]), ledger.treasury, ledger.insurance, ledger.burned]) {
    if (!(Number.isInteger(amount) && amount >= 0)) expectEqual('an amount that is whole and not negative', amount, 0);
  }
  const locked = new Float64Array(operators.count);
  for (let node = 0; node < nodes.count; node++) {
    const there = ledger.stake[node]! + ledger.unbonding[node]! + ledger.heldOf[node]!;
    const debt = ledger.loans?.debt[node] ?? 0;
    if (debt > 0) expectEqual(`lent of the stake of node ${node}`, ledger.loans!.lent[node]!, Math.min(debt, there));
    locked[ownership.operator[node]!]! += there - (ledger.loans?.lent[node] ?? 0);
  }
  for (let node = 0; node < nodes.count; node++) {
    for (const account of ledger.delegations.holders(node)) {
      if (account < operators.count) locked[account]! += ledger.delegations.worthOf(node, account);
    }
  }
  purseAccounts.forEach((account, attack) => {
    expectEqual(`purse ${attack}`, operators.locked[operators.rowOfPurse(attack)]!, ledger.balance[account]!);
  });
  const lockedBonds = bondLedger === ledger ? locked : new Float64Array(operators.count);
  for (const attempt of bonded) lockedBonds[ownership.operator[attempts.node[attempt]!]!]! += attempts.bond[attempt]!;
  for (let operator = 0; operator < operators.count; operator++) {
    expectEqual(`locked of operator ${operator}`, operators.locked[operator]!, locked[operator]!);
    expectEqual(`bonds of operator ${operator}`, operators.bonds.locked[operator]!, lockedBonds[operator]!);
  }
}

/** What the ledger took as slashed of nodes' own, stake or bond, the recorder has by node and slash by slash. */
function checkSlashings({ world: { bondLedger, ledger }, recorder }: Built, expectEqual: ExpectEqual): void {
  const own = ledger.slashed - sumOf(ledger.delegations.lost);
  const bonds = bondLedger === ledger ? 0 : bondLedger.slashed;
  expectEqual('slashed of nodes', sumOf(recorder.slashed), own);
  expectEqual('slashed of bonds in their own currency', sumOf(recorder.slashedBonds), bonds);
  let listed = 0;
  for (const { amount } of recorder.slashings) listed += amount;
  expectEqual('slashings in the list', listed, own + bonds);
}

function checkJobs({ world, recorder, lives }: Built, expectEqual: ExpectEqual): void {
  const { jobKeys, jobs, attempts, simulation, workloads } = world;
  const open = openJobs(world);
  expectEqual('open jobs', jobs.open, open.length);
  const clients = open.filter((job) => jobKeys.isClients(job));
  expectEqual('open jobs that are no client’s', jobKeys.othersOpen, open.length - clients.length);
  recorder.finish();
  const { completed, rejected, timedOut, unserved, unfunded, ended } = recorder.whole;
  expectEqual('ended jobs', ended, completed + rejected + timedOut + unserved + unfunded);
  expectEqual('submitted jobs', lives.submission.submittedJobs(), ended + clients.length);
  if (recorder.options.detail) {
    expectEqual('job rows', recorder.jobs.length, ended);
    const final = [...records(jobsTable(recorder.jobs), ['workload', 'ordinal'])];
    const names = new Set(final.map(({ workload, ordinal }) => `${workload}/${ordinal}`));
    for (const job of clients) names.add(`${workloads[jobs.workload[job]!]!.settings.name}/${jobKeys.ordinal(job)}`);
    expectEqual('jobs that are open or final once', names.size, recorder.jobs.length + clients.length);
  }
  for (const job of open) {
    const name = `job ${jobs.workload[job]}/${jobs.number[job]}`;
    const mine = attemptsOf(world, job);
    const openCount = mine.filter((attempt) => isOpenAttempt(world, attempt)).length;
    expectEqual(`${name}: open attempts`, jobs.attemptsOpen[job]!, openCount);
    expectEqual(`${name}: attempts made`, jobs.attemptsMade[job]!, mine.length);
    expectEqual(`${name}: waits if attempts are wanted`, jobs.isWaiting[job]!, jobs.attemptsWanted[job]! > 0 ? 1 : 0);
    const isReturned = mine.some((attempt) => attempts.state[attempt] === AttemptState.returned);
    // who committed is waited for, even where nobody did
    const isObserved = isReturned || jobs.isSealed[job] === 1;
    if (openCount === 0 && jobs.isWaiting[job] === 0 && !isObserved) expectEqual(`${name}: something under way`, 0, 1);
    if (jobs.isWaiting[job] === 1 && jobs.waitsUntil[job]! < simulation.now) {
      expectEqual(`${name}: waits until`, simulation.now, jobs.waitsUntil[job]!);
    }
  }
}

function checkAttempts(world: World, expectEqual: ExpectEqual): void {
  const { attempts, changes, jobs, nodes, panels, rules, simulation } = world;
  const assigned = new Int32Array(nodes.count);
  /** Of these, checks, which a node makes whatever else it has to do. */
  const checks = new Int32Array(nodes.count);
  /** Of attempts by node, when the last was assigned; what was before a change of rules stays. */
  const lastAt = new Float64Array(nodes.count);
  const changedAt = changes.reduce((last, { at }) => (at <= simulation.now ? Math.max(last, at) : last), -1);
  const seen = new Set<number>();
  for (const job of openJobs(world)) {
    for (const attempt of attemptsOf(world, job)) {
      const name = `attempt ${attempts.number[attempt]} of job ${jobs.workload[job]}/${jobs.number[job]}`;
      expectEqual(`${name}: its job`, attempts.job[attempt]!, job);
      if (seen.has(attempt)) expectEqual(`${name}: times in use`, 2, 1);
      seen.add(attempt);
      const node = attempts.node[attempt]!;
      if (!(node >= 0 && node < nodes.count)) expectEqual(`${name}: node in range`, node, 0);
      for (const panel of panelsOf(world, attempt)) {
        expectEqual(`${name}: what its panel is about`, panels.attempt[panel]!, attempt);
        for (let place = 0; place < panels.asked[panel]!; place++) {
          const member = panels.askedOf(panel, place);
          if (!(member >= 0 && member < nodes.count)) expectEqual(`${name}: member in range`, member, 0);
        }
      }
      if (!isOpenAttempt(world, attempt)) continue;
      assigned[node]!++;
      if (attempts.kind[attempt] === AttemptKind.check) checks[node]!++;
      lastAt[node] = Math.max(lastAt[node]!, attempts.assignedAt[attempt]!);
      if (attempts.deadlineAt[attempt]! < simulation.now) {
        expectEqual(`${name}: ends by its deadline`, simulation.now, attempts.deadlineAt[attempt]!);
      }
    }
  }
  for (let node = 0; node < nodes.count; node++) {
    expectEqual(`attempts assigned to node ${node}`, nodes.assigned[node]!, assigned[node]!);
    const most = nodes.slots[node]! + rules.now.queueLimit;
    const limited = nodes.assigned[node]! - checks[node]!;
    if (limited > most && lastAt[node]! > changedAt) expectEqual(`most attempts of node ${node}`, limited, most);
  }
}

function checkMachines(world: World, expectEqual: ExpectEqual): void {
  const { attempts, machines, nodes, ownership, secrets } = world;
  const byMachine = new Map<number, number[]>();
  for (const attempt of openJobs(world).flatMap((job) => attemptsOf(world, job))) {
    const machine = ownership.machine[attempts.node[attempt]!]!;
    const list = byMachine.get(machine);
    if (list === undefined) byMachine.set(machine, [attempt]);
    else list.push(attempt);
  }
  const presentOn = new Int32Array(machines.end);
  for (let node = 0; node < nodes.count; node++) {
    if (nodes.state[node] === NodeState.present) presentOn[ownership.machine[node]!]!++;
  }
  for (let machine = 0; machine < machines.end; machine += handleStep) {
    const name = `machine ${machine / handleStep}`;
    const here = byMachine.get(machine) ?? [];
    const inState = (...states: number[]) => here.filter((attempt) => states.includes(secrets.state(attempt))).length;
    const listed = (first: number) => {
      let length = 0;
      for (let attempt = first; attempt !== NONE; attempt = secrets.next(attempt)) length++;
      return length;
    };
    const busy = inState(WorkState.running, WorkState.paused);
    const isFinishing = machines.runningAtOutage[machine] === RunningAtOutage.finish;
    const isWorking = machines.isUp[machine] === 1 || isFinishing;
    const reasons = machines.downReasons[machine]!;
    expectEqual(`${name}: up without reasons`, machines.isUp[machine]!, Number(reasons === 0));
    if (reasons < 0 || machines.announcedReasons[machine]! < 0) expectEqual(`${name}: reasons`, reasons, 0);
    if (machines.announcedReasons[machine]! > reasons) {
      expectEqual(`${name}: announced among the reasons`, machines.announcedReasons[machine]!, reasons);
    }
    expectEqual(`${name}: busy slots`, machines.busy[machine]!, busy);
    expectEqual(`${name}: running list`, listed(machines.firstRunning[machine]!), busy);
    expectEqual(`${name}: queue`, listed(machines.firstQueued[machine]!), inState(WorkState.queued));
    if (busy > machines.slots[machine]!) expectEqual(`${name}: slots in use`, busy, machines.slots[machine]!);
    expectEqual(`${name}: attempts halted`, inState(isWorking ? WorkState.paused : WorkState.running), 0);
    if (isWorking && inState(WorkState.queued) > 0) expectEqual(`${name}: idle`, busy, machines.slots[machine]!);
    expectEqual(`${name}: identities`, machines.identities[machine]!, presentOn[machine]!);
  }
}

function checkNodes(world: World, expectEqual: ExpectEqual): void {
  const { nodes, machines, onlineNodes, ownership, presentNodes, roles, rules, simulation } = world;
  let online = 0;
  let present = 0;
  const held = new Set<number>();
  for (let node = 0; node < nodes.count; node++) {
    const isPresent = nodes.state[node] === NodeState.present;
    const isOnline = isPresent && machines.isUp[ownership.machine[node]!] === 1;
    const isFree = nodes.jailedUntil[node]! <= simulation.now && nodes.isSuspended[node] === 0;
    const token = nodes.resourceToken[node] ?? NONE;
    const isCommitted = !rules.now.resourceToken || token !== NONE;
    const isActive = isOnline && isFree && isCommitted && nodes.stake[node]! >= rules.now.minimumStake;
    if (token !== NONE) {
      expectEqual(`node ${node}: holds a token and is there`, Number(isPresent), 1);
      expectEqual(`token ${token}: held by others, too`, Number(held.has(token)), 0);
      held.add(token);
    }
    expectEqual(`node ${node}: online`, nodes.isOnline[node]!, Number(isOnline));
    expectEqual(`node ${node}: active`, nodes.isActive[node]!, Number(isActive));
    expectEqual(`node ${node}: among the online`, Number(onlineNodes.has(node)), Number(isOnline));
    expectEqual(`node ${node}: among the present`, Number(presentNodes.has(node)), Number(isPresent));
    online += Number(isOnline);
    present += Number(isPresent);
    if (isPresent) expectEqual(`node ${node}: lanes`, nodes.allowedLanes[node]!, lanesByDefinition(world, node));
    const score = nodes.score[node]!;
    const [lowest, highest] = [roles.reputation.lowest(), roles.reputation.highest()];
    if (nodes.state[node] !== NodeState.absent && !(score >= lowest && score <= highest)) {
      expectEqual(
        `node ${node}: score from ${lowest} to ${highest}`,
        score,
        Math.min(highest, Math.max(lowest, score)),
      );
    }
  }
  expectEqual('online nodes', onlineNodes.size, online);
  expectEqual('present nodes', presentNodes.size, present);
}

/** Lanes whose class its hardware allows, whose minimum its published score reaches, and that the model grants. */
function lanesByDefinition({ lanes, nodes, roles }: World, node: number): number {
  const granted = roles.reputation.lanes?.(node) ?? -1;
  let mask = 0;
  for (const { index, jobClass, minimumScore } of lanes) {
    const isAllowed = ((nodes.allowedClasses[node]! >> jobClass) & (granted >> index) & 1) === 1;
    if (isAllowed && nodes.publishedScoreFor(node, jobClass) >= minimumScore) mask += 2 ** index;
  }
  return mask;
}

/**
 * Jobs that wait although an open node fits them that has score and stake, hence weight under most policies.
 *
 * @param isChoosy for those that take only some of the nodes, whatever their score and stake: then the policy is asked
 */
export function servableJobs(world: World, isChoosy = false): number[] {
  const { assignment } = world.roles;
  return openJobs(world).filter((job) => {
    if (world.jobs.isWaiting[job] === 0) return false;
    if (isChoosy) return assignment.assign(job, assignedLane(world, job)) !== NONE;
    for (let node = 0; node < world.nodes.count; node++) if (canTake(world, node, job)) return true;
    return false;
  });
}

/** Jobs that could take the node, too, and came to wait before the job that is given it. */
export function overtakenJobs({ world, lives }: Built, job: number, node: number): number[] {
  const { jobs } = world;
  const { waiting } = lives.matching;
  const ticketOf = (one: number) => waiting.ticketOf(one, assignedLane(world, one));
  const ticket = jobs.isWaiting[job] === 1 ? ticketOf(job) : Number.POSITIVE_INFINITY;
  return openJobs(world).filter(
    (other) => jobs.isWaiting[other] === 1 && ticketOf(other) < ticket && canTake(world, node, other),
  );
}

function assignedLane({ jobs, rules }: World, job: number): number {
  const { recheckLane } = rules.now;
  return jobs.recheckWanted[job] === 1 && recheckLane !== NONE ? recheckLane : jobs.lane[job]!;
}

function canTake(world: World, node: number, job: number): boolean {
  const { lanes, nodes } = world;
  const lane = assignedLane(world, job);
  if (nodes.publishedScoreFor(node, lanes[lane]!.jobClass) === 0 || nodes.stake[node] === 0) return false;
  const candidates = candidatesOf(world);
  return candidates.isOpen(node, lane) && candidates.fits(job, node);
}
