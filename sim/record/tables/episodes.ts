import { quantileSorted } from '../../kernels/quantile.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { columnIndex, type Table, tableOf } from './table.js';

/**
 * What an episode is; charts draw the kinds in this order, each in a lane of its own under the time axis.
 *
 * `attack`: attackers’ nodes are in the network. `attackEntry`: they join. `outage`: many nodes are down. `surge`:
 * demand is not its
 * usual one. `maintenance`: nodes are down as announced. `bug`: many nodes make the same mistake.
 */
export const episodeKinds = ['attack', 'attackEntry', 'outage', 'surge', 'maintenance', 'bug'] as const;
export type EpisodeKind = (typeof episodeKinds)[number];

/** A stretch of time that a reader of charts must know of. */
export interface Episode {
  readonly kind: EpisodeKind;
  /** The cohort, region or workload that it concerns; `all` for the whole network. */
  readonly scope: string;
  /** [s], included. */
  readonly startSeconds: number;
  /** [s], included; the same as the start for a moment. */
  readonly endSeconds: number;
  /** What happens, in a few words that follow the scope, or stand alone for the whole network: `joins`. */
  readonly label: string;
}

/** The episodes in the order of their start, kinds in their order where starts are equal. */
export function episodesTable(episodes: readonly Episode[]): Table {
  const sorted = [...episodes].sort(
    (a, b) => a.startSeconds - b.startSeconds || episodeKinds.indexOf(a.kind) - episodeKinds.indexOf(b.kind),
  );
  return tableOf(
    'episodes',
    'Attacks, outages and other stretches of time that charts mark under their time axis',
    [
      { name: 'kind', unit: '', meaning: 'attack, attackEntry, outage, surge, maintenance or bug' },
      { name: 'scope', unit: '', meaning: 'Cohort, region or workload concerned; all for the whole network' },
      { name: 'startDays', unit: 'd', meaning: 'Start' },
      { name: 'endDays', unit: 'd', meaning: 'End; the start for a moment' },
      { name: 'label', unit: '', meaning: 'What happens, in a few words' },
    ],
    sorted.map(({ kind, scope, startSeconds, endSeconds, label }) => [
      kind,
      scope,
      startSeconds / secondsPerDay,
      endSeconds / secondsPerDay,
      label,
    ]),
  );
}

/** How far the share of nodes online must fall below its median for an outage, and how many nodes at least. */
const dropFraction = 0.1;
const dropNodesLeast = 3;

/**
 * What the samples of one replication show: when attackers' cohorts were in the network, and when unusually many nodes
 * were down, which is a share online at least ten percentage points, and three nodes, below the median after warm-up.
 */
export function observedEpisodes(timeseries: Table, attackers: readonly string[], warmUpSeconds: number): Episode[] {
  const [time, cohort, present, online] = ['timeDays', 'cohort', 'nodesPresent', 'nodesOnline'].map((name) =>
    columnIndex(timeseries, name),
  ) as [number, number, number, number];
  const presence = new Map<string, { start: number; end: number }>();
  const whole: { seconds: number; present: number; online: number }[] = [];
  for (const row of timeseries.rows()) {
    const seconds = Number(row[time]) * secondsPerDay;
    const name = String(row[cohort]);
    if (name === 'all') whole.push({ seconds, present: Number(row[present]), online: Number(row[online]) });
    else if (attackers.includes(name) && Number(row[present]) > 0) {
      const seen = presence.get(name);
      if (seen === undefined) presence.set(name, { start: seconds, end: seconds });
      else seen.end = seconds;
    }
  }
  const attacks = [...presence].map(([scope, { start, end }]): Episode => {
    return { kind: 'attack', scope, startSeconds: start, endSeconds: end, label: 'is in the network' };
  });
  return [...attacks, ...outagesIn(whole, warmUpSeconds)];
}

function outagesIn(
  samples: readonly { readonly seconds: number; readonly present: number; readonly online: number }[],
  warmUpSeconds: number,
): Episode[] {
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
