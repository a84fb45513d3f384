import { GroupedValues } from '../grouped-values.js';
import { quantileOf } from '../quantile.js';
import { JobMark, type JobWindow } from './job-window.js';
import { percentileRank } from './percentile-rank.js';

/** Latencies are compared with others of their sort alone: multiples of the declared work, or seconds. */
const Sort = { relative: 0, realTime: 1 } as const;
const sortCount = 2;

/**
 * Ranks nodes by the mean latencies that their windows hold: each is looked at, and then, once all have been, ranked.
 *
 * A rank is the share of the other nodes that are slower, equal ones half, partly among all and partly among those of
 * the region; who is alone in its region is ranked among all, and alone among all has 1. A node with jobs of both sorts
 * has the mean of its two ranks by jobs, and one without any latency 0.
 */
export class LatencyRanks {
  readonly #jobs: JobWindow;
  /** By sort of latency: the means of all nodes, and of those of each region. */
  readonly #means: GroupedValues;
  readonly #groups: number;
  /** By node and sort: the mean latency, and of how many jobs. */
  readonly #meanOf: Float64Array;
  readonly #countOf: Float64Array;
  /** Of the node that is looked at. */
  readonly #counts = new Float64Array(sortCount);
  readonly #sums = new Float64Array(sortCount);
  #realTime = new Float64Array(1_024);

  constructor(nodes: number, regions: number, jobs: JobWindow) {
    this.#jobs = jobs;
    this.#groups = regions + 1;
    this.#means = new GroupedValues(sortCount * this.#groups);
    this.#meanOf = new Float64Array(nodes * sortCount);
    this.#countOf = new Float64Array(nodes * sortCount);
  }

  /** Begins anew, with nobody looked at. */
  clear(): void {
    this.#means.clear();
  }

  /** Takes the node among those that are compared; returns the median of its real-time latencies, NaN without any. */
  look(node: number, region: number): number {
    this.#counts.fill(0);
    this.#sums.fill(0);
    const held = this.#jobs.count(node);
    if (this.#realTime.length < held) this.#realTime = new Float64Array(2 * held);
    this.#jobs.visit(node, this.#see);
    for (let sort = 0; sort < sortCount; sort++) {
      const many = this.#counts[sort]!;
      const mean = this.#sums[sort]! / many;
      this.#countOf[node * sortCount + sort] = many;
      this.#meanOf[node * sortCount + sort] = mean;
      if (many === 0) continue;
      this.#means.add(sort * this.#groups, mean);
      this.#means.add(sort * this.#groups + 1 + region, mean);
    }
    return quantileOf(this.#realTime.subarray(0, this.#counts[Sort.realTime]!), 0.5);
  }

  /** Ends the looking: means are brought into order. */
  sort(): void {
    for (let group = 0; group < sortCount * this.#groups; group++) this.#means.of(group).sort();
  }

  /**
   * The rank of a node that was looked at, 0 to 1.
   * @param regionalShare share of the rank that is among the nodes of its region
   */
  rank(node: number, region: number, regionalShare: number): number {
    let [sum, weight] = [0, 0];
    for (let sort = 0; sort < sortCount; sort++) {
      const many = this.#countOf[node * sortCount + sort]!;
      if (many > 0) sum += many * this.#rankIn(sort, this.#meanOf[node * sortCount + sort]!, region, regionalShare);
      weight += many;
    }
    return weight === 0 ? 0 : sum / weight;
  }

  readonly #see = (latency: number, mark: number): void => {
    if ((mark & JobMark.hasLatency) === 0) return;
    const sort = (mark & JobMark.isRealTime) > 0 ? Sort.realTime : Sort.relative;
    if (sort === Sort.realTime) this.#realTime[this.#counts[sort]!] = latency;
    this.#counts[sort]!++;
    this.#sums[sort]! += latency;
  };

  #rankIn(sort: number, mean: number, region: number, regionalShare: number): number {
    const first = sort * this.#groups;
    const among = percentileRank(this.#means.of(first), mean);
    if (Number.isNaN(among)) return 1;
    const regional = percentileRank(this.#means.of(first + 1 + region), mean);
    return Number.isNaN(regional) ? among : (1 - regionalShare) * among + regionalShare * regional;
  }
}
