import { escapeHtml } from '../../../reports/page/markup.js';
import type { CheckRow } from './rows.js';

/**
 * The verdicts as JUnit XML, the form that CI servers read: a suite a scenario, a case an expectation.
 *
 * @param isUndecidedPass whether what is undecided counts as skipped, not as failed
 */
export function toJunit(rows: readonly CheckRow[], isUndecidedPass: boolean): string {
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];
  const suites = scenarios.map((scenario) => {
    const cases = rows.filter((row) => row.scenario === scenario);
    const body = cases.map((row) => caseOf(row, isUndecidedPass)).join('\n');
    return `  <testsuite ${countsOf(cases, isUndecidedPass)} name="${escapeXml(scenario)}">\n${body}\n  </testsuite>`;
  });
  const head = `<testsuites name="sim check" ${countsOf(rows, isUndecidedPass)}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${[head, ...suites, '</testsuites>'].join('\n')}\n`;
}

type Ending = 'passed' | 'failure' | 'error' | 'skipped';

function endingOf({ verdict }: CheckRow, isUndecidedPass: boolean): Ending {
  if (verdict === 'error') return 'error';
  if (verdict === 'undecided') return isUndecidedPass ? 'skipped' : 'failure';
  return verdict === 'holds' ? 'passed' : 'failure';
}

function countsOf(rows: readonly CheckRow[], isUndecidedPass: boolean): string {
  const endings = rows.map((row) => endingOf(row, isUndecidedPass));
  const many = (ending: Ending) => endings.filter((one) => one === ending).length;
  return `tests="${rows.length}" failures="${many('failure')}" errors="${many('error')}" skipped="${many('skipped')}"`;
}

function caseOf(row: CheckRow, isUndecidedPass: boolean): string {
  const line = row.line === undefined ? '' : ` line="${row.line}"`;
  const [scenario, name, file] = [row.scenario, row.text, row.file].map(escapeXml);
  const open = `    <testcase classname="${scenario}" name="${name}" file="${file}"${line}`;
  const ending = endingOf(row, isUndecidedPass);
  if (ending === 'passed') return `${open}/>`;
  const message = `message="${escapeXml(`${row.verdict}: found ${row.found}`)}"`;
  if (ending === 'skipped') return `${open}>\n      <skipped ${message}/>\n    </testcase>`;
  return `${open}>\n      <${ending} ${message}>${escapeXml(row.command)}</${ending}>\n    </testcase>`;
}

/** What is safe in a page is safe here: five characters as references, which both know by these names and numbers. */
function escapeXml(text: string): string {
  return escapeHtml(text).replace(/[\t\r\n]/g, ' ');
}
