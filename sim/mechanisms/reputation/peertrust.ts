import { z } from 'zod';
import { peerTrust } from '../../kernels/trust/peer-trust.js';
import { NONE } from '../../model/columns/nodes.js';
import { PanelRole } from '../../model/columns/panels.js';
import { defineReputationModel } from '../../model/contract/definition.js';
import { type Evidence, EvidenceSource } from '../../model/contract/evidence.js';
import { FadingPenalties } from '../../model/contract/ratings/fading-penalties.js';
import { WitnessRatings } from '../../model/contract/ratings/witness-ratings.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { count, fraction } from '../../model/contract/settings.js';

/**
 * PeerTrust: T(u) = α·Σ S·Cr + β·CF at epochs' ends, where S is a witness's signature (1) or refusal (0), Cr the
 * witness's own trust among those who rated u, and CF the share of the panels it was asked to that u replied to.
 *
 * Ratings fade by a factor an epoch. Each reckoning starts from the trust of before and goes some rounds. What was
 * found without witnesses is the network's own rating, which is trusted with 1; so where no witness is asked a score is
 * the share of successes. A penalty on the score fades as ratings do.
 *
 * With ratings that are all alike in each of two camps, h/(1 − h) grows by the ratio of their sizes in each round, for
 * the trust h of one camp: the larger one wins, whatever the smaller says. A witness who serves well and lies is
 * believed nevertheless: credibility is by trust (TVM), the source's other measure, similarity of ratings, isn't there.
 *
 * Source: L. Xiong, L. Liu, PeerTrust: supporting reputation-based trust for peer-to-peer electronic communities, IEEE
 * TKDE 16(7), 2004.
 */
export const peertrust = defineReputationModel({
  kind: 'peertrust',
  meaning: 'Share of witnesses who signed, each counted by its own trust, reckoned over the whole network.',
  settings: z.strictObject({
    kind: z.literal('peertrust'),
    communityWeight: fraction({
      meaning: 'Weight β of the share of panels to which the node replied; ratings have the rest, α',
    }).default(0),
    initial: fraction({ meaning: 'Trust in a node that nobody has rated' }).default(0.5),
    rounds: count({
      least: 1,
      most: 1_000,
      unit: 'rounds',
      meaning: 'Rounds at each epoch’s end, in which raters count by their trust of the round before',
    }).default(10),
    forgetting: fraction({ meaning: 'Factor on ratings and penalties, an epoch; 1 forgets nothing' }).default(0.9),
  }),
  ignoresCheckIns: true,
  scores: ({ initial }) => ({ lowest: 0, reachesLowest: true, highest: 1, initial, unworked: initial }),
  create: (settings, context): ReputationModel => {
    const { attempts, nodes, panels } = context;
    const witnesses = new WitnessRatings(context);
    const { network, raters, sparse } = witnesses;
    const penalties = new FadingPenalties(context);
    const trust = context.column().fill(settings.now.initial);
    /** Panels that it was asked to, and replied to; they fade as ratings do. */
    const asked = context.column();
    const replied = context.column();
    const community = new Float64Array(raters);
    const start = new Float64Array(raters).fill(1);

    const countReplies = ({ attempt, source }: Evidence) => {
      if (attempt === NONE || source === EvidenceSource.dispute) return;
      for (let panel = attempts.lastPanel[attempt]!; panel !== NONE; panel = panels.nextOfAttempt[panel]!) {
        if (panels.role[panel] !== PanelRole.witness) continue;
        for (let place = 0; place < panels.asked[panel]!; place++) {
          const member = panels.askedOf(panel, place);
          asked[member]!++;
          if (panels.repliedOf(panel, place) !== NONE) replied[member]!++;
        }
      }
    };
    const forget = (node: number): number => {
      sparse.forget(node);
      penalties.forget(node);
      trust[node] = settings.now.initial;
      asked[node] = 0;
      replied[node] = 0;
      return settings.now.initial;
    };
    return {
      lowest: () => 0,
      highest: () => 1,
      prior: () => settings.now.initial,
      nodeJoined: forget,
      historyReset: forget,
      scoreMoved: (node, change) => penalties.move(node, change),
      scoreAfter: (evidence, score) => {
        witnesses.hear(evidence, 1);
        countReplies(evidence);
        return score;
      },
      reckon: () => {
        const { communityWeight, forgetting, initial, rounds } = settings.now;
        sparse.fold(forgetting);
        const { negative, positive, rater, size, subject } = sparse;
        const [count, satisfaction] = [new Float64Array(size), new Float64Array(size)];
        for (let place = 0; place < size; place++) {
          count[place] = positive[place]! + negative[place]!;
          satisfaction[place] = positive[place]! / count[place]!;
        }
        for (let node = 0; node < nodes.count; node++) {
          community[node] = asked[node]! > 0 ? replied[node]! / asked[node]! : 0;
          asked[node]! *= forgetting;
          replied[node]! *= forgetting;
        }
        start.set(trust);
        const reckoned = peerTrust(
          { peers: raters, rater, subject, satisfaction, count },
          { alpha: 1 - communityWeight, beta: communityWeight, community, initial, rounds, start, trusted: [network] },
        );
        trust.set(reckoned.subarray(0, network));
        penalties.fade(forgetting);
      },
      scoreAtEpoch: (node) => penalties.applied(node, trust[node]!),
    };
  },
});
