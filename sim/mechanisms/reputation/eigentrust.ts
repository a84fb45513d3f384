import { z } from 'zod';
import { eigenTrust } from '../../kernels/trust/eigen-trust.js';
import { NONE, type NodeIndex, NodeState } from '../../model/columns/nodes.js';
import { PanelRole } from '../../model/columns/panels.js';
import { defineReputationModel } from '../../model/contract/definition.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { choice, count, fraction, quantity } from '../../model/contract/settings.js';

/** Where it hardly converges it is near enough after so many steps. */
const stepsMost = 10_000;

/** Ratings that have faded below this are dropped. */
const leastRating = 0.001;

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
  scores: () => ({ lowest: 0, reachesLowest: true, highest: 1 }),
  create: (settings, context): ReputationModel => {
    const { attempts, nodes, panels } = context;
    /** Signatures less refusals, by rater × nodes + subject, in the order of the first. */
    const ratings = new Map<number, number>();
    const trust = context.column();
    const preTrust = context.column();
    const penalty = context.column();
    let isDue = false;
    let equalShare = 1;

    const rate = (rater: NodeIndex, subject: NodeIndex, change: number) => {
      const key = rater * nodes.capacity + subject;
      ratings.set(key, (ratings.get(key) ?? 0) + change);
    };
    const fade = () => {
      const { forgetting } = settings.now;
      for (const [key, rating] of ratings) {
        const faded = rating * forgetting;
        if (Math.abs(faded) < leastRating) ratings.delete(key);
        else ratings.set(key, faded);
      }
      for (let node = 0; node < nodes.count; node++) penalty[node]! *= forgetting;
    };
    const isThere = (node: NodeIndex) => nodes.state[node] === NodeState.present;
    /** Spreads the pre-trust over those who have any, over all present nodes if none of them is left. */
    const spreadPreTrust = () => {
      const isFounder = (node: NodeIndex) => settings.now.preTrusted === 'all' || nodes.joinedAt[node] === 0;
      let [present, trusted] = [0, 0];
      for (let node = 0; node < nodes.count; node++) {
        if (!isThere(node)) continue;
        present++;
        if (isFounder(node)) trusted++;
      }
      for (let node = 0; node < nodes.count; node++) {
        const hasAny = isThere(node) && (trusted === 0 || isFounder(node));
        preTrust[node] = hasAny ? 1 / (trusted === 0 ? present : trusted) : 0;
      }
      equalShare = 1 / present;
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
    const within = (score: number) => Math.min(1, Math.max(0, score));

    return {
      lowest: () => 0,
      highest: () => 1,
      prior: () => 0.5,
      nodeJoined: (node) => {
        penalty[node] = 0;
      },
      historyReset: (node) => {
        for (const key of ratings.keys()) if (key % nodes.capacity === node) ratings.delete(key);
        penalty[node] = 0;
        return 0.5;
      },
      scoreMoved: (node, change) => {
        const score = within(nodes.score[node]! + change);
        penalty[node]! += score - nodes.score[node]!;
        return score;
      },
      scoreAfter: ({ attempt, subject }, score) => {
        if (attempt === NONE) return score;
        for (let panel = attempts.lastPanel[attempt]!; panel !== NONE; panel = panels.nextOfAttempt[panel]!) {
          if (panels.role[panel] !== PanelRole.witness) continue;
          for (let place = 0; place < panels.asked[panel]!; place++) {
            const rater = panels.repliedOf(panel, place);
            if (rater !== NONE) rate(rater, subject, panels.hasRefused(panel, place) ? -1 : 1);
          }
        }
        return score;
      },
      reckon: (epoch) => {
        const { epsilon, everyEpochs, preTrustWeight } = settings.now;
        isDue = epoch % everyEpochs === 0;
        if (!isDue) return;
        spreadPreTrust();
        startFrom();
        const entries = [...ratings].filter(([key]) => isThere(key % nodes.capacity));
        const from = Int32Array.from(entries, ([key]) => Math.floor(key / nodes.capacity));
        const to = Int32Array.from(entries, ([key]) => key % nodes.capacity);
        const value = Float64Array.from(entries, ([, rating]) => rating);
        const peers = nodes.count;
        trust.set(
          eigenTrust({ peers, from, to, value }, { preTrust, preTrustWeight, epsilon, stepsMost, start: trust }),
        );
        fade();
      },
      scoreAtEpoch: (node, score) => {
        if (!isDue) return score;
        return within(trust[node]! / (trust[node]! + equalShare) + penalty[node]!);
      },
    };
  },
});
