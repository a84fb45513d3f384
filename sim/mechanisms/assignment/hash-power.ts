import { z } from 'zod';
import { exp, log } from '../../engine/math.js';
import { NONE } from '../../model/columns/nodes.js';
import { defineAssignmentPolicy } from '../../model/contract/definition.js';
import { drawnByWeight } from '../../model/contract/drawn-by-weight.js';
import { EvidenceRole } from '../../model/contract/evidence.js';
import type { AssignmentPolicy } from '../../model/contract/roles.js';
import { duration } from '../../model/contract/settings.js';
import { secondsPerDay, secondsPerHour } from '../../model/contract/units.js';

/**
 * Proof of work: probability in proportion to measured throughput, (declared · prior + work) / (prior + busy).
 *
 * Work is that of accepted attempts; busy is the time in which the node had any attempt, as the network sees it from
 * assignments and returns: start-up, travel and what never came back are in it. Both fade by half in a half-life.
 */
export const hashPower = defineAssignmentPolicy({
  kind: 'hash-power',
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
  }),
  create: (settings, context): AssignmentPolicy => {
    const { jobs, kinds, nodes, now } = context;
    const work = context.column();
    const busySeconds = context.column();
    /** Busy since [s]; NONE while the node has no attempt. */
    const busySince = context.column().fill(NONE);
    let fadedAt = 0;

    const policy = drawnByWeight(context, (node) => {
      const { prior } = settings.now;
      return (nodes.throughput[node]! * prior + work[node]!) / (prior + busySeconds[node]!);
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
          work[node]! *= left;
          busySeconds[node]! *= left;
          policy.nodeChanged(node);
        }
      },
    };
  },
});
