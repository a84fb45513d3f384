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
  options: [
    { name: 'word', takes: 'values', meaning: 'Text that the name or the question holds; repeatable, all of them' },
    {
      name: 'protocol',
      takes: 'value',
      meaning: 'Only scenarios of this protocol; own: those that state all rules themselves',
      completes: 'protocol',
    },
    {
      name: 'attack',
      takes: 'value',
      meaning: 'Only scenarios with this strategy or attack, or one with this word in its name, such as collusion',
      completes: 'attack',
    },
    { name: 'with-plugins', takes: 'nothing', meaning: 'Run the code of plugins, to tell what they bring, too' },
    json,
    { name: 'quiet', takes: 'nothing', meaning: 'Print the table alone' },
  ],
  examples: [
    ['list', 'what comes with the package'],
    ['list studies', 'what you wrote'],
    ['list --attack collusion', 'where somebody colludes'],
    ['list --protocol ai-oracle --word median', 'by protocol and by a word of name or question'],
  ],
} as const satisfies Declaration;

export type ListArguments = ArgumentsOf<typeof listDeclaration>;
