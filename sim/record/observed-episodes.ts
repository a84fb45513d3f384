import { quantileSorted } from '../kernels/quantile.js';
import { secondsPerDay } from '../model/contract/units.js';
import type { Episode } from './tables/episodes.js';
import { numberOf, records, type Table, textOf } from './tables/table.js';

/** How far the share of nodes online must fall below its median for an outage, and how many nodes at least. */
const dropFraction = 0.1;
const dropNodesLeast = 3;

/**
 * What the samples of one replication show: when attackers' cohorts were in the network, and when unusually many nodes
 * were down, which is a share online at least ten percentage points, and three nodes, below the median after warm-up.
 */
export function observedEpisodes(timeseries: Table, attackers: readonly string[], warmUpSeconds: number): Episode[] {
  const presence = new Map<string, { start: number; end: number }>();
  const whole: NetworkSample[] = [];
  for (const record of records(timeseries, ['timeDays', 'cohort', 'nodesPresent', 'nodesOnline'])) {
    const seconds = numberOf(record.timeDays) * secondsPerDay;
    const cohort = textOf(record.cohort);
    const present = numberOf(record.nodesPresent);
    if (cohort === 'all') whole.push({ seconds, present, online: numberOf(record.nodesOnline) });
    else if (attackers.includes(cohort) && present > 0) {
      const seen = presence.get(cohort);
      if (seen === undefined) presence.set(cohort, { start: seconds, end: seconds });
      else seen.end = seconds;
    }
  }
  const attacks = [...presence].map(([scope, { start, end }]): Episode => {
    return { kind: 'attack', scope, startSeconds: start, endSeconds: end, label: 'is in the network' };
  });
  return [...attacks, ...outagesIn(whole, warmUpSeconds)];
}

/** How many of the whole network were there at a time. */
interface NetworkSample {
  readonly seconds: number;
  readonly present: number;
  readonly online: number;
}

function outagesIn(samples: readonly NetworkSample[], warmUpSeconds: number): Episode[] {
  const peopled = samples.filter(({ present }) => present > 0);
  const shares = peopled.filter(({ seconds }) => seconds >= warmUpSeconds).map((one) => one.online / one.present);
  const usual = quantileSorted(Float64Array.from(shares).sort(), 0.5);
  const outages: { start: number; end: number; worst: number }[] = [];
  let open: (typeof outages)[number] | undefined;
  for (const { seconds, present, online } of peopled) {
    const isLow = online / present <= usual - dropFraction && usual * present - online >= dropNodesLeast;
    if (!isLow) open = undefined;
    else if (open === undefined) {
      open = { start: seconds, end: seconds, worst: 1 - online / present };
      outages.push(open);
    } else {
      open.end = seconds;
      open.worst = Math.max(open.worst, 1 - online / present);
    }
  }
  return outages.map(({ start, end, worst }) => ({
    kind: 'outage',
    scope: 'all',
    startSeconds: start,
    endSeconds: end,
    label: `up to ${Math.round(worst * 100)} % of the nodes are down`,
  }));
}
