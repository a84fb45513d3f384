import { harmless } from '../harmless.js';

/** Makes a text safe between tags and in quoted attributes; line breaks stay, other control characters go. */
export function escapeHtml(text: string): string {
  return harmless(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');
}

/** Sentences, in which a number and the word behind it stay on one line. */
export function prose(text: string): string {
  return escapeHtml(text).replace(/(\d) (?=[%\p{L}])/gu, '$1\u00a0');
}

export function section(id: string, heading: string, body: string): string {
  return `<section aria-labelledby="${id}">\n<h2 id="${id}">${escapeHtml(heading)}</h2>\n${body}\n</section>`;
}

export function note(text: string): string {
  return `<p class="note">${escapeHtml(text)}</p>`;
}

/** What a reader opens who wants it. */
export function folded(summary: string, body: string): string {
  return `<details>\n<summary>${escapeHtml(summary)}</summary>\n${body}\n</details>`;
}

/** Seen on narrow screens only. */
export function hint(what: string): string {
  return `<p class="hint">${what} can be moved sideways →</p>\n`;
}

/** A column of a table on the page, which knows its cell in a row. */
export interface TableColumn<Row> {
  readonly heading: string;
  readonly isNumber?: true;
  /** The cell, escaped. */
  html(row: Row): string;
}

export function ofText<Row>(heading: string, textOf: (row: Row) => string): TableColumn<Row> {
  return { heading, html: (row) => escapeHtml(textOf(row)) };
}

export function ofNumber<Row>(heading: string, textOf: (row: Row) => string): TableColumn<Row> {
  return { ...ofText(heading, textOf), isNumber: true };
}

export function ofCode<Row>(heading: string, textOf: (row: Row) => string): TableColumn<Row> {
  return { heading, html: (row) => `<code>${escapeHtml(textOf(row))}</code>` };
}

export function table<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[], empty: string): string {
  if (rows.length === 0) return note(empty);
  const kind = ({ isNumber }: TableColumn<Row>) => (isNumber === true ? ' class="number"' : '');
  const head = columns.map((column) => `<th scope="col"${kind(column)}>${escapeHtml(column.heading)}</th>`);
  const body = rows.map(
    (row) => `<tr>${columns.map((column) => `<td${kind(column)}>${column.html(row)}</td>`).join('')}</tr>`,
  );
  return (
    // A box that scrolls is reached by the keyboard, too.
    `${columns.length < 3 ? '' : hint('This table')}<div class="wide" tabindex="0"><table>\n` +
    `<thead><tr>${head.join('')}</tr></thead>\n` +
    `<tbody>\n${body.join('\n')}\n</tbody>\n</table></div>`
  );
}

export function terms(entries: readonly { readonly name: string; readonly value: string }[], tag?: 'code'): string {
  const items = entries.map(({ name, value }) => {
    const text = tag === undefined ? escapeHtml(value) : `<${tag}>${escapeHtml(value)}</${tag}>`;
    return `<dt>${escapeHtml(name)}</dt><dd>${text}</dd>`;
  });
  return `<dl class="terms">\n${items.join('\n')}\n</dl>`;
}
