import { describe, expect, it } from 'vitest';
import { runScenario } from '../../sim/run.js';
import { Registry } from '../../sim/scenario/schema/registry.js';
import { isDistributionNode, type SettingNode, settingTree } from '../../sim/scenario/schema/setting-tree.js';
import { InvalidInput } from '../../sim/scenario/text/faults.js';
import { rowsOf } from '../support/effort.js';
import { base, beside, type Role, registries, together, valuesOf } from '../support/felt-settings.js';
import { besideMoves, moves } from '../support/felt-when-moved.js';
import { loadText } from '../support/scenarios.js';
import { documentedSettings, optionsOf } from '../support/settings-within.js';

/** A setting that takes a value of its own. */
interface Leaf {
  /** As `felt-settings` calls it: with the kind behind its role. */
  readonly name: string;
  readonly path: string;
  readonly node: SettingNode;
  /** What names the mechanism, where the scenario has another. */
  readonly given: readonly string[];
}

/** The settings within a block of settings, at whatever depth. */
function leavesOf({ name, path, node, given }: Leaf): readonly Leaf[] {
  const block = optionsOf(node).find(({ properties, title }) => properties !== undefined && title === undefined);
  // a mechanism inside another has settings of its own
  const isMechanism = block?.properties?.kind !== undefined;
  if (block === undefined || isMechanism || isDistributionNode(node)) return [{ name, path, node, given }];
  return Object.entries(block.properties!).flatMap(([key, inner]) =>
    leavesOf({ name: `${name}.${key}`, path: `${path}.${key}`, node: inner, given }),
  );
}

const ofMechanisms = (Object.keys(registries) as Role[]).flatMap((role) =>
  registries[role].flatMap(({ kind }) => {
    const isThere = (base.protocol as Record<string, { kind?: string }>)[role]?.kind === kind;
    const given = isThere ? [] : [`protocol.${role}={ kind: ${kind} }`];
    return Object.entries(documentedSettings(role, kind)).flatMap(([key, node]) =>
      leavesOf({ name: `${role}.${kind}.${key}`, path: `protocol.${role}.${key}`, node, given }),
    );
  }),
);

const ofProtocol = Object.entries(settingTree(Registry.builtIn()).properties!.protocol!.properties!)
  .filter(([key]) => !(key in registries) && key !== 'extends')
  .flatMap(([key, node]) => leavesOf({ name: key, path: `protocol.${key}`, node, given: [] }));

/** The entry of a table for the setting, or for the nearest block around it that has one. */
function nearest<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  const parts = name.split('.');
  for (let length = parts.length; length > 0; length--) {
    const found = table[parts.slice(0, length).join('.')];
    if (found !== undefined) return found;
  }
  return undefined;
}

const runs = new Map<string, Promise<string>>();

/** What a run leaves with these settings, each run once. */
async function fingerprintOf(set: readonly string[]): Promise<string> {
  const key = set.join('\n');
  const known = runs.get(key);
  if (known !== undefined) return await known;
  const started = runScenario(loadText(JSON.stringify(base), ...set)).then(
    ({ accountingFingerprint, trajectoryFingerprint }) => `${trajectoryFingerprint} ${accountingFingerprint}`,
  );
  runs.set(key, started);
  return await started;
}

/** The settings that move it, one after another, all of which the schema may refuse. */
function movesOf({ name, path, node }: Leaf): readonly (readonly string[])[] {
  const own = moves[name] ?? together[name];
  const block = path.slice(0, path.lastIndexOf('.'));
  const bound =
    own === undefined ? [] : [Object.entries(own).map(([key, value]) => `${block}.${key}=${JSON.stringify(value)}`)];
  return [...bound, ...valuesOf(node).map((value) => [`${path}=${JSON.stringify(value)}`])];
}

const leaves = rowsOf([...ofMechanisms, ...ofProtocol]);

describe.each(leaves.map((leaf) => [leaf.name, leaf] as const))('%s', (name, leaf) => {
  it('matters: another value gives another run', async () => {
    const given = [...leaf.given, ...(nearest(besideMoves, name) ?? nearest(beside, name) ?? [])];
    const before = await fingerprintOf(given);
    let tried = 0;
    for (const move of movesOf(leaf)) {
      try {
        const after = await fingerprintOf([...given, ...move]);
        tried++;
        if (after !== before) return;
      } catch (error) {
        // bound to other settings, or out of range
        if (!(error instanceof InvalidInput)) throw error;
      }
    }
    expect.fail(`expected a run that differs, found ${tried} that are the same`);
  });
});
