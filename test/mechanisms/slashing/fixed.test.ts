import { describe, expect, it } from 'vitest';
import { fixed } from '../../../sim/mechanisms/slashing/fixed.js';
import { Evidence, EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { Penalty } from '../../../sim/model/contract/roles.js';
import { buildLoaded, contextsOf, loadText, metricOf, runFinished } from '../../support/scenarios.js';

const scenario = `
  horizon: 1d
  warmUp: 0
  network: single
  protocol:
    checkIn: none
    slashing: { kind: fixed, fraction: 0, bondFraction: 0.5 }
    stake: { minimum: 10, identityFee: 0 }
    verification: { kind: peer-attestation, peers: 1, threshold: 1, errorProbability: 1 }
    rewards: { kind: fee-split, bondFraction: 1, emission: 0 }
  fleet:
    worker: { nodes: 1, hardware: reference-cpu, stake: 10, funds: 1 }
    witnesses: { nodes: 3, hardware: reference-cpu, stake: 10, funds: 0 }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m, fee: 0.200001 } }
`;

describe('fixed', () => {
  it('takes its shares of stake and bond for each failed job, and nothing for what is none', () => {
    const context = contextsOf(buildLoaded(loadText(scenario))).all;
    const rule = fixed.create(
      fixed.settings.parse({ kind: 'fixed', fraction: 0.02, bondFraction: 0.25, jailEpochs: 3 }),
      context,
    );
    const penalty = new Penalty();
    const penaltyFor = (kind: EvidenceKind) => {
      penalty.clear();
      rule.penalize(new Evidence().about(0, kind, 1, 0), 0.5, penalty);
      return { ...penalty };
    };
    const failed = { stakeFraction: 0.02, bondFraction: 0.25, jailEpochs: 3, ejects: false };
    expect([penaltyFor(EvidenceKind.invalid), penaltyFor(EvidenceKind.timeout)]).toEqual([failed, failed]);
    const nothing = { stakeFraction: 0, bondFraction: 0, jailEpochs: 0, ejects: false };
    expect([penaltyFor(EvidenceKind.success), penaltyFor(EvidenceKind.checkInMissed)]).toEqual([nothing, nothing]);
  });

  it('burns half of the bond of each failed job until no bond can be paid any more', async () => {
    const result = await runFinished(loadText(scenario));
    const { ledger } = result.finished.world;
    // of funds of 1: 0.100000 goes with each job, rounded down, while 0.200001 can be locked
    expect(metricOf(result, 'jobsRejected')).toBe(8);
    expect(ledger.burned).toBe(8 * 100_000);
    expect(ledger.bonds).toBe(0);
  });
});
