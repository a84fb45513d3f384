import type { Distribution } from '../../engine/distributions.js';
import { log, normalQuantile, sin } from '../../engine/math.js';
import { KeyedDraw } from '../../engine/random-stream.js';
import { type Deadline, deadlineSeconds } from '../columns/job-class.js';
import { Purpose } from '../contract/purposes.js';
import { microTokens, secondsPerDay } from '../contract/units.js';
import { type AmountSettings, Amounts } from './demand/amounts.js';
import { Elasticity, type ElasticitySettings } from './demand/elasticity.js';
import type { ExogenousRow } from './exogenous-row.js';
import { spanRows } from './spans.js';
import { DemandFactor, type Surge } from './surges.js';
import { TrueValues, type ValueSettings } from './true-values.js';

/** What a scenario says of one stream of jobs. */
export interface WorkloadSettings extends AmountSettings {
  readonly name: string;
  readonly jobClass: number;
  /** Lanes of the jobs that state the minimum score, and of the others. */
  readonly gatedLane: number;
  readonly openLane: number;
  /** Published score that a node needs for the jobs that state it; −Infinity for none. */
  readonly minimumScore: number;
  /** Share of the jobs that state it. */
  readonly gatedShare: number;
  /** Mean arrivals a second. */
  readonly ratePerSecond: number;
  /** A job comes after each such time [s], stretched by surges; null where they come at random. */
  readonly everySeconds: number | null;
  /** Jobs come at these times [s], ascending; null where they don't come by a list. */
  readonly times: readonly number[] | null;
  /** Relative amplitude of the daily wave, 0 to 1. */
  readonly diurnal: number;
  /** Time of day at which the wave is highest [s], below a day. */
  readonly peakAtSeconds: number;
  readonly surges: readonly Surge[];
  /** Most jobs ever submitted; Infinity for no limit. */
  readonly jobsMost: number;
  /** [s on the reference card] */
  readonly work: Distribution;
  readonly deadline: Deadline | null;
  /** Cumulated shares of the clients' regions. */
  readonly regionShares: readonly number[];
  /** How the true answer moves; null where answers are exact. */
  readonly value: ValueSettings | null;
  /** How far a numeric answer may be off and be right, as a share of the true one. */
  readonly tolerance: number;
  /** Share of the variance of honest errors that all of a job's attempts have in common, 0 to 1. */
  readonly difficulty: number;
  /** How demand reacts to the price; null: it doesn't. */
  readonly elasticity: ElasticitySettings | null;
}

/** Where a sine is highest: a quarter of a day after it begins. */
const quarterOfDay = secondsPerDay / 4;
/** Attempts of each job whose luck the exogenous trace lists. */
const attemptsListed = 4;
const twoPi = 6.283185307179586;

/**
 * One stream of jobs: every attribute of the job with ordinal n is a pure function of the seed and n.
 *
 * Arrivals are a Poisson process, or come at set intervals, or by a list. Surges stretch the time, which is exact as
 * their factor is constant by pieces; the daily wave thins a Poisson process (Lewis and Shedler 1979), and so does the
 * price, but as late as a client comes, as nobody knows the price before.
 */
export class Workload {
  readonly settings: WorkloadSettings;
  /** Draws that belong to the jobs whatever the network does with them. */
  readonly exogenous: KeyedDraw;
  /** Draws that belong to the network's reaction. */
  readonly endogenous: KeyedDraw;
  /** What numeric jobs ask for; null where answers are exact. */
  readonly values: TrueValues | null;
  readonly difficulty: number;
  readonly amounts: Amounts;
  /** Who of those that would come finds it too dear; null where nobody looks at the price. */
  readonly elasticity: Elasticity | null;
  /** Ordinal of the job that arrives next, or of the client who then finds it too dear. */
  nextOrdinal = 0;
  /** Jobs like these that operators submitted so far. */
  ownSubmitted = 0;
  /** Number of the spot-check that is scheduled next, and of those that were submitted. */
  nextSpotCheck = 0;
  spotChecksSubmitted = 0;
  #candidate = 0;
  #candidateAt = 0;
  /** Whether the latest who would have come didn't. */
  #declinedLast = false;
  readonly #demand: DemandFactor;

  constructor(seed: string, settings: WorkloadSettings) {
    this.settings = settings;
    this.#demand = new DemandFactor(settings.surges);
    this.exogenous = new KeyedDraw(`${seed}/workload/${settings.name}/exogenous`);
    this.endogenous = new KeyedDraw(`${seed}/workload/${settings.name}/endogenous`);
    const { value, tolerance, difficulty, elasticity } = settings;
    this.elasticity = elasticity === null ? null : new Elasticity(elasticity, settings.fee);
    this.values = value === null ? null : new TrueValues(this.exogenous, value, tolerance);
    this.difficulty = difficulty;
    this.amounts = new Amounts(settings, this.exogenous);
  }

  /** Time of the last of `jobsMost` jobs [s]; Infinity while more are to come. */
  get lastJobAt(): number {
    return this.submitted >= this.settings.jobsMost ? this.#candidateAt : Number.POSITIVE_INFINITY;
  }

  /** Jobs that came in span `number` of the surge at that place. */
  jobsIn(surge: number, number: number): number {
    return this.#demand.arrivalsIn(surge, number);
  }

  /** Time of the next arrival [s]; Infinity after the last job. Each call, when that job has come, moves on by one. */
  nextArrival(): number {
    // none has come before the first call
    if (this.nextOrdinal > 0 && !this.#declinedLast) this.#demand.arrived();
    this.#declinedLast = false;
    return this.#drawArrival();
  }

  /** Whether the client of this ordinal has come, at a price of the token [USD]; else he never will. */
  comes(ordinal: number, tokenUsd: number): boolean {
    const { elasticity } = this;
    if (elasticity === null || elasticity.priceUsd(tokenUsd) < this.#reservationUsd(elasticity, ordinal)) return true;
    this.#decline(elasticity);
    return false;
  }

  #reservationUsd(elasticity: Elasticity, ordinal: number): number {
    return elasticity.reservationUsd(this.exogenous.uniform(ordinal, 0, Purpose.reservation));
  }

  #decline(elasticity: Elasticity): void {
    elasticity.declined++;
    this.#declinedLast = true;
  }

  /** Jobs that came, whether or not they could be paid for. */
  get submitted(): number {
    return this.nextOrdinal - (this.elasticity?.declined ?? 0);
  }

  /** What the next job is called, in the one sequence that also counts jobs which are no clients'. */
  get jobsBefore(): number {
    return this.submitted + this.spotChecksSubmitted + this.ownSubmitted;
  }

  #drawArrival(): number {
    const { ratePerSecond, everySeconds, times, surges, diurnal, peakAtSeconds, jobsMost } = this.settings;
    if (this.submitted >= jobsMost || ratePerSecond === 0) return Number.POSITIVE_INFINITY;
    if (times !== null || (everySeconds !== null && surges.length === 0)) {
      const place = this.#candidate++;
      // by multiples, never by adding up
      this.#candidateAt = times === null ? (place + 1) * everySeconds! : (times[place] ?? Number.POSITIVE_INFINITY);
      return this.#candidateAt;
    }
    const demand = this.#demand;
    const peak = ratePerSecond * (1 + diurnal) * (this.settings.elasticity?.most ?? 1);
    for (;;) {
      const candidate = this.#candidate++;
      // arrivals to be expected until the candidate; 1 − u is exact for a 53-bit u
      let expected = everySeconds === null ? -log(1 - this.exogenous.uniform(candidate, 0, Purpose.interarrival)) : 1;
      let from = this.#candidateAt;
      let at = from + expected / (peak * demand.factor);
      // in these words, because nothing is expected at a factor of 0, and 0 / 0 is no number
      while (!(at <= demand.until)) {
        expected = Math.max(0, expected - peak * demand.factor * (demand.until - from));
        from = demand.until;
        demand.advance(from);
        at = from + expected / (peak * demand.factor);
      }
      this.#candidateAt = at;
      if (diurnal === 0 || at === Number.POSITIVE_INFINITY) return at;
      const time = (at - (peakAtSeconds - quarterOfDay)) % secondsPerDay;
      const wave = 1 + diurnal * sin((twoPi * time) / secondsPerDay);
      if (this.exogenous.uniform(candidate, 0, Purpose.thinning) * (1 + diurnal) < wave) return at;
    }
  }

  work(ordinal: number): number {
    return this.settings.work.quantile(this.exogenous.uniform(ordinal, 0, Purpose.work));
  }

  /** Whether the job asks for the minimum score. */
  isGated(ordinal: number): boolean {
    const { minimumScore, gatedShare } = this.settings;
    if (minimumScore === Number.NEGATIVE_INFINITY) return false;
    return this.exogenous.uniform(ordinal, 0, Purpose.statesMinimum) < gatedShare;
  }

  lane(ordinal: number): number {
    return this.isGated(ordinal) ? this.settings.gatedLane : this.settings.openLane;
  }

  region(ordinal: number): number {
    const shares = this.settings.regionShares;
    if (shares.length === 1) return 0;
    const point = this.exogenous.uniform(ordinal, 0, Purpose.clientRegion);
    let region = 0;
    while (region < shares.length - 1 && point >= shares[region]!) region++;
    return region;
  }

  /**
   * The jobs that arrive up to the horizon, none having arrived before, with the luck of their first attempts; where
   * demand reacts to the price, all that would at some price, whatever the limit of those that come.
   */
  *exogenousRows(regions: readonly string[], horizonSeconds: number): Generator<ExogenousRow> {
    const { name, surges, deadline, minimumScore } = this.settings;
    const source = `workload/${name}`;
    for (const surge of surges) yield* spanRows(`${source}/surge/${surge.name}`, surge.spans, horizonSeconds);
    for (let at = this.nextArrival(); at <= horizonSeconds; at = this.nextArrival()) {
      const ordinal = this.nextOrdinal++;
      const work = this.work(ordinal);
      const row = (purpose: string, value: ExogenousRow['value'], number = 0) => {
        return { source, ordinal, purpose, number, value };
      };
      yield row('arrival', at);
      if (this.elasticity !== null) {
        yield row('reservationPrice', this.#reservationUsd(this.elasticity, ordinal));
        this.#decline(this.elasticity);
      }
      yield row('clientRegion', regions[this.region(ordinal)]!);
      yield row('work', work);
      yield row('fee', this.amounts.fee(ordinal) / microTokens);
      if (this.amounts.drawsValue) yield row('valueAtRisk', this.amounts.valueAtRisk(ordinal) / microTokens);
      if (minimumScore > Number.NEGATIVE_INFINITY) {
        yield row('minimumScore', this.isGated(ordinal) ? minimumScore : null);
      }
      yield row('deadline', deadline === null ? null : deadlineSeconds(deadline, work, 1));
      if (this.values !== null) yield row('value', this.values.at(at));
      if (this.difficulty > 0) yield row('hardness', this.hardness(ordinal));
      for (let attempt = 0; attempt < attemptsListed; attempt++) {
        yield row('luck', this.luck(ordinal, attempt), attempt);
        yield row('completion', this.completion(ordinal, attempt), attempt);
        if (this.values === null) continue;
        yield row('noise', this.noise(ordinal, attempt), attempt);
        yield row('wildness', this.wildness(ordinal, attempt), attempt);
      }
    }
  }

  /** Uniform luck of an attempt: below the node's quality, an honest computation is right. */
  luck(ordinal: number, attempt: number): number {
    return this.exogenous.uniform(ordinal, attempt, Purpose.luck);
  }

  /** Uniform luck of an attempt: below the node's completion probability, it ends with a result. */
  completion(ordinal: number, attempt: number): number {
    return this.exogenous.uniform(ordinal, attempt, Purpose.completion);
  }

  /** Standard normal: how hard the job is for everybody. */
  hardness(ordinal: number): number {
    return normalQuantile(this.exogenous.uniform(ordinal, 0, Purpose.hardness));
  }

  /** Standard normal error of an attempt's numeric answer. */
  noise(ordinal: number, attempt: number): number {
    return normalQuantile(this.exogenous.uniform(ordinal, attempt, Purpose.noise));
  }

  /** Standard normal: how far off a numeric answer is that has nothing to do with the question. */
  wildness(ordinal: number, attempt: number): number {
    return normalQuantile(this.exogenous.uniform(ordinal, attempt, Purpose.wildness));
  }
}
