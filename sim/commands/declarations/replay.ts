import type { ArgumentsOf, Declaration } from '../line/declaration.js';
import { allowPath, json, quiet, runFolder } from './shared.js';

export const replayDeclaration = {
  name: 'replay',
  summary: 'Run a folder’s scenario again and compare',
  description: 'Runs the scenario of a run folder again and compares fingerprints and tables.',
  positional: runFolder,
  options: [allowPath, json, quiet],
  examples: [['replay out/sybil', 'is it still the same run?']],
} as const satisfies Declaration;

export type ReplayArguments = ArgumentsOf<typeof replayDeclaration>;
