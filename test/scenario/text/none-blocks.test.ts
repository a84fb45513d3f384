import { describe, expect, test } from 'vitest';
import { Registry } from '../../../sim/scenario/schema/registry.js';
import { type SettingNode, settingTree } from '../../../sim/scenario/schema/setting-tree.js';
import { linesOf } from '../../support/refusals.js';
import { loadText } from '../../support/scenarios.js';

const base = `
horizon: 10d
fleet: { honest: { nodes: 30 } }
workload: { batch: { arrivals: { perHour: 5 } } }
`;

/** A setting that is `none` or a block, and a part of the block; with the kinds that must stand beside it. */
interface Block {
  readonly path: string;
  readonly part: string;
  readonly beside: readonly string[];
}

function blocksIn(node: SettingNode, path: string, beside: readonly string[]): Block[] {
  const { properties = {}, anyOf = [], additionalProperties } = node;
  const names: Readonly<Record<string, string>> = { fleet: 'honest', workload: 'batch' };
  const below = (name: string) => (path === '' ? name : `${path}.${name}`);
  const own = Object.entries(properties).flatMap(([name, inner]) => blocksIn(inner, below(name), beside));
  const kinds = anyOf.flatMap((option) => {
    const isKind = option.title !== undefined && option.properties !== undefined;
    return isKind ? blocksIn(option, path, [...beside, `${path}=${option.title}`]) : [];
  });
  const isNone = anyOf.some((option) => JSON.stringify(option).includes('"none"') && option.properties === undefined);
  const blocks = anyOf.filter(({ title, properties: parts }) => title === undefined && parts !== undefined);
  const found = isNone ? blocks.map((block) => ({ path, part: Object.keys(block.properties!)[0]!, beside })) : [];
  const inner = blocks.flatMap((block) => blocksIn(block, path, beside));
  const name = names[path];
  const entries = typeof additionalProperties === 'object' && name !== undefined;
  return [
    ...own,
    ...kinds,
    ...found,
    ...inner,
    ...(entries ? blocksIn(additionalProperties, below(name), beside) : []),
  ];
}

const blocks = blocksIn(settingTree(Registry.builtIn()), '', []).filter(({ part }) => part !== 'kind');

const refusals = (...set: readonly string[]) => linesOf(() => loadText(base, ...set));

describe('a block over the word none', () => {
  test('is tried on every setting that has one', () => {
    const paths = blocks.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['protocol.appeal', 'protocol.suspension', 'protocol.insurance']));
  });

  test.each(blocks)('$path keeps nothing of the word', ({ path, part, beside }) => {
    const found = refusals(...beside, `${path}=none`, `${path}.${part}=1`).join('\n');
    // what else is wrong is told, such as a part that can't be 1
    expect(found).not.toMatch(/found kind\b|expected only kind/);
  });
});
