import { secondsPerDay } from '../../model/contract/units.js';
import type { World } from '../../model/world/world.js';
import type { OpenJobs } from '../backlog.js';
import type { Recorder } from '../recorder.js';
import { type ColumnOf, cellOf, type Table, tableOf } from './table.js';

/** What became of the jobs of a class. */
interface ClassCount {
  readonly jobClass: string;
  readonly ended: number;
  readonly completed: number;
  readonly halfSeconds: number;
  readonly halfway: OpenJobs;
  readonly endedSince: number;
  readonly atEnd: OpenJobs;
}

const columns: readonly ColumnOf<ClassCount>[] = [
  { name: 'jobClass', unit: '', window: 'fixed', meaning: 'Job class', value: ({ jobClass }) => jobClass },
  {
    name: 'jobsFinal',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Jobs that became final after the warm-up, refused ones included',
    value: ({ ended }) => ended,
  },
  {
    name: 'jobsCompleted',
    unit: 'jobs',
    window: 'after the warm-up',
    meaning: 'Of these, jobs whose result was accepted',
    value: ({ completed }) => completed,
  },
  {
    name: 'completedFraction',
    unit: 'fraction',
    window: 'after the warm-up',
    meaning: 'jobsCompleted over jobsFinal; empty where none became final',
    value: ({ completed, ended }) => cellOf(completed / ended),
  },
  {
    name: 'halfwayDays',
    unit: 'd',
    window: 'own',
    meaning: 'The last sample of the first half of the run',
    value: ({ halfSeconds }) => halfSeconds / secondsPerDay,
  },
  {
    name: 'jobsOpenHalfway',
    unit: 'jobs',
    window: 'at the time',
    meaning: 'Jobs submitted and not final at halfwayDays',
    value: ({ halfway }) => halfway.open,
  },
  {
    name: 'jobsNotBegunHalfway',
    unit: 'jobs',
    window: 'at the time',
    meaning: 'Of these, jobs that no machine works on: they wait for a node, their first or one more, or in its line',
    value: ({ halfway }) => halfway.notBegun,
  },
  {
    name: 'jobsFinalSinceHalfway',
    unit: 'jobs',
    window: 'own',
    meaning: 'Jobs that became final after halfwayDays',
    value: ({ endedSince }) => endedSince,
  },
  {
    name: 'jobsOpen',
    unit: 'jobs',
    window: 'at the end',
    meaning: 'Jobs submitted and not final at the end',
    value: ({ atEnd }) => atEnd.open,
  },
  {
    name: 'jobsNotBegun',
    unit: 'jobs',
    window: 'at the end',
    meaning: 'Of these, jobs that no machine works on, as above',
    value: ({ atEnd }) => atEnd.notBegun,
  },
  {
    name: 'jobsQueued',
    unit: 'jobs',
    window: 'at the end',
    meaning: 'Of those, jobs that stand in lines at nodes',
    value: ({ atEnd }) => atEnd.queued,
  },
];

/** A row for each job class of a workload: what became of its jobs, and whether more come than end. */
export function jobClassesTable(world: World, { total, whole, backlog }: Recorder): Table {
  const atEnd = backlog.look(world);
  const used = new Set(world.workloads.map(({ settings }) => settings.jobClass));
  const rows = world.classes.map(({ name, index }): ClassCount => {
    return {
      jobClass: name,
      ended: total.endedBy[index]!,
      completed: total.completedBy[index]!,
      halfSeconds: backlog.halfSeconds,
      halfway: backlog.halfway[index]!,
      endedSince: whole.endedBy[index]! - backlog.endedByHalf[index]!,
      atEnd: atEnd[index]!,
    };
  });
  return tableOf(
    'job-classes',
    'What became of the jobs of each class, and how many were open halfway through the run and at its end',
    columns,
    rows.filter((_, index) => used.has(index)),
  );
}
