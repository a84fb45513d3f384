/** What several commands take. */
import type { Parameter, Positional } from '../line/declaration.js';

export const set = {
  name: 'set',
  takes: 'values',
  meaning: 'Setting to override, as path=value, or +path=value for a new part; repeatable',
} as const satisfies Parameter;

export const allowPath = {
  name: 'allow-path',
  takes: 'values',
  areFolders: true,
  meaning: 'Folder that traces and plugins may lie in, too; repeatable',
  completes: 'folder',
} as const satisfies Parameter;

export const strict = {
  name: 'strict',
  takes: 'nothing',
  meaning: 'Refuse what the scenario says in vain, of which warnings tell',
} as const satisfies Parameter;

export const json = {
  name: 'json',
  takes: 'nothing',
  meaning: 'Print one JSON object instead of text',
} as const satisfies Parameter;

export const quiet = {
  name: 'quiet',
  takes: 'nothing',
  meaning: 'Say nothing about progress',
} as const satisfies Parameter;

export const runFolder = {
  name: 'folder',
  takes: 'value',
  meaning: 'Folder that sim run wrote',
  expected: 'a run folder',
  completes: 'run',
} as const satisfies Positional;

export const workers = {
  name: 'workers',
  takes: 'count',
  of: 'threads',
  meaning: 'Runs at a time (default: as many as there are processors)',
} as const satisfies Parameter;

export const resume = {
  name: 'resume',
  takes: 'nothing',
  meaning: 'Go on with what an interrupted call left',
} as const satisfies Parameter;

export const dryRun = {
  name: 'dry-run',
  takes: 'nothing',
  meaning: 'Say how many runs it takes, how long and how much, and do none but one to measure',
} as const satisfies Parameter;

export const queue = {
  name: 'queue',
  takes: 'value',
  meaning: 'Redis through which workers share the runs, such as redis://127.0.0.1:6379',
} as const satisfies Parameter;

export const shard = {
  name: 'shard',
  takes: 'value',
  meaning: 'I/N: do part I of N alone, into a folder beside the whole’s; sim merge puts them together',
} as const satisfies Parameter;
