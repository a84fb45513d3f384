import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { allowPath, dryRun, json, quiet, resume, set, strict, workers } from './shared.js';

export const compareDeclaration = {
  name: 'compare',
  summary: 'Say what differs between scenarios, and how surely',
  description:
    'Runs scenarios with the same seeds, or takes the runs of folders of sim run, and says of each metric how far it ' +
    'is from that of the first, with an interval that is corrected for looking at many metrics, and which settings ' +
    'differ. It writes tables, a chart and a report.',
  positional: {
    name: 'scenarios',
    takes: 'values',
    meaning: 'YAML files and folders of sim run, two at least, the first to compare with',
    expected: 'scenario files or run folders',
    completes: 'scenarioOrRun',
    isOptional: true,
  },
  options: [
    {
      name: 'base',
      takes: 'value',
      meaning: 'Scenario to compare with itself under the settings of each --with',
      completes: 'scenario',
    },
    {
      name: 'with',
      takes: 'values',
      meaning: 'Settings laid over --base, as path=value, several with & between them; each makes a side; repeatable',
    },
    set,
    {
      name: 'replications',
      takes: 'count',
      of: 'replications',
      meaning: 'Runs of each, number k with the seed SEED/k in all of them (default: 8)',
    },
    {
      name: 'error',
      takes: 'value',
      meaning: 'Chance, at most, that any difference said to be one is none (default: 0.05)',
    },
    { name: 'metric', takes: 'values', meaning: 'Metric to compare, in place of all; repeatable' },
    {
      name: 'out',
      takes: 'value',
      meaning: 'Folder for the results, in place of earlier ones there (default: out/compare-A-B)',
      completes: 'folder',
    },
    { name: 'force', takes: 'nothing', meaning: 'Replace the folder even if it holds other files' },
    { name: 'no-charts', takes: 'nothing', meaning: 'Write neither chart nor report' },
    workers,
    resume,
    dryRun,
    strict,
    allowPath,
    json,
    quiet,
  ],
  examples: [
    ['compare before.yaml after.yaml', 'two files'],
    ['compare out/before out/after', 'runs that are there'],
    ['compare --base x.yaml --with protocol.epoch=6h', 'a setting'],
    ['compare a.yaml b.yaml --replications 20', 'more surely'],
  ],
} as const satisfies Declaration;

export type CompareArguments = ArgumentsOf<typeof compareDeclaration>;
