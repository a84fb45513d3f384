import type { NodeIndex } from '../columns/nodes.js';
import type { Attack, SharesPurse } from '../contract/cohorts/attack.js';
import type { Ballot } from '../contract/cohorts/ballots.js';
import type { ByProfit } from '../contract/cohorts/by-profit.js';
import type { FollowsYield } from '../contract/cohorts/follows-yield.js';
import type { ResourceTokenSale } from '../contract/cohorts/resource-token-sale.js';
import type { Strategy } from '../contract/roles.js';
import type { CohortStresses } from '../outside/cohort-processes.js';
import type { HasNewcomers } from '../outside/newcomers.js';
import type { OutageProcess } from '../outside/outages.js';

/** A named group of nodes that share settings, strategy and random key. */
export interface Cohort extends HasNewcomers {
  readonly name: string;
  readonly index: number;
  readonly strategy: Strategy;
  /** What it is a member of: shared with the cohorts that name the same, or its own. */
  readonly attack: Attack;
  /** What the scenario calls that attack; the cohort's own name where it names none. */
  readonly attackName: string;
  /** True if its operators mean harm, as such or as members of an attack: for the recorder, never for a mechanism. */
  readonly isAttacker: boolean;
  /** What scenarios call the strategy: for the recorder, never for what acts. */
  readonly strategyKind: string;
  readonly outages: OutageProcess;
  /** True if its machines' own outages are announced departures. */
  readonly announcesOutages: boolean;
  readonly stresses: CohortStresses;
  /**
   * Tells the network what the identity of a row says of its machine.
   * @param identity number among those of the cohort, from 0; fresh ones are counted on from `identities`
   * @param reachableAs the one by whose draw it is reachable from anywhere, or isn't
   */
  declare(node: NodeIndex, identity: number, reachableAs: number): void;
  /** What its operators do with the purse of their attack. */
  readonly purse: SharesPurse;
  /** Identities that it declared, or had room for as newcomers, at the start. */
  readonly identities: number;
  /** Seats among the reporters of the reputation oracle, whoever of its nodes is there. */
  readonly reporters: number;
  /** What others delegate to each identity as it enters [micro-tokens]. */
  readonly delegated: number;
  /** Share of that which leaves a node whose delegators are told of a fall of its score. */
  readonly delegatorsLeave: number;
  /** Nodes of the cohort over which each of them spreads, evenly; 1 or more. */
  readonly delegatorsSpread: number;
  /** Whether they follow the yield, and how; null: they stay. */
  readonly delegatorsFollow: FollowsYield;
  /** Share of what its nodes may borrow against their scores that they do, 0 to 1. */
  readonly borrows: number;
  /** To whom and when its nodes sell their resource tokens; null: they don't. */
  readonly sale: ResourceTokenSale | null;
  /** Whether operators come and go by profit, and how; null: they don't. */
  readonly byProfit: ByProfit | null;
  /** Probability that an operator takes part in a vote. */
  readonly turnout: number;
  /** How its operators vote, whatever is proposed; null: as the strategy says, or by whose proposal it is. */
  readonly ballot: Ballot | null;
  /** Operators of the cohort: rows from first to first + count − 1. */
  readonly firstOperator: number;
  readonly operatorCount: number;
}
