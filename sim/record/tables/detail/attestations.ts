import { type AttemptIndex, type JobIndex, NONE, type PanelIndex } from '../../../model/columns/nodes.js';
import type { World } from '../../../model/world/world.js';
import { KeptRows } from '../../rows/kept-rows.js';
import type { Cell, ColumnOf, Table } from '../table.js';

/** An observer that was asked about an attempt of a job, while these can still be read. */
export interface AskedObserver {
  readonly world: World;
  readonly job: JobIndex;
  readonly attempt: AttemptIndex;
  readonly panel: PanelIndex;
  /** Ordinal of the observer within its panel, from 0. */
  readonly place: number;
}

/** A row an observer asked. */
export function attestationsTable(attestations: KeptRows<AskedObserver>): Table {
  return attestations.toTable('attestations', 'Every observer asked about an attempt, jobs in the order of jobs.csv');
}

/** Takes the rows of `attestationsTable`. */
export function keptAttestations(): KeptRows<AskedObserver> {
  return new KeptRows(columns);
}

const columns: readonly ColumnOf<AskedObserver>[] = [
  {
    name: 'workload',
    unit: '',
    window: 'fixed',
    meaning: 'Workload of the job',
    value: ({ world: { workloads, jobs }, job }) => workloads[jobs.workload[job]!]!.settings.name,
  },
  {
    name: 'ordinal',
    unit: '',
    window: 'fixed',
    meaning: 'Ordinal of the job within the workload',
    value: ({ world: { jobKeys }, job }) => jobKeys.ordinal(job),
  },
  {
    name: 'attempt',
    unit: '',
    window: 'fixed',
    meaning: 'Number of the attempt, from 0',
    value: ({ world: { attempts }, attempt }) => attempts.number[attempt]!,
  },
  {
    name: 'node',
    unit: '',
    window: 'fixed',
    meaning: 'Row of the worker',
    value: ({ world: { attempts }, attempt }) => attempts.node[attempt]!,
  },
  { name: 'observer', unit: '', window: 'own', meaning: 'Row of the observer', value: observerOf },
  {
    name: 'panel',
    unit: '',
    window: 'own',
    meaning: 'Stage of the verification in which it was asked, from 0: the place of the scheme in its list',
    value: ({ world: { panels }, panel }) => panels.stage[panel]!,
  },
  { name: 'place', unit: '', window: 'own', meaning: 'Ordinal of the observer, from 0', value: ({ place }) => place },
  {
    name: 'reply',
    unit: '',
    window: 'own',
    meaning: 'signed, refused, or none: not within the time to reply, nor yet if the job is open',
    value: replyOf,
  },
];

function observerOf({ world: { panels }, panel, place }: AskedObserver): Cell {
  return panels.askedOf(panel, place);
}

function replyOf({ world: { panels }, panel, place }: AskedObserver): Cell {
  if (panels.repliedOf(panel, place) === NONE) return 'none';
  return panels.hasRefused(panel, place) ? 'refused' : 'signed';
}
