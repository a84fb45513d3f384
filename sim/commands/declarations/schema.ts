import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { allowPath } from './shared.js';

export const schemaDeclaration = {
  name: 'schema',
  summary: 'Print the JSON Schema of scenarios, for editors',
  description:
    'Prints the JSON Schema of scenarios. An editor with a YAML language server checks and completes a file that has ' +
    'the line `# yaml-language-server: $schema=FILE` among its first comments. With a scenario it knows the kinds ' +
    'and metrics of its plugins, too, whose code is run, with your rights, and named before that.',
  positional: {
    name: 'scenario',
    takes: 'value',
    meaning: 'Scenario whose plugins it shall know (default: none)',
    isOptional: true,
    expected: 'a scenario file',
    completes: 'scenario',
  },
  options: [allowPath, { name: 'json', takes: 'nothing', meaning: 'Print it in one line' }],
  examples: [
    ['schema > scenario.schema.json', 'for the line in your scenarios'],
    ['schema mine.yaml > mine.schema.json', 'with the kinds that mine.yaml brings'],
  ],
} as const satisfies Declaration;

export type SchemaArguments = ArgumentsOf<typeof schemaDeclaration>;
