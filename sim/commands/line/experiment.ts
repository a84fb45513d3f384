/** What every command that runs experiments does around them. */
import { toFileFault } from '../../folder/file-fault.js';
import type { Effort } from '../../folder/run-folder.js';
import { toFailure } from './exit-code.js';
import { Interrupted } from './interrupt.js';

export const keptLine = 'what was run is kept; the same command with --resume goes on';

/** Measures from now on; what it returns tells the effort so far. */
export function measureEffort(): () => Effort {
  const startedAt = new Date();
  const [wall, processor] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(processor);
    return {
      startedAt,
      wallSeconds: (performance.now() - wall) / 1_000,
      processorSeconds: (user + system) / 1e6,
    };
  };
}

/**
 * What stopped an experiment as the command tells it: an interrupt with what is left of it, a folder that can't be
 * written as a fault of the input, anything else as a failure of the command.
 *
 * @param isWritten whether the tables are complete in their place
 */
export function toExperimentFailure(error: unknown, folder: string, isWritten: boolean, command: string): unknown {
  if (error instanceof Interrupted) {
    return new Interrupted(isWritten ? `the tables are complete, in ${folder}; the report isn’t` : keptLine);
  }
  return toFailure(toFileFault(error, folder, 'a folder that can be written'), command);
}
