import { harmless } from '../../../reports/harmless.js';
import type { CheckRow } from './rows.js';

/**
 * An annotation for each row that doesn't hold, at the line of its expectation, as GitHub Actions reads them from what
 * a step prints. Source: GitHub Docs, Workflow commands for GitHub Actions.
 *
 * @param isUndecidedPass whether what is undecided is a warning, not an error
 */
export function toAnnotations(rows: readonly CheckRow[], isUndecidedPass: boolean): readonly string[] {
  return rows
    .filter(({ verdict }) => verdict !== 'holds')
    .map(({ column, command, file, found, line, scenario, text, verdict }) => {
      const level = verdict === 'undecided' && isUndecidedPass ? 'warning' : 'error';
      const place = line === undefined ? [] : [`line=${line}`, ...(column === undefined ? [] : [`col=${column}`])];
      const properties = [`file=${property(file)}`, ...place, `title=${property(`${scenario}: ${verdict}`)}`];
      return `::${level} ${properties.join(',')}::${escaped(`${text}, found ${found}\n${command}`)}`;
    });
}

function escaped(text: string): string {
  return harmless(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function property(text: string): string {
  return escaped(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
