import { z } from 'zod';
import {
  defineReputationModel,
  defineStrategy,
  EvidenceKind,
  loadScenario,
  oneEach,
  Registry,
  type RunResult,
  runScenario,
} from '../sim/index.js';

// 1. A reputation model: its name in scenarios, its settings, and how it is made; columns are a row a node, all 0.
export const streak = defineReputationModel({
  kind: 'streak',
  meaning: 'Successes in a row since the last failure, as a share of those that make it full.',
  settings: z.strictObject({
    kind: z.literal('streak'),
    full: z.int().min(1).max(1_000).default(20).describe('Successes in a row that make the score 1'),
  }),
  scores: () => ({ lowest: 0, reachesLowest: true, highest: 1 }),
  create: (settings, { column, kinds }) => {
    const inARow = column();
    const scoreOf = (node: number) => Math.min(1, inARow[node]! / settings.now.full);
    const becomes = (node: number, count: number) => {
      inARow[node] = count;
      return scoreOf(node);
    };
    return {
      lowest: () => 0,
      highest: () => 1,
      // whoever is new begins in the middle: where work goes by scores, a score of 0 would never get any
      prior: () => 0.5,
      nodeJoined: (node) => becomes(node, settings.now.full / 2),
      // evidence is all that it sees, never whether a result is right
      scoreAfter: ({ subject, kind }) => {
        if (kinds.isFailure[kind] === 1) return becomes(subject, 0);
        return kind === EvidenceKind.success ? becomes(subject, inARow[subject]! + 1) : scoreOf(subject);
      },
      scoreMoved: (node, change) => becomes(node, Math.max(0, scoreOf(node) + change) * settings.now.full),
      historyReset: (node) => becomes(node, settings.now.full / 2),
    };
  },
});

// 2. A strategy: operators know of their own answers what the network can't.
export const everyThird = defineStrategy({
  kind: 'every-third',
  meaning: 'Answers wrong every third time.',
  isAttacker: true,
  settings: z.strictObject({ kind: z.literal('every-third') }),
  plan: (_settings, identities) => oneEach(identities),
  create: (_settings, { truth }) => {
    let answers = 0;
    return {
      accepts: () => true,
      workFraction: () => 1,
      answer: (_node, attempt) => (++answers % 3 === 0 ? truth.loneLie(attempt, 0.1) : truth.honestAnswer(attempt)),
      attests: (_observer, _attempt, observed) => (observed ? 0 : 1),
      votes: (_juror, _subject, shown) => shown,
    };
  },
});

// 3. A registry that has both, for scenarios to name them.
const registry = Registry.builtIn().with({ reputation: [streak], strategy: [everyThird] });

/** A scenario of the package under the new model, with the new strategy. */
export function runOwnKinds(file = 'scenarios/first-steps.yaml'): Promise<RunResult> {
  const set = ['protocol.reputation={kind: streak, full: 10}', 'fleet.wrong.strategy=every-third', 'horizon=5d'];
  return runScenario(loadScenario(file, { registry, set }));
}
