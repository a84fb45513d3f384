import type { NodeIndex } from '../columns/nodes.js';
import type { Operators } from '../columns/operators.js';
import type { Attack } from '../contract/cohorts/attack.js';

/** Whose members sit on a node's panels in place of whom the network would draw. */
export interface Eclipse {
  readonly attack: Attack;
  /** Of each place on a panel, 0 to 1. */
  readonly probability: number;
}

/** The nodes that are eclipsed in this epoch: an attack's hold on one lasts until the epoch's end. */
export class Eclipses {
  readonly #operators: Operators;
  readonly #byVictim = new Map<NodeIndex, Eclipse>();

  constructor(operators: Operators) {
    this.#operators = operators;
  }

  of(victim: NodeIndex): Eclipse | null {
    return this.#byVictim.size === 0 ? null : (this.#byVictim.get(victim) ?? null);
  }

  /**
   * Eclipses a node until the epoch ends, which the operator pays for, unless its attack does so already; false where
   * another attack's hold is as strong.
   */
  begin(operator: number, attack: Attack, victim: NodeIndex, probability: number): boolean {
    if (!(probability >= 0 && probability <= 1)) {
      throw new Error(`eclipse: expected a probability from 0 to 1, found ${probability}`);
    }
    const standing = this.#byVictim.get(victim);
    if (standing !== undefined && standing.probability >= probability) return standing.attack === attack;
    this.#byVictim.set(victim, { attack, probability });
    if (standing?.attack !== attack) this.#operators.eclipses[operator]!++;
    return true;
  }

  epochEnded(): void {
    this.#byVictim.clear();
  }
}
