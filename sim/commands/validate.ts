import { checkExperiments } from '../experiment/sweep/asked.js';
import { loadScenario } from '../scenario/load.js';
import { type Fault, InvalidInput, toWarningLine } from '../scenario/text/faults.js';
import { toJsonLine } from '../scenario/text/printable.js';
import type { ValidateArguments } from './declarations/validate.js';
import { ExitCode } from './line/exit-code.js';
import { sayPlugins } from './terminal/plugin-line.js';
import type { Terminal } from './terminal/terminal.js';

const noFaults: readonly Fault[] = [];

/**
 * `sim validate`: checks scenarios and runs nothing; a line each, with its warnings, and at the end the faults of all
 * of them, which with --strict the warnings are, too.
 */
export function validateCommand(options: ValidateArguments, terminal: Terminal): number {
  const checked = options.scenarios.map((file) => {
    try {
      const loaded = loadScenario(file, {
        set: options.set,
        allowPaths: options['allow-path'],
        withPlugins: !options['no-plugins'],
        ...sayPlugins(terminal),
      });
      checkExperiments(loaded, options['allow-path']);
      const { name, question, warnings } = loaded;
      return { file, name, question, warnings, faults: options.strict ? warnings : noFaults };
    } catch (error) {
      if (error instanceof InvalidInput) return { file, warnings: noFaults, faults: error.faults };
      throw error;
    }
  });
  if (options.json) terminal.print(toJsonLine({ scenarios: checked }));
  for (const { name, question, warnings, faults } of checked) {
    if (faults.length > 0 || options.json) continue;
    terminal.print(question === '' ? `ok ${name}` : `ok ${name}: ${question}`);
    for (const warning of warnings) terminal.print(toWarningLine(warning));
  }
  const faults = checked.flatMap((scenario) => scenario.faults);
  if (faults.length === 0) return ExitCode.fine;
  throw new InvalidInput(faults);
}
