import { InvalidInput } from '../../sim/scenario/text/faults.js';

/** The lines of a refusal of the input, none where nothing is refused; throws any other error. */
export function linesOf(action: () => unknown): string[] {
  try {
    action();
  } catch (error) {
    if (error instanceof InvalidInput) return error.message.split('\n');
    throw error;
  }
  return [];
}
