import { describe, expect, it } from 'vitest';
import type { Built } from '../../../sim/build/world.js';
import { NONE } from '../../../sim/model/columns/nodes.js';
import { type Evidence, EvidenceKind, EvidenceRole, EvidenceSource } from '../../../sim/model/contract/evidence.js';
import type { Findings } from '../../../sim/model/contract/findings/findings.js';
import type { Penalty } from '../../../sim/model/contract/findings/penalty.js';
import { buildLoaded, loadText, runUntil } from '../../support/scenarios.js';

const hour = 3_600;
const scenario = `
  horizon: 10d
  warmUp: 0
  network: single
  protocol:
    epoch: 1h
    checkIn: none
    verification: none
    reputation: step
    slashing: none
    rewards: { kind: fee-split, emission: 0, unbonding: 5h }
    stake: { minimum: 10, identityFee: 0 }
  fleet: { a: { nodes: 3, hardware: reference-cpu, stake: 100 } }
  workload: { w: { class: task, arrivals: { perHour: 1 }, jobs: 1, work: 1m } }
`;

interface Told {
  readonly at: number;
  readonly subject: number;
  readonly kind: number;
  readonly role: number;
  readonly source: number;
  readonly value: number;
  readonly hasJob: boolean;
}

/** Everything that the reputation model is asked about, with its time. */
function heard({ world }: Built): Told[] {
  const told: Told[] = [];
  const { reputation } = world.roles;
  const { scoreAfter } = reputation;
  reputation.scoreAfter = (evidence: Evidence, score) => {
    const { subject, kind, role, source, value, job } = evidence;
    told.push({ at: world.simulation.now, subject, kind, role, source, value, hasJob: job !== NONE });
    return scoreAfter(evidence, score);
  };
  return told;
}

describe('findings that mechanisms file', () => {
  const { observer, worker, challenger } = EvidenceRole;
  const { audit, dispute, scheme } = EvidenceSource;

  it('are presented right after the attempts of their job, with its row, in the order of filing', () => {
    const built = buildLoaded(loadText(scenario));
    const told = heard(built);
    built.world.roles.verification.sideFindings = (_job, findings: Findings) => {
      findings.file(1, observer, EvidenceKind.invalid, 0.25, scheme, 0);
      findings.file(2, challenger, EvidenceKind.invalid, 0, dispute, 0);
    };
    runUntil(built, 20 * hour);
    const [attempt, first, second] = told;
    expect(told.length).toBe(3);
    expect([attempt!.kind, attempt!.role, attempt!.hasJob]).toEqual([EvidenceKind.success, worker, true]);
    const at = attempt!.at;
    const both = { at, kind: EvidenceKind.invalid, hasJob: true };
    expect(first).toEqual({ ...both, subject: 1, role: observer, source: scheme, value: 0.25 });
    expect(second).toEqual({ ...both, subject: 2, role: challenger, source: dispute, value: 0 });
  });

  it('when they are late become known at their epoch’s end, without a job, of whoever has left, too', () => {
    const built = buildLoaded(loadText(scenario, 'fleet.a.leaves={at: 90m}', 'workload.w.arrivals.perHour=0'));
    const { world } = built;
    const told = heard(built);
    let isFiled = false;
    world.roles.verification.audit = (_node, findings: Findings) => {
      if (isFiled) return;
      isFiled = true;
      findings.file(2, worker, EvidenceKind.invalid, 0, audit, 3);
      findings.file(1, worker, EvidenceKind.timeout, 0, audit, 1);
      findings.file(0, worker, EvidenceKind.absence, 0, audit, 0);
    };
    world.roles.slashing.penalize = (evidence: Evidence, _score: number, penalty: Penalty) => {
      if (evidence.kind === EvidenceKind.invalid) penalty.stakeFraction = 0.25;
    };
    runUntil(built, 4 * hour);
    expect(told.map(({ at, subject, hasJob }) => [at / hour, subject, hasJob])).toEqual([
      [1, 0, false],
      [2, 1, false],
      [4, 2, false],
    ]);
    expect([world.nodes.stake[2], world.ledger.unbonding[2]]).toEqual([0, 75e6]);
    runUntil(built, 6.5 * hour);
    expect(world.ledger.balance.slice(0, 3)).toEqual(Float64Array.of(100e6, 100e6, 75e6));
    expect(world.ledger.residue()).toBe(0);
  });

  it('are refused with a delay that is no whole number of epochs', () => {
    const built = buildLoaded(loadText(scenario));
    built.world.roles.verification.sideFindings = (_job, findings: Findings) => {
      findings.file(1, observer, EvidenceKind.invalid, 0, scheme, 0.5);
    };
    expect(() => runUntil(built, 20 * hour)).toThrow('expected a delay of whole epochs from 0 up, found 0.5');
  });
});

describe('a penalty of an epoch', () => {
  it('is asked for every node once an epoch, and states its cause', () => {
    const built = buildLoaded(loadText(scenario, 'workload.w.arrivals.perHour=0'));
    const { world } = built;
    const asked: [number, number][] = [];
    world.roles.slashing.assess = (node: number, penalty: Penalty) => {
      asked.push([world.simulation.now / hour, node]);
      if (node !== 1) return;
      penalty.stakeAmount = 7;
      penalty.cause = EvidenceKind.checkInMissed;
    };
    runUntil(built, 2 * hour);
    expect(asked).toEqual([1, 2].flatMap((epoch) => [0, 1, 2].map((node) => [epoch, node])));
    expect([...world.nodes.stake]).toEqual([100e6, 100e6 - 14, 100e6]);
    expect([...built.recorder.slashings].map(({ cause, amount }) => [cause, amount])).toEqual([
      [EvidenceKind.checkInMissed, 7],
      [EvidenceKind.checkInMissed, 7],
    ]);
    world.roles.slashing.assess = (_node: number, penalty: Penalty) => {
      penalty.ejects = true;
    };
    expect(() => runUntil(built, 3 * hour)).toThrow('expected a cause, found none');
  });

  it('changes the score within its range, and wipes out what the model remembers', () => {
    const built = buildLoaded(loadText(scenario, 'workload.w.arrivals.perHour=0'));
    const { world } = built;
    const changes = [-0.25, 100, -100];
    const scores: number[] = [];
    world.roles.slashing.assess = (node: number, penalty: Penalty) => {
      if (node > 0) return;
      scores.push(world.nodes.score[0]!);
      penalty.scoreChange = changes.shift() ?? 0;
      penalty.resets = changes.length === 0 && scores.length > 3;
      penalty.cause = EvidenceKind.invalid;
    };
    runUntil(built, 5 * hour);
    expect(scores).toEqual([1, 0.75, 2, 0, 1]);
  });
});

describe('a held penalty', () => {
  /** Node 1 is found out once, at the end of the first epoch. */
  const caught = (built: Built, fill: (penalty: Penalty) => void) => {
    let isFound = false;
    built.world.roles.slashing.assess = (node: number, penalty: Penalty) => {
      if (node !== 1 || isFound) return;
      isFound = true;
      penalty.cause = EvidenceKind.invalid;
      fill(penalty);
    };
  };
  const quiet = 'workload.w.arrivals.perHour=0';

  it('takes the stake out at once, bars the node, and is carried out when the review ends', () => {
    const built = buildLoaded(loadText(scenario, quiet));
    const { ledger, nodes } = built.world;
    caught(built, (penalty) => {
      penalty.stakeFraction = 1;
      penalty.scoreChange = -1;
      penalty.jailEpochs = Number.POSITIVE_INFINITY;
      penalty.delayEpochs = 2;
    });
    runUntil(built, 2.5 * hour);
    expect([nodes.stake[1], ledger.held, ledger.slashed, nodes.isActive[1]]).toEqual([0, 100e6, 0, 0]);
    expect([nodes.score[1], nodes.jailedUntil[1]]).toEqual([1, 3 * hour]);
    runUntil(built, 3 * hour);
    expect([ledger.held, ledger.slashed, ledger.burned, nodes.score[1]]).toEqual([0, 100e6, 100e6, 0]);
    expect(nodes.jailedUntil[1]).toBe(Number.POSITIVE_INFINITY);
  });

  it('that an appeal overturns leaves the node as it was, at work again', () => {
    // jurors who always see the opposite
    const appeal = 'protocol.appeal={within: 2, committee: 1, errorProbability: 1}';
    const built = buildLoaded(loadText(scenario, quiet, appeal));
    const { ledger, nodes } = built.world;
    caught(built, (penalty) => {
      penalty.stakeFraction = 0.95;
      penalty.scoreChange = -1;
      penalty.jailEpochs = 5;
      penalty.ejects = true;
      penalty.cause = EvidenceKind.timeout;
    });
    runUntil(built, 2.5 * hour);
    expect([nodes.stake[1], ledger.held, nodes.isActive[1]]).toEqual([5e6, 95e6, 0]);
    runUntil(built, 3 * hour);
    expect([nodes.stake[1], ledger.held, ledger.slashed, nodes.isActive[1]]).toEqual([100e6, 0, 0, 1]);
    expect([nodes.score[1], nodes.jailedUntil[1]]).toEqual([1, 0]);
    expect([...built.recorder.slashings]).toEqual([]);
  });

  it('for what no outage excuses can’t be appealed against', () => {
    const built = buildLoaded(
      loadText(scenario, quiet, 'protocol.appeal={within: 2, committee: 1, errorProbability: 1}'),
    );
    const { ledger, nodes } = built.world;
    caught(built, (penalty) => {
      penalty.stakeFraction = 0.5;
      penalty.cause = EvidenceKind.invalid;
    });
    runUntil(built, 2.5 * hour);
    expect([nodes.stake[1], ledger.held, ledger.slashed]).toEqual([50e6, 0, 50e6]);
  });

  it('that is overturned when the node has left returns with what unbonds', () => {
    const appeal = 'protocol.appeal={within: 2, committee: 1, errorProbability: 1}';
    const stays = 'fleet.b={nodes: 1, hardware: reference-cpu}';
    const built = buildLoaded(loadText(scenario, quiet, appeal, 'fleet.a.leaves={at: 90m}', stays));
    const { ledger, operators } = built.world;
    caught(built, (penalty) => {
      penalty.stakeFraction = 0.5;
      penalty.cause = EvidenceKind.timeout;
    });
    runUntil(built, 6.5 * hour - 1);
    expect([ledger.unbonding[1], ledger.balance[1], operators.locked[1]]).toEqual([100e6, 0, 100e6]);
    runUntil(built, 6.5 * hour);
    expect([ledger.unbonding[1], ledger.balance[1], operators.locked[1]]).toEqual([0, 100e6, 0]);
  });
});

describe('a penalty that says where its tokens go', () => {
  it('sends stake and bond there, whatever the protocol says', () => {
    const set = ['protocol.rewards={kind: fee-split, emission: 0, bondFraction: 1}', 'fleet.a.funds=30'];
    const built = buildLoaded(loadText(scenario, ...set));
    const { ledger } = built.world;
    built.world.roles.slashing.penalize = (_evidence: Evidence, _score: number, penalty: Penalty) => {
      penalty.stakeFraction = 0.1;
      penalty.bondFraction = 0.5;
      penalty.destination = { burn: 0, challenger: 0, treasury: 0, insurance: 1 };
    };
    runUntil(built, 20 * hour);
    // a tenth of 100 tokens, and half of a bond of 0.2
    expect([ledger.slashed, ledger.insurance, ledger.burned]).toEqual([10.1e6, 10.1e6, 0]);
    expect(ledger.residue()).toBe(0);
  });
});

describe('unstake', () => {
  it('asks for part of the stake, each part a row that returns on its own and stays slashable', () => {
    const built = buildLoaded(loadText(scenario, 'workload.w.arrivals.perHour=0'));
    const { world, lives } = built;
    const { ledger, nodes } = world;
    const actions = lives.hands.actionsOf(0, 1);
    expect([actions.unstake(0, 101e6), actions.unstake(1, 1), actions.unstake(0, 30e6)]).toEqual([false, false, true]);
    runUntil(built, hour);
    expect(actions.unstake(0, 65e6)).toBe(true);
    expect([nodes.stake[0], ledger.unbonding[0], nodes.isActive[0]]).toEqual([5e6, 95e6, 0]);
    lives.collateral.slash(0, 0.5, EvidenceKind.invalid, world.rules.now.slashedTo);
    runUntil(built, 5 * hour);
    expect([ledger.balance[0], ledger.unbonding[0]]).toEqual([15e6, 32.5e6]);
    runUntil(built, 6 * hour);
    expect([ledger.balance[0], ledger.unbonding[0]]).toEqual([47.5e6, 0]);
  });
});
