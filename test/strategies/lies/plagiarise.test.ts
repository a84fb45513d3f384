import { describe, expect, it } from 'vitest';
import { handleStep } from '../../../sim/model/columns/rows/side-by-side.js';
import { loadText, metricOf, records, runFinished, tableNamed } from '../../support/scenarios.js';

const base = `
  seed: copies
  horizon: 4d
  warmUp: 0
  network: single
  protocol:
    assignment: uniform
    verification: { kind: redundancy, replicas: 3, quorum: 2 }
    reputation: ema
    checkIn: none
    slashing: none
  fleet:
    honest: { nodes: 20, hardware: reference-cpu, quality: 1 }
    copiers: { nodes: 5, hardware: reference-cpu, quality: 1, strategy: plagiarise }
  workload: { w: { class: task, arrivals: { perHour: 60 }, work: 1m, fee: 0.1 } }
`;
const run = (...set: string[]) => runFinished(loadText(base, ...set));
type Run = Awaited<ReturnType<typeof run>>;
const attempts = (result: Run, column: string) =>
  records(tableNamed(result, 'nodes'))
    .filter(({ cohort }) => cohort === 'copiers')
    .reduce((sum, row) => sum + Number(row[column]), 0);
const savedSeconds = ({ finished }: Run) =>
  finished.world.machines.savedSeconds.reduce((sum, value, place) => (place % handleStep === 0 ? sum + value : sum), 0);
const sealed = 'protocol.verification.commitReveal=10m';

describe('plagiarise', () => {
  it('sends what its peers found, without the work', async () => {
    const result = await run();
    const [accepted, failed] = [attempts(result, 'attemptsAccepted'), attempts(result, 'attemptsFailed')];
    expect(accepted).toBeGreaterThan(1_500);
    // three copiers in one committee find nothing: 10 of 2,300 committees, each with three failures at most
    expect(failed).toBeLessThan(0.1 * accepted);
    expect(savedSeconds(result)).toBeCloseTo(60 * (accepted + failed), -3);
  });

  it('copies wrong answers, too, so that errors agree', async () => {
    const wrong = async (copies: number) =>
      metricOf(
        await run(`fleet.copiers.strategy.copyProbability=${copies}`, 'fleet.honest.quality=0.8'),
        'wrongAcceptedRate',
      );
    // independent faults of hardware agree with nobody
    expect(await wrong(0)).toBe(0);
    expect(await wrong(1)).toBeGreaterThan(0.03);
  });

  it('computes like everybody where answers are sealed, so that it saves nothing', async () => {
    const result = await run(sealed);
    expect(savedSeconds(result)).toBe(0);
    expect(attempts(result, 'attemptsFailed')).toBe(0);
  });

  it('fails where answers are sealed and it made its own up', async () => {
    const guesses = 'fleet.copiers.strategy={ kind: plagiarise, otherwise: guesses }';
    const result = await run(sealed, guesses);
    expect(attempts(result, 'attemptsAccepted')).toBe(0);
    expect(attempts(result, 'attemptsFailed')).toBeGreaterThan(1_000);
    // unless all of them leak, by who commits first
    const leaky = await run(sealed, 'fleet.copiers.strategy={ kind: plagiarise, otherwise: guesses, leaks: 1 }');
    expect(attempts(leaky, 'attemptsAccepted')).toBeGreaterThan(9 * attempts(leaky, 'attemptsFailed'));
  });

  it('makes something up where it didn’t wait for long enough', async () => {
    // a second copier would copy what the first made up
    const result = await run('fleet.copiers.strategy={ kind: plagiarise, waits: 0.5 }', 'fleet.copiers.nodes=1');
    expect(attempts(result, 'attemptsAccepted')).toBe(0);
    expect(attempts(result, 'attemptsFailed')).toBeGreaterThan(500);
  });

  it('computes what nobody else does, and looks honestly at others’ results', async () => {
    const alone = await run('protocol.verification={ kind: none }');
    expect(savedSeconds(alone)).toBe(0);
    expect(metricOf(alone, 'wrongAcceptedRate')).toBe(0);
    const checks = await run(
      'protocol.verification={ kind: optimistic, window: 1h, checkProbability: 1, bond: 0 }',
      'fleet.honest.strategy=always-wrong',
    );
    expect(attempts(checks, 'attemptsFailed')).toBe(0);
    expect(records(tableNamed(checks, 'disputes')).length).toBeGreaterThan(100);
  });

  it.each([
    ['copyProbability: 0', 'above 0'],
    ['leaks: 0.5', 'answers that come sealed (commitReveal)'],
  ])('%s is warned of', (settings, expected) => {
    const { warnings } = loadText(base, `fleet.copiers.strategy={ kind: plagiarise, ${settings} }`);
    expect(warnings.map((warning) => warning.expected)).toContain(expected);
  });
});
