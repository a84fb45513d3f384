import { z } from 'zod';
import { NONE, type NodeIndex } from '../../model/columns/nodes.js';
import { defineVerificationScheme } from '../../model/contract/definition.js';
import { EvidenceRole, EvidenceSource } from '../../model/contract/evidence.js';
import { oneAtATime } from '../../model/contract/one-at-a-time.js';
import { NextStep, type VerificationScheme } from '../../model/contract/roles.js';
import { count, fraction, probability } from '../../model/contract/settings.js';
import { computeUnproven, provenCompute } from '../../model/contract/verification/proof-of-compute.js';

/** Numbers of benchmarks that belong to one instance of the scheme; hash-power has those below. */
const drawsAnInstance = 16_777_216;

/**
 * Periodic proof of compute: a benchmark of each node that is there, whose throughput must be what it declares.
 *
 * Of results it holds nothing: they are for other schemes of the list. Who is offline isn't measured, as that is
 * what check-ins are for. Each identity is measured by itself, so that those which share a machine all pass; where
 * the protocol asks for resource tokens, those that hold one, with which what was shown goes from node to node.
 */
export const proofOfCompute = defineVerificationScheme({
  kind: 'proof-of-compute',
  meaning: 'Benchmarks show at ends of epochs whether nodes have the hardware that they declare; results are taken.',
  kinds: [computeUnproven],
  measures: [provenCompute],
  settings: z.strictObject({
    kind: z.literal('proof-of-compute'),
    every: count({ least: 1, most: 365, unit: 'epochs', meaning: 'Epochs from one proof to the next' }).default(1),
    tolerance: fraction({ meaning: 'How far below what is declared a benchmark may be, as a share of it' }).default(
      0.1,
    ),
    passProbability: probability({
      meaning: 'Probability that who declares more than it has makes a benchmark show that',
    }).default(0.1),
  }),
  remarks: ({ every, passProbability, tolerance }, { epochSeconds, horizonSeconds }) => {
    if (every * epochSeconds > horizonSeconds) {
      const expected = `at most the epochs of the run, ${Math.floor(horizonSeconds / epochSeconds)}`;
      return [{ setting: 'every', expected, found: `${every}`, why: 'so that nobody is ever measured' }];
    }
    if (tolerance === 1) {
      return [{ setting: 'tolerance', expected: 'below 1', found: '1', why: 'so that nobody fails' }];
    }
    if (passProbability < 1) return [];
    const why = 'so that nobody who declares more than it has is found out';
    return [{ setting: 'passProbability', expected: 'below 1', found: '1', why }];
  },
  create: (settings, context): VerificationScheme => {
    const { instance, instruments, kinds, nodes } = context;
    const unproven = kinds.indexOf(computeUnproven.name);
    const proven = context.measure(provenCompute, {
      unit: 'fraction',
      meaning: 'Share of the declared throughput that its last proof of compute showed',
    });
    const made = context.column();
    /** By resource token: what its holder's last proof showed; empty before anybody held one. */
    let provenOf: Float64Array = new Float64Array(0);
    /** By node: 1 once it has held one. */
    let hadToken: Float64Array = new Float64Array(0);
    let epochsEnded = 0;

    /** Share of what the node declares, 0 to 1. */
    const measured = (node: NodeIndex): number => {
      const number = (instance + 1) * drawsAnInstance + made[node]!++;
      const shown = instruments.benchmark(node, number, settings.now.passProbability);
      return Math.min(1, shown / nodes.throughput[node]!);
    };
    return {
      ...oneAtATime(context, () => NextStep.verdict),
      looksAtAnswers: () => false,
      verdict: () => null,
      nodeJoined: (node) => {
        proven[node] = Number.NaN;
      },
      resourceTokenChanged: (node) => {
        if (provenOf.length === 0) [provenOf, hadToken] = [context.column().fill(Number.NaN), context.column()];
        const token = nodes.resourceToken[node]!;
        // what was proven before the protocol asked for tokens is proven of its machine, whose token is new
        if (hadToken[node] === 0 && Number.isNaN(provenOf[token])) provenOf[token] = proven[node]!;
        hadToken[node] = 1;
        proven[node] = token === NONE ? Number.NaN : provenOf[token]!;
      },
      audit: (node, findings) => {
        const { every, tolerance } = settings.now;
        if ((epochsEnded + 1) % every !== 0 || nodes.isOnline[node] === 0) return;
        // who has committed no hardware has none to prove
        if (nodes.lacksResourceToken(node)) return;
        proven[node] = measured(node);
        const token = nodes.resourceToken[node] ?? NONE;
        if (token !== NONE) provenOf[token] = proven[node]!;
        if (proven[node]! >= 1 - tolerance) return;
        findings.file(node, EvidenceRole.worker, unproven, 1 - proven[node]!, EvidenceSource.audit, 0);
      },
      epochEnded: (epoch) => {
        epochsEnded = epoch;
      },
    };
  },
});
