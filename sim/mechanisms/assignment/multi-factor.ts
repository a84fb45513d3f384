import { z } from 'zod';
import { pow } from '../../engine/math.js';
import { quantileSorted } from '../../kernels/quantile.js';
import { NONE, NodeState } from '../../model/columns/nodes.js';
import { PolicyCause } from '../../model/columns/unserved-reason.js';
import { defineAssignmentPolicy } from '../../model/contract/definition.js';
import { EvidenceKind, EvidenceRole } from '../../model/contract/evidence.js';
import { Purpose } from '../../model/contract/purposes.js';
import type { AssignmentPolicy } from '../../model/contract/roles.js';
import { duration, quantity } from '../../model/contract/settings.js';

const exponent = (meaning: string) => quantity({ unit: '1', least: 0, most: 8, meaning });

/**
 * Weighted factors: score^a · proximity^g · free share · (stake / median stake)^b · past.
 *
 * proximity = 1/(1 + RTT/scale); past is the Beta mean of the node's successes in the job class, (s + 1)/(s + f + 2);
 * the median stake is that of present nodes at the last epoch's end.
 */
export const multiFactor = defineAssignmentPolicy({
  kind: 'multi-factor',
  ignoresBids: true,
  meaning: 'Weighted factors: published score, proximity, free capacity, stake, past performance in the job class.',
  settings: z.strictObject({
    kind: z.literal('multi-factor'),
    scoreExponent: exponent('Power of the published score').default(2),
    stakeExponent: exponent('Power of the stake relative to the median stake').default(0.25),
    proximityScale: duration({ positive: true, meaning: 'Round-trip time at which proximity is one half' }).default(
      0.05,
    ),
    proximityExponents: z
      .record(z.string(), exponent('Power of the proximity for this job class'))
      .default({})
      .describe('Power of the proximity by job class'),
    proximityExponent: exponent('Power of the proximity for job classes not listed').default(0.5),
  }),
  remarks: ({ proximityExponents }, { classNames }) =>
    Object.keys(proximityExponents)
      .filter((name) => !classNames.includes(name))
      .map((name) => ({
        setting: `proximityExponents.${name}`,
        expected: `a job class: ${classNames.join(', ')}`,
        found: name,
        why: 'so that it applies to no job',
      })),
  ignoresScores: ({ scoreExponent }) => scoreExponent === 0,
  create: (settings, context): AssignmentPolicy => {
    const { nodes, classes, kinds, lanes, network, candidates } = context;
    const sampler = context.sampler();
    const classCount = classes.length;
    const regions = network.regionCount;
    const purposes = { region: Purpose.assignedRegion, node: Purpose.assignedNode };
    const successes = context.column(classCount);
    const failures = context.column(classCount);
    const proximities = settings.map(({ proximityExponent, proximityExponents, proximityScale }) =>
      classes.map((jobClass) => {
        const power = proximityExponents[jobClass.name] ?? proximityExponent;
        return Float64Array.from({ length: regions * regions }, (_, pair) => {
          const roundTrip = network.roundTrip(Math.floor(pair / regions), pair % regions);
          return pow(1 / (1 + roundTrip / proximityScale), power);
        });
      }),
    );
    let medianStake = Number.NaN;

    /** Score, room and stake, without what is past. */
    const commonWeight = (node: number, jobClass: number): number => {
      const { scoreExponent, stakeExponent } = settings.now;
      const room = nodes.slots[node]! + candidates.queueLimit();
      const assigned = nodes.assigned[node]!;
      const freeShare = room < Number.POSITIVE_INFINITY ? (room - assigned) / room : 1 / (1 + assigned);
      const stake = medianStake > 0 ? pow(nodes.stake[node]! / medianStake, stakeExponent) : 1;
      return pow(nodes.publishedScoreFor(node, jobClass), scoreExponent) * freeShare * stake;
    };
    const weigh = (node: number): void => {
      let common = Number.NaN;
      for (let lane = 0; lane < lanes.length; lane++) {
        // powers cost more than all else here, and every other time the node has just been filled
        if (!candidates.isOpen(node, lane)) {
          sampler.setWeight(lane, node, 0);
          continue;
        }
        const { jobClass } = lanes[lane]!;
        if (Number.isNaN(common) || nodes.classCount > 0) common = commonWeight(node, jobClass);
        const row = node * classCount + jobClass;
        const past = (successes[row]! + 1) / (successes[row]! + failures[row]! + 2);
        sampler.setWeight(lane, node, common * past);
      }
    };

    return {
      assign: (job, lane) => {
        const offset = context.jobs.region[job]! * regions;
        const { jobClass } = lanes[lane]!;
        return sampler.draw(job, lane, proximities.of(job)[jobClass]!, offset, context.uniform, purposes);
      },
      passesOver: (job, node) => {
        const { scoreExponent, stakeExponent } = settings.now;
        const score = nodes.publishedScoreFor(node, context.jobs.jobClass[job]!);
        if (pow(score, scoreExponent) === 0) return PolicyCause.score;
        const isStaked = nodes.stake[node]! > 0 || stakeExponent === 0 || !(medianStake > 0);
        return isStaked ? PolicyCause.other : PolicyCause.stake;
      },
      weighsLoad: true,
      hasCandidate: (lane) => sampler.hasWeight(lane),
      nodeChanged: weigh,
      nodeJoined: (node) => {
        successes.fill(0, node * classCount, (node + 1) * classCount);
        failures.fill(0, node * classCount, (node + 1) * classCount);
      },
      evidenceArrived: (evidence) => {
        if (evidence.jobClass === NONE || evidence.role !== EvidenceRole.worker) return;
        const row = evidence.subject * classCount + evidence.jobClass;
        if (evidence.kind === EvidenceKind.success) successes[row]!++;
        else if (kinds.isFailure[evidence.kind] === 1) failures[row]!++;
      },
      epochEnded: () => {
        const stakes = nodes.stake.slice(0, nodes.count).filter((_, node) => nodes.state[node] === NodeState.present);
        medianStake = quantileSorted(stakes.sort(), 0.5);
        for (let node = 0; node < nodes.count; node++) weigh(node);
      },
    };
  },
});
