import { isDistributionNode, type SettingNode, unitOf } from '../scenario/schema/setting-tree.js';
import { code } from './setting-range.js';

/** Of a table of settings. */
export const heads = ['Setting', 'Unit', 'Range', 'Default', 'Meaning'];

/** A setting by its path in a scenario. */
export interface Setting {
  readonly path: string;
  readonly node: SettingNode;
  readonly isRequired: boolean;
}

/** The settings of a map, without those inside them. */
export function settingsOf({ properties = {}, required = [] }: SettingNode, path: string): readonly Setting[] {
  return Object.entries(properties)
    .filter(([name]) => name !== 'kind')
    .map(([name, node]) => ({
      path: path === '' ? name : `${path}.${name}`,
      node,
      isRequired: required.includes(name),
    }));
}

/** Every setting inside a node, at any depth, but for those of mechanisms and distributions. */
export function settingsIn(node: SettingNode, path: string): readonly Setting[] {
  if (isDistributionNode(node) || node.membersOf !== undefined) return [];
  const own = settingsOf(node, path).flatMap((setting) => [setting, ...settingsIn(setting.node, setting.path)]);
  const { additionalProperties, items, anyOf = [] } = node;
  return [
    ...own,
    ...(typeof additionalProperties === 'object' ? settingsIn(additionalProperties, `${path}.NAME`) : []),
    ...(items === undefined ? [] : settingsIn(items, `${path}.N`)),
    ...anyOf.filter(({ title }) => title === undefined).flatMap((option) => settingsIn(option, path)),
  ];
}

/** Its row in such a table. */
export function rowOf({ path, node, isRequired }: Setting, range: string): readonly string[] {
  const unit = unitOf(node);
  const standard = isRequired ? '__required__' : 'default' in node ? defaultOf(node.default) : '–';
  return [code(path), unitWords[unit ?? ''] ?? unit ?? '', range, standard, meaningOf(node)];
}

/** Nothing for a block that is there by default: its own settings have defaults. */
function defaultOf(standard: unknown): string {
  const isBlock = typeof standard === 'object' && !Array.isArray(standard) && Object.keys(standard ?? {}).length === 0;
  return isBlock ? '' : code(standard);
}

const unitWords: Readonly<Record<string, string>> = { seconds: 'duration', '1': '' };

export function meaningOf({ description, anyOf = [] }: SettingNode): string {
  return description ?? anyOf.map(meaningOf).find((meaning) => meaning !== '') ?? '';
}

/** The mechanisms or strategies that a setting can name. */
export function kindsOf({ anyOf = [] }: SettingNode): readonly SettingNode[] {
  return anyOf.filter(({ title }) => title !== undefined);
}
