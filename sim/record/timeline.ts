import { quantileOf, quantilesOf } from '../kernels/quantile.js';
import { NodeState } from '../model/columns/nodes.js';
import type { Cohort } from '../model/world/cohort.js';
import { eachOpenOfClients, openOfClients, type World } from '../model/world/world.js';
import { type Cheating, noCheating } from './accounts/cheating.js';
import { noMargin, type SecurityMargin } from './rows/security-margin.js';
import { type SlotTime, SlotTimes } from './slot-times.js';
import type { Table } from './tables/table.js';
import { type FleetState, type JobSample, keptSamples, timeseriesTable } from './tables/timeseries.js';
import type { Tally } from './tally.js';

/** Times of the jobs that ended in an interval [s], in any order. */
interface JobTimes {
  readonly latency: Float64Array;
  readonly waiting: Float64Array;
}

/** What attacks could bring and cost now, and what they did so far. */
interface Weighed {
  readonly margin: SecurityMargin;
  cheatingOf(cohort: Cohort): Cheating;
}

/** From when on half or more of the nodes were so at every sample [s]; NaN if they aren't. */
type KeptSince = Record<'lowStake' | 'jailed' | 'withoutBond', number>;

/** What keeps nodes of a cohort, or of the whole network, at the last sample. */
export interface KeptNodes extends FleetState {
  readonly since: Readonly<KeptSince>;
}

/** Samples of the run: a row a cohort and one for all, at each sample time. */
export class Timeline {
  readonly #samples = keptSamples();
  readonly #slotTimes = new SlotTimes();
  #scores = new Float64Array(0);
  /** Time of the last sample [s]; −1 before the first. */
  lastTime = -1;
  readonly #kept = new Map<string, KeptNodes>();

  /** Adds the sample of now; the order of `times` changes. */
  take(world: World, slashed: Float64Array, interval: Tally, times: JobTimes, weighed: Weighed): void {
    const timeSeconds = world.simulation.now;
    this.lastTime = timeSeconds;
    if (this.#scores.length === 0) this.#scores = new Float64Array(world.nodes.capacity);
    let allWork = 0;
    for (const work of interval.work) allWork += work;
    const slotTimes = this.#slotTimes.look(world);
    let whole = emptyFleet;
    let slotTime: SlotTime = { up: 0, worked: 0 };
    for (const cohort of world.cohorts) {
      const fleet = this.#stateOf(world, cohort, slashed);
      this.#keep(cohort.name, fleet);
      const work = interval.work[cohort.index]!;
      const own = slotTimes[cohort.index]!;
      this.#samples.keep({
        ...fleet,
        timeSeconds,
        cohort: cohort.name,
        scores: this.#scores.subarray(0, fleet.present).sort(),
        work,
        workFraction: allWork === 0 ? Number.NaN : work / allWork,
        slotTime: own,
        margin: noMargin,
        cheating: weighed.cheatingOf(cohort),
        tokenPrice: Number.NaN,
        jobs: null,
      });
      whole = together(whole, fleet);
      slotTime = { up: slotTime.up + own.up, worked: slotTime.worked + own.worked };
    }
    this.#keep('all', whole);
    this.#samples.keep({
      ...whole,
      timeSeconds,
      cohort: 'all',
      scores: new Float64Array(0),
      work: Number.NaN,
      workFraction: Number.NaN,
      slotTime,
      margin: weighed.margin,
      cheating: noCheating,
      tokenPrice: world.prices.token.at(timeSeconds),
      jobs: jobSample(interval, world, times),
    });
  }

  /** Of a cohort, or of `all`, at the last sample. */
  keptOf(cohort: string): KeptNodes {
    return this.#kept.get(cohort) ?? { ...emptyFleet, since: { ...never } };
  }

  #keep(cohort: string, fleet: FleetState): void {
    const since: KeptSince = { ...this.keptOf(cohort).since };
    for (const state of keptStates) {
      if (fleet.present === 0 || fleet[state] < fleet.present / 2) since[state] = Number.NaN;
      else if (Number.isNaN(since[state])) since[state] = this.lastTime;
    }
    this.#kept.set(cohort, { ...fleet, since });
  }

  toTable(replication: number): Table {
    return timeseriesTable(this.#samples, replication);
  }

  /** Adds up the cohort's nodes, and puts the scores of present ones at the head of `#scores`. */
  #stateOf({ nodes, ownership, ledger, rules }: World, { index }: Cohort, slashed: Float64Array): FleetState {
    let [present, online, jailed, suspended, ejected] = [0, 0, 0, 0, 0];
    let [lowStake, withoutBond] = [0, 0];
    let [stake, income, lost] = [0, 0, 0];
    for (let node = 0; node < nodes.count; node++) {
      if (ownership.cohort[node] !== index) continue;
      stake += nodes.stake[node]!;
      income += ledger.earned(node);
      lost += slashed[node]!;
      if (nodes.state[node] === NodeState.ejected) ejected++;
      if (nodes.state[node] !== NodeState.present) continue;
      online += nodes.isOnline[node]!;
      if (nodes.jailedUntil[node]! > this.lastTime) jailed++;
      suspended += nodes.isSuspended[node]!;
      if (nodes.stake[node]! < rules.now.minimumStake) lowStake++;
      if (ownership.affordableLanes[node] === 0) withoutBond++;
      this.#scores[present++] = nodes.score[node]!;
    }
    return { present, online, jailed, suspended, lowStake, withoutBond, ejected, stake, income, slashed: lost };
  }
}

const emptyFleet: FleetState = {
  ...{ present: 0, online: 0, jailed: 0, suspended: 0, lowStake: 0, withoutBond: 0, ejected: 0 },
  ...{ stake: 0, income: 0, slashed: 0 },
};

const never: Readonly<KeptSince> = { lowStake: Number.NaN, jailed: Number.NaN, withoutBond: Number.NaN };
const keptStates = Object.keys(never) as (keyof KeptSince)[];

function together(some: FleetState, others: FleetState): FleetState {
  return {
    present: some.present + others.present,
    online: some.online + others.online,
    jailed: some.jailed + others.jailed,
    suspended: some.suspended + others.suspended,
    lowStake: some.lowStake + others.lowStake,
    withoutBond: some.withoutBond + others.withoutBond,
    ejected: some.ejected + others.ejected,
    stake: some.stake + others.stake,
    income: some.income + others.income,
    slashed: some.slashed + others.slashed,
  };
}

function jobSample(ended: Tally, world: World, { latency, waiting }: JobTimes): JobSample {
  const [latencyP50, latencyP95] = quantilesOf(latency, [0.5, 0.95]);
  let waited = 0;
  for (const time of waiting) waited += time;
  // Where nobody waits, there is nothing to select.
  const waitingP95 = waited === 0 && waiting.length > 0 ? 0 : quantileOf(waiting, 0.95);
  return {
    ended,
    open: openOfClients(world),
    inLine: inLineOfClients(world),
    latencyP50: latencyP50!,
    latencyP95: latencyP95!,
    waitingMean: waited / waiting.length,
    waitingP95,
  };
}

/** Clients' jobs that wait for a node. */
export function inLineOfClients(world: World): number {
  const { jobKeys, jobs } = world;
  if (jobKeys.othersOpen === 0) return jobs.waiting;
  let inLine = 0;
  eachOpenOfClients(world, (job) => {
    inLine += jobs.isWaiting[job]!;
  });
  return inLine;
}
