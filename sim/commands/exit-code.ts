import { ZodError } from 'zod';
import { InvalidInput } from '../scenario/faults.js';
import { Interrupted } from './interrupt.js';
import { complain } from './output.js';

/**
 * Runs a command: its own code, 2 with a line a fault for invalid input, 130 when interrupted, and 1 with two lines
 * (what happened, how to make it happen again) for an error of this program.
 */
export async function exitCodeOf(command: () => Promise<number>, reproduce: string): Promise<number> {
  try {
    return await command();
  } catch (error) {
    if (error instanceof InvalidInput) {
      complain(error.message);
      return 2;
    }
    if (error instanceof ZodError) {
      for (const issue of error.issues) complain(`--${issue.path.join('.')}: ${issue.message}`);
      return 2;
    }
    if (error instanceof Interrupted) {
      complain('interrupted; nothing was written');
      return 130;
    }
    complain(`internal error: ${error instanceof Error ? error.message : String(error)}`);
    complain(`to reproduce: ${reproduce}`);
    if (process.env.SIM_DEBUG !== undefined && error instanceof Error) complain(error.stack ?? '');
    return 1;
  }
}
