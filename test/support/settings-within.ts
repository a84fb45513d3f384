import fc from 'fast-check';
import { Registry } from '../../sim/scenario/schema/registry.js';
import {
  isDistributionNode,
  isDurationNode,
  type SettingNode,
  settingTree,
} from '../../sim/scenario/schema/setting-tree.js';

type Settings = Record<string, unknown>;

const protocol = settingTree(Registry.builtIn()).properties!.protocol!;

/** The node itself, and its options at whatever depth. */
export function optionsOf(node: SettingNode): readonly SettingNode[] {
  return [node, ...(node.anyOf ?? []).flatMap(optionsOf)];
}

/** The settings that a mechanism documents, but its kind. */
export function documentedSettings(role: string, kind: string): Readonly<Record<string, SettingNode>> {
  const options = optionsOf(protocol.properties![role]!);
  const { properties = {} } = options.find((option) => option.title === kind && option.properties !== undefined)!;
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== 'kind'));
}

/** Settings of a mechanism within what its documents say of each, some of them left out; undefined: nothing to vary. */
export function settingsWithin(role: string, kind: string): fc.Arbitrary<Settings> {
  return blockOf(documentedSettings(role, kind));
}

function blockOf(properties: Readonly<Record<string, SettingNode>>): fc.Arbitrary<Settings> {
  const values = Object.fromEntries(
    Object.entries(properties).flatMap(([key, node]) => {
      const value = valueIn(node);
      return value === undefined ? [] : [[key, value]];
    }),
  );
  return fc.record(values, { requiredKeys: [] });
}

/** A value within the documented range; undefined for what has none, such as lists of names. */
function valueIn(node: SettingNode): fc.Arbitrary<unknown> | undefined {
  if (isDistributionNode(node)) return undefined;
  if (isDurationNode(node)) return numberFrom({ ...node.anyOf!.find(({ type }) => type === 'number'), ...node }, 1e7);
  const found: fc.Arbitrary<unknown>[] = [];
  for (const option of optionsOf(node)) {
    if (option.enum !== undefined) found.push(fc.constantFrom(...option.enum));
    if (option.const !== undefined) found.push(fc.constant(option.const));
    if (option.type === 'boolean') found.push(fc.boolean());
    if (option.type === 'number') found.push(numberFrom({ ...option, ...boundsOf(node) }, 1e6));
    if (option.type === 'integer') found.push(wholeFrom({ ...option, ...boundsOf(node) }));
    if (option.properties !== undefined && option.title === undefined) found.push(blockOf(option.properties));
  }
  return found.length === 0 ? undefined : fc.oneof(...found);
}

function boundsOf({ minimum, maximum }: SettingNode): SettingNode {
  return { ...(minimum === undefined ? {} : { minimum }), ...(maximum === undefined ? {} : { maximum }) };
}

/** From the least to the most that are documented, mostly its ends and small numbers. */
function numberFrom(
  { minimum, maximum, exclusiveMinimum, exclusiveMaximum }: SettingNode,
  otherwise: number,
): fc.Arbitrary<number> {
  const least = minimum ?? exclusiveMinimum ?? 0;
  const most = Math.min(maximum ?? exclusiveMaximum ?? otherwise, otherwise);
  const millionths = fc.integer({ min: 0, max: 1_000_000 }).map((part) => least + ((most - least) * part) / 1e6);
  const near = fc.integer({ min: 0, max: 1_000_000 }).map((part) => Math.min(most, least + part / 1e6));
  return fc
    .oneof(millionths, near, fc.constantFrom(least, most))
    .filter((value) => value !== exclusiveMinimum && value !== exclusiveMaximum);
}

function wholeFrom({ minimum = 0, maximum = 1_000 }: SettingNode): fc.Arbitrary<number> {
  const most = Math.min(maximum, 1_000);
  return fc.oneof(
    fc.integer({ min: minimum, max: most }),
    fc.integer({ min: minimum, max: Math.min(most, minimum + 5) }),
  );
}
