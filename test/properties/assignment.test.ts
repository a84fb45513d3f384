import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Built } from '../../sim/build/world.js';
import { WeightedTree } from '../../sim/kernels/trees/weighted-tree.js';
import { assignmentPolicies } from '../../sim/mechanisms/assignment/index.js';
import { NONE } from '../../sim/model/columns/nodes.js';
import type { LoadedScenario } from '../../sim/scenario/load.js';
import { InvalidInput } from '../../sim/scenario/text/faults.js';
import { strategies } from '../../sim/strategies/index.js';
import { casesOf } from '../support/effort.js';
import { anyScenario } from '../support/random-scenarios.js';
import { buildLoaded, candidatesOf, loadText, runUntil } from '../support/scenarios.js';
import { settingsWithin } from '../support/settings-within.js';

/** Looks over the policy's shoulder: every answer that is wrong, in words. */
function listen({ world }: Built): string[] {
  const found: string[] = [];
  const { nodes, roles } = world;
  const policy = roles.assignment;
  const candidates = candidatesOf(world);
  const answer = policy.assign.bind(policy);
  policy.assign = (job, lane) => {
    const node = answer(job, lane);
    if (node === NONE) return node;
    if (!(node >= 0 && node < nodes.count)) found.push(`node ${node} isn't a node`);
    else if (!candidates.isOpen(node, lane)) found.push(`node ${node} isn't open`);
    else if (!candidates.fits(job, node)) found.push(`node ${node} doesn't fit`);
    return node;
  };
  return found;
}

/** Every weight that a tree is given from now on that isn't finite, or is below 0; `stop` ends the watch. */
function watchWeights() {
  const odd: number[] = [];
  let given = 0;
  const { set } = WeightedTree.prototype;
  WeightedTree.prototype.set = function (row, weight) {
    given++;
    if (!(weight >= 0 && Number.isFinite(weight))) odd.push(weight);
    set.call(this, row, weight);
    if (!Number.isFinite(this.total)) odd.push(this.total);
  };
  const stop = () => {
    WeightedTree.prototype.set = set;
    return { odd, given };
  };
  return stop;
}

describe.each(assignmentPolicies.map(({ kind }) => kind))('the assignment policy %s', (kind) => {
  it('assigns open nodes that fit the job only', () => {
    fc.assert(
      fc.property(anyScenario, (text) => {
        const loaded = loadText(text, `protocol.assignment=${kind}`);
        const built = buildLoaded(loaded);
        const found = listen(built);
        runUntil(built, loaded.scenario.horizon);
        expect(found.slice(0, 3)).toEqual([]);
      }),
      { numRuns: casesOf(60), seed: 1 },
    );
  });
});

describe.each(['weighted-random', 'multi-factor', 'stake-weighted', 'hash-power'])('the policy %s', (kind) => {
  it('weighs nodes by finite numbers of 0 or more, with any settings and under any model', () => {
    const settings = fc.tuple(anyScenario, settingsWithin('assignment', kind));
    const stop = watchWeights();
    fc.assert(
      fc.property(settings, ([text, own]) => {
        let loaded: LoadedScenario;
        try {
          loaded = loadText(text, `protocol.assignment=${JSON.stringify({ kind, ...own })}`);
        } catch (error) {
          if (error instanceof InvalidInput) return;
          throw error;
        }
        runUntil(buildLoaded(loaded), loaded.scenario.horizon / 4);
      }),
      { numRuns: casesOf(60), seed: 3 },
    );
    const { odd, given } = stop();
    expect(odd).toEqual([]);
    expect(given).toBeGreaterThan(100);
  });
});

describe.each(strategies.map(({ kind }) => kind))('the strategy %s', (kind) => {
  it('takes part in any scenario: accepts or refuses, works from nothing to everything, attests', () => {
    const settings = kind === 'sybil-swarm' ? `{ kind: ${kind}, machines: 2 }` : kind;
    fc.assert(
      fc.property(anyScenario, (text) => {
        // some work against others, who may all be of the same attack
        const loaded = loadText(text, 'fleet.bystanders={ nodes: 2 }', `fleet.a.strategy=${settings}`);
        const built = buildLoaded(loaded, true);
        runUntil(built, loaded.scenario.horizon);
        const isMember = loaded.scenario.fleet.a!.attack !== undefined;
        const { isAttacker, members } = strategies.find((entry) => entry.kind === kind)!;
        const parts = members?.(loaded.scenario.fleet.a!.strategy as never) ?? [];
        const meanHarm = strategies.filter((entry) => entry.isAttacker).map((entry): string => entry.kind);
        const means = isAttacker || parts.some(({ strategy }) => meanHarm.includes(strategy.kind));
        expect(built.world.cohorts[0]!.isAttacker).toBe(isMember || means);
        const { machines, ledger } = built.world;
        expect(Math.min(...machines.savedSeconds.filter((_, place) => place % 8 === 0))).toBeGreaterThanOrEqual(0);
        expect(ledger.residue()).toBe(0);
      }),
      { numRuns: casesOf(40), seed: 2 },
    );
  });
});
