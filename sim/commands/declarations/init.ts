import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { json } from './shared.js';

export const initDeclaration = {
  name: 'init',
  summary: 'Write a scenario to start from',
  description: 'Writes a scenario to start from, with comments, and with the schema’s line for editors.',
  positional: {
    name: 'file',
    takes: 'value',
    meaning: 'File to write',
    standard: 'scenario.yaml',
    isOptional: true,
    expected: 'a file',
    completes: 'scenario',
  },
  options: [
    {
      name: 'protocol',
      takes: 'value',
      meaning: 'Protocol to start from',
      standard: 'triangulated-mesh',
      completes: 'protocol',
    },
    { name: 'force', takes: 'nothing', meaning: 'Replace the file if it is there' },
    json,
    { name: 'quiet', takes: 'nothing', meaning: 'Say nothing about what to do next' },
  ],
  examples: [['init mine.yaml', 'then: sim run mine.yaml']],
} as const satisfies Declaration;

export type InitArguments = ArgumentsOf<typeof initDeclaration>;
