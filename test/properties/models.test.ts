import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reputationModels } from '../../sim/mechanisms/reputation/index.js';
import { Evidence, EvidenceKind } from '../../sim/model/contract/evidence.js';
import type { DeclaredKind } from '../../sim/model/contract/findings/evidence-kinds.js';
import { LiveSettings } from '../../sim/model/contract/live.js';
import type { ReputationModel } from '../../sim/model/contract/roles.js';
import { anySettings } from '../support/random-scenarios.js';
import { buildLoaded, contextsOf, loadText } from '../support/scenarios.js';

const nodeCount = 4;
const day = 86_400;

const built = buildLoaded(
  loadText(`
    horizon: 1d
    network: single
    protocol: { verification: { kind: spot-check, probability: 0.1 } }
    fleet: { a: { nodes: ${nodeCount}, hardware: reference-cpu } }
    workload: { w: { class: task, arrivals: { perHour: 1 } } }
  `),
);
const { world } = built;
const { all } = contextsOf(built);
let clock = 0;

/** What a model says of the findings that it brings. */
interface Brings {
  readonly kinds?: readonly DeclaredKind[];
}

function create(kind: string, settings: object): ReputationModel {
  const entry = reputationModels.find((one) => one.kind === kind)!;
  world.kinds.register((entry as Brings).kinds ?? []);
  const live = new LiveSettings(world.jobs, [entry.settings.parse(settings)]);
  return entry.create(live as never, { ...all, now: () => clock });
}

/** What is found of nodes: who, and what. */
type Found = readonly (readonly [node: number, kind: number])[];

const { success, timeout, invalid, inconclusive, checkInMade, checkInMissed } = EvidenceKind;
const kinds = fc.constantFrom(success, success, success, timeout, invalid, inconclusive, checkInMade, checkInMissed);
const findings: fc.Arbitrary<Found> = fc.array(fc.tuple(fc.nat(nodeCount - 1), kinds), { maxLength: 25 });
const history = fc.array(findings, { minLength: 1, maxLength: 4 });

/** All nodes' scores after each epoch, an array each. */
function scoresOf(model: ReputationModel, epochs: readonly Found[]): number[][] {
  const { nodes } = world;
  for (let node = 0; node < nodeCount; node++) {
    model.nodeJoined?.(node);
    nodes.score[node] = model.prior(node);
  }
  const evidence = new Evidence();
  const scores = epochs.map((found, epoch) => {
    clock = (epoch + 1) * day;
    for (const [node, kind] of found) {
      nodes.score[node] = model.scoreAfter(evidence.about(node, kind, 1, -1), nodes.score[node]!);
    }
    model.reckon?.(epoch + 1);
    for (let node = 0; node < nodeCount; node++) {
      nodes.score[node] = model.scoreAtEpoch?.(node, nodes.score[node]!) ?? nodes.score[node]!;
    }
    model.epochEnded?.(epoch + 1);
    return Array.from(nodes.score.subarray(0, nodeCount));
  });
  clock = 0;
  return scores;
}

describe.each(reputationModels.map(({ kind }) => kind))('at epochs’ ends, the reputation model %s', (kind) => {
  it('gives each node a score from lowest to highest', () => {
    fc.assert(
      fc.property(anySettings('reputation', kind), history, (settings, epochs) => {
        const model = create(kind, settings);
        for (const score of scoresOf(model, epochs).flat()) {
          expect(score).toBeGreaterThanOrEqual(model.lowest());
          expect(score).toBeLessThanOrEqual(model.highest());
        }
      }),
      { numRuns: 150, seed: 1 },
    );
  });

  it('gives the same scores for the same evidence', () => {
    fc.assert(
      fc.property(anySettings('reputation', kind), history, (settings, epochs) => {
        expect(scoresOf(create(kind, settings), epochs)).toEqual(scoresOf(create(kind, settings), epochs));
      }),
      { numRuns: 100, seed: 2 },
    );
  });

  it(isRelative(kind) ? 'compares: evidence on one moves others' : 'moves nobody by evidence on another', () => {
    let moved = false;
    fc.assert(
      fc.property(anySettings('reputation', kind), history, (settings, epochs) => {
        const [without, with_] = lastScores(kind, settings, epochs, success);
        moved ||= without.slice(1).some((score, at) => score !== with_[at + 1]);
      }),
      { numRuns: 150, seed: 3 },
    );
    expect(moved).toBe(isRelative(kind));
  });

  it.skipIf(kind in notMonotone)('gives no less for a success more, and no more for a failure more', () => {
    // of ratings, those that fade below a hundredth are dropped, unless another of the pair comes
    const rounding = ratesPairs.includes(kind) ? 0.01 : 1e-9;
    fc.assert(
      fc.property(anySettings('reputation', kind), history, (settings, epochs) => {
        const [without, praised] = lastScores(kind, settings, epochs, success);
        const [, blamed] = lastScores(kind, settings, epochs, invalid);
        expect(praised[0]! - without[0]!).toBeGreaterThanOrEqual(-rounding * rangeOf(kind, settings));
        // any answer lets uptime, stake and age weigh more, which can be better than its prior
        if (kind === 'oracle-composite') return;
        expect(blamed[0]! - without[0]!).toBeLessThanOrEqual(rounding * rangeOf(kind, settings));
      }),
      { numRuns: 150, seed: 4 },
    );
  });
});

/** The scores at the end without and with one finding more on the first node, in the last epoch. */
function lastScores(kind: string, settings: object, epochs: readonly Found[], finding: EvidenceKind) {
  const more = epochs.map((found, at): Found => (at === epochs.length - 1 ? [...found, [0, finding]] : found));
  return [scoresOf(create(kind, settings), epochs).at(-1)!, scoresOf(create(kind, settings), more).at(-1)!] as const;
}

function rangeOf(kind: string, settings: object): number {
  const model = create(kind, settings);
  return Math.max(1, model.highest() - model.lowest());
}

/** Models whose scores say how a node compares with others. */
function isRelative(kind: string): boolean {
  return kind === 'liquid-rank' || kind === 'consensus-weights';
}

const ratesPairs = ['peertrust', 'subjective-logic'];

/** Models of which it doesn't hold, with the reason. */
const notMonotone: Readonly<Record<string, string>> = {
  trustguard: 'an epoch as bad as the one before is no fall, which weighs more than what it adds to the mean',
  'window-composite': 'a success without an attempt has no latency, and who has none is ranked last',
  'liquid-rank': 'ranks are normalised by what came of others',
  'consensus-weights': 'shares are of the pay of all',
};
