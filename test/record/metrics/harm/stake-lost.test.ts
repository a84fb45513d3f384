import { describe, expect, it } from 'vitest';
import { type RunResult, runScenario } from '../../../../sim/run.js';
import { loadText, metricOf } from '../../../support/scenarios.js';

const scenario = `
  horizon: 6d
  warmUp: 1d
  protocol:
    reputation: { kind: step, initial: 0.5, highest: 0.9, checkInGain: 0 }
    slashing: progressive
    stake: { minimum: 0 }
    verification: { kind: peer-attestation, peers: 1, threshold: 1, errorProbability: 0.1 }
  fleet:
    honest: { nodes: 20 }
    liars: { nodes: 5, strategy: always-wrong }
  workload: { w: { arrivals: { perHour: 20 } } }
`;

const causes = ['Timeouts', 'Absences', 'Invalid', 'CheckIns', 'Others'];
const lost = (result: RunResult) => causes.map((cause) => metricOf(result, `honestStakeLostTo${cause}Tokens`));

async function isOf(cause: string, ...set: readonly string[]) {
  const result = await runScenario(loadText(scenario, 'protocol.verification=none', ...set));
  for (const [place, amount] of lost(result).entries()) {
    if (causes[place] === cause) expect(amount).toBeGreaterThan(0);
    else expect(amount, causes[place]).toBe(0);
  }
}

describe('stake that honest nodes lose', () => {
  it('is told apart by what it was slashed for', async () => {
    await isOf('Timeouts', 'fleet.honest.completion=0.5', 'protocol.checkIn=none');
    await isOf(
      'Absences',
      'protocol.verification={kind: peer-attestation, peers: 1, threshold: 1, errorProbability: 0.5}',
    );
    await isOf('Invalid', 'fleet.honest.quality=0.3', 'protocol.verification={kind: recompute, share: 1}');
    await isOf(
      'CheckIns',
      'stress.outages.x={hardware: consumer-gpu, at: 2d, for: 1d}',
      'protocol.slashing={kind: progressive, ejectAt: 0.48}',
      'workload.w.arrivals.perHour=0',
    );
    await isOf(
      'Others',
      'fleet.honest.quality=0.3',
      'protocol.verification={ kind: spot-check, probability: 0.5 }',
      'protocol.checkIn=none',
      'protocol.slashing={ kind: fixed, fraction: 0.01 }',
      'money.treasury=100000',
    );
  });

  it('adds up to all that they lost after the warm-up', async () => {
    const set = ['fleet.honest.outages={up: 5h, down: 1h}', 'fleet.honest.completion=0.9'];
    const result = await runScenario(loadText(scenario, ...set));
    const parts = lost(result);
    expect(parts.filter((amount) => amount > 0)).toHaveLength(2);
    const sum = parts.reduce((total, amount) => total + amount, 0);
    expect(sum).toBeCloseTo(metricOf(result, 'honestStakeLostTokens'), 6);
    expect(sum).toBeLessThan(metricOf(result, 'slashedTokens'));
  });
});
