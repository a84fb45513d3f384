import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { allowPath, dryRun, json, queue, quiet, resume, set, shard, strict, workers } from './shared.js';

export const sweepDeclaration = {
  name: 'sweep',
  summary: 'Run a scenario under many settings',
  description:
    'Runs a scenario at every combination of the values given by --vary, or at points that fill their ranges, again ' +
    'and again with the same seeds at each point, and writes one table, charts and a report that says where its ' +
    'expectations turn. What the scenario says as its experiment applies where no option says otherwise.',
  positional: {
    name: 'scenario',
    takes: 'value',
    meaning: 'YAML file, or - for standard input',
    expected: 'a scenario file',
    completes: 'scenario',
  },
  options: [
    {
      name: 'vary',
      takes: 'values',
      meaning:
        'PATH=VALUES: a list with commas, start:end:step, start:end:log:COUNT, or low:high beside --points; paths ' +
        'tied by & change together; repeatable',
    },
    {
      name: 'points',
      takes: 'value',
      meaning: 'latin:COUNT or sobol:COUNT points in the ranges, in place of every combination',
    },
    {
      name: 'replications',
      takes: 'count',
      of: 'replications',
      meaning: 'Runs of each point, number k with the seed SEED/k at all of them (default: 8)',
    },
    { name: 'metric', takes: 'values', meaning: 'Metric that the report shows, at most 8; repeatable' },
    { name: 'seed', takes: 'value', meaning: 'Seed in place of the scenario’s', mayBeEmpty: true },
    set,
    {
      name: 'out',
      takes: 'value',
      meaning: 'Folder for the results, in place of earlier ones there (default: out/NAME-sweep)',
      completes: 'folder',
    },
    { name: 'force', takes: 'nothing', meaning: 'Replace the folder even if it holds other files' },
    { name: 'no-charts', takes: 'nothing', meaning: 'Write neither charts nor report' },
    workers,
    shard,
    queue,
    {
      name: 'chunk',
      takes: 'count',
      of: 'runs',
      meaning: 'Runs of a point that a worker of the queue takes at a time (default: 1)',
    },
    resume,
    dryRun,
    strict,
    allowPath,
    json,
    quiet,
  ],
  examples: [
    ['sweep x.yaml --vary protocol.epoch=6h,1d', 'a list'],
    ['sweep x.yaml --vary money.tokenPrice=1:2:0.2', 'steps'],
    ['sweep x.yaml --vary a.b=1:10 --points sobol:64', 'points in a range'],
    ['sweep x.yaml', 'as its experiment says'],
    ['sweep x.yaml --shard 2/8', 'an eighth of it'],
    ['sweep x.yaml --dry-run', 'how long it would take'],
  ],
} as const satisfies Declaration;

export type SweepArguments = ArgumentsOf<typeof sweepDeclaration>;
