import { z } from 'zod';
import { SortitionHash, weightUnits } from '../../kernels/sortition.js';
import { WeightedTree } from '../../kernels/weighted-tree.js';
import { NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { contributionName } from '../../model/contract/cohorts/ballots.js';
import { defineAssignmentPolicy, type Remark } from '../../model/contract/definition.js';
import type { AssignmentPolicy } from '../../model/contract/roles.js';
import { quantity, tokens } from '../../model/contract/settings.js';
import { microTokens } from '../../model/contract/units.js';

/**
 * Verifiable random sortition: a node is drawn by published score, and anyone can recompute the draw.
 *
 * A hash of the epoch's beacon, job and attempt number is a point on the line of the open nodes' weights, laid end to
 * end in node order, without those that had the job; where it falls on a node that doesn't fit, that node's weight is
 * taken away and the next number hashed (after Gilad et al., Algorand: scaling Byzantine agreements for
 * cryptocurrencies, SOSP 2017, section 5). `recomputeSortition` of the library does the same from public values.
 */
export const sortition = defineAssignmentPolicy({
  kind: 'sortition',
  readsValueAtRisk: true,
  meaning: 'Verifiable random sortition by published score: anyone can recompute every draw from public values.',
  settings: z.strictObject({
    kind: z.literal('sortition'),
    valueCap: z
      .union(
        [z.literal('none'), tokens({ meaning: 'Cost of a job, by which it costs so much to build a score again' })],
        'expected none or an amount of tokens',
      )
      .describe(
        'Cost of a job [tokens]: a node gets no job with more at risk than it would cost to do the jobs behind its ' +
          'score again; none: any',
      )
      .default('none'),
    floor: quantity({ unit: 'score', least: 0, most: 1_000, meaning: 'Weight of nodes with a lower score' }).default(
      0.05,
    ),
  }),
  remarks: ({ floor, valueCap }, { measures, scores }) => {
    const found: Remark[] = [];
    if (floor >= scores.highest) {
      const expected = `below the highest score, ${scores.highest}`;
      found.push({ setting: 'floor', expected, found: `${floor}`, why: 'so that scores don’t matter' });
    }
    if (valueCap !== 'none' && !measures.includes(contributionName)) {
      const expected = `none, or a reputation model that measures ${contributionName}`;
      const why = 'so that no job with anything at risk is ever assigned';
      found.push({ setting: 'valueCap', expected, found: `${valueCap}`, why });
    } else if (valueCap === 0) {
      const why = 'so that no job with anything at risk is ever assigned';
      found.push({ setting: 'valueCap', expected: 'none, or tokens above 0', found: '0', why });
    }
    return found;
  },
  create: (settings, context): AssignmentPolicy => {
    const { attempts, candidates, jobs, lanes, nodes, valueAtRisk } = context;
    const work = context.measure(contributionName);
    const trees = lanes.map(() => new WeightedTree(nodes.capacity));
    const setAside: { readonly node: NodeIndex; readonly units: number }[] = [];
    let hash = new SortitionHash(context.beacon(0));

    const weigh = (node: NodeIndex) => {
      const { floor } = settings.now;
      for (let lane = 0; lane < lanes.length; lane++) {
        let units = 0;
        if (candidates.isOpen(node, lane)) {
          units = weightUnits(Math.max(floor, nodes.publishedScoreFor(node, lanes[lane]!.jobClass)));
        }
        trees[lane]!.set(node, units);
      }
    };
    const takeOff = (tree: WeightedTree, node: NodeIndex) => {
      const units = tree.weight(node);
      if (units === 0) return;
      setAside.push({ node, units });
      tree.set(node, 0);
    };
    return {
      assign: (job, lane) => {
        const tree = trees[lane]!;
        const [workload, number, attempt] = [jobs.workload[job]!, jobs.number[job]!, jobs.attemptsMade[job]!];
        let chosen = NONE;
        // whoever had the job isn't on the line, be it told already that it is free again or not
        for (let tried = jobs.lastAttempt[job]!; tried !== NONE; tried = attempts.nextOfJob[tried]!) {
          takeOff(tree, attempts.node[tried]!);
        }
        for (let repetition = 0; chosen === NONE && tree.total > 0; repetition++) {
          const node = tree.find(hash.point(tree.total, workload, number, attempt, repetition));
          if (candidates.fits(job, node)) chosen = node;
          else takeOff(tree, node);
        }
        while (setAside.length > 0) {
          const { node, units } = setAside.pop()!;
          tree.set(node, units);
        }
        return chosen;
      },
      admits: (job, node) => {
        const { valueCap } = settings.of(job);
        if (valueCap === 'none') return true;
        const atRisk = valueAtRisk(job);
        return atRisk === 0 || atRisk <= work[node]! * valueCap * microTokens;
      },
      hasCandidate: (lane) => trees[lane]!.total > 0,
      nodeChanged: weigh,
      settingsChanged: () => {
        for (let node = 0; node < nodes.count; node++) weigh(node);
      },
      epochEnded: (epoch) => {
        hash = new SortitionHash(context.beacon(epoch));
      },
    };
  },
});
