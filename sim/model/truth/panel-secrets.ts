import type { PanelIndex } from '../columns/nodes.js';
import { copyMembers, type Panels } from '../columns/panels.js';
import { handleBits } from '../columns/rows/side-by-side.js';

/** What of a panel's replies is on its way: when each is due, and whose instrument errs. No mechanism receives it. */
export class PanelSecrets {
  /**
   * By panel: a bit for each member whose instrument errs, and then when the reply of each is due [s], Infinity for
   * those that won't be in time.
   */
  #rows = new Float64Array(0);
  /** Numbers of a row. */
  #width = 0;

  constructor(panels: Panels) {
    panels.whenLaidOut((count) => {
      const width = 1 + panels.membersMost;
      const rows = new Float64Array(count * width);
      copyMembers(this.#rows, this.#width, rows, width);
      this.#rows = rows;
      this.#width = width;
    });
  }

  /** @param erring a bit a member */
  setErring(panel: PanelIndex, erring: number): void {
    this.#rows[this.#firstOf(panel)] = erring;
  }

  /** Whether the instrument of the member in that place shows the opposite. */
  errs(panel: PanelIndex, place: number): boolean {
    return ((this.#rows[this.#firstOf(panel)]! >>> place) & 1) === 1;
  }

  setRepliesAt(panel: PanelIndex, place: number, seconds: number): void {
    this.#rows[this.#firstOf(panel) + 1 + place] = seconds;
  }

  /** When the reply of the member in that place is due [s]; Infinity if it won't be in time. */
  repliesAt(panel: PanelIndex, place: number): number {
    return this.#rows[this.#firstOf(panel) + 1 + place]!;
  }

  #firstOf(panel: PanelIndex): number {
    return (panel >>> handleBits) * this.#width;
  }
}
