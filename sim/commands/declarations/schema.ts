import type { ArgumentsOf, Declaration } from '../line/declaration.js';

export const schemaDeclaration = {
  name: 'schema',
  summary: 'Print the JSON Schema of scenarios, for editors',
  description:
    'Prints the JSON Schema of scenarios. An editor with a YAML language server checks and completes a file that has ' +
    'the line `# yaml-language-server: $schema=FILE` among its first comments.',
  options: [{ name: 'json', takes: 'nothing', meaning: 'Print it in one line' }],
  examples: [['schema > scenario.schema.json', 'for the line in your scenarios']],
} as const satisfies Declaration;

export type SchemaArguments = ArgumentsOf<typeof schemaDeclaration>;
