import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { allowPath, json, quiet, set, strict } from './shared.js';

export const runDeclaration = {
  name: 'run',
  summary: 'Run a scenario and write tables, charts and a report',
  description:
    'Runs a scenario once and writes its tables, charts and report into a folder. With --watch it runs again when a ' +
    'file of the scenario is saved, and says in short what came out, until Ctrl-C ends it. A report and charts that ' +
    'an earlier run left in the folder go then, as they would show other numbers, unless --charts makes new ones. ' +
    'Ends with 3 if one of the scenario’s expectations isn’t met or can’t be told.',
  positional: {
    name: 'scenario',
    takes: 'value',
    meaning: 'YAML file, or - for standard input',
    expected: 'a scenario file',
    completes: 'scenario',
  },
  options: [
    // What an empty seed may not be is said by the scenario's own check.
    { name: 'seed', takes: 'value', meaning: 'Seed in place of the scenario’s', mayBeEmpty: true },
    set,
    {
      name: 'out',
      takes: 'value',
      meaning: 'Folder for the results, in place of an earlier run there (default: out/NAME)',
      completes: 'folder',
    },
    { name: 'force', takes: 'nothing', meaning: 'Replace the folder even if it holds other files' },
    { name: 'no-charts', takes: 'nothing', meaning: 'Write neither charts nor report' },
    {
      name: 'watch',
      takes: 'nothing',
      meaning: 'Run again whenever the scenario is saved, without charts; removes earlier ones',
    },
    { name: 'charts', takes: 'nothing', meaning: 'Write charts and report with --watch, too' },
    { name: 'no-gate', takes: 'nothing', meaning: 'End with 0 even if an expectation isn’t met or can’t be told' },
    { name: 'detail', takes: 'nothing', meaning: 'Write a row for every job and attestation, too' },
    strict,
    allowPath,
    json,
    quiet,
  ],
  examples: [
    ['run scenarios/sybil.yaml', 'into out/sybil'],
    ['run scenarios/sybil.yaml --seed 7 --out out/7', 'with another seed'],
    ['run mine.yaml --set fleet.swarm.nodes=1200', 'with a larger swarm'],
    ["run mine.yaml --set '+fleet.more={nodes: 50}'", 'with one more cohort'],
    ['run mine.yaml --watch', 'while you edit it'],
  ],
} as const satisfies Declaration;

export type RunArguments = ArgumentsOf<typeof runDeclaration>;
