import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { defineStrategy } from '../../sim/model/contract/definition.js';
import type { Actions } from '../../sim/model/contract/roles.js';
import { accountOf } from '../../sim/record/economics.js';
import { finishedRun } from '../../sim/record/metrics/metric.js';
import { loadScenario } from '../../sim/scenario/load.js';
import { Registry } from '../../sim/scenario/schema/registry.js';
import { honest } from '../../sim/strategies/honest.js';
import { buildLoaded } from './scenarios.js';
import { folderOnDemand } from './temporary-folder.js';

const folder = folderOnDemand('scripted');

const honestSettings = honest.settings.parse({ kind: 'honest' });

/** The world of a scenario in which operators of the strategy `scripted` do at the end of each epoch as a test says. */
export function scriptedWorld(text: string, script: (actions: Actions) => void) {
  const strategy = defineStrategy({
    kind: 'scripted',
    meaning: 'Does what a test says.',
    isAttacker: false,
    settings: z.strictObject({ kind: z.literal('scripted') }),
    plan: (_settings, identities) => honest.plan(honestSettings, identities),
    create: (_settings, context, attack) => ({ ...honest.create(honestSettings, context, attack), wake: script }),
  });
  const file = join(folder(), 'scenario.yaml');
  writeFileSync(file, text);
  const loaded = loadScenario(file, { registry: Registry.builtIn().with({ strategy: [strategy] }) });
  const built = buildLoaded(loaded);
  const finished = () => finishedRun(built.world, built.recorder, loaded.scenario.money);
  return { built, finished, account: (cohort = 0) => accountOf(finished(), cohort), ...built.world };
}
