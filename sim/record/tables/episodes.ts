import { secondsPerDay } from '../../model/contract/units.js';
import { type ColumnOf, type Table, tableOf } from './table.js';

/**
 * What an episode is; charts draw the kinds in this order, each in a lane of its own under the time axis.
 *
 * `attack`: attackers’ nodes are in the network. `attackEntry`: they join. `outage`: many nodes are down. `surge`:
 * demand is not its usual one. `maintenance`: nodes are down as announced. `bug`: many nodes make the same mistake.
 * `partition`: some regions can't reach others. `change`: settings of the protocol change.
 */
const episodeKinds = ['attack', 'attackEntry', 'outage', 'surge', 'maintenance', 'bug', 'partition', 'change'] as const;
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

const columns: readonly ColumnOf<Episode>[] = [
  {
    name: 'kind',
    unit: '',
    window: 'fixed',
    meaning: 'attack, attackEntry, outage, surge, maintenance, bug, partition or change',
    value: ({ kind }) => kind,
  },
  {
    name: 'scope',
    unit: '',
    window: 'fixed',
    meaning: 'Cohort, region or workload concerned; all for the whole network',
    value: ({ scope }) => scope,
  },
  {
    name: 'startDays',
    unit: 'd',
    window: 'own',
    meaning: 'Start',
    value: ({ startSeconds }) => startSeconds / secondsPerDay,
  },
  {
    name: 'endDays',
    unit: 'd',
    window: 'own',
    meaning: 'End; the start for a moment',
    value: ({ endSeconds }) => endSeconds / secondsPerDay,
  },
  { name: 'label', unit: '', window: 'fixed', meaning: 'What happens, in a few words', value: ({ label }) => label },
];

/** The episodes in the order of their start, kinds in their order where starts are equal. */
export function episodesTable(episodes: readonly Episode[]): Table {
  const sorted = [...episodes].sort(
    (a, b) => a.startSeconds - b.startSeconds || episodeKinds.indexOf(a.kind) - episodeKinds.indexOf(b.kind),
  );
  return tableOf(
    'episodes',
    'Attacks, outages and other stretches of time that charts mark under their time axis',
    columns,
    sorted,
  );
}
