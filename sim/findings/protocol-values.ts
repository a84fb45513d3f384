import { toDuration } from '../model/contract/settings.js';
import type { Plain } from '../scenario/plan/resolved-protocol.js';
import type { Registry } from '../scenario/schema/registry.js';
import { type SettingNode, settingTree, unitOf } from '../scenario/schema/setting-tree.js';

/** A value of the protocol in force. */
export interface ProtocolValue {
  readonly path: string;
  readonly value: string;
  readonly isDefault: boolean;
}

/** Every value of the resolved protocol; those whose path is among the changed ones aren't the default. */
export function protocolValues(
  protocol: unknown,
  changed: ReadonlySet<string>,
  registry: Registry,
): readonly ProtocolValue[] {
  const values: ProtocolValue[] = [];
  const list = (value: Plain, path: string, node: SettingNode | undefined): void => {
    const add = (text: string) => values.push({ path, value: text, isDefault: !isChanged(path, changed) });
    if (typeof value !== 'object' || value === null) {
      add(
        typeof value === 'number' && node !== undefined && unitOf(node) === 'seconds'
          ? toTime(value)
          : String(value ?? '–'),
      );
      return;
    }
    const { kind, ...rest } = value as Readonly<Record<string, Plain>>;
    if (typeof kind === 'string') add(kind);
    const entries = Object.entries(rest);
    if (entries.length === 0 && kind === undefined) add('none');
    for (const [key, inner] of entries) list(inner, `${path}.${key}`, partOf(node, key, kind));
  };
  list(protocol as Plain, 'protocol', partOf(settingTree(registry), 'protocol', undefined));
  return values;
}

const toTime = (seconds: number) => (seconds === 0 ? '0' : toDuration(seconds));

/** Whether the value, or the plain block or list that it stands in, was given another value than its default. */
function isChanged(path: string, changed: ReadonlySet<string>): boolean {
  return changed.has(path) || changed.has(path.slice(0, path.lastIndexOf('.')));
}

/** The node of a part: in a block, in the option of this kind, or a member of a list. */
function partOf(node: SettingNode | undefined, key: string, kind: Plain | undefined): SettingNode | undefined {
  if (node === undefined) return undefined;
  if (node.items !== undefined && /^\d+$/.test(key)) return node.items;
  const own = node.properties?.[key];
  if (own !== undefined && (typeof kind !== 'string' || isOfKind(node, kind))) return own;
  for (const option of node.anyOf ?? []) {
    const found = partOf(option, key, kind);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOfKind({ title, properties }: SettingNode, kind: string): boolean {
  const { const: own } = properties?.kind ?? {};
  return own === undefined ? title === undefined || title === kind : own === kind;
}
