import { z } from 'zod';
import { type Fault, InvalidInput, toFound } from '../../scenario/text/faults.js';

/** An option given once with a value; the parser makes a list of an option given twice. */
export const value = z.string('expected one value').min(1, 'expected a value');
export const values = z.array(value, 'expected values');
export const flag = z.boolean('expected no value').default(false);

/** Words without an option's name before them. */
const positionals = new Set(['scenario', 'scenarios', 'folder', 'file', 'shell']);

/** Checks what the parser of the command line made of it, which lets odd values through; throws InvalidInput. */
export function checkArguments<T extends z.ZodType>(schema: T, parsed: object): z.output<T> {
  const result = schema.safeParse(parsed);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }): Fault => {
    const name = String(path[0]);
    const found = (parsed as Readonly<Record<string, unknown>>)[name];
    return {
      path: positionals.has(name) ? name : `--${name}`,
      expected: message.replace(/^expected /, ''),
      found: toFound(found),
    };
  });
  throw new InvalidInput(faults);
}

/** A command as it can be typed again. */
export function toCommandLine(words: readonly string[]): string {
  const quote = (word: string) => (/^[\w./=:@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
  return ['sim', ...words.map(quote)].join(' ');
}
