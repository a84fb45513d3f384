import { describe, expect, it } from 'vitest';
import { fixed } from '../../../sim/mechanisms/slashing/fixed.js';
import { Evidence, EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { LiveSettings } from '../../../sim/model/contract/live.js';
import { Penalty } from '../../../sim/model/contract/roles.js';
import {
  buildLoaded,
  contextsOf,
  loadText,
  metricOf,
  numbers,
  records,
  runFinished,
  tableNamed,
} from '../../support/scenarios.js';

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
    const settings = fixed.settings.parse({ kind: 'fixed', fraction: 0.02, bondFraction: 0.25, jailEpochs: 3 });
    const rule = fixed.create(new LiveSettings(context.jobs, [settings]), context);
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

  it('tells of slashed bonds wherever it tells of what was slashed', async () => {
    const result = await runFinished(loadText(scenario, 'protocol.slashing.fraction=0.01'));
    const { ledger } = result.finished.world;
    const slashings = records(tableNamed(result, 'slashings'));
    const tokensOf = (kind: string) => {
      const own = slashings.filter(({ collateral }) => collateral === kind);
      return own.map(({ amountTokens }) => Math.round(Number(amountTokens) * 1e6));
    };
    // a stake of 10 is below the minimum after the first failure, whose bond is lost, too
    expect([tokensOf('stake'), tokensOf('bond')]).toEqual([[100_000], [100_000]]);
    expect(ledger.slashed).toBe(200_000);
    expect(metricOf(result, 'slashedTokens')).toBe(0.2);
    expect(metricOf(result, 'honestStakeLostTokens')).toBe(0.2);
    expect(metricOf(result, 'honestStakeLostToAbsencesTokens')).toBe(0.2);
    const price = result.loaded.scenario.money.tokenPrice;
    const [worker] = records(tableNamed(result, 'cohorts'));
    expect(worker!.slashedUsd).toBeCloseTo(0.2 * price, 12);
    expect(records(tableNamed(result, 'nodes'))[0]!.slashedTokens).toBe(0.2);
    expect(numbers(tableNamed(result, 'timeseries'), 'slashedTokens').at(-1)).toBe(0.2);
  });
});
