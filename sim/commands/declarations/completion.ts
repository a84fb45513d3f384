import type { ArgumentsOf, Declaration } from '../line/declaration.js';

/** The word with which a shell's script asks for completions. */
export const completionWord = '__complete';

export const completionDeclaration = {
  name: 'completion',
  summary: 'Print a script that completes commands in your shell',
  description:
    'Prints a script for bash, zsh or fish that completes commands, options, scenarios, run folders and columns. ' +
    'It asks `sim` itself, which must be among the programs that the shell finds.',
  positional: {
    name: 'shell',
    takes: 'choice',
    choices: ['bash', 'zsh', 'fish'],
    meaning: 'bash, zsh or fish',
    expected: 'a shell: bash, zsh or fish',
  },
  options: [],
  examples: [
    ['completion bash >> ~/.bashrc', 'then start a new shell'],
    ['completion zsh >> ~/.zshrc', 'behind the line with compinit'],
    ['completion fish > ~/.config/fish/completions/sim.fish', ''],
  ],
} as const satisfies Declaration;

export type CompletionArguments = ArgumentsOf<typeof completionDeclaration>;
