import { z } from 'zod';
import { exp, log } from '../../engine/math.js';
import { NONE, NodeState } from '../../model/columns/nodes.js';
import { defineAssignmentPolicy } from '../../model/contract/definition.js';
import { drawnByWeight } from '../../model/contract/drawn-by-weight.js';
import { EvidenceRole } from '../../model/contract/evidence.js';
import type { AssignmentPolicy } from '../../model/contract/roles.js';
import { duration, flag, probability } from '../../model/contract/settings.js';
import { secondsPerDay, secondsPerHour } from '../../model/contract/units.js';

/**
 * Proof of work: probability in proportion to measured throughput, (first · prior + work) / (prior + busy), where first
 * is what the node declares, or its last benchmark showed.
 *
 * Work is that of accepted attempts; busy is the time in which the node had any attempt, as the network sees it from
 * assignments and returns: start-up, travel and what never came back are in it. Both fade by half in a half-life.
 */
export const hashPower = defineAssignmentPolicy({
  kind: 'hash-power',
  ignoresBids: true,
  meaning: 'A node is drawn with probability in proportion to its throughput, measured from what it returned and when.',
  ignoresScores: () => true,
  settings: z.strictObject({
    kind: z.literal('hash-power'),
    prior: duration({ positive: true, meaning: 'Busy time that a declared throughput counts for' }).default(
      secondsPerHour,
    ),
    halfLife: duration({ positive: true, meaning: 'Time in which what was measured fades by half' }).default(
      7 * secondsPerDay,
    ),
    benchmarks: flag({
      meaning: 'Whether a benchmark, at joining and at each end of an epoch, takes the place of what is declared',
    }).default(false),
    falsePass: probability({
      meaning: 'Probability that who declares more than he has makes a benchmark show that',
    }).default(0),
  }),
  remarks: ({ benchmarks, falsePass }) => {
    if (benchmarks) return [];
    return [{ setting: 'falsePass', expected: 'benchmarks: true', found: `${falsePass}`, why: 'so that none is made' }];
  },
  create: (settings, context): AssignmentPolicy => {
    const { jobs, kinds, nodes, now } = context;
    const work = context.column();
    const busySeconds = context.column();
    /** Busy since [s]; NONE while the node has no attempt. */
    const busySince = context.column().fill(NONE);
    /** What the node's last benchmark showed, and how often it has had one since the start of the run. */
    const measured = context.column();
    const benchmarksMade = context.column();
    let fadedAt = 0;

    const runBenchmark = (node: number) => {
      if (!settings.now.benchmarks) return;
      measured[node] = context.benchmark(node, benchmarksMade[node]!++, settings.now.falsePass);
    };

    const policy = drawnByWeight(context, (node) => {
      const { benchmarks, prior } = settings.now;
      // none was made before rules asked for it
      const first = benchmarks && measured[node]! > 0 ? measured[node]! : nodes.throughput[node]!;
      return (first * prior + work[node]!) / (prior + busySeconds[node]!);
    });

    const account = (node: number) => {
      if (busySince[node] !== NONE) busySeconds[node]! += now() - busySince[node]!;
      busySince[node] = nodes.assigned[node]! > 0 ? now() : NONE;
    };
    return {
      ...policy,
      weighsLoad: true,
      nodeJoined: (node) => {
        work[node] = 0;
        busySeconds[node] = 0;
        busySince[node] = NONE;
        runBenchmark(node);
      },
      nodeChanged: (node) => {
        account(node);
        policy.nodeChanged(node);
      },
      evidenceArrived: ({ attempt, kind, subject, job, role }) => {
        if (attempt === NONE || role !== EvidenceRole.worker) return;
        if (kinds.isAccepted[kind] === 1) work[subject]! += jobs.work[job]!;
      },
      epochEnded: () => {
        const left = exp((-log(2) * (now() - fadedAt)) / settings.now.halfLife);
        fadedAt = now();
        for (let node = 0; node < nodes.count; node++) {
          account(node);
          if (nodes.state[node] === NodeState.present) runBenchmark(node);
          work[node]! *= left;
          busySeconds[node]! *= left;
          policy.nodeChanged(node);
        }
      },
    };
  },
});
