/**
 * The settings of scenarios as plain data, for what explains them: the JSON Schema and the scenario reference.
 */
import { z } from 'zod';
import { toDuration } from '../../model/contract/settings.js';
import type { Registry } from './registry.js';
import { scenarioSchema } from './scenario-schema.js';

/** A setting, a block of settings, or one of the options of either: a part of a JSON Schema with `unit` beside it. */
export interface SettingNode {
  readonly type?: string;
  /** Name of the mechanism or strategy that the block belongs to. */
  readonly title?: string;
  readonly description?: string;
  /** Path of the setting under which the same kinds are explained with their settings, where it isn't this one. */
  readonly membersOf?: string;
  /** As `Setting.unit`: seconds, tokens, fraction, …. */
  readonly unit?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly pattern?: string;
  readonly anyOf?: readonly SettingNode[];
  readonly properties?: Readonly<Record<string, SettingNode>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: SettingNode | boolean;
  readonly propertyNames?: SettingNode;
  readonly items?: SettingNode;
}

/** Everything that a scenario can say that names what the registry has, once what it extends is merged in. */
export function settingTree(registry: Registry): SettingNode {
  const written = z.toJSONSchema(scenarioSchema(registry), {
    io: 'input',
    target: 'draft-07',
    override: ({ zodSchema, jsonSchema }) => {
      const { type, defaultValue } = zodSchema._zod.def as { type: string; defaultValue?: unknown };
      // A default of the checked value, such as 30 for 30s, is no input to zod, but scenarios can say it.
      if (type === 'default' || type === 'prefault') jsonSchema.default = defaultValue as never;
    },
  });
  return tidy(written as Json);
}

type Json = Readonly<Record<string, unknown>>;

const isMap = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Without what zod writes for itself, with nested choices in one level, and defaults as people write them. */
function tidy(node: Json): SettingNode {
  const { $schema: _schema, meaning: _meaning, oneOf, default: standard, ...rest } = node;
  const tidied: Record<string, unknown> = rest;
  const options = (oneOf ?? node.anyOf) as readonly Json[] | undefined;
  if (options !== undefined) tidied.anyOf = options.map(tidy).flatMap(optionsOf);
  for (const key of ['items', 'additionalProperties', 'propertyNames']) {
    if (isMap(node[key])) tidied[key] = tidy(node[key]);
  }
  if (isMap(node.properties)) {
    tidied.properties = Object.fromEntries(
      Object.entries(node.properties).map(([name, inner]) => [name, tidy(inner as Json)]),
    );
  }
  if (standard !== undefined) tidied.default = toWritten(standard, unitOf(tidied));
  return tidied;
}

/** What an option adds to a choice: its own options if it is a choice that nothing is said about, else itself. */
function optionsOf(option: SettingNode): readonly SettingNode[] {
  const { anyOf, description: _description, ...rest } = option;
  return anyOf !== undefined && Object.keys(rest).length === 0 ? anyOf : [option];
}

/** The unit of a setting, or of the first of its options that has one. */
export function unitOf({ unit, anyOf = [] }: SettingNode): string | undefined {
  return unit ?? anyOf.map(unitOf).find((inner) => inner !== undefined);
}

/** Whether the setting is a distribution: a plain value, or a map with a kind of distribution as its only key. */
export function isDistributionNode({ anyOf = [] }: SettingNode): boolean {
  return anyOf.some(({ properties = {} }) => 'lognormal' in properties);
}

/** Whether the setting is a number of seconds or a text such as 20m. */
export function isDurationNode({ unit, anyOf = [] }: SettingNode): boolean {
  return unit === 'seconds' && anyOf.length === 2 && anyOf.every(({ type }) => type === 'number' || type === 'string');
}

/** A default as a scenario would have it: durations in their largest unit, a constant distribution as its value. */
function toWritten(value: unknown, unit: string | undefined): unknown {
  const plain = isMap(value) && value.kind === 'constant' ? value.mean : value;
  return typeof plain === 'number' && unit === 'seconds' && plain > 0 ? toDuration(plain) : plain;
}
