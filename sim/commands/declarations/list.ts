import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { json } from './shared.js';

export const listDeclaration = {
  name: 'list',
  summary: 'List scenarios with their questions, sizes and run times',
  description: 'Lists the package’s scenarios, or those in a folder: question, protocol, attackers, size and run time.',
  positional: {
    name: 'folder',
    takes: 'value',
    meaning: 'Folder to look in (default: the package’s scenarios)',
    isOptional: true,
    expected: 'a folder',
    completes: 'folder',
  },
  options: [json, { name: 'quiet', takes: 'nothing', meaning: 'Print the table alone' }],
  examples: [
    ['list', 'what comes with the package'],
    ['list studies', 'what you wrote'],
  ],
} as const satisfies Declaration;

export type ListArguments = ArgumentsOf<typeof listDeclaration>;
