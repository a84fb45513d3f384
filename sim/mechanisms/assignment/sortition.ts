import { z } from 'zod';
import { largest, smallest } from '../../kernels/extent.js';
import { SortitionHash, weightUnits } from '../../kernels/sortition.js';
import { WeightedTree } from '../../kernels/trees/weighted-tree.js';
import { NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { PolicyCause } from '../../model/columns/unserved-reason.js';
import { contributionName } from '../../model/contract/cohorts/ballots.js';
import { defineAssignmentPolicy, type Outline, type Remark } from '../../model/contract/definition.js';
import type { AssignmentPolicy } from '../../model/contract/roles.js';
import { quantity, tokens } from '../../model/contract/settings.js';
import { microTokens, roundTokens } from '../../model/contract/units.js';

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
  ignoresBids: true,
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
  remarks: ({ floor, valueCap }, outline) => {
    const { highest } = outline.scores;
    const found: Remark[] = [];
    if (floor >= highest) {
      const expected = `below the highest score, ${highest}`;
      found.push({ setting: 'floor', expected, found: `${floor}`, why: 'so that scores don’t matter' });
    }
    return valueCap === 'none' ? found : [...found, ...capRemarks(valueCap, outline)];
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
      // without a floor a score of 0 has no place on the line
      passesOver: (job, node) => (trees[jobs.lane[job]!]!.weight(node) > 0 ? PolicyCause.risk : PolicyCause.score),
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

/** Of a cap that no job comes under, or none at first; and of one that says less than a bond does. */
function capRemarks(valueCap: number, { contribution, leastBond, measures, valuesAtRisk }: Outline): Remark[] {
  const remark = (expected: string, why: string, isFault = false): Remark[] => [
    { setting: 'valueCap', expected, found: `${valueCap}`, why, isFault },
  ];
  const never = 'so that no job with anything at risk is ever assigned';
  if (!measures.includes(contributionName)) {
    return remark(`none, or a reputation model that measures ${contributionName}`, never);
  }
  const { first, most } = contribution;
  /** The least cap under which so many tokens can be at risk, of nodes with that work behind their score. */
  const least = (atRisk: number, work: number) =>
    `none, or at least ${Math.ceil((atRisk / work) * microTokens) / microTokens} tokens a job`;
  if (valueCap * most < leastBond) {
    const bond = `${roundTokens(leastBond)} tokens`;
    const why = `as not even the best score may have at risk what the least bond, ${bond}, covers`;
    return remark(least(leastBond, most), why, true);
  }
  if (valueCap === 0) return remark('none, or tokens above 0', never);
  const atRisk = Object.entries(valuesAtRisk).map(([name, [value]]) => [name, value] as const);
  const lowest = smallest(atRisk.map(([, value]) => value));
  if (valueCap * most < lowest) return remark(least(lowest, most), 'so that no job is ever assigned', true);
  if (valueCap * first < lowest) {
    const expected = first > 0 ? least(lowest, first) : 'none, or some workload with nothing at risk';
    return remark(expected, 'so that no node has a score by which it gets a job at first, nor any to win one by');
  }
  const barred = atRisk.filter(([, value]) => valueCap * most < value);
  if (barred.length === 0) return [];
  const names = barred.map(([name]) => name).join(', ');
  return remark(least(largest(barred.map(([, value]) => value)), most), `so that no job of ${names} is ever assigned`);
}
