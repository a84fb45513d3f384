import { z } from 'zod';
import { defineVerificationScheme } from '../../../sim/model/contract/definition.js';
import { EvidenceKind, EvidenceRole, EvidenceSource } from '../../../sim/model/contract/evidence.js';
import { oneAtATime } from '../../../sim/model/contract/one-at-a-time.js';
import { NextStep } from '../../../sim/model/contract/roles.js';
import { count } from '../../../sim/model/contract/settings.js';

/** Everything is accepted at once, and what was wrong is found epochs later: whose stake still unbonds pays for it. */
export const lateDiscovery = defineVerificationScheme({
  kind: 'late-discovery',
  meaning: 'Finds wrong results some epochs after they were accepted.',
  settings: z.strictObject({
    kind: z.literal('late-discovery'),
    epochs: count({ unit: 'epochs', least: 1, most: 60, meaning: 'Ends of epochs until a wrong result is found' }),
  }),
  create: (settings, context) => {
    const { attempts, instruments, jobs } = context;
    return {
      ...oneAtATime(context, () => NextStep.verdict),
      verdict: () => null,
      sideFindings: (job, findings) => {
        const attempt = jobs.lastAttempt[job]!;
        if (attempt < 0 || instruments.recomputationAgrees(attempt)) return;
        const { worker } = EvidenceRole;
        const { epochs } = settings.of(job);
        findings.file(attempts.node[attempt]!, worker, EvidenceKind.invalid, 0, EvidenceSource.scheme, epochs);
      },
    };
  },
});
