import { protocolNames } from './protocols.js';
import { isDistributionNode, isDurationNode, type SettingNode, settingTree } from './setting-tree.js';

type JsonSchema = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (draft 7, which editors know best) of a scenario's file.
 *
 * It lets pass whatever the check accepts, and refuses what a single setting can tell: unknown keys, types, ranges,
 * names. A file that extends another one may leave anything out, so what is required stands in a condition.
 */
export function scenarioJsonSchema(): object {
  const tree = settingTree();
  const definitions: Record<string, JsonSchema> = {};
  const { properties, ...scenario } = toSchema(tree, definitions) as { properties: Record<string, JsonSchema> };
  const { protocol, ...others } = properties;
  const protocolName = {
    description: 'Protocol of the package, or the path of a file, seen from this one',
    anyOf: [{ enum: protocolNames() }, { type: 'string', pattern: '[/\\\\.]' }],
  };
  const required = requirementsOf(tree)!;
  const inProtocol = requirementsOf(tree.properties!.protocol!)!;
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Scenario of reputation-sim',
    ...scenario,
    properties: {
      extends: {
        type: 'string',
        minLength: 1,
        description: 'Scenario to lay this one over: a path, seen from this file',
      },
      protocol: {
        description: protocol!.description,
        anyOf: [
          protocolName,
          { ...protocol, properties: { extends: protocolName, ...(protocol!.properties as JsonSchema) } },
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
export function jsonSchemaText(): string {
  return `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`;
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
  const { anyOf, properties, additionalProperties, items, ...plain } = rest;
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
    ...(properties === undefined ? {} : { properties: mapValues(properties, (one) => toSchema(one, definitions)) }),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: entry(additionalProperties, definitions) }
      : {}),
    // A list replaces an inherited one as a whole, so that its items are complete.
    ...(items === undefined ? {} : { items: { allOf: [toSchema(items, definitions), requirementsOf(items) ?? {}] } }),
  };
}

/** What stands under a name that the author gives; of a block, nothing takes an inherited one away. */
function entry(node: SettingNode, definitions: Record<string, JsonSchema>): JsonSchema {
  const schema = toSchema(node, definitions);
  return node.properties === undefined ? schema : { anyOf: [schema, { type: 'null' }] };
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
    const inner = blocks.length === 1 ? requirementsOf(blocks[0]!) : commonRequired(blocks);
    // biome-ignore lint/suspicious/noThenProperty: it is the keyword's name
    return inner === undefined ? undefined : { if: { type: 'object' }, then: inner };
  }
  const { required, properties = {}, additionalProperties } = node;
  const inside = Object.entries(properties).flatMap(([name, one]) => {
    const inner = requirementsOf(one);
    return inner === undefined ? [] : [[name, inner] as const];
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

/** What every one of several blocks requires, such as the kind of a mechanism. */
function commonRequired(blocks: readonly SettingNode[]): JsonSchema | undefined {
  const [first, ...others] = blocks.map(({ required = [] }) => required);
  const required = first!.filter((key) => others.every((keys) => keys.includes(key)));
  return required.length === 0 ? undefined : { type: 'object', required };
}

function mapValues<From, To>(entries: Readonly<Record<string, From>>, change: (from: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, change(value)]));
}
