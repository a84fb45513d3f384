import { toNumber } from '../../reports/figure.js';
import { toDuration } from '../model/contract/settings.js';
import { isDistributionNode, isDurationNode, type SettingNode } from '../scenario/schema/setting-tree.js';
import { toFound } from '../scenario/text/faults.js';

/** A list of names that many settings take, and the heading that explains them. */
export interface Vocabulary {
  readonly names: readonly string[];
  /** Such as `hardware class`. */
  readonly words: string;
  readonly heading: string;
}

/** Lists of at most so many words stand where they are used. */
const wordsMost = 6;

/** What a setting may be, in Markdown: `0 to 1`, `1h to 1w`, one of a few words, or a link to what explains it. */
export function rangeOf(node: SettingNode, vocabularies: readonly Vocabulary[]): string {
  const inner = (part: SettingNode) => rangeOf(part, vocabularies);
  if (isDistributionNode(node)) {
    const least = node.minimum === 0 ? '' : `, ${bounds(node)}`;
    return `${link('distribution', 'Distributions')}${least}`;
  }
  if (isDurationNode(node)) return bounds(node, toDuration);
  if (node.membersOf !== undefined) return `one of those of ${link(code(node.membersOf), node.membersOf)}`;
  if ('const' in node) return code(node.const);
  if (node.enum !== undefined) return words(node.enum.map(String), vocabularies);
  if (node.anyOf !== undefined) return [...new Set(node.anyOf.map(inner))].join(' or ');
  if (node.type === 'integer') return `integer, ${bounds(node)}`;
  if (node.type === 'number') return bounds(node);
  if (node.type === 'boolean') return '`true`, `false`';
  if (node.type === 'array') return node.items === undefined ? 'list' : `list of ${inner(node.items)}`;
  if (typeof node.additionalProperties === 'object' && node.properties === undefined) {
    const { propertyNames, additionalProperties } = node;
    const names = propertyNames?.enum === undefined ? 'names' : 'such names';
    return `a map of ${names}, each ${inner(additionalProperties)}`;
  }
  if (node.type === 'object') return 'the settings below';
  return node.type === undefined ? 'any value' : 'text';
}

/** Code as Markdown shows it; a bar would end a cell of a table. */
export function code(value: unknown): string {
  return `\`${toFound(value).replaceAll('|', '\\|')}\``;
}

/** A link to a heading of the same document. */
export function link(text: string, heading: string): string {
  const anchor = heading
    .toLowerCase()
    .replace(/[^\p{L}\d _-]/gu, '')
    .replaceAll(' ', '-');
  return `[${text}](#${anchor})`;
}

function words(names: readonly string[], vocabularies: readonly Vocabulary[]): string {
  const known = vocabularies.find((one) => one.names.join() === names.join());
  if (known !== undefined && names.length > wordsMost) return `name of a ${link(known.words, known.heading)}`;
  return names.map(code).join(', ');
}

function bounds(node: SettingNode, write: (bound: number) => string = toNumber): string {
  const { minimum, exclusiveMinimum, exclusiveMaximum } = node;
  // The largest integer is no bound that anybody chose.
  const maximum = node.maximum === Number.MAX_SAFE_INTEGER ? undefined : node.maximum;
  if (minimum !== undefined && maximum !== undefined) return `${write(minimum)} to ${write(maximum)}`;
  const parts = [
    ...(minimum === undefined ? [] : [`≥ ${write(minimum)}`]),
    ...(exclusiveMinimum === undefined ? [] : [`> ${write(exclusiveMinimum)}`]),
    ...(maximum === undefined ? [] : [`≤ ${write(maximum)}`]),
    ...(exclusiveMaximum === undefined ? [] : [`< ${write(exclusiveMaximum)}`]),
  ];
  return parts.length === 0 ? 'any number' : parts.join(', ');
}
