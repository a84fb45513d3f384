import type { PanelIndex } from '../columns/nodes.js';
import { copyMembers, type Panels } from '../columns/panels.js';
import { handleBits } from '../columns/rows/side-by-side.js';

/** What of a panel's replies is on its way: when each is due, and whose instrument errs. No mechanism receives it. */
export class PanelSecrets {
  readonly #panels: Panels;
  /** By panel, a bit a member. */
  #erring = new Int32Array(0);
  /** By panel and member [s]; Infinity for those that won't be in time. */
  #repliesAt = new Float64Array(0);
  /** Room that `repliesAt` has in each row. */
  #width = 0;

  constructor(panels: Panels) {
    this.#panels = panels;
    panels.whenLaidOut((rows) => {
      const erring = new Int32Array(rows);
      erring.set(this.#erring);
      this.#erring = erring;
      const repliesAt = new Float64Array(rows * panels.membersMost);
      copyMembers(this.#repliesAt, this.#width, repliesAt, panels.membersMost);
      this.#repliesAt = repliesAt;
      this.#width = panels.membersMost;
    });
  }

  /** @param erring a bit a member */
  setErring(panel: PanelIndex, erring: number): void {
    this.#erring[panel >>> handleBits] = erring;
  }

  /** Whether the instrument of the member in that place shows the opposite. */
  errs(panel: PanelIndex, place: number): boolean {
    return ((this.#erring[panel >>> handleBits]! >>> place) & 1) === 1;
  }

  setRepliesAt(panel: PanelIndex, place: number, seconds: number): void {
    this.#repliesAt[this.#panels.firstMember(panel) + place] = seconds;
  }

  /** When the reply of the member in that place is due [s]; Infinity if it won't be in time. */
  repliesAt(panel: PanelIndex, place: number): number {
    return this.#repliesAt[this.#panels.firstMember(panel) + place]!;
  }
}
