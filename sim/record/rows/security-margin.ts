import { AttemptKind, AttemptState } from '../../model/columns/attempts.js';
import { NONE } from '../../model/columns/nodes.js';
import { eachOpenOfClients, valueAtRisk, type World } from '../../model/world/world.js';

/** What an attack on everything that an operator has in hand would cost it and bring it [micro-tokens]. */
export interface SecurityMargin {
  readonly cost: number;
  readonly profit: number;
}

/** Where no operator has anything in hand, or no workload has value at risk. */
export const noMargin: SecurityMargin = { cost: Number.NaN, profit: Number.NaN };

/**
 * The security condition of cryptoeconomic networks, at the samples: that corrupting results costs more than it brings.
 *
 * An operator can falsify all that it has in hand: clients' jobs that it works on, or whose result of its own can still
 * be challenged. Profit is their value at risk; cost is what of its nodes can be slashed: stake, what others delegated,
 * what unbonds, and bonds of these jobs. Told is the operator with most to gain beyond its cost: where that one gains
 * nothing, no coalition does, as both are sums. It is an upper bound: a job that several must agree on counts whole for
 * each, and no check that might find the attack out is taken off.
 */
export class SecurityMargins {
  #profits = new Float64Array(0);
  #costs = new Float64Array(0);
  /** The sample after the warm-up at which profit exceeded cost most, or came nearest. */
  worst = noMargin;

  /** The margin of now, which is remembered if it counts. */
  take(world: World, isCounted: boolean): SecurityMargin {
    const { attempts, jobs, ledger, nodes, operators, ownership, workloads } = world;
    if (!workloads.some(({ settings }) => settings.valueAtRisk > 0)) return noMargin;
    if (this.#profits.length === 0) {
      this.#profits = new Float64Array(operators.count);
      this.#costs = new Float64Array(operators.count);
    }
    const [profits, costs] = [this.#profits.fill(0), this.#costs.fill(0)];
    eachOpenOfClients(world, (job) => {
      const profit = valueAtRisk(world, job);
      for (let attempt = jobs.lastAttempt[job]!; attempt !== NONE; attempt = attempts.nextOfJob[attempt]!) {
        if (attempts.kind[attempt] !== AttemptKind.work || attempts.state[attempt] === AttemptState.failed) continue;
        const operator = ownership.operator[attempts.node[attempt]!]!;
        profits[operator]! += profit;
        costs[operator]! += attempts.bond[attempt]!;
      }
    });
    for (let node = 0; node < nodes.count; node++) {
      costs[ownership.operator[node]!]! += nodes.stake[node]! + nodes.delegated[node]! + ledger.unbonding[node]!;
    }
    let most = NONE;
    for (let operator = 0; operator < operators.count; operator++) {
      if (profits[operator] === 0) continue;
      if (most === NONE || profits[operator]! - costs[operator]! > profits[most]! - costs[most]!) most = operator;
    }
    if (most === NONE) return noMargin;
    const margin = { cost: costs[most]!, profit: profits[most]! };
    const isWorse = !(margin.profit - margin.cost <= this.worst.profit - this.worst.cost);
    if (isCounted && isWorse) this.worst = margin;
    return margin;
  }
}
