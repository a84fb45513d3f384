import { type Registered, Registry } from '../scenario/schema/registry.js';

const titles: Readonly<Record<keyof Registered, string>> = {
  assignment: 'assignment',
  verification: 'verification, also a list of them',
  reputation: 'reputation',
  slashing: 'slashing',
  rewards: 'rewards',
  strategy: 'strategies',
};

/** Between which lines of the README the table stands. */
const kindsBegin = '<!-- what scenarios can name: written by npm run update-docs -->';
const kindsEnd = '<!-- end of what scenarios can name -->';

/** All that scenarios can name, as a table of Markdown: a row a role. */
function kindsTable(): string {
  const { registered } = Registry.builtIn();
  const rows = Object.entries(titles).map(([role, title]) => {
    const entries: readonly { readonly kind: string }[] = registered[role as keyof Registered];
    const kinds = entries.map(({ kind }) => kind);
    return `| ${title} | ${kinds.map((kind) => `\`${kind}\``).join(', ')} |`;
  });
  return ['| role | kinds |', '|---|---|', ...rows].join('\n');
}

/** The README with the table as it is now; throws where its place isn't marked. */
export function withKindsTable(readme: string): string {
  const [begin, end] = [readme.indexOf(kindsBegin), readme.indexOf(kindsEnd)];
  if (begin < 0 || end < begin) throw new Error(`README: expected the lines ${kindsBegin} and ${kindsEnd}`);
  return `${readme.slice(0, begin + kindsBegin.length)}\n${kindsTable()}\n${readme.slice(end)}`;
}
