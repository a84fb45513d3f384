import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { allowPath, json, runFolder } from './shared.js';

/** The column that rankings are by where none is named: naming one asks for a ranking, so it has no default. */
export const rankedBy = 'score';

export const inspectDeclaration = {
  name: 'inspect',
  summary: 'Look at a run’s fleet, at its best or worst nodes, or at one',
  description:
    'Looks at a run folder: its cohorts, its nodes with the largest or smallest values in a column of nodes.csv, or ' +
    'one node like a status command. With --history the run is executed again to follow the node epoch by epoch.',
  positional: runFolder,
  options: [
    { name: 'node', takes: 'value', meaning: 'Node to look at, by its name or row' },
    { name: 'history', takes: 'nothing', meaning: 'Run it again and print the node at the end of each epoch' },
    { name: 'top', takes: 'count', of: 'nodes', meaning: 'So many nodes with the largest values' },
    { name: 'bottom', takes: 'count', of: 'nodes', meaning: 'So many nodes with the smallest values' },
    {
      name: 'by',
      takes: 'value',
      meaning: `Column of nodes.csv to order by (default: ${rankedBy})`,
      completes: 'nodeColumn',
    },
    allowPath,
    json,
    { name: 'quiet', takes: 'nothing', meaning: 'Say nothing about progress, units and what to do next' },
  ],
  examples: [
    ['inspect out/sybil', 'cohort by cohort'],
    ['inspect out/sybil --bottom 5 --by score', 'whose score is lowest?'],
    ['inspect out/sybil --node swarm-7', 'its final state'],
    ['inspect out/sybil --node swarm-7 --history', 'and how it came to it'],
  ],
} as const satisfies Declaration;

export type InspectArguments = ArgumentsOf<typeof inspectDeclaration>;
