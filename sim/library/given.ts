import { z } from 'zod';
import { type Fault, InvalidInput, nearest, toFound } from '../scenario/text/faults.js';

/** What a function of the library takes, by the name of the parameter. */
type Parameters = Readonly<Record<string, z.ZodType>>;

/**
 * Checks what a program gave to a function of the library; throws InvalidInput that names every parameter and option
 * that isn't as expected, unknown options included.
 */
export function checkGiven(name: string, parameters: Parameters, given: Readonly<Record<string, unknown>>): void {
  const faults = Object.entries(parameters).flatMap(([parameter, schema]) => {
    const result = schema.safeParse(given[parameter]);
    return result.success ? [] : result.error.issues.flatMap((issue) => faultsOf(issue, parameter, given[parameter]));
  });
  if (faults.length > 0) throw new InvalidInput(faults.map((fault) => ({ ...fault, path: `${name}: ${fault.path}` })));
}

function faultsOf(issue: z.core.$ZodIssue, parameter: string, given: unknown): Fault[] {
  const path = [parameter, ...issue.path.map(String)].join('.');
  const expected = issue.message.replace(/^expected /, '');
  if (issue.code !== 'unrecognized_keys') return [{ path, expected, found: wordsOf(valueAt(given, issue.path)) }];
  return issue.keys.map((key) => {
    const known = expected.split(', ');
    const suggestion = nearest(key, known);
    const fault = { path, expected: `one of the options ${known.join(', ')}`, found: key };
    return suggestion === undefined ? fault : { ...fault, suggestion };
  });
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], given);
}

/** What was given, in words where it is no plain data. */
function wordsOf(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? 'an object' : toFound(value);
}

export const text = z.string('expected a text').min(1, 'expected a text that isn’t empty');
export const texts = z.array(z.string('expected a text'), 'expected a list of texts');
export const flag = z.boolean('expected true or false');

/** Typed numbers: a plain list would be sorted as texts. */
export const amounts = z.instanceof(Float64Array, { error: 'expected a Float64Array' });

/** Values in a row: a list, or an array of typed numbers. */
export const numbers = z.custom<ArrayLike<number>>(
  (value) => Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView)),
  'expected a list of numbers',
);

export const number = z.number('expected a number');

export const func = z.custom<(...given: never[]) => unknown>(
  (value) => typeof value === 'function',
  'expected a function',
);

export const signal = z.custom<AbortSignal>((value) => value instanceof AbortSignal, 'expected an AbortSignal');

/** What another function returns, known by some of what it has. */
export function objectWith(keys: readonly string[], expected: string): z.ZodType {
  return z.custom(
    (value) => typeof value === 'object' && value !== null && keys.every((key) => key in value),
    `expected ${expected}`,
  );
}

/** Options by name, each of which may be left out; others are refused. */
export function options(shape: Readonly<Record<string, z.ZodType>>): z.ZodType {
  const names = Object.keys(shape).join(', ');
  const optional = Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, schema.optional()]));
  return z
    .strictObject(optional, {
      error: ({ code }) => (code === 'unrecognized_keys' ? names : `expected an object with options: ${names}`),
    })
    .optional();
}
