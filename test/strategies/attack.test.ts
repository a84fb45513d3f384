import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Attack } from '../../sim/model/contract/cohorts/attack.js';
import { oneEach } from '../../sim/model/contract/cohorts/cohort-plan.js';
import { defineStrategy } from '../../sim/model/contract/definition.js';
import { loadScenario } from '../../sim/scenario/load.js';
import { exogenousTrace } from '../../sim/scenario/plan/exogenous-trace.js';
import { Registry } from '../../sim/scenario/schema/registry.js';
import { honest } from '../../sim/strategies/honest.js';
import { buildLoaded, csvText, loadText, metricOf, records, runFinished, tableNamed } from '../support/scenarios.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const base = `
seed: attack
horizon: 1d
warmUp: 0
protocol: { assignment: uniform, verification: { kind: redundancy, replicas: 2, quorum: 2 }, slashing: none }
fleet:
  one: { nodes: 1, quality: 1, strategy: collusion-ring }
  other: { nodes: 1, quality: 1, strategy: collusion-ring }
workload:
  w: { class: task, arrivals: { perHour: 60 }, work: 10s, deadline: none }
`;
const allied = ['fleet.one.attack=raid', 'fleet.other.attack=raid'];

describe('cohorts that name one attack', () => {
  it('know one another and agree on an answer, which strangers of the same strategy don’t', async () => {
    const strangers = await runFinished(loadText(base));
    expect(metricOf(strangers, 'wrongAcceptedRate')).toBe(0);
    const members = await runFinished(loadText(base, ...allied));
    expect(metricOf(members, 'jobsCompleted')).toBeGreaterThan(1_000);
    expect(metricOf(members, 'wrongAcceptedRate')).toBe(1);
    const others = await runFinished(loadText(base, 'fleet.one.attack=raid', 'fleet.other.attack=ambush'));
    expect(metricOf(others, 'wrongAcceptedRate')).toBe(0);
  });

  it('have one object to share, and others another', () => {
    const seen: Attack[] = [];
    const spy = defineStrategy({
      kind: 'spy',
      meaning: 'Shows what it is given.',
      isAttacker: false,
      settings: z.strictObject({ kind: z.literal('spy') }),
      plan: (_settings, identities) => oneEach(identities),
      create: (_settings, context, attack) => {
        seen.push(attack);
        return honest.create(honest.settings.parse({ kind: 'honest' }), context, attack);
      },
    });
    const file = join(temporaryFolder('attack'), 'scenario.yaml');
    const cohorts = 'a: {nodes: 2, strategy: spy, attack: raid}, b: {nodes: 1, strategy: spy}';
    const more = 'c: {nodes: 3, strategy: spy, attack: raid}, d: {nodes: 1, strategy: spy, attack: raid2}';
    writeFileSync(file, base.replace(/fleet:[\s\S]*workload/, `fleet: {${cohorts}, ${more}}\nworkload`));
    buildLoaded(loadScenario(file, { registry: Registry.builtIn().with({ strategy: [spy] }) }));
    const [a, b, c, d] = seen;
    expect(c).toBe(a);
    expect(new Set([a, b, d].map((attack) => attack!.index)).size).toBe(3);
    const membersOf = (attack: Attack) => [0, 1, 2, 3, 4, 5, 6].filter((node) => attack.isMember(node));
    expect([a!, b!, d!].map(membersOf)).toEqual([[0, 1, 3, 4, 5], [2], [6]]);
    a!.targets.add(2);
    expect([c!.targets.has(2), b!.targets.size, d!.targets.size]).toEqual([true, 0, 0]);
  });

  it('count as attackers whatever their strategy, and aren’t part of the exogenous trace', async () => {
    const honest = base.replaceAll('collusion-ring', 'honest');
    const innocent = await runFinished(loadText(honest));
    const accused = loadText(honest, 'fleet.other.attack=raid');
    const result = await runFinished(accused);
    expect(metricOf(innocent, 'attackerWorkShare')).toBeNaN();
    expect(metricOf(result, 'attackerWorkShare')).toBe(0.5);
    expect(records(tableNamed(result, 'cohorts')).map(({ isAttacker }) => isAttacker)).toEqual([false, true]);
    // membership changes nothing of what honest nodes do
    expect(result.trajectoryFingerprint).toBe(innocent.trajectoryFingerprint);
    expect(csvText(exogenousTrace(accused))).not.toContain('cohort/other');
  });
});
