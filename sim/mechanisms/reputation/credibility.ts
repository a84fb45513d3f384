import { z } from 'zod';
import { nodeCredibility } from '../../kernels/voting/group-credibility.js';
import type { NodeIndex } from '../../model/columns/nodes.js';
import { defineReputationModel } from '../../model/contract/definition.js';
import { EvidenceKind, EvidenceRole } from '../../model/contract/evidence.js';
import type { ReputationModel } from '../../model/contract/roles.js';
import { choice, flag, fraction } from '../../model/contract/settings.js';
import { spotCheckFailed, spotCheckPassed } from '../../model/contract/verification/spot-checks.js';

/** More checks than anybody passes: what a penalty or bonus can leave a node with at most. */
const checksMost = 1e9;

/**
 * Credibility: the least probability that a result of the node is right, given that it has passed k checks and that no
 * more than a share f of all nodes is faulty: 1 − f/k, or where who fails is out for good 1 − f/((1 − f)·k·e), and
 * never below 1 − f, which is that of a node without a check.
 *
 * So k = f/ε checks take a node to 1 − ε, or f/((1 − f)·ε·e) where failing ends it; after a failed check it begins
 * anew. A penalty on the score takes it back to the number of checks that the score it leaves stands for.
 *
 * Source: L. F. G. Sarmenta, Sabotage-tolerance mechanisms for volunteer computing systems, Future Generation Computer
 * Systems 18, 2002.
 */
export const credibility = defineReputationModel({
  kind: 'credibility',
  meaning: 'Probability that a result of a node is right, by the spot-checks that it has passed since it failed one.',
  kinds: [spotCheckPassed],
  settings: z.strictObject({
    kind: z.literal('credibility'),
    assumedFaulty: fraction({ most: 0.5, meaning: 'Share f of nodes that are assumed faulty at most' }).default(0.2),
    blacklists: flag({
      meaning: 'Whether to count on it that the slashing rule ejects who fails a check',
    }).default(false),
    counts: choice(['spot-checks', 'results'], {
      meaning: 'What is a check: jobs whose answer is known alone, or each result that was found to hold',
    }).default('spot-checks'),
  }),
  ignoresCheckIns: true,
  scores: ({ assumedFaulty }) => ({
    lowest: 1 - assumedFaulty,
    reachesLowest: true,
    highest: 1,
    initial: 1 - assumedFaulty,
    unworked: 1 - assumedFaulty,
  }),
  remarks: ({ assumedFaulty, counts }, { filed }) => {
    if (assumedFaulty === 0) {
      const why = 'so that everybody’s score is 1';
      return [{ setting: 'assumedFaulty', expected: 'a share above 0', found: '0', why }];
    }
    if (counts === 'results' || filed.includes(spotCheckPassed.name)) return [];
    // of the whole: the setting is one that scenarios leave at its default
    const expected = 'a scheme with spot-checks, or counts: results';
    return [{ setting: '', expected, found: 'none', why: 'so that no score ever rises' }];
  },
  create: (settings, { column, kinds }): ReputationModel => {
    /** Checks that the node has passed since it failed one. */
    const passed = column();
    const passedKind = kinds.indexOf(spotCheckPassed.name);
    const scoreOf = (node: NodeIndex) => {
      const { assumedFaulty, blacklists } = settings.now;
      return nodeCredibility(passed[node]!, assumedFaulty, blacklists);
    };
    const forget = (node: NodeIndex): number => {
      passed[node] = 0;
      return scoreOf(node);
    };
    return {
      lowest: () => 1 - settings.now.assumedFaulty,
      highest: () => 1,
      prior: () => nodeCredibility(0, settings.now.assumedFaulty, settings.now.blacklists),
      nodeJoined: forget,
      historyReset: forget,
      scoreMoved: (node, change) => {
        const { assumedFaulty: f, blacklists } = settings.now;
        const left = 1 - Math.min(1, scoreOf(node) + change);
        const checks = (blacklists ? f / ((1 - f) * Math.E) : f) / left;
        passed[node] = left >= f ? 0 : Math.min(checksMost, checks);
        return scoreOf(node);
      },
      scoreAfter: ({ job, kind, role, subject }, score) => {
        if (role !== EvidenceRole.worker) return score;
        const ofResults = settings.of(job).counts === 'results';
        // a scheme brings it, and schemes are made later: looked up by name, at failures alone
        const hasFailed = kinds.isFailure[kind] === 1 && (ofResults || kinds.nameOf(kind) === spotCheckFailed.name);
        if (hasFailed) passed[subject] = 0;
        else if (kind === (ofResults ? EvidenceKind.success : passedKind)) passed[subject]!++;
        else return score;
        return scoreOf(subject);
      },
      scoreAtEpoch: scoreOf,
    };
  },
});
