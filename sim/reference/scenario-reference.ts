/**
 * docs/scenario-reference.md: every setting in a table, made of the schemas that check it.
 *
 * A section for each block at the top of a scenario, in it one for each mechanism, then the names that settings take.
 */

import { Registry } from '../scenario/schema/registry.js';
import { isDistributionNode, type SettingNode, settingTree } from '../scenario/schema/setting-tree.js';
import { nameSections, toTable, vocabularies } from './reference-names.js';
import { code, link, rangeOf } from './setting-range.js';
import { heads, kindsOf, meaningOf, rowOf, type Setting, settingsIn, settingsOf } from './setting-rows.js';

const introduction = `# Scenario reference

Every setting of a scenario, made by \`npm run update-docs\` of the schemas that check it. \`sim schema\` prints them as
JSON Schema for editors.

- __Setting__ is the path as \`--set PATH=VALUE\` takes it. \`NAME\` stands for a name that you give (letters,
  digits, - and _), \`N\` for a place in a list, from 0.
- \`--set\` lays its value over what is there as a nearer file would: a map key by key
  (\`--set 'fleet.swarm={ nodes: 3 }'\` leaves the swarm's strategy), everything else as a whole. A path that makes a
  new part with a name of its own (a cohort, a workload, an outage, a bug, a surge, a provider) begins with a \`+\`:
  \`--set '+fleet.more={ nodes: 50 }'\`. To replace a part as a whole, take it away first: \`--set fleet.swarm=null
  --set '+fleet.swarm={ nodes: 3 }'\`.
- \`null\` gives a setting its default back, in a file that extends another one and with \`--set\`, and takes a part
  with a name of its own away, or a share from several that are inherited; a name that isn't there is refused. What is
  required can't be null.
- A __seed__ is a plain integer or a text, and \`7\` and \`"7"\` are the same one; what could be read in two ways
  (\`012\`, \`1e3\`, \`1.0\`, \`0x10\`, \`"7 "\`) is refused.
- A __duration__ is written \`300ms\`, \`30s\`, \`20m\`, \`1.5h\`, \`30d\` or \`2w\`; a plain number is in seconds.
- A dash as __default__ means that the setting may be left out; its meaning says what applies then.
- A mechanism is written as a map with its \`kind\`, or as its bare name where the defaults will do. A map without
  \`kind\` holds settings of the default one.
- \`extends: FILE\` lays a scenario over another one, and \`protocol: { extends: NAME }\` settings over those of a
  [protocol](#protocols). The nearer file wins key by key; lists are replaced whole; another \`kind\` drops the settings
  of the one before; shares of \`hardware\` and \`regions\` are replaced whole, too.
`;

/** The whole document; ends in a line break. */
export function scenarioReference(): string {
  const tree = settingTree(Registry.builtIn());
  const known = vocabularies();
  const blocks = Object.entries(tree.properties!).filter(([, node]) => settingsIn(node, '').length > 0);
  const isBlock = (name: string) => blocks.some(([block]) => block === name);
  const top = settingsOf(tree, '').map((setting) => {
    const range = isBlock(setting.path) ? link('settings', setting.path) : rangeOf(setting.node, known);
    return rowOf(setting, range);
  });
  const sections = blocks.map(([name, node]) => blockSection(name, node, tree.required?.includes(name) ?? false));
  return [
    introduction,
    `## The whole\n\nA scenario is a map of these settings.\n\n${toTable(heads, top)}`,
    ...sections,
    distributionSection(tree),
    ...nameSections(),
  ].join('\n');
}

function blockSection(name: string, node: SettingNode, isRequired: boolean): string {
  const settings = settingsIn(node, name);
  const rows = settings.map((setting) => {
    const kinds = kindsOf(setting.node);
    return rowOf(setting, kinds.length === 0 ? rangeOf(setting.node, vocabularies()) : choiceOf(setting, kinds));
  });
  const mechanisms = settings.filter((setting) => kindsOf(setting.node).length > 0).map(mechanismSection);
  const first = `## ${name}\n\n${meaningOf(node)}${isRequired ? ' (required)' : ''}.\n\n${toTable(heads, rows)}`;
  return [first, ...mechanisms].join('\n');
}

function choiceOf({ path, node }: Setting, kinds: readonly SettingNode[]): string {
  const names = kinds.map(({ title }) => link(code(title), headingOf(path, title!)));
  return `${names.join(', ')}${node.anyOf!.some(({ type }) => type === 'array') ? ', or a list of them' : ''}`;
}

const headingOf = (path: string, kind: string) => `${kind} (${path.split('.').at(-1)})`;

function mechanismSection({ path, node }: Setting): string {
  const kinds = kindsOf(node).map((kind) => {
    const rows = settingsIn(kind, path).map((setting) => rowOf(setting, rangeOf(setting.node, vocabularies())));
    const settings = rows.length === 0 ? 'It has no settings.\n' : toTable(heads, rows);
    return `#### ${headingOf(path, kind.title!)}\n\n${kind.description}\n\n${settings}`;
  });
  return [`### ${path}\n\n${meaningOf(node)}.\n`, ...kinds].join('\n');
}

/** Kinds and parameters as the first distribution of the tree has them: all have the same but for the unit. */
function distributionSection(tree: SettingNode): string {
  const found = findNode(tree, isDistributionNode)!;
  const rows = found.anyOf!.flatMap(({ properties = {} }) =>
    Object.entries(properties).map(([kind, node]) => {
      const parameters = Object.entries(node.properties ?? {}).map(
        ([name, one]) => `${code(name)} (${meaningOf(one)})`,
      );
      const single = node.items === undefined ? 'the value' : 'a list of observed values, each equally likely';
      return [code(kind), parameters.length === 0 ? single : parameters.join(', ')];
    }),
  );
  const explained =
    'A distribution is a plain value, or a map with one of these as its only key, such as ' +
    '`{ lognormal: { median: 20m, sigma: 1 } }`. Values, means, medians and scales are in the setting’s unit.';
  return `## Distributions\n\n${explained}\n\n${toTable(['Kind', 'Parameters'], rows)}`;
}

function findNode(node: SettingNode, isFound: (node: SettingNode) => boolean): SettingNode | undefined {
  if (isFound(node)) return node;
  const { properties = {}, anyOf = [], additionalProperties, items } = node;
  const inner = [...Object.values(properties), ...anyOf, ...(items === undefined ? [] : [items])];
  if (typeof additionalProperties === 'object') inner.push(additionalProperties);
  return inner.map((one) => findNode(one, isFound)).find((found) => found !== undefined);
}
