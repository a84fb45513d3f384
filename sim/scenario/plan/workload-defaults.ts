import { catalogue, type JobClassEntry } from '../schema/catalogue.js';
import type { WorkloadEntry } from '../schema/scenario-schema.js';

/** Settings of a workload whose default is its job class's. */
export type ClassDefaults = Pick<JobClassEntry, 'work' | 'fee' | 'deadline'>;

/** A workload with the work, fee and deadline of its job class where it doesn't set its own. */
export function withClassDefaults(entry: WorkloadEntry): WorkloadEntry & ClassDefaults {
  const { work, fee, deadline } = catalogue().jobClasses[entry.class]!;
  return { ...entry, work: entry.work ?? work, fee: entry.fee ?? fee, deadline: entry.deadline ?? deadline };
}
