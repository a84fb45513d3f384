import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assignmentPolicies } from '../../sim/mechanisms/assignment/index.js';
import { reputationModels } from '../../sim/mechanisms/reputation/index.js';
import { rewardRules } from '../../sim/mechanisms/rewards/index.js';
import { slashingRules } from '../../sim/mechanisms/slashing/index.js';
import { list, verificationSchemes } from '../../sim/mechanisms/verification/index.js';
import { AttemptKind, AttemptState } from '../../sim/model/columns/attempts.js';
import { PanelRole } from '../../sim/model/columns/panels.js';
import { Evidence, EvidenceKind } from '../../sim/model/contract/evidence.js';
import type { DeclaredKind } from '../../sim/model/contract/findings/evidence-kinds.js';
import { Penalty } from '../../sim/model/contract/findings/penalty.js';
import { LiveSettings } from '../../sim/model/contract/live.js';
import type { Roles } from '../../sim/model/contract/roles.js';
import { strategies } from '../../sim/strategies/index.js';
import { anySettings } from '../support/random-scenarios.js';
import { buildLoaded, contextsOf, loadText } from '../support/scenarios.js';

const registries = {
  assignment: assignmentPolicies,
  verification: verificationSchemes,
  reputation: reputationModels,
  slashing: slashingRules,
  rewards: rewardRules,
  strategy: strategies,
};

const entries = Object.entries(registries).flatMap(([role, found]) => found.map((entry) => ({ role, ...entry })));

const built = buildLoaded(
  loadText(`
    horizon: 1d
    network: single
    fleet: { a: { nodes: 3, hardware: reference-cpu } }
    workload: { w: { class: task, arrivals: { perHour: 1 } } }
  `),
);
const { world } = built;
const contexts = contextsOf(built);
const given = { reputation: contexts.all, slashing: contexts.slashing, rewards: contexts.rewards };

/** The time that mechanisms are told [s]. */
let clock = 0;

/** What a mechanism says of the findings that it brings. */
interface Brings {
  readonly kinds?: readonly DeclaredKind[];
}

/** A mechanism as the build makes it from a scenario's settings. */
function create<Role extends 'reputation' | 'slashing' | 'rewards'>(
  role: Role,
  settings: { kind?: unknown },
): Roles[Role] {
  const entry = registries[role].find(({ kind }) => kind === settings.kind)!;
  const live = new LiveSettings(world.jobs, [entry.settings.parse(settings)]);
  world.kinds.register((entry as Brings).kinds ?? []);
  const mine = { ...given[role], now: () => clock };
  return entry.create(live as never, mine as never) as Roles[Role];
}

describe.each(entries)('the $role $kind', ({ kind, meaning, settings }) => {
  it('has a kind in small letters and a meaning in one sentence', () => {
    expect(kind).toMatch(/^[a-z][a-z0-9-]*$/);
    expect(meaning).toMatch(/^[A-Z].{10,160}\.$/);
    expect(meaning).not.toContain('. ');
  });

  it('has a default for every setting', () => {
    expect(settings.safeParse({ kind }).success).toBe(true);
  });

  it('refuses unknown settings and other kinds', () => {
    expect(settings.safeParse({ kind, noSuchSetting: 1 }).success).toBe(false);
    expect(settings.safeParse({ kind: `${kind}-2` }).success).toBe(false);
  });
});

describe('kinds', () => {
  it('are unique in each registry, and none takes the name of the list of schemes', () => {
    for (const registry of Object.values(registries)) {
      const kinds = registry.map((entry) => entry.kind);
      expect(new Set(kinds).size).toBe(kinds.length);
      expect(kinds).not.toContain(list.kind);
    }
  });
});

describe.each(Object.entries({ reputation: reputationModels, slashing: slashingRules }))('a %s', (role, registry) => {
  it.each(registry.map((entry) => [entry.kind, entry as { readonly measures?: readonly string[] }] as const))(
    'of kind %s publishes the measures that it says',
    (kind, { measures = [] }) => {
      const text = `
        horizon: 1d
        protocol: { ${role}: ${kind} }
        fleet: { a: { nodes: 1, hardware: reference-cpu } }
        workload: { w: { class: task, arrivals: { perHour: 1 } } }
      `;
      const published = buildLoaded(loadText(text)).world.measures.published.map(({ name }) => name);
      expect([...published].sort()).toEqual([...measures].sort());
    },
  );
});

const evidenceKinds = Object.values(EvidenceKind);
const checkIns: readonly EvidenceKind[] = [EvidenceKind.checkInMade, EvidenceKind.checkInMissed];
const findings = fc.array(
  fc
    .constantFrom(...evidenceKinds)
    .chain((kind) =>
      fc.tuple(fc.constant(kind), checkIns.includes(kind) ? fc.integer({ min: 1, max: 200 }) : fc.constant(1)),
    ),
  { maxLength: 60 },
);

describe.each(reputationModels.map(({ kind }) => kind))('the reputation model %s', (kind) => {
  it('keeps its score within lowest and highest, from the prior on', () => {
    fc.assert(
      fc.property(anySettings('reputation', kind), findings, (settings, history) => {
        const reputation = create('reputation', settings);
        let score = reputation.prior(0);
        const evidence = new Evidence();
        for (const [finding, count] of [[EvidenceKind.inconclusive, 1] as const, ...history]) {
          score = reputation.scoreAfter(evidence.about(0, finding, count, 0), score);
          expect(score).toBeGreaterThanOrEqual(reputation.lowest());
          expect(score).toBeLessThanOrEqual(reputation.highest());
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });

  it('takes n equal check-ins as it takes them one by one', () => {
    fc.assert(
      fc.property(
        anySettings('reputation', kind),
        fc.constantFrom(...checkIns),
        fc.integer({ min: 1, max: 100 }),
        (settings, finding, count) => {
          const reputation = create('reputation', settings);
          const evidence = new Evidence();
          const start = reputation.prior(0);
          let score = start;
          for (let one = 0; one < count; one++) {
            score = reputation.scoreAfter(evidence.about(0, finding, 1, -1), score);
          }
          expect(reputation.scoreAfter(evidence.about(0, finding, count, -1), start)).toBe(score);
        },
      ),
      { numRuns: 300, seed: 2 },
    );
  });

  it('says truly whether it passes over check-ins, and which scores it can come to give', () => {
    const definition = reputationModels.find((entry) => entry.kind === kind)!;
    let moved = false;
    fc.assert(
      fc.property(anySettings('reputation', kind), findings, (settings, history) => {
        const reputation = create('reputation', settings);
        const said = definition.scores?.(definition.settings.parse(settings) as never, true);
        let score = reputation.prior(0);
        const others = history.filter(([finding]) => !checkIns.includes(finding));
        moved ||= scoreAtEpochAfter(settings, history) !== scoreAtEpochAfter(settings, others);
        for (const [finding, count] of history) {
          score = reputation.scoreAfter(new Evidence().about(0, finding, count, 0), score);
          if (said === undefined) continue;
          // rounding can take a score to a limit that it only nears, and a hair beyond
          expect(score).toBeGreaterThanOrEqual(said.lowest - 1e-12);
          expect(score).toBeLessThanOrEqual(said.highest);
          if (!said.reachesLowest) expect(score).toBeGreaterThan(said.lowest - 1e-12);
        }
      }),
      { numRuns: 300, seed: 4 },
    );
    expect(moved).toBe(definition.ignoresCheckIns !== true);
  });

  it('says truly how high a score can come while nobody has had a job', () => {
    const definition = reputationModels.find((entry) => entry.kind === kind)!;
    fc.assert(
      fc.property(anySettings('reputation', kind), findings, (settings, history) => {
        const idle = history.filter(([finding]) => checkIns.includes(finding));
        for (const isCheckedIn of [false, true]) {
          const { unworked } = definition.scores!(definition.settings.parse(settings) as never, isCheckedIn);
          if (unworked === undefined) continue;
          const reputation = create('reputation', settings);
          expect(reputation.prior(0)).toBeLessThanOrEqual(unworked + 1e-9);
          expect(scoreAtMonthsEnd(reputation, isCheckedIn ? idle : [])).toBeLessThanOrEqual(unworked + 1e-9);
        }
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  it('never falls by a success, never rises by a failure, and hears nothing from what decides nothing', () => {
    fc.assert(
      fc.property(anySettings('reputation', kind), findings, (settings, history) => {
        const reputation = create('reputation', settings);
        let score = reputation.prior(0);
        for (const [finding, count] of history) {
          const before = score;
          score = reputation.scoreAfter(new Evidence().about(0, finding, count, 0), score);
          // but for rounding of quotients of large sums
          if (finding === EvidenceKind.success) expect(score).toBeGreaterThanOrEqual(before - 1e-12);
          if (world.kinds.isFailure[finding] === 1) expect(score).toBeLessThanOrEqual(before + 1e-12);
          const saysNothing = finding === EvidenceKind.inconclusive || finding === EvidenceKind.withdrawn;
          if (saysNothing) expect(score).toBe(before);
        }
      }),
      { numRuns: 300, seed: 3 },
    );
  });
});

describe.each(reputationModels.map(({ kind }) => kind))('after a penalty, the reputation model %s', (kind) => {
  const change = fc.oneof(fc.double({ min: -3, max: 3, noNaN: true }), fc.constantFrom(-1e6, 1e6));

  it('moves its score by no more than the change, the same way, within its range', () => {
    fc.assert(
      fc.property(anySettings('reputation', kind), findings, change, (settings, history, by) => {
        const reputation = create('reputation', settings);
        const before = scoreAfterAll(reputation, history);
        const moved = reputation.scoreMoved(0, by);
        expect(moved).toBeGreaterThanOrEqual(reputation.lowest());
        expect(moved).toBeLessThanOrEqual(reputation.highest());
        expect((moved - before) * Math.sign(by)).toBeGreaterThanOrEqual(-1e-9);
        expect(Math.abs(moved - before)).toBeLessThanOrEqual(Math.abs(by) + 1e-4);
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('goes on from the score that the penalty left: a finding after it is never better than without it', () => {
    fc.assert(
      fc.property(
        anySettings('reputation', kind),
        findings,
        fc.constantFrom(...evidenceKinds),
        (given, history, last) => {
          const scores = [0, -0.2].map((penalty) => {
            const reputation = create('reputation', given);
            scoreAfterAll(reputation, history);
            world.nodes.score[0] = penalty === 0 ? world.nodes.score[0]! : reputation.scoreMoved(0, penalty);
            return reputation.scoreAfter(new Evidence().about(0, last, 1, -1), world.nodes.score[0]!);
          });
          expect(scores[1]).toBeLessThanOrEqual(scores[0]! + 1e-9);
        },
      ),
      { numRuns: 300, seed: 8 },
    );
  });

  it('whose history was wiped out is one that has none', () => {
    fc.assert(
      fc.property(anySettings('reputation', kind), findings, findings, (settings, history, later) => {
        const reputation = create('reputation', settings);
        scoreAfterAll(reputation, history);
        expect(reputation.historyReset(0)).toBe(reputation.prior(0));
        const again = scoreAfterAll(reputation, later);
        expect(again).toBe(scoreAfterAll(create('reputation', settings), later));
      }),
      { numRuns: 300, seed: 9 },
    );
  });
});

/** The score at the end of a month in which there were these findings, and a success after it. */
function scoreAtEpochAfter(settings: object, history: readonly (readonly [number, number])[]): number {
  const reputation = create('reputation', settings);
  const after = scoreAtMonthsEnd(reputation, history);
  // check-ins may weigh what is heard later alone
  return reputation.scoreAfter(new Evidence().about(0, EvidenceKind.success, 1, -1), after);
}

function scoreAtMonthsEnd(reputation: Roles['reputation'], history: readonly (readonly [number, number])[]): number {
  reputation.nodeJoined?.(0);
  const score = scoreAfterAll(reputation, history);
  clock = 30 * 86_400;
  reputation.reckon?.(1);
  const after = reputation.scoreAtEpoch?.(0, score) ?? score;
  clock = 0;
  return after;
}

/** The node's score after these findings, where it is kept, from a fresh start of the score itself. */
function scoreAfterAll(reputation: Roles['reputation'], history: readonly (readonly [number, number])[]): number {
  world.nodes.score[0] = reputation.prior(0);
  for (const [finding, count] of history) {
    const evidence = new Evidence().about(0, finding, count, -1);
    world.nodes.score[0] = reputation.scoreAfter(evidence, world.nodes.score[0]!);
  }
  return world.nodes.score[0]!;
}

describe.each(slashingRules.map(({ kind }) => kind))('the slashing rule %s', (kind) => {
  const scores = fc.oneof(fc.constantFrom(0, 0.5, 1, 2), fc.double({ min: 0, max: 2, noNaN: true }));

  it('asks for shares from 0 to 1 and whole epochs of jail', () => {
    fc.assert(
      fc.property(
        anySettings('slashing', kind),
        fc.constantFrom(...evidenceKinds),
        scores,
        (settings, finding, score) => {
          const penalty = new Penalty();
          create('slashing', settings).penalize(new Evidence().about(0, finding, 1, 0), score, penalty);
          for (const share of [penalty.stakeFraction, penalty.bondFraction]) {
            expect(share).toBeGreaterThanOrEqual(0);
            expect(share).toBeLessThanOrEqual(1);
          }
          expect(penalty.jailEpochs).toBeGreaterThanOrEqual(0);
          expect(Number.isInteger(penalty.jailEpochs)).toBe(true);
        },
      ),
      { numRuns: 300, seed: 4 },
    );
  });

  it('asks once an epoch for no more than there is, and states what for', () => {
    fc.assert(
      fc.property(anySettings('slashing', kind), findings, (settings, history) => {
        const rule = create('slashing', settings);
        const penalty = new Penalty();
        for (const epoch of [1, 2, 3]) {
          for (const [finding, count] of history) {
            const evidence = new Evidence().about(0, finding, count, -1);
            rule.evidenceArrived?.(evidence);
            rule.penalize(evidence, 0.5, penalty);
          }
          for (let node = 0; node < world.nodes.count; node++) {
            penalty.clear();
            rule.assess?.(node, penalty);
            expect(penalty.stakeFraction).toBeGreaterThanOrEqual(0);
            expect(penalty.stakeFraction).toBeLessThanOrEqual(1);
            expect(Number.isInteger(penalty.stakeAmount) && penalty.stakeAmount >= 0).toBe(true);
            expect(penalty.jailEpochs === Number.POSITIVE_INFINITY || Number.isInteger(penalty.jailEpochs)).toBe(true);
            if (node > 0) expect(penalty.isNone).toBe(true);
            if (!penalty.isNone) expect(world.kinds.nameOf(penalty.cause)).toMatch(/^[a-z]/);
          }
          rule.epochEnded?.(epoch);
        }
      }),
      { numRuns: 100, seed: 10 },
    );
  });

  it('asks nothing for a success, a check-in made, or what decides nothing, whatever the score', () => {
    const { success, checkInMade, inconclusive, withdrawn } = EvidenceKind;
    const harmless = fc.constantFrom(success, checkInMade, inconclusive, withdrawn);
    fc.assert(
      fc.property(anySettings('slashing', kind), harmless, scores, (settings, finding, score) => {
        const penalty = new Penalty();
        create('slashing', settings).penalize(new Evidence().about(0, finding, 1, 0), score, penalty);
        expect({ ...penalty }).toEqual({ ...new Penalty() });
      }),
      { numRuns: 300, seed: 5 },
    );
  });
});

describe.each(rewardRules.map(({ kind }) => kind))('the reward rule %s', (kind) => {
  it('never pays out more than the price, in whole micro-tokens, to those who were accepted or replied', () => {
    const attempts = fc.array(fc.tuple(fc.constantFrom(...evidenceKinds), fc.nat(5), fc.boolean()), {
      minLength: 1,
      maxLength: 4,
    });
    const fee = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0, max: 10_000_000 }));
    fc.assert(
      fc.property(anySettings('rewards', kind), attempts, fee, (settings, found, amount) => {
        world.panels.reserveMembers(5);
        const rewards = create('rewards', settings);
        const job = world.jobs.take();
        world.jobs.fee[job] = amount;
        world.jobs.lastAttempt[job] = -1;
        for (const [verdict, observers, isRecheck] of found) {
          const attempt = world.attempts.take();
          world.attempts.job[attempt] = job;
          world.attempts.node[attempt] = 0;
          world.attempts.verdict[attempt] = verdict;
          world.attempts.state[attempt] = AttemptState.returned;
          world.attempts.kind[attempt] = isRecheck ? AttemptKind.recheck : AttemptKind.work;
          const panel = world.panels.take(attempt, PanelRole.witness, 0, 0);
          world.panels.nextOfAttempt[panel] = -1;
          world.attempts.lastPanel[attempt] = panel;
          world.panels.signed[panel] = observers;
          world.panels.asked[panel] = observers;
          for (let place = 0; place < observers; place++) {
            world.panels.member[world.panels.firstMember(panel) + place] = place % 3;
          }
          world.attempts.nextOfJob[attempt] = world.jobs.lastAttempt[job]!;
          world.jobs.lastAttempt[job] = attempt;
        }
        const price = rewards.price(job, 0);
        expect(price).toBeLessThanOrEqual(amount);
        world.jobs.price[job] = price;
        const paid: number[] = [];
        const paidFor: number[] = [];
        rewards.settle(job, true, {
          payWorker: (attempt, part) => {
            paid.push(part);
            paidFor.push(world.attempts.verdict[attempt]!);
          },
          payObserver: (_, part) => paid.push(part),
        });
        expect(paid.every((part) => Number.isInteger(part) && part >= 0)).toBe(true);
        expect(paid.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(price);
        const accepted: number[] = [EvidenceKind.success, EvidenceKind.inconclusive];
        expect(paidFor.every((verdict) => accepted.includes(verdict))).toBe(true);
        expect(rewards.bond(job, 0)).toBeGreaterThanOrEqual(0);
        expect(rewards.recheckPrice(job)).toBeLessThanOrEqual(amount);
      }),
      { numRuns: 300, seed: 6 },
    );
  });
});
