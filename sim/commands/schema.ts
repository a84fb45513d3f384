import { jsonSchemaText, scenarioJsonSchema } from '../scenario/schema/json-schema.js';
import { toJsonLine } from '../scenario/text/printable.js';
import type { SchemaArguments } from './declarations/schema.js';
import { ExitCode } from './line/exit-code.js';
import type { Terminal } from './terminal/terminal.js';

/** `sim schema`: prints the JSON Schema of scenarios, as scenarios/scenario.schema.json has it. */
export function schemaCommand({ json }: SchemaArguments, terminal: Terminal): number {
  if (json) terminal.print(toJsonLine(scenarioJsonSchema()));
  else for (const line of jsonSchemaText().trimEnd().split('\n')) terminal.print(line);
  return ExitCode.fine;
}
