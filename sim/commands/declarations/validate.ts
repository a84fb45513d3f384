import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { allowPath, json, set, strict } from './shared.js';

export const validateDeclaration = {
  name: 'validate',
  summary: 'Check scenarios without running them',
  description:
    'Checks scenarios and says everything that is wrong with them, and warns of what they say in vain. `-` stands ' +
    'for standard input. A plugin is code: it is run, with your rights, and named before that.',
  positional: {
    name: 'scenarios',
    takes: 'values',
    meaning: 'YAML files',
    expected: 'scenario files',
    completes: 'scenario',
  },
  options: [
    set,
    strict,
    allowPath,
    { name: 'no-plugins', takes: 'nothing', meaning: 'Refuse scenarios with plugins, and run none of their code' },
    json,
  ],
  examples: [['validate mine.yaml yours.yaml', 'both, and all faults of both']],
} as const satisfies Declaration;

export type ValidateArguments = ArgumentsOf<typeof validateDeclaration>;
