import { join } from 'node:path';
import { packageRoot } from '../package.js';
import { toTable } from './reference-names.js';
import { attackersInWords, listScenarios } from './scenario-list.js';

const introduction = `# Scenarios

Every scenario of the package by its folder; \`npm run update-docs\` writes all but the last column, which says what
was found with the seed as in the file. \`sim list\` finds some by \`--attack\`, \`--protocol\` and \`--word\`.

Those of \`attacks/\` have the variants \`defended\`, \`undefended\` and \`honest\`: what is expected of the defence
fails without it, and without attackers, which a test holds.
`;

/** docs/scenarios.md, with what it says now of what was found; ends in a line break. */
export function scenarioTable(current: string): string {
  const found = new Map(
    [...current.matchAll(/^\| `([^`]+\.yaml)` \| .* \| ([^|]*) \|$/gm)].map((row) => [row[1]!, row[2]!.trim()]),
  );
  const folders = new Map<string, (readonly string[])[]>();
  for (const { name, question, summary } of listScenarios(join(packageRoot(), 'scenarios'))) {
    const folder = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : 'scenarios';
    const protocol = summary?.protocol ?? 'its own';
    const attackers = summary === undefined ? '' : attackersInWords(summary);
    const file = `${name}.yaml`;
    const row = [`\`${file}\``, question.replaceAll('|', '\\|'), protocol, attackers, found.get(file) ?? '–'];
    folders.set(folder, [...(folders.get(folder) ?? []), row]);
  }
  const heads = ['File', 'Question', 'Protocol', 'Attackers', 'What it finds'];
  const sections = [...folders].map(([folder, rows]) => `## ${folder}\n\n${toTable(heads, rows)}`);
  return [introduction, ...sections].join('\n');
}
