import { quantileSorted } from '../kernels/quantile.js';
import { secondsPerDay } from '../model/contract/units.js';
import type { Episode } from './tables/episodes.js';
import { numberOf, records, type Table, textOf } from './tables/table.js';

/** How far the share of nodes online must fall below its median for an outage, and how many nodes at least. */
const dropFraction = 0.1;
const dropNodesLeast = 3;

/**
 * What the samples of one replication show: when attackers' cohorts were in the network, and when unusually many nodes
 * were down, which is a share online at least ten percentage points, and three nodes, below the usual one: that of
 * cohorts which are each up as in the median after warm-up, so that who comes and who leaves makes no outage.
 */
export function observedEpisodes(timeseries: Table, attackers: readonly string[], warmUpSeconds: number): Episode[] {
  const attacks = new Map<string, { start: number; end: number }>();
  const cohorts = new Map<string, CohortSamples>();
  const times: number[] = [];
  for (const record of records(timeseries, ['timeDays', 'cohort', 'nodesPresent', 'nodesOnline'])) {
    const seconds = numberOf(record.timeDays) * secondsPerDay;
    const cohort = textOf(record.cohort);
    if (seconds !== times.at(-1)) times.push(seconds);
    if (cohort === 'all') continue;
    const present = numberOf(record.nodesPresent);
    if (present === 0) continue;
    let samples = cohorts.get(cohort);
    if (samples === undefined) {
      samples = { places: [], present: [], online: [] };
      cohorts.set(cohort, samples);
    }
    samples.places.push(times.length - 1);
    samples.present.push(present);
    samples.online.push(numberOf(record.nodesOnline));
    if (!attackers.includes(cohort)) continue;
    const seen = attacks.get(cohort);
    if (seen === undefined) attacks.set(cohort, { start: seconds, end: seconds });
    else seen.end = seconds;
  }
  const seen = [...attacks].map(([scope, { start, end }]): Episode => {
    return { kind: 'attack', scope, startSeconds: start, endSeconds: end, label: 'is in the network' };
  });
  return [...seen, ...outagesIn(times, [...cohorts.values()], warmUpSeconds)];
}

/** How many nodes of a cohort were there and up, at the samples at which any was there, by their places. */
interface CohortSamples {
  readonly places: number[];
  readonly present: number[];
  readonly online: number[];
}

function outagesIn(times: readonly number[], cohorts: readonly CohortSamples[], warmUpSeconds: number): Episode[] {
  const present = new Float64Array(times.length);
  const online = new Float64Array(times.length);
  const usual = new Float64Array(times.length);
  for (const samples of cohorts) {
    const share = usualShare(samples, times, warmUpSeconds);
    samples.places.forEach((place, at) => {
      present[place]! += samples.present[at]!;
      online[place]! += samples.online[at]!;
      usual[place]! += share * samples.present[at]!;
    });
  }
  const outages: { start: number; end: number; worst: number }[] = [];
  let open: (typeof outages)[number] | undefined;
  times.forEach((seconds, place) => {
    const [all, up] = [present[place]!, online[place]!];
    if (all === 0) return;
    const lacking = usual[place]! - up;
    if (lacking < dropFraction * all || lacking < dropNodesLeast) open = undefined;
    else if (open === undefined) {
      open = { start: seconds, end: seconds, worst: 1 - up / all };
      outages.push(open);
    } else {
      open.end = seconds;
      open.worst = Math.max(open.worst, 1 - up / all);
    }
  });
  return outages.map(({ start, end, worst }) => ({
    kind: 'outage',
    scope: 'all',
    startSeconds: start,
    endSeconds: end,
    label: `up to ${Math.round(worst * 100)} % of the nodes are down`,
  }));
}

/** Median share of the cohort's nodes that were up, after the warm-up if any was there then. */
function usualShare({ places, present, online }: CohortSamples, times: readonly number[], warmUpSeconds: number) {
  const after = places.findIndex((place) => times[place]! >= warmUpSeconds);
  const shares = online.map((up, at) => up / present[at]!).slice(Math.max(0, after));
  return quantileSorted(Float64Array.from(shares).sort(), 0.5);
}
