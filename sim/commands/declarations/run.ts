import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { allowPath, dryRun, json, quiet, resume, set, shard, strict, workers } from './shared.js';

export const runDeclaration = {
  name: 'run',
  summary: 'Run a scenario and write tables, charts and a report',
  description:
    'Runs a scenario once, or with --replications again and again with seeds of their own, and writes its tables, ' +
    'charts and report into a folder. With --watch it runs again when a ' +
    'file of the scenario is saved, and says in short what came out, until Ctrl-C ends it. A report and charts that ' +
    'an earlier run left in the folder go then, as they would show other numbers, unless --charts makes new ones. ' +
    'A scenario with variants is run under each of them, with the same seeds, into one folder. ' +
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
    {
      name: 'replications',
      takes: 'count',
      of: 'replications',
      meaning: 'Runs with seeds of their own, for intervals; the first has the scenario’s seed, number k SEED/k',
    },
    { name: 'replication', takes: 'count', of: 'the replication', meaning: 'Run this one of them alone' },
    {
      name: 'variant',
      takes: 'value',
      meaning: 'Run this one of the scenario’s variants alone; base is the scenario as it stands',
    },
    {
      name: 'precision',
      takes: 'values',
      meaning: 'METRIC=HALF-WIDTH: more replications until its 95 % interval is as narrow as that to each side',
    },
    {
      name: 'replications-most',
      takes: 'count',
      of: 'replications',
      meaning: 'Replications at most with --precision (default: 1000)',
    },
    workers,
    shard,
    resume,
    dryRun,
    { name: 'no-gate', takes: 'nothing', meaning: 'End with 0 even if an expectation isn’t met or can’t be told' },
    {
      name: 'twin',
      takes: 'nothing',
      meaning: 'Run the same network with every attacker honest, too, and tell what the attack brought',
    },
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
    ['run scenarios/sybil.yaml --replications 20', 'with 95 % intervals'],
    ['run scenarios/sybil.yaml --twin', 'and what the same operators would have earned honestly'],
    ['run mine.yaml --precision scoreAuc=0.01', 'until it is known to ±0.01'],
    ['run mine.yaml --watch', 'while you edit it'],
  ],
} as const satisfies Declaration;

export type RunArguments = ArgumentsOf<typeof runDeclaration>;
