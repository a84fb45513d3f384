import { protocolNames } from './protocols.js';
import { Registry } from './registry.js';
import { isDistributionNode, isDurationNode, type SettingNode, settingTree } from './setting-tree.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (draft 7, which editors know best) of a scenario's file.
 *
 * It lets pass whatever the check accepts, and refuses what a single setting can tell: unknown keys, types, ranges,
 * names. A file that extends another one may leave anything out, so what is required stands in a condition.
 */
export function scenarioJsonSchema(registry: Registry = Registry.builtIn()): object {
  const tree = settingTree(registry);
  const definitions: Record<string, JsonSchema> = {};
  const { properties, ...scenario } = toSchema(tree, definitions) as { properties: Record<string, JsonSchema> };
  const { protocol, ...others } = properties;
  const protocolName = {
    description: 'Protocol of the package, or the path of a file, seen from this one',
    anyOf: [{ enum: protocolNames() }, { type: 'string', pattern: '[/\\\\.]' }],
  };
  const [block] = protocol!.anyOf as readonly [JsonSchema];
  const required = requirementsOf(tree)!;
  const inProtocol = requirementsOf(tree.properties!.protocol!)!;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Scenario of reputation-sim',
    ...scenario,
    properties: {
      extends: {
        description: 'Scenario to lay this one over: a path, seen from this file',
        anyOf: [{ type: 'string', minLength: 1 }, { type: 'null' }],
      },
      protocol: {
        description: protocol!.description,
        anyOf: [
          protocolName,
          { ...block, properties: { extends: orNull(protocolName), ...(block.properties as JsonSchema) } },
          { type: 'null' },
        ],
      },
      ...others,
    },
    ...whereNot(['extends'], {
      ...required,
      properties: { ...(required.properties as JsonSchema), protocol: whereNot(['extends'], inProtocol) },
    }),
    definitions,
  };
}

/** The same as text: what `sim schema` prints and scenarios/scenario.schema.json holds. */
export function jsonSchemaText(registry?: Registry): string {
  return `${JSON.stringify(scenarioJsonSchema(registry), null, 2)}\n`;
}

/** The schema, for maps that haven't got the keys. */
function whereNot(keys: readonly string[], schema: JsonSchema): JsonSchema {
  // biome-ignore lint/suspicious/noThenProperty: it is the keyword's name
  return { if: { type: 'object', not: { required: keys } }, then: schema };
}

const unitWords: Readonly<Record<string, string>> = {
  seconds: 'such as 30d, 20m or 300ms; a number is seconds',
  '1': '',
};

/** What may be written for a setting, the unit in its description; distributions go to the definitions. */
function toSchema(node: SettingNode, definitions: Record<string, JsonSchema>): JsonSchema {
  const { unit, description, required: _required, default: written, ...rest } = node;
  const words = unit === undefined ? '' : (unitWords[unit] ?? unit);
  const explained = words === '' ? description : `${description} [${words}]`;
  const head = explained === undefined ? {} : { description: explained };
  // An editor would write `{}` for a block, where its settings are to come.
  const standard = written === undefined || JSON.stringify(written) === '{}' ? {} : { default: written };
  if (isDistributionNode(node)) {
    const name = `distribution-${unit}-from-${node.minimum}`.replaceAll(' ', '-');
    definitions[name] ??= { anyOf: node.anyOf!.map((option) => toDistribution(option, definitions)) };
    return { ...head, ...standard, allOf: [{ $ref: `#/definitions/${name}` }] };
  }
  const { membersOf, anyOf, properties, additionalProperties, items, ...plain } = rest;
  if (membersOf !== undefined) {
    const kinds = anyOf!.flatMap((option) => option.enum ?? []);
    const name = `${membersOf}-of-${kinds.length}-kinds`;
    definitions[name] ??= { anyOf: anyOf!.map((option) => toSchema(option, definitions)) };
    return { ...head, ...standard, allOf: [{ $ref: `#/definitions/${name}` }] };
  }
  if (isDurationNode(node)) {
    // A bound holds for seconds; what a text such as 20m comes to is left to the check.
    return { ...head, ...standard, anyOf: anyOf!.map((one) => (one.type === 'number' ? { ...one, ...plain } : one)) };
  }
  return {
    ...head,
    ...standard,
    ...plain,
    ...(additionalProperties === false ? { additionalProperties } : {}),
    ...(anyOf === undefined ? {} : { anyOf: anyOf.map((option) => toSchema(option, definitions)) }),
    ...(properties === undefined ? {} : { properties: settingsIn(node, definitions) }),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: entry(additionalProperties, definitions) }
      : {}),
    // A list replaces an inherited one as a whole, so that its items are complete.
    ...(items === undefined ? {} : { items: { allOf: [toSchema(items, definitions), requirementsOf(items) ?? {}] } }),
  };
}

/** The settings of a block; null gives those that may be left out their defaults back. */
function settingsIn(node: SettingNode, definitions: Record<string, JsonSchema>): Record<string, JsonSchema> {
  const { properties = {}, required = [] } = node;
  // a kind may be left to the default where there is one
  const isRequired = (name: string) => required.includes(name) && name !== 'kind';
  const settings = Object.entries(properties).map(([name, one]) => {
    const schema = toSchema(one, definitions);
    return [name, isRequired(name) ? schema : orNull(schema)] as const;
  });
  return Object.fromEntries(settings);
}

/** What stands under a name that the author gives; null takes an inherited one away. */
function entry(node: SettingNode, definitions: Record<string, JsonSchema>): JsonSchema {
  return orNull(toSchema(node, definitions));
}

/** The same, or null; what explains it stays on top, where editors look. */
function orNull(schema: JsonSchema): JsonSchema {
  const { description, default: standard, ...rest } = schema;
  const head = {
    ...(description === undefined ? {} : { description }),
    ...(standard === undefined ? {} : { default: standard }),
  };
  const options = Object.keys(rest).join() === 'anyOf' ? (rest.anyOf as readonly JsonSchema[]) : [rest];
  return { ...head, anyOf: [...options, { type: 'null' }] };
}

/** One kind of distribution: its settings may be partial over an inherited one, its name may not be missing. */
function toDistribution(option: SettingNode, definitions: Record<string, JsonSchema>): JsonSchema {
  const { required } = option;
  return { ...toSchema(option, definitions), ...(required === undefined ? {} : { required }) };
}

/** What `toSchema` leaves out: the keys that must be there; undefined if there are none. */
function requirementsOf(node: SettingNode): JsonSchema | undefined {
  if (isDistributionNode(node)) return undefined;
  const blocks = (node.anyOf ?? []).filter((option) => option.properties !== undefined);
  if (blocks.length > 0) {
    const isMechanism = blocks.some(({ title }) => title !== undefined);
    const inner = isMechanism || blocks.length > 1 ? kindRequired(node, blocks) : requirementsOf(blocks[0]!);
    // biome-ignore lint/suspicious/noThenProperty: it is the keyword's name
    return inner === undefined ? undefined : { if: { type: 'object' }, then: inner };
  }
  const { required, properties = {}, additionalProperties } = node;
  const inside = Object.entries(properties).flatMap(([name, one]) => {
    const inner = requirementsOf(one);
    if (inner === undefined) return [];
    // biome-ignore lint/suspicious/noThenProperty: it is the keyword's name
    return [[name, required?.includes(name) ? inner : { if: { type: 'object' }, then: inner }] as const];
  });
  const entries = typeof additionalProperties === 'object' ? requirementsOf(additionalProperties) : undefined;
  if (required === undefined && inside.length === 0 && entries === undefined) return undefined;
  return {
    type: 'object',
    ...(required === undefined ? {} : { required }),
    ...(inside.length === 0 ? {} : { properties: Object.fromEntries(inside) }),
    ...(entries === undefined ? {} : { additionalProperties: entries }),
  };
}

/** The kind of a mechanism; where there is a default kind, its settings may stand without. */
function kindRequired({ default: standard }: SettingNode, blocks: readonly SettingNode[]): JsonSchema | undefined {
  const required = commonRequired(blocks);
  const own = blocks.find(({ title }) => title !== undefined && title === standard);
  if (required === undefined || own === undefined) return required;
  return { anyOf: [required, { type: 'object', propertyNames: { enum: Object.keys(own.properties ?? {}) } }] };
}

/** What every one of several blocks requires, such as the kind of a mechanism. */
function commonRequired(blocks: readonly SettingNode[]): JsonSchema | undefined {
  const [first, ...others] = blocks.map(({ required = [] }) => required);
  const required = first!.filter((key) => others.every((keys) => keys.includes(key)));
  return required.length === 0 ? undefined : { type: 'object', required };
}
