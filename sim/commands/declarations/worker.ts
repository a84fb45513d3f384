import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { json, queue, quiet, workers } from './shared.js';

export const workerDeclaration = {
  name: 'worker',
  summary: 'Run what sweeps put into a queue',
  description:
    'Takes runs from a queue in Redis, into which sim sweep --queue puts them, until Ctrl-C: what is under way is ' +
    'then brought to its end. Any number of workers, on any number of machines, share the work. A worker runs ' +
    'nothing but scenarios of its own version, and reads no file that one names; of plugins it runs those alone that ' +
    'it was given, where their code is that of the scenario’s.',
  options: [
    queue,
    workers,
    { name: 'drain', takes: 'nothing', meaning: 'End when the queue is empty' },
    {
      name: 'plugin',
      takes: 'values',
      meaning: 'Module that scenarios may have as their plugin; repeatable',
    },
    json,
    quiet,
  ],
  examples: [
    ['worker --queue redis://127.0.0.1:6379', 'until Ctrl-C'],
    ['worker --queue rediss://:secret@example.org', 'with TLS and a password'],
  ],
} as const satisfies Declaration;

export type WorkerArguments = ArgumentsOf<typeof workerDeclaration>;
