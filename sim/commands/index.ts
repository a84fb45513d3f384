import { checkDeclaration } from './declarations/check.js';
import { compareDeclaration } from './declarations/compare.js';
import { completionDeclaration } from './declarations/completion.js';
import { initDeclaration } from './declarations/init.js';
import { inspectDeclaration } from './declarations/inspect.js';
import { listDeclaration } from './declarations/list.js';
import { mergeDeclaration } from './declarations/merge.js';
import { replayDeclaration } from './declarations/replay.js';
import { reportDeclaration } from './declarations/report.js';
import { runDeclaration } from './declarations/run.js';
import { schemaDeclaration } from './declarations/schema.js';
import { sweepDeclaration } from './declarations/sweep.js';
import { validateDeclaration } from './declarations/validate.js';
import { workerDeclaration } from './declarations/worker.js';
import { type Command, commandOf } from './line/command.js';

/** The commands in the order in which help lists them. */
export const commands: readonly Command[] = [
  commandOf(runDeclaration, async () => (await import('./run/run.js')).runCommand),
  commandOf(sweepDeclaration, async () => (await import('./sweep/sweep.js')).sweepCommand),
  commandOf(compareDeclaration, async () => (await import('./compare/compare.js')).compareCommand),
  commandOf(checkDeclaration, async () => (await import('./check/check.js')).checkCommand),
  commandOf(mergeDeclaration, async () => (await import('./shards/merge.js')).mergeCommand),
  commandOf(workerDeclaration, async () => (await import('./worker.js')).workerCommand),
  commandOf(validateDeclaration, async () => (await import('./validate.js')).validateCommand),
  commandOf(replayDeclaration, async () => (await import('./replay.js')).replayCommand),
  commandOf(reportDeclaration, async () => (await import('./report.js')).reportCommand),
  commandOf(inspectDeclaration, async () => (await import('./inspect/inspect.js')).inspectCommand),
  commandOf(listDeclaration, async () => (await import('./list.js')).listCommand),
  commandOf(initDeclaration, async () => (await import('./init.js')).initCommand),
  commandOf(schemaDeclaration, async () => (await import('./schema.js')).schemaCommand),
  commandOf(completionDeclaration, async () => (await import('./completion.js')).completionCommand),
];
