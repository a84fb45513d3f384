import { NONE, NodeState } from '../columns/nodes.js';
import type { Workload } from '../outside/workload.js';
import type { World } from '../world/world.js';
import type { Matching } from './matching.js';

export type Solvency = ReturnType<typeof createSolvency>;

/**
 * Which lanes each operator has the bonds for, and what an answer is charged: nodes of those that haven't aren't open,
 * and one that can pay more than before may take a job that waits.
 */
export function createSolvency(world: World, { capacity, nodeChanged, openings, unservedReasons, waiting }: Matching) {
  const { bondLedger, jobs, lanes, ledger, nodes, operators, ownership, roles, rules, workloads } = world;
  /** By version of the rules and lane: the least bond that attempts at its jobs need [micro-tokens]. */
  const leastOf: Float64Array[] = [];
  /** The first version of which a job may be open. */
  let oldest = 0;
  /** By lane: the least bond that any attempt in it needs, of jobs that are open or to come [micro-tokens]. */
  const least = new Float64Array(lanes.length);
  /** By version of the rules: the least that an answer is charged, and of all versions of which jobs are open. */
  const chargeOf: number[] = [];
  let leastCharge = 0;
  /** Whether any attempt has needed a bond, or any answer been charged. */
  let hasCosts = false;
  const hasBondCurrency = bondLedger !== ledger;
  /** By operator: the balance at the last look [micro-tokens], and a bit for each lane that it suffices for. */
  const seen = new Float64Array(operators.count);
  const seenBonds = hasBondCurrency ? new Float64Array(operators.count) : seen;
  const affordable = new Int32Array(operators.count).fill(-1);

  const leastBond = (fee: number, { settings }: Workload) => roles.rewards.leastBond(fee, settings.jobClass);

  readCosts();

  /** At the start, and after the rules changed: what jobs cost an operator that come from now on. */
  function readCosts(): void {
    const leastNow = lanes.map(({ index }) =>
      workloads
        .filter(({ settings }) => [settings.gatedLane, settings.openLane, rules.now.recheckLane].includes(index))
        .reduce(
          (sum, workload) => Math.min(sum, leastBond(workload.amounts.fees[0], workload)),
          Number.POSITIVE_INFINITY,
        ),
    );
    leastOf.push(Float64Array.from(leastNow));
    chargeOf.push(roles.rewards.leastCharge?.() ?? 0);
    hasCosts ||= chargeOf.at(-1)! > 0;
    hasCosts ||= workloads.some((workload) => leastBond(workload.amounts.fees[1], workload) > 0);
    refreshLeast();
    allBalancesChanged();
  }

  /** The least of all versions since the first of which a job may be open. */
  function refreshLeast(): void {
    least.fill(Number.POSITIVE_INFINITY);
    leastCharge = Number.POSITIVE_INFINITY;
    for (let version = oldest; version < leastOf.length; version++) {
      const own = leastOf[version]!;
      leastCharge = Math.min(leastCharge, chargeOf[version]!);
      for (let lane = 0; lane < own.length; lane++) {
        least[lane] = Math.min(least[lane]!, own[lane]!);
      }
    }
  }

  /** Forgets versions whose jobs are all final. */
  function forgetVersions(): void {
    if (oldest === jobs.rulesInForce) return;
    let first = jobs.rulesInForce;
    jobs.eachOpen((job) => {
      first = Math.min(first, jobs.rulesVersion[job]!);
    });
    if (first === oldest) return;
    oldest = first;
    refreshLeast();
  }

  /** After the operator's tokens came or went. */
  function balanceChanged(operator: number): void {
    if (!hasCosts) return;
    const balance = ledger.balance[operator]!;
    const forBonds = hasBondCurrency ? bondLedger.balance[operator]! : balance - leastCharge;
    const rose = balance > seen[operator]! || (hasBondCurrency && forBonds > seenBonds[operator]!);
    seen[operator] = balance;
    if (hasBondCurrency) seenBonds[operator] = forBonds;
    let now = 0;
    for (let lane = 0; lane < least.length && balance >= leastCharge; lane++) {
      if (forBonds >= least[lane]!) now |= 1 << lane;
    }
    const isOther = now !== affordable[operator];
    affordable[operator] = now;
    if (!isOther && (!rose || waiting.size === 0)) return;
    for (let node = operators.lastNode[operator]!; node !== NONE; node = ownership.previousOfOperator[node]!) {
      ownership.affordableLanes[node] = now;
      if (nodes.state[node] !== NodeState.present) continue;
      if (isOther) {
        unservedReasons.nodeChanged(node);
        capacity.nodeChanged(node);
        nodeChanged(node);
      }
      if (rose && waiting.size > 0) openings.nodeImproved(node);
    }
  }

  /** After the end of an epoch, when everybody is paid. */
  function allBalancesChanged(): void {
    forgetVersions();
    if (hasCosts) for (let operator = 0; operator < operators.count; operator++) balanceChanged(operator);
  }

  return { balanceChanged, allBalancesChanged, readCosts };
}
