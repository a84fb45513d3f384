import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { allowPath, json, runFolder } from './shared.js';

export const reportDeclaration = {
  name: 'report',
  summary: 'Draw a run’s charts and report again',
  description:
    'Draws the charts and the report of the folder of a run, a sweep or a comparison again from its own tables; runs ' +
    'nothing.',
  positional: runFolder,
  options: [
    {
      name: 'sweep',
      takes: 'value',
      meaning: 'Folder of a sweep of the run’s scenario, of which its report shall say what would have turned it',
      completes: 'folder',
    },
    allowPath,
    json,
  ],
  examples: [
    ['report out/sybil', 'new charts of an old run'],
    ['report out/sybil --sweep out/sybil-sweep', 'which setting would have turned it'],
  ],
} as const satisfies Declaration;

export type ReportArguments = ArgumentsOf<typeof reportDeclaration>;
