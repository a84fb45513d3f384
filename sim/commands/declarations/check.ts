import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { allowPath, dryRun, json, quiet, set, strict, workers } from './shared.js';

export const checkDeclaration = {
  name: 'check',
  summary: 'Hold scenarios against what they expect, for CI',
  description:
    'Runs scenarios with as many replications as it takes to tell whether they keep what they expect, and says of ' +
    'each expectation that it holds, fails, or is undecided. With --baseline, figures are held against stored ones, ' +
    'too; a scenario of which nothing has changed costs one run. A folder stands for the scenarios in it that expect ' +
    'something. Ends with 3 if an expectation fails, is undecided, or a figure has changed.',
  positional: {
    name: 'scenarios',
    takes: 'values',
    meaning: 'YAML files, or folders of them',
    expected: 'scenario files',
    completes: 'scenario',
  },
  options: [
    set,
    { name: 'baseline', takes: 'value', meaning: 'Folder of stored figures to compare to', completes: 'folder' },
    { name: 'update-baseline', takes: 'nothing', meaning: 'Store the figures of now in that folder' },
    {
      name: 'margin',
      takes: 'value',
      meaning: 'Change since the baseline that is none, as a share of the figure (default: 0)',
    },
    {
      name: 'replications',
      takes: 'count',
      of: 'replications',
      meaning: 'Replications at first, and in a new baseline (default: 4, and 8 in a baseline)',
    },
    {
      name: 'replications-most',
      takes: 'count',
      of: 'replications',
      meaning: 'Replications at most, while a verdict is undecided (default: 64)',
    },
    { name: 'error', takes: 'value', meaning: 'Chance that any verdict is wrong, at most (default: 0.05)' },
    {
      name: 'undecided',
      takes: 'choice',
      choices: ['fail', 'pass'],
      meaning: 'What becomes of what is undecided at last (default: fail)',
    },
    { name: 'junit', takes: 'value', meaning: 'File for the verdicts as JUnit XML' },
    { name: 'markdown', takes: 'value', meaning: 'File that a summary in Markdown is added to' },
    { name: 'github', takes: 'nothing', meaning: 'Print annotations for GitHub Actions, too' },
    workers,
    dryRun,
    strict,
    allowPath,
    json,
    quiet,
  ],
  examples: [
    ['check scenarios', 'all that expect something'],
    ['check scenarios --baseline baselines', 'and against stored figures'],
    ['check mine.yaml --junit verdicts.xml', 'for a CI server'],
  ],
} as const satisfies Declaration;

export type CheckArguments = ArgumentsOf<typeof checkDeclaration>;
