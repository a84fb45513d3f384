import type { Recorder } from '../../sim/record/recorder.js';

interface Built {
  readonly world: { readonly nodes: { readonly capacity: number } };
  readonly recorder: Recorder;
}

/** How many of its attempts at clients' jobs were accepted so far, by node. */
export function acceptedByNode({ world, recorder }: Built): number[] {
  return Array.from({ length: world.nodes.capacity }, (_, node) => recorder.work.accepted(node));
}
