import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { allowPath, json, quiet } from './shared.js';

export const mergeDeclaration = {
  name: 'merge',
  summary: 'Put the shards of an experiment together',
  description:
    'Makes one folder of what sim sweep or sim run did with --shard 1/N to N/N, on whatever machines: the same that ' +
    'the command without --shard makes, to the byte. Refuses gaps, overlaps and shards of other experiments.',
  positional: {
    name: 'shards',
    takes: 'values',
    meaning: 'Folders that commands with --shard left, all N of them',
    expected: 'the folders of shards',
    completes: 'folder',
  },
  options: [
    {
      name: 'out',
      takes: 'value',
      meaning: 'Folder for the results, in place of earlier ones there (default: that of the whole)',
      completes: 'folder',
    },
    { name: 'force', takes: 'nothing', meaning: 'Replace the folder even if it holds other files' },
    { name: 'no-charts', takes: 'nothing', meaning: 'Write neither charts nor report' },
    { name: 'no-gate', takes: 'nothing', meaning: 'End with 0 even if an expectation isn’t met or can’t be told' },
    allowPath,
    json,
    quiet,
  ],
  examples: [['merge out/mine-sweep.shard-*', 'into out/mine-sweep']],
} as const satisfies Declaration;

export type MergeArguments = ArgumentsOf<typeof mergeDeclaration>;
