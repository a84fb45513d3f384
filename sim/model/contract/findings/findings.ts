import type { NodeIndex } from '../../columns/nodes.js';
import type { EvidenceKind, EvidenceRole, EvidenceSource } from '../evidence.js';

/** Where mechanisms that may file findings do so. */
export interface Findings {
  /**
   * Files a finding about a node, in whatever role, whether or not it is still there.
   *
   * @param value what was measured; 0 where its kind has no measure
   * @param delayEpochs ends of epochs until it becomes known, a whole number; 0: right after what it is filed with
   */
  file(
    subject: NodeIndex,
    role: EvidenceRole,
    kind: EvidenceKind,
    value: number,
    source: EvidenceSource,
    delayEpochs: number,
  ): void;
}
