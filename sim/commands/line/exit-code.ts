import { InvalidInput } from '../../scenario/text/faults.js';
import type { Terminal } from '../terminal/terminal.js';
import { Interrupted } from './interrupt.js';

/** What the process tells its caller. */
export const ExitCode = {
  fine: 0,
  internalError: 1,
  invalidInput: 2,
  /** A run executed again was another. */
  differs: 3,
  /** An expectation isn't met, or can't be told. */
  unmet: 3,
  interrupted: 130,
} as const;

/** An error of this program, with the command that makes it happen again. */
class Failure extends Error {
  readonly command: string;

  constructor(cause: unknown, command: string) {
    super(messageOf(cause), { cause });
    this.name = 'Failure';
    this.command = command;
  }
}

/** Any error but a fault of the input or an interrupt as a failure of the command. */
export function toFailure(error: unknown, command: string): unknown {
  return error instanceof InvalidInput || error instanceof Interrupted ? error : new Failure(error, command);
}

/**
 * Runs a command: its own code, 2 with a line a fault for invalid input, 130 when interrupted, and 1 with two lines
 * (what happened, how to make it happen again) for an error of this program.
 */
export async function exitCodeOf(
  command: () => number | Promise<number>,
  typed: string,
  terminal: Terminal,
): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (error instanceof InvalidInput) {
      for (const line of error.message.split('\n')) terminal.say(line);
      return ExitCode.invalidInput;
    }
    if (error instanceof Interrupted) {
      terminal.say(error.message);
      return ExitCode.interrupted;
    }
    terminal.say(withoutCredentials(`internal error: ${messageOf(error)}`));
    terminal.say(withoutCredentials(`to reproduce: ${error instanceof Failure ? error.command : typed}`));
    return ExitCode.internalError;
  }
}

/** Addresses without the user and the password in them, which were typed and are nobody's to read. */
function withoutCredentials(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/)[^@\s/]*@/gi, '$1');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
