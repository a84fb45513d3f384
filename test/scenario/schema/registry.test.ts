import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  check,
  compare,
  InvalidInput,
  loadScenario,
  Registry,
  readRun,
  replicate,
  runScenario,
  sweep,
  writeReport,
  writeRunFolder,
} from '../../../sim/index.js';
import { defineReputationModel, defineStrategy } from '../../../sim/model/contract/definition.js';
import { EvidenceKind } from '../../../sim/model/contract/evidence.js';
import { fraction } from '../../../sim/model/contract/settings.js';
import { protocolRoles } from '../../../sim/scenario/schema/registry.js';
import { scenarioSchema } from '../../../sim/scenario/schema/scenario-schema.js';
import { settingTree } from '../../../sim/scenario/schema/setting-tree.js';
import { alwaysWrong } from '../../../sim/strategies/lies/always-wrong.js';
import { numbers, tableNamed } from '../../support/scenarios.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

const folder = temporaryFolder('registry');

/** The last job decides: 1 after a success, the setting after a failure. */
const lastJob = defineReputationModel({
  kind: 'last-job',
  meaning: 'The last job decides.',
  settings: z.strictObject({
    kind: z.literal('last-job'),
    afterFailure: fraction({ meaning: 'Score after a failed job' }).default(0.25),
  }),
  create: (settings, { kinds, nodes }) => ({
    lowest: () => 0,
    highest: () => 1,
    prior: () => 0.5,
    scoreAfter: ({ job, kind }, score) => {
      if (kind === EvidenceKind.success) return 1;
      return kinds.isFailure[kind] === 1 ? settings.of(job).afterFailure : score;
    },
    scoreMoved: (node, change) => Math.min(1, Math.max(0, nodes.score[node]! + change)),
    historyReset: () => 0.5,
  }),
});

const liarSettings = alwaysWrong.settings.parse({ kind: 'always-wrong' });
const grumbler = defineStrategy({
  kind: 'grumbler',
  meaning: 'Lies and grumbles.',
  isAttacker: true,
  settings: z.strictObject({ kind: z.literal('grumbler') }),
  plan: (_settings, nodes) => alwaysWrong.plan(liarSettings, nodes),
  create: (_settings, context, cohort) => alwaysWrong.create(liarSettings, context, cohort),
});

const registry = Registry.builtIn().with({ reputation: [lastJob], strategy: [grumbler] });

const file = join(folder, 'scenario.yaml');
writeFileSync(
  file,
  `
horizon: 2d
warmUp: 0
protocol:
  reputation: { kind: last-job, afterFailure: 0.125 }
  verification: { kind: recompute, share: 1 }
  publish: { every: 0, delay: 0 }
fleet:
  honest: { nodes: 10, quality: 1 }
  wrong: { nodes: 3, strategy: grumbler }
workload: { w: { class: simulation, arrivals: { perHour: 20 } } }
`,
);

describe('a registry', () => {
  it('has what the package brings, once a process', () => {
    expect(Registry.builtIn()).toBe(Registry.builtIn());
    expect(scenarioSchema(Registry.builtIn())).toBe(scenarioSchema(Registry.builtIn()));
    for (const role of protocolRoles) expect(Registry.builtIn().registered[role].length).toBeGreaterThan(0);
  });

  it('with more leaves the one that it was made of as it was', () => {
    expect(registry.entry('reputation', 'last-job').settings === (lastJob.settings as unknown)).toBe(true);
    expect(registry.entry('reputation', 'step').kind).toBe('step');
    expect(() => Registry.builtIn().entry('reputation', 'last-job')).toThrow(
      'expected a registered kind of reputation',
    );
    const names = (one: Registry) => JSON.stringify(settingTree(one));
    expect(names(registry)).toContain('"last-job"');
    expect(names(Registry.builtIn())).not.toContain('"last-job"');
  });

  it('refuses a kind that is there already, or stands for the list of schemes', () => {
    expect(() => registry.with({ reputation: [lastJob] })).toThrow(
      'registry.reputation: expected a kind of its own, found last-job',
    );
    expect(() => registry.with({ strategy: [{ ...grumbler, kind: 'list' }] })).toThrow('found list');
  });

  it.each([
    [null, /^registry: expected an object with lists by role, found an empty value$/],
    [[lastJob], /^registry: expected an object with lists by role, found /],
    [{ model: [lastJob] }, /^registry.model: expected metrics or one of the roles assignment, .*, found model$/],
    [{ reputation: lastJob }, /^registry.reputation: expected a list of definitions, found /],
    [{ reputation: [null] }, /^registry.reputation.0: expected an object that defines a kind, found an empty value$/],
    [{ reputation: [() => lastJob] }, /^registry.reputation.0: expected an object .*, found a function$/],
    [
      {
        reputation: [
          { ...lastJob, settings: undefined },
          { ...lastJob, kind: 'later', create: 1 },
        ],
      },
      new RegExp(
        '^registry.reputation.0.settings: expected a zod schema of its settings, .*, found nothing, in the ' +
          'definition of reputation last-job\nregistry.reputation.1.create: expected a function that makes it of its ' +
          'settings, found 1, in the definition of reputation later$',
      ),
    ],
    [
      { strategy: [{ ...grumbler, plan: undefined, isAttacker: 'yes' }] },
      /^registry.strategy.0.isAttacker: .*\nregistry.strategy.0.plan: .* in the definition of strategy grumbler$/,
    ],
  ])('tells what is no definition by role, kind and what it lacks: %#', (more, message) => {
    let thrown: unknown;
    try {
      Registry.builtIn().with(more as never);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(InvalidInput);
    expect((thrown as Error).message).toMatch(message);
  });

  it('says which mechanisms and strategies a scenario can name, and runs them', async () => {
    const loaded = loadScenario(file, { registry });
    const result = await runScenario(loaded);
    expect(new Set(numbers(tableNamed(result, 'nodes'), 'score'))).toEqual(new Set([1, 0.125]));
    const again = await runScenario(loadScenario(file, { registry }));
    expect(again.accountingFingerprint).toBe(result.accountingFingerprint);
    expect(() => loadScenario(file)).toThrow(InvalidInput);
  });

  it('goes along where a run is written, drawn and read again', async () => {
    const result = await runScenario(loadScenario(file, { registry }));
    const target = join(folder, 'run');
    const { undrawn } = await writeRunFolder(target, result, { drawReport: writeReport });
    expect(undrawn).toEqual([]);
    expect(readRun(target, { registry }).scenario.protocol.reputation).toMatchObject({ afterFailure: 0.125 });
    expect(() => readRun(target)).toThrow(
      /protocol\.reputation\.kind: expected one of: step, ema, beta, .*found last-job/,
    );
  });

  it('is refused where runs are loaded anew, by other threads or machines', async () => {
    const loaded = loadScenario(file, { registry, set: ['expect=[{ metric: jobsFinal, above: 0 }]'] });
    const refusal = 'registry: expected kinds of the package or of plugins, as threads and machines load each run anew';
    await expect(replicate(loaded, { replications: 2 })).rejects.toThrow(refusal);
    await expect(sweep(loaded, { vary: ['fleet.wrong.nodes=1,2'], replications: 2 })).rejects.toThrow(refusal);
    await expect(check([loaded], { replications: 2 })).rejects.toThrow(refusal);
    const other = loadScenario(file, { registry, set: ['fleet.wrong.nodes=1'] });
    await expect(compare([loaded, other], { replications: 2 })).rejects.toThrow(refusal);
  });

  it('is checked where a program gives it', () => {
    expect(() => loadScenario(file, { registry: {} as Registry })).toThrow(
      'loadScenario: options.registry: expected a Registry, found an object',
    );
  });
});
