import { SparseRatings } from '../../../kernels/trust/sparse-ratings.js';
import { NONE } from '../../columns/nodes.js';
import { PanelRole } from '../../columns/panels.js';
import type { MechanismContext } from '../context.js';
import { type Evidence, EvidenceKind, EvidenceRole, EvidenceSource } from '../evidence.js';

/** Ratings that have faded to less than this are dropped. */
const leastRating = 0.01;

/**
 * What observers hold of nodes: who signed for whose attempts, and who refused. What was found without asking anybody
 * is the network's own rating, as if by a rater behind all nodes.
 */
export class WitnessRatings {
  readonly sparse: SparseRatings;
  /** The network as a rater. */
  readonly network: number;
  readonly #context: MechanismContext;

  constructor(context: MechanismContext) {
    this.#context = context;
    this.network = context.nodes.capacity;
    this.sparse = new SparseRatings(context.nodes.capacity + 1, leastRating);
  }

  /** Nodes, and the network behind them. */
  get raters(): number {
    return this.network + 1;
  }

  /**
   * Takes what the evidence says of its subject: each signature and refusal of witnesses, or where none were asked, and
   * in a dispute, the finding itself.
   * @param weight of each rating, above 0
   */
  hear(evidence: Evidence, weight: number): void {
    const { kinds } = this.#context;
    const { kind, role, subject } = evidence;
    if (this.hearWitnesses(evidence, weight) || role !== EvidenceRole.worker) return;
    if (kind === EvidenceKind.success) this.sparse.add(this.network, subject, weight);
    else if (kinds.isFailure[kind] === 1) this.sparse.add(this.network, subject, -weight);
  }

  /** The same of witnesses alone; returns whether any were asked. */
  hearWitnesses({ attempt, source, subject }: Evidence, weight: number): boolean {
    const { attempts, panels } = this.#context;
    // what they said was heard at the verdict that is disputed
    if (attempt === NONE || source === EvidenceSource.dispute) return false;
    let wereAsked = false;
    for (let panel = attempts.lastPanel[attempt]!; panel !== NONE; panel = panels.nextOfAttempt[panel]!) {
      if (panels.role[panel] !== PanelRole.witness) continue;
      wereAsked = true;
      for (let place = 0; place < panels.asked[panel]!; place++) {
        const rater = panels.repliedOf(panel, place);
        if (rater !== NONE) this.sparse.add(rater, subject, panels.hasRefused(panel, place) ? -weight : weight);
      }
    }
    return wereAsked;
  }
}
