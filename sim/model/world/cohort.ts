import type { Strategy } from '../contract/roles.js';
import type { CohortStresses } from '../outside/cohort-processes.js';
import type { HasNewcomers } from '../outside/newcomers.js';
import type { OutageProcess } from '../outside/outages.js';

/** A named group of nodes that share settings, strategy and random key. */
export interface Cohort extends HasNewcomers {
  readonly name: string;
  readonly index: number;
  readonly strategy: Strategy;
  /** What scenarios call the strategy: for the recorder, never for what acts. */
  readonly strategyKind: string;
  readonly outages: OutageProcess;
  /** True if its machines' own outages are announced departures. */
  readonly announcesOutages: boolean;
  readonly stresses: CohortStresses;
  /** Stake that each identity locks when it enters [micro-tokens]. */
  readonly stake: number;
  /** Operators of the cohort: rows from first to first + count − 1. */
  readonly firstOperator: number;
  readonly operatorCount: number;
}
