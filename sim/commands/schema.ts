import { z } from 'zod';
import { jsonSchemaText, scenarioJsonSchema } from '../scenario/schema/json-schema.js';
import { toJsonLine } from '../scenario/text/printable.js';
import { checkArguments, flag } from './line/arguments.js';
import { ExitCode } from './line/exit-code.js';
import type { Terminal } from './terminal/terminal.js';

const schema = z.object({ json: flag });

/** `sim schema`: prints the JSON Schema of scenarios, as scenarios/scenario.schema.json has it. */
export function schemaCommand(parsed: object, terminal: Terminal): number {
  const { json } = checkArguments(schema, parsed);
  if (json) terminal.print(toJsonLine(scenarioJsonSchema()));
  else for (const line of jsonSchemaText().trimEnd().split('\n')) terminal.print(line);
  return ExitCode.fine;
}
