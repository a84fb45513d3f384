import { describe, expect, it } from 'vitest';
import { Penalty } from '../../sim/model/contract/findings/penalty.js';
import { runScenario } from '../../sim/run.js';
import { linesOf } from '../support/refusals.js';
import { finalJobs, loadText, metricOf, records, tableNamed } from '../support/scenarios.js';

/** Jobs of two classes; some nodes lie, some fail. */
const network = (...protocol: readonly string[]) => `
  seed: by-class-1
  horizon: 3d
  warmUp: 0
  protocol:
    epoch: 6h
    checkIn: none
    publish: { every: 0, delay: 0 }
    rewards: { kind: fee-split, emission: 0 }
    ${protocol.join('\n    ')}
  fleet:
    honest: { nodes: 30, hardware: reference-cpu, quality: 0.95, completion: 0.95, funds: 100 }
    liars: { nodes: 5, hardware: reference-cpu, funds: 100, strategy: always-wrong }
  workload:
    a: { class: task, arrivals: { perHour: 30 }, work: 2m, fee: 1 }
    b: { class: validation, arrivals: { perHour: 30 }, work: 2m, fee: 1 }
`;

const peers = '{ kind: peer-attestation, observes: result, errorProbability: 0.1 }';
const quorum = '{ kind: redundancy, replicas: 3, quorum: 2 }';

const run = (text: string, ...set: readonly string[]) => runScenario(loadText(text, ...set), { detail: true });

async function fingerprints(text: string, ...set: readonly string[]) {
  const { trajectoryFingerprint, accountingFingerprint } = await run(text, ...set);
  return [trajectoryFingerprint, accountingFingerprint];
}

describe('verification by class', () => {
  it('checks jobs of a class by its own scheme, and all others by the other', async () => {
    const both = network(`verification: { kind: by-class, otherwise: ${peers}, classes: { validation: ${quorum} } }`);
    const result = await run(both);
    const jobs = finalJobs(result).filter(({ outcome }) => outcome === 'completed');
    const attempts = (workload: string) =>
      jobs.filter((job) => job.workload === workload).map((job) => Number(job.attempts));
    expect(Math.min(...attempts('b'))).toBe(3);
    expect(attempts('a').filter((count) => count === 1).length).toBeGreaterThan(500);
    const asked = new Set(records(tableNamed(result, 'attestations')).map(({ workload }) => workload));
    expect(asked).toEqual(new Set(['a']));
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });

  it.each([
    ['peers', peers, peers],
    ['a quorum', quorum, quorum],
    ['adaptive replication', 'adaptive-replication', 'adaptive-replication'],
    ['sealed answers', '{ kind: consensus, quorum: 3, committee: 5 }', '{ kind: consensus, quorum: 3, committee: 5 }'],
    ['spot-checks', '{ kind: spot-check, probability: 0.2 }', '{ kind: spot-check, probability: 0.2 }'],
    ['proofs', 'zero-knowledge', 'zero-knowledge'],
    ['a list', `[${peers}, { kind: recompute, share: 0.5 }]`, `[${peers}, { kind: recompute, share: 0.5 }]`],
    [
      'challenges',
      '[tee, { kind: optimistic, checkProbability: 0.5 }]',
      '[tee, { kind: optimistic, checkProbability: 0.5 }]',
    ],
  ])('by %s for all classes is the same to the bit as without classes', async (_name, alone, member) => {
    const whole = await fingerprints(network(`verification: ${alone}`));
    const split = network(`verification: { kind: by-class, otherwise: ${member} }`);
    expect(await fingerprints(split)).toEqual(whole);
  });

  it('keeps members’ settings live: a change binds jobs of its class that come later', async () => {
    const both = network(`verification: { kind: by-class, otherwise: ${peers}, classes: { validation: ${quorum} } }`);
    const change = 'changes=[{ at: 36h, set: { protocol.verification.classes.validation.replicas: 5 } }]';
    const jobs = finalJobs(await run(both, change)).filter(({ outcome }) => outcome === 'completed');
    const most = (workload: string, from: number, to: number) =>
      Math.max(
        ...jobs
          .filter((job) => job.workload === workload)
          .filter(({ submittedSeconds: at }) => Number(at) >= from * 3_600 && Number(at) < to * 3_600)
          .map(({ attempts }) => Number(attempts)),
      );
    const least = (from: number, to: number) =>
      Math.min(
        ...jobs
          .filter((job) => job.workload === 'b')
          .filter(({ submittedSeconds: at }) => Number(at) >= from * 3_600 && Number(at) < to * 3_600)
          .map(({ attempts }) => Number(attempts)),
      );
    expect([least(0, 36), least(36, 70)]).toEqual([3, 5]);
    expect(most('a', 36, 70)).toBeLessThan(5);
  });

  it.each([
    ['{ kind: by-class, classes: { tusk: none } }', 'classes.tusk'],
    ['[{ kind: by-class, otherwise: [none, self-report] }, recompute]', 'no list within a list'],
    ['[{ kind: by-class, otherwise: optimistic }, optimistic]', 'at most one scheme'],
    ['{ kind: by-class, otherwise: [optimistic, optimistic] }', 'at most one scheme'],
    ['{ kind: by-class, otherwise: by-class }', 'expected one of'],
    ['{ kind: by-class, otherwise: { kind: redundancy, replicas: 2, quorum: 3 } }', 'quorum'],
  ])('refuses %s', (settings, part) => {
    expect(linesOf(() => loadText(network(`verification: ${settings}`))).join('\n')).toContain(part);
  });

  it('refuses other members in mid-run, and warns where there are no classes', () => {
    const both = network(`verification: { kind: by-class, otherwise: ${peers}, classes: { validation: ${quorum} } }`);
    const changed = (set: string) => linesOf(() => loadText(both, `changes=[{ at: 1d, set: { ${set} } }]`)).join('\n');
    expect(changed('protocol.verification.otherwise.kind: tee')).toContain('mechanisms stay for the whole run');
    expect(changed('protocol.verification.classes.task: none')).toContain('mechanisms stay for the whole run');
    expect(changed('protocol.verification.otherwise.peers: 5')).toBe('');
    const alike = loadText(network('verification: { kind: by-class, otherwise: tee }'));
    expect(alike.warnings.map(({ why }) => why)).toContain('so that all classes are treated alike');
  });
});

describe('slashing by class', () => {
  const checked = 'verification: { kind: recompute, share: 1 }';

  it('takes what the rule of the finding’s class says', async () => {
    const rule = '{ kind: by-class, otherwise: none, classes: { task: { kind: fixed, fraction: 0.5 } } }';
    const result = await run(network(checked, `slashing: ${rule}`));
    const slashings = records(tableNamed(result, 'slashings'));
    expect(slashings.length).toBeGreaterThan(20);
    // of workload b, half of the jobs, none costs anything
    const failed = finalJobs(result).filter(({ outcome }) => outcome === 'rejected');
    expect(failed.filter(({ workload }) => workload === 'b').length).toBeGreaterThan(20);
    const only = await run(network(checked, `slashing: ${rule}`), 'workload.a.arrivals.perHour=0');
    expect(records(tableNamed(only, 'slashings'))).toEqual([]);
    expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
  });

  it.each([
    '{ kind: fixed, fraction: 0.02, jailEpochs: 1 }',
    'progressive',
    '{ kind: matrix, leastQueries: 3, latency: { minor: 1s, major: 5m, end: 1h } }',
    '{ kind: correlated, base: fixed, period: 2 }',
  ])('by %s for all classes is the same to the bit as without classes', async (rule) => {
    const whole = await fingerprints(network(checked, `slashing: ${rule}`));
    expect(await fingerprints(network(checked, `slashing: { kind: by-class, otherwise: ${rule} }`))).toEqual(whole);
  });

  it('multiplies what several rules slash of a node at one end of an epoch', () => {
    const penalty = new Penalty();
    const other = new Penalty();
    penalty.stakeFraction = 0.05;
    penalty.jailEpochs = 1;
    other.stakeFraction = 0.01;
    other.jailEpochs = 3;
    other.scoreChange = -0.2;
    other.cause = 4;
    penalty.join(other);
    expect(penalty.stakeFraction).toBeCloseTo(1 - 0.95 * 0.99, 15);
    expect([penalty.jailEpochs, penalty.scoreChange, penalty.cause, penalty.ejects]).toEqual([3, -0.2, 4, false]);
  });
});

describe('rewards by class', () => {
  it('splits the fee by the rule of the job’s class', async () => {
    const other = '{ kind: fee-split, operator: 0.5, verifiers: 0, treasury: 0.5, emission: 0 }';
    const rule = `{ kind: by-class, otherwise: { kind: fee-split, emission: 0 }, classes: { validation: ${other} } }`;
    const paid = async (workload: string) => {
      const result = await run(
        network('verification: none'),
        `protocol.rewards=${rule}`,
        `workload.${workload}.arrivals.perHour=0`,
      );
      const income = records(tableNamed(result, 'nodes')).reduce((sum, node) => sum + Number(node.incomeTokens), 0);
      expect(metricOf(result, 'conservationResidueMicroTokens')).toBe(0);
      return income / metricOf(result, 'jobsCompleted');
    };
    // what ended in the epoch that the horizon cuts is paid at its end
    expect(await paid('b')).toBeCloseTo(0.85, 2);
    expect(await paid('a')).toBeCloseTo(0.5, 2);
  });

  it('asks bonds for jobs of one class alone', async () => {
    const bonds = '{ kind: fee-split, bondFraction: 200, emission: 0 }';
    const rule = `{ kind: by-class, otherwise: { kind: fee-split, emission: 0 }, classes: { validation: ${bonds} } }`;
    // nobody has two hundred tokens to lock
    const result = await run(network('verification: none'), `protocol.rewards=${rule}`);
    const outcomes = (workload: string) =>
      new Set(
        finalJobs(result)
          .filter((job) => job.workload === workload)
          .map(({ outcome }) => outcome),
      );
    expect(outcomes('b')).toEqual(new Set(['unserved']));
    expect(outcomes('a').has('completed')).toBe(true);
  });

  it('for all classes is the same to the bit as without classes', async () => {
    const one = '{ kind: fee-split, bondFraction: 0.5, emission: 1, txCost: 0.01, holdEpochs: 1 }';
    const whole = await fingerprints(network('verification: none'), `protocol.rewards=${one}`);
    const split = `protocol.rewards={ kind: by-class, otherwise: ${one} }`;
    expect(await fingerprints(network('verification: none'), split)).toEqual(whole);
  });
});
