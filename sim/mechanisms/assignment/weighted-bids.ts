import { z } from 'zod';
import { exp } from '../../engine/math.js';
import { type JobIndex, NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { PolicyCause } from '../../model/columns/unserved-reason.js';
import type { AssignmentContext } from '../../model/contract/context.js';
import { defineAssignmentPolicy } from '../../model/contract/definition.js';
import type { NodeSampler } from '../../model/contract/node-sampler.js';
import { Purpose } from '../../model/contract/purposes.js';
import type { AssignmentPolicy } from '../../model/contract/roles.js';
import { quantity } from '../../model/contract/settings.js';
import { microTokens } from '../../model/contract/units.js';

const weight = (meaning: string) => quantity({ unit: '1', least: 0, most: 1_000, meaning: `Weight of ${meaning}` });

/**
 * Stake, score and bid price each decide on their part of the attempts: a node is drawn with probability
 * Σ weight · share, over the weights' sum, its share being of all open nodes' stake, published scores, or
 * e^(−bid/scale).
 *
 * Which of the three decides is drawn first, then the node in proportion to it, which is the same and takes O(log n).
 * A factor by which no node that fits has a share leaves it to the next. After the weighted selection of a transcoding
 * network, which adds shares of price and stake in this way.
 */
export const weightedBids = defineAssignmentPolicy({
  kind: 'weighted-bids',
  meaning: 'A node is drawn by its shares of all stake, of all scores and of all low prices, weighted and added.',
  settings: z
    .strictObject({
      kind: z.literal('weighted-bids'),
      stakeWeight: weight('the share of the stake, own and delegated').default(1),
      scoreWeight: weight('the share of the published scores').default(1),
      priceWeight: weight('the share of e^(−bid/priceScale)').default(1),
      priceScale: quantity({
        unit: 'fees',
        above: 0,
        most: 1_000,
        meaning: 'By how much a bid must be lower to weigh e times as much, as a share of the fee',
      }).default(0.2),
    })
    .refine(({ stakeWeight, scoreWeight, priceWeight }) => stakeWeight + scoreWeight + priceWeight > 0, {
      message: 'expected a weight above 0',
    }),
  ignoresScores: ({ scoreWeight }) => scoreWeight === 0,
  remarks: ({ priceScale, priceWeight }) => {
    if (priceWeight > 0) return [];
    const why = 'so that no price counts';
    return [{ setting: 'priceScale', expected: 'a priceWeight above 0', found: `${priceScale}`, why }];
  },
  create: (settings, context): AssignmentPolicy => {
    const { candidates, jobs, lanes, nodes, uniform } = context;
    const [byStake, byScore, byPrice] = [context.sampler(), context.sampler(), context.sampler()];
    const samplers = [byStake, byScore, byPrice];
    const weights = settings.map(({ stakeWeight, scoreWeight, priceWeight }) => [
      stakeWeight,
      scoreWeight,
      priceWeight,
    ]);

    const weigh = (node: NodeIndex): void => {
      const stake = (nodes.stake[node]! + nodes.delegated[node]!) / microTokens;
      const price = exp(-nodes.bid[node]! / settings.now.priceScale);
      for (let lane = 0; lane < lanes.length; lane++) {
        const isOpen = candidates.isOpen(node, lane);
        byStake.setWeight(lane, node, isOpen ? stake : 0);
        byScore.setWeight(lane, node, isOpen ? nodes.publishedScoreFor(node, lanes[lane]!.jobClass) : 0);
        byPrice.setWeight(lane, node, isOpen ? price : 0);
      }
    };

    /** The factor that decides, by a point from 0 to 1 on the line of those that weigh something. */
    const decidingFactor = (job: JobIndex, point: number): number => {
      const each = weights.of(job);
      let rest = point * (each[0]! + each[1]! + each[2]!);
      for (let factor = 0; factor < 2; factor++) {
        if (rest < each[factor]!) return factor;
        rest -= each[factor]!;
      }
      return each[2]! > 0 ? 2 : each[1]! > 0 ? 1 : 0;
    };

    return {
      assign: (job, lane) => {
        const first = decidingFactor(job, uniform(job, jobs.attemptsMade[job]!, Purpose.decidingFactor));
        let node = drawnBy(samplers[first]!, context, job, lane);
        for (let more = 1; more < 3 && node === NONE; more++) {
          const factor = (first + more) % 3;
          if (weights.of(job)[factor]! > 0) node = drawnBy(samplers[factor]!, context, job, lane);
        }
        return node;
      },
      // by price everybody has a share
      passesOver: (job) => (weights.of(job)[0]! > 0 ? PolicyCause.stake : PolicyCause.score),
      // that of prices has everybody
      hasCandidate: (lane) => byPrice.hasWeight(lane),
      nodeChanged: weigh,
      settingsChanged: () => {
        for (let node = 0; node < nodes.count; node++) weigh(node);
      },
    };
  },
});

const purposes = { region: Purpose.assignedRegion, node: Purpose.assignedNode };

function drawnBy(sampler: NodeSampler, { uniform }: AssignmentContext, job: JobIndex, lane: number): NodeIndex {
  return sampler.draw(job, lane, null, 0, uniform, purposes);
}
