// Writes what is made of the schemas, `npm run update-docs`: the scenario reference, and the JSON Schema for editors.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scenarioReference } from '../dist/sim/reference/scenario-reference.js';
import { jsonSchemaText } from '../dist/sim/scenario/schema/json-schema.js';

const root = new URL('../', import.meta.url);
const texts = {
  'docs/scenario-reference.md': scenarioReference(),
  'scenarios/scenario.schema.json': jsonSchemaText(),
};
for (const [file, text] of Object.entries(texts)) {
  writeFileSync(fileURLToPath(new URL(file, root)), text);
  process.stdout.write(`wrote ${file}\n`);
}
