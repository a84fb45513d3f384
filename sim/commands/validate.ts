import { loadScenario } from '../scenario/load.js';
import { type Fault, InvalidInput } from '../scenario/text/faults.js';
import { toJsonLine } from '../scenario/text/printable.js';
import type { ValidateArguments } from './declarations/validate.js';
import { ExitCode } from './line/exit-code.js';
import type { Terminal } from './terminal/terminal.js';

/** `sim validate`: checks scenarios and runs nothing; a line each, and at the end the faults of all of them. */
export function validateCommand(options: ValidateArguments, terminal: Terminal): number {
  const checked = options.scenarios.map((file) => {
    try {
      const { name, question } = loadScenario(file, { set: options.set, allowPaths: options['allow-path'] });
      return { file, name, question, faults: [] as readonly Fault[] };
    } catch (error) {
      if (error instanceof InvalidInput) return { file, faults: error.faults };
      throw error;
    }
  });
  if (options.json) terminal.print(toJsonLine({ scenarios: checked }));
  for (const { name, question, faults } of checked) {
    if (faults.length === 0 && !options.json)
      terminal.print(question === '' ? `ok ${name}` : `ok ${name}: ${question}`);
  }
  const faults = checked.flatMap((scenario) => scenario.faults);
  if (faults.length === 0) return ExitCode.fine;
  throw new InvalidInput(faults);
}
