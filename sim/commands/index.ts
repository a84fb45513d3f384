import type { Command, Option } from './line/command.js';

const value = (name: string, meaning: string, completes?: Option['completes']): Option => ({
  name,
  takes: 'value',
  meaning,
  ...(completes === undefined ? {} : { completes }),
});
const toggle = (name: string, meaning: string): Option => ({ name, takes: 'nothing', meaning });

const set: Option = { name: 'set', takes: 'many', meaning: 'Setting to override, as path=value; repeatable' };
const allowPath: Option = {
  name: 'allow-path',
  takes: 'many',
  meaning: 'Folder that traces may lie in, too; repeatable',
  completes: 'folder',
};
const json = toggle('json', 'Print one JSON object instead of text');
const quiet = toggle('quiet', 'Say nothing about progress');

const scenario = {
  name: 'scenario',
  meaning: 'YAML file',
  expected: 'a scenario file',
  completes: 'scenario',
} as const;
const folder = {
  name: 'folder',
  meaning: 'Folder that sim run wrote',
  expected: 'a run folder',
  completes: 'run',
} as const;

const run: Command = {
  name: 'run',
  summary: 'Run a scenario and write tables, charts and a report',
  description:
    'Runs a scenario once and writes its tables, charts and report into a folder. With --watch it runs again when a ' +
    'file of the scenario is saved, and says in short what came out, until Ctrl-C ends it. A report and charts that ' +
    'an earlier run left in the folder go then, as they would show other numbers, unless --charts makes new ones.',
  positional: scenario,
  options: [
    value('seed', 'Seed in place of the scenario’s'),
    set,
    value('out', 'Folder for the results, in place of an earlier run there (default: out/NAME)', 'folder'),
    toggle('force', 'Replace the folder even if it holds other files'),
    toggle('no-charts', 'Write neither charts nor report'),
    toggle('watch', 'Run again whenever the scenario is saved, without charts; removes earlier ones'),
    toggle('charts', 'Write charts and report with --watch, too'),
    toggle('detail', 'Write a row for every job and attestation, too'),
    allowPath,
    json,
    quiet,
  ],
  examples: [
    ['run scenarios/sybil.yaml', 'into out/sybil'],
    ['run scenarios/sybil.yaml --seed 7 --out out/7', 'with another seed'],
    ['run mine.yaml --set fleet.swarm.nodes=1200', 'with a larger swarm'],
    ['run mine.yaml --watch', 'while you edit it'],
  ],
  perform: async (parsed, terminal) => (await import('./run/run.js')).runCommand(parsed, terminal),
};

const validate: Command = {
  name: 'validate',
  summary: 'Check scenarios without running them',
  description: 'Checks scenarios and says everything that is wrong with them.',
  positional: {
    name: 'scenarios',
    meaning: 'YAML files',
    isMany: true,
    expected: 'scenario files',
    completes: 'scenario',
  },
  options: [set, allowPath, json],
  examples: [['validate mine.yaml yours.yaml', 'both, and all faults of both']],
  perform: async (parsed, terminal) => (await import('./validate.js')).validateCommand(parsed, terminal),
};

const replay: Command = {
  name: 'replay',
  summary: 'Run a folder’s scenario again and compare',
  description: 'Runs the scenario of a run folder again and compares fingerprints and tables.',
  positional: folder,
  options: [allowPath, json, quiet],
  examples: [['replay out/sybil', 'is it still the same run?']],
  perform: async (parsed, terminal) => (await import('./replay.js')).replayCommand(parsed, terminal),
};

const report: Command = {
  name: 'report',
  summary: 'Draw a run’s charts and report again',
  description: 'Draws the charts and the report of a run folder again from its own tables, without running anything.',
  positional: folder,
  options: [json],
  examples: [['report out/sybil', 'new charts of an old run']],
  perform: async (parsed, terminal) => (await import('./report.js')).reportCommand(parsed, terminal),
};

const inspect: Command = {
  name: 'inspect',
  summary: 'Look at a run’s fleet, at its best or worst nodes, or at one',
  description:
    'Looks at a run folder: its cohorts, its nodes with the largest or smallest values in a column of nodes.csv, or ' +
    'one node like a status command. With --history the run is executed again to follow the node epoch by epoch.',
  positional: folder,
  options: [
    value('node', 'Node to look at, by its name or row'),
    toggle('history', 'Run it again and print the node at the end of each epoch'),
    value('top', 'So many nodes with the largest values'),
    value('bottom', 'So many nodes with the smallest values'),
    value('by', 'Column of nodes.csv to order by (default: score)', 'nodeColumn'),
    allowPath,
    json,
    toggle('quiet', 'Say nothing about progress, units and what to do next'),
  ],
  examples: [
    ['inspect out/sybil', 'cohort by cohort'],
    ['inspect out/sybil --bottom 5 --by score', 'whose score is lowest?'],
    ['inspect out/sybil --node swarm-7', 'its final state'],
    ['inspect out/sybil --node swarm-7 --history', 'and how it came to it'],
  ],
  perform: async (parsed, terminal) => (await import('./inspect/inspect.js')).inspectCommand(parsed, terminal),
};

const list: Command = {
  name: 'list',
  summary: 'List scenarios with their questions, sizes and run times',
  description: 'Lists the package’s scenarios, or those in a folder: question, protocol, attackers, size and run time.',
  positional: {
    name: 'folder',
    meaning: 'Folder to look in (default: the package’s scenarios)',
    isOptional: true,
    expected: 'a folder',
    completes: 'folder',
  },
  options: [json, toggle('quiet', 'Print the table alone')],
  examples: [
    ['list', 'what comes with the package'],
    ['list studies', 'what you wrote'],
  ],
  perform: async (parsed, terminal) => (await import('./list.js')).listCommand(parsed, terminal),
};

const init: Command = {
  name: 'init',
  summary: 'Write a scenario to start from',
  description: 'Writes a scenario to start from, with comments, and with the schema’s line for editors.',
  positional: {
    name: 'file',
    meaning: 'File to write (default: scenario.yaml)',
    isOptional: true,
    expected: 'a file',
    completes: 'scenario',
  },
  options: [
    value('protocol', 'Protocol to start from (default: triangulated-mesh)', 'protocol'),
    toggle('force', 'Replace the file if it is there'),
    json,
    toggle('quiet', 'Say nothing about what to do next'),
  ],
  examples: [['init mine.yaml', 'then: sim run mine.yaml']],
  perform: async (parsed, terminal) => (await import('./init.js')).initCommand(parsed, terminal),
};

const schema: Command = {
  name: 'schema',
  summary: 'Print the JSON Schema of scenarios, for editors',
  description:
    'Prints the JSON Schema of scenarios. An editor with a YAML language server checks and completes a file that has ' +
    'the line `# yaml-language-server: $schema=FILE` among its first comments.',
  options: [toggle('json', 'Print it in one line')],
  examples: [['schema > scenario.schema.json', 'for the line in your scenarios']],
  perform: async (parsed, terminal) => (await import('./schema.js')).schemaCommand(parsed, terminal),
};

const completion: Command = {
  name: 'completion',
  summary: 'Print a script that completes commands in your shell',
  description:
    'Prints a script for bash, zsh or fish that completes commands, options, scenarios, run folders and columns. ' +
    'It asks `sim` itself, which must be among the programs that the shell finds.',
  positional: {
    name: 'shell',
    meaning: 'bash, zsh or fish',
    expected: 'a shell: bash, zsh or fish',
    completes: 'shell',
  },
  options: [],
  examples: [
    ['completion bash >> ~/.bashrc', 'then start a new shell'],
    ['completion zsh >> ~/.zshrc', 'behind the line with compinit'],
    ['completion fish > ~/.config/fish/completions/sim.fish', ''],
  ],
  perform: async (parsed, terminal) => (await import('./completion.js')).completionCommand(parsed, terminal),
};

/** The commands in the order in which help lists them. */
export const commands: readonly Command[] = [run, validate, replay, report, inspect, list, init, schema, completion];
