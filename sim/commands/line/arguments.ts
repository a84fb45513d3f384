import { statSync } from 'node:fs';
import { z } from 'zod';
import { type Fault, InvalidInput, toFound } from '../../scenario/text/faults.js';
import type { ArgumentsOf, Declaration, Parameter } from './declaration.js';

/**
 * Checks what the parser of the command line made of the words, as it lets odd values through, such as NaN or a list
 * for an option given twice; throws InvalidInput with every fault.
 */
export function checkArguments<D extends Declaration>(declaration: D, parsed: object): ArgumentsOf<D> {
  const { positional, options } = declaration;
  const fields: [string, z.ZodType][] = options.map((option) => [option.name, leftOut(option, schemaOf(option))]);
  if (positional !== undefined) {
    const { name, isOptional = false, expected } = positional;
    const schema = isOptional ? schemaOf(positional) : schemaOf(positional, expected);
    fields.unshift([name, isOptional ? leftOut(positional, schema) : schema]);
  }
  const result = z.object(Object.fromEntries(fields)).safeParse(parsed);
  // The schema is made of the declaration, as the type is.
  if (result.success) return result.data as ArgumentsOf<D>;
  const faults = result.error.issues.map((issue): Fault => {
    const { path, message } = issue;
    const name = String(path[0]);
    const params = issue.code === 'custom' ? (issue.params as { readonly found?: unknown } | undefined) : undefined;
    const found = params?.found ?? (parsed as Readonly<Record<string, unknown>>)[name];
    return {
      path: name === positional?.name ? name : `--${name}`,
      expected: message.replace(/^expected /, ''),
      found: toFound(found),
    };
  });
  throw new InvalidInput(faults);
}

const text = z.string('expected one value');
const someText = text.min(1, 'expected a value');

/** Folders; one that isn't there could let nothing in. */
const folders = z.array(someText, 'expected values').superRefine((given, context) => {
  for (const folder of given) {
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) continue;
    context.addIssue({ code: 'custom', message: 'expected folders that are there', params: { found: folder } });
  }
});

/** What the parser may hand over for it; of values there is one at least where it is said what is expected. */
function schemaOf(parameter: Parameter, expected?: string): z.ZodType {
  switch (parameter.takes) {
    case 'nothing':
      return z.boolean('expected no value');
    case 'value':
      return parameter.mayBeEmpty === true ? text : someText;
    case 'values': {
      if (parameter.areFolders === true) return folders;
      const values = z.array(someText, 'expected values');
      return expected === undefined ? values : values.min(1, `expected ${expected}`);
    }
    case 'count':
      return z
        .string('expected one number')
        .regex(/^[1-9]\d{0,6}$/, `expected a number of ${parameter.of} from 1 on`)
        .transform(Number);
    case 'choice':
      return z.enum(parameter.choices, `expected one of: ${parameter.choices.join(', ')}`);
  }
}

/** The same where nothing need be given, with what then stands for it. */
function leftOut(parameter: Parameter, schema: z.ZodType): z.ZodType {
  if (parameter.takes === 'nothing') return schema.default(false);
  if (parameter.takes === 'values') return schema.default([]);
  const standard = parameter.takes === 'value' ? parameter.standard : undefined;
  return standard === undefined ? schema.optional() : schema.default(standard);
}
