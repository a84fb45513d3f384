import { entriesOf } from './extends.js';
import { type Fault, toPath } from './faults.js';
import type { Tree } from './source.js';

const LEADING_ZERO = /^[-+]?0\d/;

/** The numbers that begin with a zero, such as 020, which is 20 to some readers of YAML and, in octal, 16 to others. */
export function ambiguousNumbers(tree: Tree): readonly Fault[] {
  const faults: Fault[] = [];
  const visit = ({ content, written, at }: Tree, path: readonly string[]): void => {
    if (typeof content === 'number' && written !== undefined && LEADING_ZERO.test(written)) {
      const expected = 'a number without a zero before it';
      faults.push({ position: at, path: toPath(path), expected, found: written, why: readingsOf(written, content) });
    }
    const items = Array.isArray(content) ? (content as readonly Tree[]) : [];
    for (const [index, item] of items.entries()) visit(item, [...path, String(index)]);
    for (const [name, inner] of entriesOf({ content, at }) ?? []) visit(inner, [...path, name]);
  };
  visit(tree, []);
  return faults;
}

/** Both readings: the other one is octal where all digits are, else a text. */
function readingsOf(written: string, value: number): string {
  const octal = /^([-+]?)(0[0-7]+)$/.exec(written);
  const other = octal === null ? Number.NaN : Number.parseInt(octal[2]!, 8) * (octal[1] === '-' ? -1 : 1);
  const isOctal = octal !== null && other !== value;
  return `which could be read as ${value} or ${isOctal ? `in octal as ${other}` : `as the text "${written}"`}`;
}
