import { describe, expect, it } from 'vitest';
import { runScenario } from '../../sim/run.js';
import { whyLasting } from '../../sim/scenario/schema/changes-schema.js';
import { Registry } from '../../sim/scenario/schema/registry.js';
import { isDistributionNode, type SettingNode, settingTree } from '../../sim/scenario/schema/setting-tree.js';
import { InvalidInput } from '../../sim/scenario/text/faults.js';
import { base, beside, type Role, registries, together, valuesOf } from '../support/felt-settings.js';
import { loadText } from '../support/scenarios.js';
import { optionsOf } from '../support/settings-within.js';

/** Settings of which no change is felt, with the reason. */
const exceptions: Readonly<Record<string, string>> = {
  'publish.threshold': 'every reporter reports, so that any threshold is met',
  'slashing.matrix.deviation': 'nobody measures a deviation here',
};

interface Case {
  /** As it is called above. */
  readonly name: string;
  /** Path of the block that it stands in. */
  readonly block: string;
  readonly key: string;
  readonly node: SettingNode;
  readonly given: readonly string[];
}

const protocol = settingTree(Registry.builtIn()).properties!.protocol!;
const roles = Object.keys(registries) as readonly Role[];

function settingsOfMechanisms(): readonly Case[] {
  return roles.flatMap((role) =>
    registries[role].flatMap(({ kind }) => {
      const options = optionsOf(protocol.properties![role]!);
      const { properties = {} } = options.find((option) => option.title === kind && option.properties !== undefined)!;
      return Object.entries(properties)
        .filter(([key]) => key !== 'kind' && whyLasting(`protocol.${role}.${key}`) === undefined)
        .map(([key, node]): Case => {
          const name = `${role}.${kind}.${key}`;
          const isThere = (base.protocol as Record<string, { kind?: string }>)[role]?.kind === kind;
          const named = isThere ? [] : [`protocol.${role}={ kind: ${kind} }`];
          return { name, block: `protocol.${role}`, key, node, given: [...named, ...(beside[name] ?? [])] };
        });
    }),
  );
}

function settingsOfProtocol(): readonly Case[] {
  const inside = (node: SettingNode, path: string): readonly Case[] =>
    Object.entries(node.properties ?? {}).flatMap(([key, inner]) => {
      const name = path === '' ? key : `${path}.${key}`;
      if ((path === '' && key in registries) || whyLasting(`protocol.${name}`) !== undefined) return [];
      const block = optionsOf(inner).find(({ properties }) => properties !== undefined);
      if (block !== undefined && !isDistributionNode(inner)) return inside(block, name);
      const own = path === '' ? 'protocol' : `protocol.${path}`;
      return [{ name, block: own, key, node: inner, given: beside[name] ?? [] }];
    });
  return inside(protocol, '');
}

/** What the run leaves when the settings are changed to these at the end of its first third. */
async function runChanged({ block, given }: Case, settings: Readonly<Record<string, unknown>>): Promise<string> {
  const set = Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${block}.${key}`, value]));
  const changes = JSON.stringify([{ at: '16h', set }]);
  const result = await runScenario(loadText(JSON.stringify(base), ...given, `changes=${changes}`));
  return `${result.trajectoryFingerprint} ${result.accountingFingerprint}`;
}

/** What the scenario has for the setting, defaults included. */
function valueInForce({ block, key, given }: Case): unknown {
  let value: unknown = loadText(JSON.stringify(base), ...given).scenario;
  for (const name of [...block.split('.'), key]) value = (value as Readonly<Record<string, unknown>>)[name];
  // a time without end, or a distribution, as a scenario writes it
  if (typeof value === 'object' && value !== null && 'mean' in value) return value.mean;
  return value;
}

describe.each([...settingsOfMechanisms(), ...settingsOfProtocol()].map((one) => [one.name, one] as const))(
  'a change of %s in mid-run',
  (name, one) => {
    const isFelt = !(name in exceptions);
    it(isFelt ? 'changes what comes after it' : `changes nothing: ${exceptions[name]}`, async () => {
      const same = await runChanged(one, { [one.key]: valueInForce(one) });
      const candidates =
        together[name] === undefined ? valuesOf(one.node).map((value) => ({ [one.key]: value })) : [together[name]];
      const seen = new Set<string>();
      for (const settings of candidates) {
        try {
          seen.add(await runChanged(one, settings));
        } catch (error) {
          // bound to other settings, or out of range
          if (!(error instanceof InvalidInput)) throw error;
        }
        if ([...seen].some((other) => other !== same)) break;
      }
      expect(seen.size).toBeGreaterThan(0);
      expect([...seen].some((other) => other !== same)).toBe(isFelt);
    });
  },
);
