import { registryOf } from '../scenario/load.js';
import { jsonSchemaText, scenarioJsonSchema } from '../scenario/schema/json-schema.js';
import { toJsonLine } from '../scenario/text/printable.js';
import type { SchemaArguments } from './declarations/schema.js';
import { ExitCode } from './line/exit-code.js';
import { sayPlugins } from './terminal/plugin-line.js';
import type { Terminal } from './terminal/terminal.js';

/** `sim schema`: the JSON Schema of scenarios, as scenarios/scenario.schema.json has it or with a scenario's kinds. */
export function schemaCommand(options: SchemaArguments, terminal: Terminal): number {
  const { scenario, json, 'allow-path': allowPaths } = options;
  const registry = scenario === undefined ? undefined : registryOf(scenario, { allowPaths, ...sayPlugins(terminal) });
  if (json) terminal.print(toJsonLine(scenarioJsonSchema(registry)));
  else for (const line of jsonSchemaText(registry).trimEnd().split('\n')) terminal.print(line);
  return ExitCode.fine;
}
