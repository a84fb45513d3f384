import type { NodeIndex } from '../columns/nodes.js';
import type { Strategy } from '../contract/roles.js';
import type { Maintenance } from '../outside/maintenance.js';
import type { Newcomers } from '../outside/newcomers.js';
import type { OutageProcess } from '../outside/outages.js';
import type { Wear } from '../outside/wear.js';

/** A named group of nodes that share settings, strategy and random key. */
export interface Cohort {
  readonly name: string;
  readonly index: number;
  readonly strategy: Strategy;
  readonly outages: OutageProcess;
  /** True if its machines' own outages are announced departures. */
  readonly announcesOutages: boolean;
  readonly maintenance: Maintenance | null;
  readonly wear: Wear | null;
  readonly newcomers: Newcomers | null;
  /** Row of newcomer 0; the others follow. */
  readonly firstNewcomer: NodeIndex;
  /** Stake that each identity locks when it enters [micro-tokens]. */
  readonly stake: number;
  /** Operators of the cohort: rows from first to first + count − 1. */
  readonly firstOperator: number;
  readonly operatorCount: number;
}
