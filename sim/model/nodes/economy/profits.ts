import { NONE } from '../../columns/nodes.js';
import { handleStep } from '../../columns/rows/side-by-side.js';
import { microTokens, secondsPerYear } from '../../contract/units.js';
import type { Ledger } from '../../money/ledger.js';
import { energyUsd, hardwareUsd } from '../../money/machine-costs.js';
import type { World } from '../../world/world.js';

/** What came in, less what it cost, and that cost [USD]. */
export interface Reckoning {
  profitUsd: number;
  costsUsd: number;
}

/**
 * What operators earn in their latest epochs, and what that costs them, as each knows of itself: of cohorts that enter
 * and leave by profit alone.
 *
 * Costs are those of machines while any of their identities is in the network, of their energy, and of locked capital.
 * What came in is by how much more an operator owns, in tokens, than an epoch before: pay, emission and claims, less
 * what it was charged and what it lost. Fees of entry are gone whether it stays or not, and don't count.
 */
export class Profits {
  readonly #world: World;
  /** By operator: epochs of its window, 0 for who doesn't reckon; and its first row in the two columns below. */
  readonly #window: Uint16Array;
  readonly #first: Int32Array;
  readonly #profitUsd: Float64Array;
  readonly #costsUsd: Float64Array;
  /** By operator: ends of epochs at which it has reckoned. */
  readonly #epochs: Int32Array;
  /** By operator, as of the last end of an epoch: all that its machines cost so far, and, in either currency, what it
   * owns and the integral of what it has locked. */
  readonly #machinesUsd: Float64Array;
  readonly #owned: Float64Array;
  readonly #ownedBonds: Float64Array;
  readonly #lockedSeconds: Float64Array;
  readonly #lockedBondSeconds: Float64Array;
  readonly #machinesNow: Float64Array;
  /** The last end of an epoch [s]. */
  #since = 0;

  /** @param world before its first event: operators have what they bring, and nothing is locked */
  constructor(world: World) {
    this.#world = world;
    const { bondLedger, cohorts, ledger, operators } = world;
    const rows = operators.count;
    this.#window = new Uint16Array(rows);
    this.#first = new Int32Array(rows);
    let size = 0;
    for (const { byProfit, firstOperator, operatorCount } of cohorts) {
      if (byProfit === null) continue;
      for (let operator = firstOperator; operator < firstOperator + operatorCount; operator++) {
        this.#window[operator] = byProfit.window;
        this.#first[operator] = size;
        size += byProfit.window;
      }
    }
    this.#profitUsd = new Float64Array(size);
    this.#costsUsd = new Float64Array(size);
    this.#epochs = new Int32Array(rows);
    this.#machinesUsd = new Float64Array(rows);
    this.#machinesNow = new Float64Array(rows);
    this.#owned = ledger.balance.slice(0, rows);
    this.#ownedBonds = bondLedger === ledger ? new Float64Array(0) : bondLedger.balance.slice(0, rows);
    this.#lockedSeconds = new Float64Array(rows);
    this.#lockedBondSeconds = new Float64Array(this.#ownedBonds.length);
  }

  /** At the end of an epoch, when everybody is paid and the time of machines is accounted. */
  epochEnded(): void {
    const { hardware, machines, operators, ownership, prices, simulation } = this.#world;
    const now = this.#machinesNow.fill(0);
    for (let machine = 0; machine < machines.end; machine += handleStep) {
      const identity = machines.firstIdentity[machine]!;
      const operator = identity === NONE ? NONE : ownership.operator[identity]!;
      if (operator === NONE || this.#window[operator] === 0) continue;
      const its = hardware[machines.hardware[machine]!]!;
      now[operator]! += hardwareUsd(machines, its, machine) + energyUsd(machines, its, machine, prices.electricity);
    }
    const price = prices.token.mean(this.#since, simulation.now);
    this.#since = simulation.now;
    for (let operator = 0; operator < operators.count; operator++) {
      if (this.#window[operator]! > 0) this.#reckon(operator, price);
    }
  }

  /** Adds what the operator has earned and spent over its window; true if it has been there for all of that. */
  addTo(sum: Reckoning, operator: number): boolean {
    const window = this.#window[operator]!;
    const first = this.#first[operator]!;
    for (let row = first; row < first + window; row++) {
      sum.profitUsd += this.#profitUsd[row]!;
      sum.costsUsd += this.#costsUsd[row]!;
    }
    return this.#epochs[operator]! >= window;
  }

  /** @param price of a token, in the epoch [USD] */
  #reckon(operator: number, price: number): void {
    const { bondLedger, ledger, operators, prices, simulation } = this.#world;
    const owned = this.#wealth(operator, ledger, operators.locked) + operators.identityFees[operator]!;
    let gained = (owned - this.#owned[operator]!) * price;
    this.#owned[operator] = owned;
    const locked = operators.lockedUntil(operator, simulation.now);
    let capital = (locked - this.#lockedSeconds[operator]!) * price;
    this.#lockedSeconds[operator] = locked;
    if (this.#ownedBonds.length > 0) {
      const bonds = this.#wealth(operator, bondLedger, operators.bonds.locked);
      gained += (bonds - this.#ownedBonds[operator]!) * prices.bondTokenPrice;
      this.#ownedBonds[operator] = bonds;
      const lockedBonds = operators.bonds.lockedUntil(operator, simulation.now);
      capital += (lockedBonds - this.#lockedBondSeconds[operator]!) * prices.bondTokenPrice;
      this.#lockedBondSeconds[operator] = lockedBonds;
    }
    const machines = this.#machinesNow[operator]!;
    const costs =
      machines - this.#machinesUsd[operator]! + (capital * prices.capitalCost) / microTokens / secondsPerYear;
    this.#machinesUsd[operator] = machines;
    // who hasn't come yet has nothing to reckon
    if (machines === 0) return;
    const row = this.#first[operator]! + (this.#epochs[operator]!++ % this.#window[operator]!);
    this.#profitUsd[row] = gained / microTokens - costs;
    this.#costsUsd[row] = costs;
  }

  /** Balance, what is locked, and pay that is due, in a currency [micro-tokens]. */
  #wealth(operator: number, ledger: Ledger, locked: Float64Array): number {
    const { operators, ownership } = this.#world;
    let due = 0;
    for (let node = operators.lastNode[operator]!; node !== NONE; node = ownership.previousOfOperator[node]!) {
      due += ledger.earned(node) - ledger.paid[node]!;
    }
    return ledger.balance[operator]! + locked[operator]! + due;
  }
}
