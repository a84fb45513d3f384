import type { ReportChart } from '../write.js';
import { escapeHtml, ofCode, ofText, section, table } from './markup.js';
import { pageScripts, scriptHash } from './runtime.js';
import { REPORT_STYLE } from './style.js';

/** What a report's file is made of. */
interface Page {
  readonly title: string;
  /** Under the title; empty for none. */
  readonly question: string;
  /** Without them nothing is run. */
  readonly charts: readonly ReportChart[];
  /** Those that charts can hide. */
  readonly cohorts: readonly { readonly name: string; readonly color: string; readonly isAttacker: boolean }[];
  readonly sections: readonly string[];
}

/**
 * A report in one HTML file that opens from disk and loads nothing from elsewhere, which its content security policy
 * enforces: it runs the embedded scripts only, by their hashes, and no text is ever evaluated.
 */
export function pageHtml({ title, question, charts, cohorts, sections }: Page): string {
  const scripts = charts.length === 0 ? [] : pageScripts();
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(scripts)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<main>
<header>
<h1>${escapeHtml(title)}</h1>
${question === '' ? '' : `<p class="question">${escapeHtml(question)}</p>\n`}</header>
${sections.join('\n')}
</main>
${scripts.length === 0 ? '' : dataScript({ charts, cohorts })}
${scripts.map((script) => `<script>${script}</script>`).join('\n')}
</body>
</html>
`;
}

/** What the page may do: run these scripts, by their hashes, and load nothing. */
function contentSecurityPolicy(scripts: readonly string[]): string {
  const allowed = scripts.length === 0 ? "'none'" : scripts.map(scriptHash).join(' ');
  return [
    "default-src 'none'",
    'img-src data:',
    // Vega and the switches set the style of single elements.
    "style-src 'unsafe-inline'",
    `script-src ${allowed}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

/** What the scripts read: data that no browser runs, with `<` escaped so that no text can end it. */
function dataScript({ charts, cohorts }: Pick<Page, 'charts' | 'cohorts'>): string {
  const data = { cohorts, charts: Object.fromEntries(charts.map(({ name, live }) => [name, live])) };
  const json = JSON.stringify(data).replace(/</g, '\\u003c');
  return `<script type="application/json" id="report-data">${json}</script>`;
}

/** A run that ended in an error, where it belongs, and the command that does it alone. */
export interface FailedText {
  readonly where: string;
  readonly failed: string;
  readonly command: string;
}

/** The runs that failed; no section where all came to an end. */
export function failuresSection(failures: readonly FailedText[]): readonly string[] {
  if (failures.length === 0) return [];
  const columns = [
    ofText('Run', ({ where }: FailedText) => where),
    ofText('Error', ({ failed }: FailedText) => failed),
    ofCode('Alone', ({ command }: FailedText) => command),
  ];
  return [section('failures', 'Runs that failed, which everything else leaves out', table(columns, failures, ''))];
}
