/**
 * docs/adversaries.md: every strategy with what it does, its formula, settings and source, and what shows it: made of
 * the registry and of the scenarios as they are read.
 */
import { Registry } from '../scenario/schema/registry.js';
import { type SettingNode, settingTree } from '../scenario/schema/setting-tree.js';
import { toTable, vocabularies } from './reference-names.js';
import { code, link, rangeOf } from './setting-range.js';
import { heads, kindsOf, rowOf, type Setting, settingsIn } from './setting-rows.js';
import { type Showcase, toShownLines } from './shown-by.js';

const introduction = `# Adversaries

Every strategy that a cohort can play (\`fleet.NAME.strategy\`), made by \`npm run update-docs\` of the strategies
themselves and of the scenarios that use them. What mechanisms see of it is evidence alone: an attacker differs from an
honest node in what it does, and in nothing that a protocol could read. Each is measured against its
[honest twin](metrics.md#attackerprofitovertwinusd): the same machines, capital and times, with every attacker honest.

Who attacks: the operators of a cohort whose strategy means harm, and those of every cohort that names an attack,
whatever they play. Members of one attack share the wrong answer that they agree on, targets and a purse.
`;

/** Settings beside the strategy's own that make an attack what it is. */
const sharedPaths = [
  'fleet.NAME.attack',
  'fleet.NAME.purse.gives',
  'fleet.NAME.purse.takesUpTo',
  'fleet.NAME.nodes',
  'fleet.NAME.stake',
  'fleet.NAME.funds',
  'fleet.NAME.joins.at',
  'fleet.NAME.joins.over',
  'fleet.NAME.leaves.at',
  'fleet.NAME.reporters',
  'fleet.NAME.turnout',
  'fleet.NAME.ballot',
  'protocol.seesDoubleSigning',
  'protocol.directedJobs',
  'money.strike',
  'money.eclipse',
  'twin',
];

/** The whole document; ends in a line break. */
export function adversariesPage({ ofStrategy }: Showcase): string {
  const registry = Registry.builtIn();
  const tree = settingTree(registry);
  const settings = settingsIn(tree, '');
  const shared = sharedPaths.map((path) => settingRow(settings.find((setting) => setting.path === `${path}`)!));
  const strategy = settings.find(({ path }) => path === 'fleet.NAME.strategy')!;
  const { strategy: strategies } = registry.registered;
  const index = strategies.map(({ kind, meaning, isAttacker, members }) => {
    const side = isAttacker ? 'attackers' : members === undefined ? 'honest' : 'as its parts';
    return [link(code(kind), kind), side, meaning, `${ofStrategy.get(kind)?.length ?? 0}`];
  });
  const sections = strategies.map(({ kind, meaning, formula, source, isAttacker, members }) => {
    const block = kindsOf(strategy.node).find(({ title }) => title === kind)!;
    const scenarios = ofStrategy.get(kind) ?? [];
    const side = isAttacker ? 'mean' : members === undefined ? 'mean no' : 'mean, if any of its parts does,';
    const told = [
      ...(formula === undefined ? [] : [`- Formula: ${formula}`]),
      `- Source: ${source ?? 'none is named'}`,
      `- Its operators ${side} harm; as members of an attack all do`,
      ...(scenarios.length === 0 ? ['- No scenario shows it'] : ['- Shown by', ...toShownLines(scenarios)]),
    ];
    return `## ${kind}\n\n${meaning}\n\n${told.join('\n')}\n\n${tableOf(block)}`;
  });
  return [
    introduction,
    `## What attacks share\n\n${toTable(heads, shared)}`,
    `## All of them\n\n${toTable(['Strategy', 'Side', 'What it does', 'Scenarios'], index)}`,
    ...sections,
  ].join('\n');
}

function tableOf(block: SettingNode): string {
  const own = settingsIn(block, 'fleet.NAME.strategy');
  return own.length === 0 ? 'It has no settings.\n' : toTable(heads, own.map(settingRow));
}

/** As in the scenario reference, of which the links are. */
function settingRow(setting: Setting): readonly string[] {
  const cells = rowOf(setting, rangeOf(setting.node, vocabularies()));
  return cells.map((cell) => cell.replaceAll('](#', '](scenario-reference.md#'));
}
