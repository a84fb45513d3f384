import type { Built } from '../../sim/build/world.js';
import { NONE } from '../../sim/model/columns/nodes.js';

interface SeenRating {
  readonly rater: number;
  readonly subject: number;
  /** By the end of which epoch it was given, from 1. */
  readonly epoch: number;
  readonly isSigned: boolean;
}

/** A pair's ratings, faded. */
interface SeenPair {
  readonly rater: number;
  readonly subject: number;
  positive: number;
  negative: number;
}

/** Writes down what witnesses sign and refuse, as it stands in the panels when findings on attempts are presented. */
export function watchRatings({ world }: Built, epochSeconds: number) {
  const { attempts, panels, roles, simulation } = world;
  const seen: SeenRating[] = [];
  const scoreAfter = roles.reputation.scoreAfter.bind(roles.reputation);
  roles.reputation.scoreAfter = (evidence, score) => {
    const panel = evidence.attempt === NONE ? NONE : attempts.lastPanel[evidence.attempt]!;
    for (let place = 0; panel !== NONE && place < panels.asked[panel]!; place++) {
      const rater = panels.repliedOf(panel, place);
      if (rater === NONE) continue;
      const epoch = Math.max(1, Math.ceil(simulation.now / epochSeconds));
      seen.push({ rater, subject: evidence.subject, epoch, isSigned: !panels.hasRefused(panel, place) });
    }
    return scoreAfter(evidence, score);
  };

  /** All pairs at the end of an epoch, where ratings fade by a factor an epoch. */
  function pairsAt(epoch: number, forgetting: number): readonly SeenPair[] {
    const pairs = new Map<string, SeenPair>();
    for (const rating of seen) {
      if (rating.epoch > epoch) continue;
      const key = `${rating.rater} ${rating.subject}`;
      const pair = pairs.get(key) ?? { rater: rating.rater, subject: rating.subject, positive: 0, negative: 0 };
      pairs.set(key, pair);
      pair[rating.isSigned ? 'positive' : 'negative'] += forgetting ** (epoch - rating.epoch);
    }
    return [...pairs.values()].filter(({ positive, negative }) => positive + negative > 0.01);
  }
  return { seen, pairsAt };
}

/** A network in which witnesses see results: honest nodes, and others who lie. */
export const witnessed = `
  seed: witnessed
  horizon: 8d
  warmUp: 0
  network: single
  protocol:
    epoch: 1d
    assignment: uniform
    verification: { kind: peer-attestation, peers: 3, threshold: 2, observes: result }
    slashing: none
    checkIn: none
    publish: { every: 0, delay: 0 }
  fleet:
    honest: { nodes: 10, hardware: reference-cpu, quality: 0.9 }
    liars: { nodes: 5, hardware: reference-cpu, strategy: always-wrong }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1s, deadline: none } }
`;
