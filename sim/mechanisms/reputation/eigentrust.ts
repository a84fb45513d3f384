import { z } from 'zod';
import { eigenTrust } from '../../kernels/trust/eigen-trust.js';
import { type NodeIndex, NodeState } from '../../model/columns/nodes.js';
import { defineReputationModel } from '../../model/contract/definition.js';
import { FadingPenalties } from '../../model/contract/ratings/fading-penalties.js';
import { WitnessRatings } from '../../model/contract/ratings/witness-ratings.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { choice, count, fraction, quantity } from '../../model/contract/settings.js';

/** Where it hardly converges it is near enough after so many steps. */
const stepsMost = 10_000;

/**
 * EigenTrust over what observers signed: s_ij is how often i signed for j less how often it refused, faded by a factor
 * at each reckoning; the global trust t is reckoned at epochs' ends, from where it was.
 *
 * Trust sums to 1 over present nodes; the score of a node is t/(t + 1/n), so that 0.5 is an equal share of it. The
 * pre-trusted are all nodes alike, or those that were there at the start: then a group that nobody outside signs for
 * has no trust at all. Until ratings are reckoned a node has 0.5; a penalty on the score fades as ratings do.
 *
 * Source: S. D. Kamvar, M. T. Schlosser, H. Garcia-Molina, The EigenTrust algorithm, WWW 2003.
 */
export const eigentrust = defineReputationModel({
  kind: 'eigentrust',
  meaning: 'Global trust: who is signed for by nodes that are trusted themselves, reckoned over the whole network.',
  settings: z.strictObject({
    kind: z.literal('eigentrust'),
    preTrustWeight: quantity({ unit: '1', above: 0, most: 1, meaning: 'Weight a of the pre-trust' }).default(0.5),
    preTrusted: choice(['all', 'founders'], {
      meaning: 'Who is trusted beforehand: all nodes alike, or those there at time 0',
    }).default('all'),
    epsilon: quantity({ unit: '1', above: 0, most: 1, meaning: 'Change ‖Δt‖₂ at which it is reckoned enough' }).default(
      1e-9,
    ),
    everyEpochs: count({
      least: 1,
      most: 10_000,
      unit: 'epochs',
      meaning: 'Epochs from reckoning to reckoning',
    }).default(1),
    forgetting: fraction({ meaning: 'Factor on ratings and penalties, at each reckoning; 1 forgets nothing' }).default(
      0.9,
    ),
  }),
  ignoresCheckIns: true,
  scores: ({ preTrusted }) => {
    const range = { lowest: 0, reachesLowest: true, highest: 1, initial: 0.5 };
    // founders have the more trust the more others there are
    return preTrusted === 'all' ? { ...range, unworked: 0.5 } : range;
  },
  create: (settings, context): ReputationModel => {
    const { nodes } = context;
    const witnesses = new WitnessRatings(context);
    const { sparse } = witnesses;
    const penalties = new FadingPenalties(context);
    const trust = context.column();
    const preTrust = context.column();
    let isDue = false;
    let equalShare = 1;

    const isThere = (node: NodeIndex) => nodes.state[node] === NodeState.present;
    /** Spreads the pre-trust over those who have any, over all present nodes if none of them is left. */
    const spreadPreTrust = (): boolean => {
      const isFounder = (node: NodeIndex) => settings.now.preTrusted === 'all' || nodes.joinedAt[node] === 0;
      let [present, trusted] = [0, 0];
      for (let node = 0; node < nodes.count; node++) {
        if (!isThere(node)) continue;
        present++;
        if (isFounder(node)) trusted++;
      }
      if (present === 0) return false;
      for (let node = 0; node < nodes.count; node++) {
        const hasAny = isThere(node) && (trusted === 0 || isFounder(node));
        preTrust[node] = hasAny ? 1 / (trusted === 0 ? present : trusted) : 0;
      }
      equalShare = 1 / present;
      return true;
    };
    /** Whoever left has no trust, and nobody's: what it had goes to the pre-trusted. */
    const startFrom = () => {
      let sum = 0;
      for (let node = 0; node < nodes.count; node++) {
        if (!isThere(node)) trust[node] = 0;
        sum += trust[node]!;
      }
      for (let node = 0; node < nodes.count; node++) trust[node]! += Math.max(0, 1 - sum) * preTrust[node]!;
    };
    return {
      lowest: () => 0,
      highest: () => 1,
      prior: () => 0.5,
      nodeJoined: (node) => {
        penalties.forget(node);
      },
      historyReset: (node) => {
        sparse.forget(node);
        penalties.forget(node);
        return 0.5;
      },
      scoreMoved: (node, change) => penalties.move(node, change),
      scoreAfter: (evidence, score) => {
        witnesses.hearWitnesses(evidence, 1);
        return score;
      },
      reckon: (epoch) => {
        const { epsilon, everyEpochs, forgetting, preTrustWeight } = settings.now;
        // of nobody there is no trust to share out
        isDue = epoch % everyEpochs === 0 && spreadPreTrust();
        if (!isDue) return;
        startFrom();
        sparse.fold(forgetting);
        const { negative, positive, rater: from, size, subject: to } = sparse;
        const value = new Float64Array(size);
        for (let place = 0; place < size; place++) {
          // what is said of who left is nobody's
          if (isThere(to[place]!)) value[place] = positive[place]! - negative[place]!;
        }
        const peers = nodes.count;
        trust.set(
          eigenTrust({ peers, from, to, value }, { preTrust, preTrustWeight, epsilon, stepsMost, start: trust }),
        );
        penalties.fade(forgetting);
      },
      scoreAtEpoch: (node, score) => {
        if (!isDue) return score;
        return penalties.applied(node, trust[node]! / (trust[node]! + equalShare));
      },
    };
  },
});
