import { harmless } from '../../../reports/harmless.js';
import type { CheckRow } from './rows.js';

const marks: Readonly<Record<CheckRow['verdict'], string>> = {
  holds: '✅ holds',
  fails: '❌ fails',
  undecided: '❔ undecided',
  error: '💥 error',
};

/**
 * A summary in Markdown: how it ended, a table of the verdicts with what doesn't hold first, and the commands that show
 * it.
 *
 * @param heading the sentence that sums up
 */
export function toMarkdown(rows: readonly CheckRow[], heading: string): string {
  const bad = rows.filter(({ verdict }) => verdict !== 'holds');
  const good = rows.filter(({ verdict }) => verdict === 'holds');
  const line = ({ scenario, text, verdict, found }: CheckRow) =>
    `| ${[marks[verdict], scenario, text, found].map(cell).join(' | ')} |`;
  const commands = [...new Set(bad.map(({ command }) => command))];
  return [
    `## ${bad.length === 0 ? '✅' : '❌'} Economic properties`,
    '',
    plain(heading),
    '',
    '| verdict | scenario | expectation | found |',
    '| --- | --- | --- | --- |',
    ...[...bad, ...good].map(line),
    '',
    ...(commands.length === 0 ? [] : ['Again:', '', '```sh', ...commands.map(harmless), '```', '']),
  ].join('\n');
}

function cell(text: string): string {
  return plain(text).replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}

/** Without what Markdown would read as markup. */
function plain(text: string): string {
  return harmless(text).replace(/[\\`*_<>[\]]/g, '\\$&');
}
