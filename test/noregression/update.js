// `npm run update-expected`: runs every case, prints what changed since the numbers were committed, and writes them.
//   npm run update-expected -- NAME...    only these
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { cases, expectedFile } from './cases.js';
import { differences } from './difference.js';
import { measure, toText } from './measure.js';

const wanted = process.argv.slice(2);
const all = cases();
const unknown = wanted.filter((name) => !all.some((one) => one.name === name));
if (unknown.length > 0) {
  process.stderr.write(`expected some of: ${all.map(({ name }) => name).join(', ')}; found ${unknown.join(', ')}\n`);
  process.exit(2);
}
for (const one of all.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const file = expectedFile(one.name);
  const record = await measure(one);
  const lines = existsSync(file) ? differences(JSON.parse(readFileSync(file, 'utf8')), record) : ['new'];
  process.stdout.write(lines.length === 0 ? `${one.name}: unchanged\n` : `${[one.name, ...lines].join('\n  ')}\n`);
  writeFileSync(file, toText(record));
}
if (wanted.length === 0) {
  const folder = dirname(expectedFile('any'));
  const known = all.map(({ name }) => basename(expectedFile(name)));
  for (const name of readdirSync(folder).filter((file) => !known.includes(file))) {
    rmSync(join(folder, name));
    process.stdout.write(`${name}: removed, as its scenario is gone\n`);
  }
}
