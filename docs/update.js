// Writes what is made of the schemas and registries, `npm run update-docs`: the scenario reference, the JSON Schema for
// editors, the README's table of what scenarios can name, the list of scenarios, the pages of adversaries and metrics.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { adversariesPage } from '../dist/sim/reference/adversaries.js';
import { withKindsTable } from '../dist/sim/reference/kinds-table.js';
import { metricsPage } from '../dist/sim/reference/metrics-page.js';
import { scenarioReference } from '../dist/sim/reference/scenario-reference.js';
import { scenarioTable } from '../dist/sim/reference/scenario-table.js';
import { readShowcase } from '../dist/sim/reference/shown-by.js';
import { jsonSchemaText } from '../dist/sim/scenario/schema/json-schema.js';

const root = new URL('../', import.meta.url);
const showcase = readShowcase();
const texts = {
  'docs/adversaries.md': adversariesPage(showcase),
  'docs/metrics.md': metricsPage(showcase),
  'docs/scenario-reference.md': scenarioReference(),
  'docs/scenarios.md': scenarioTable(readFileSync(new URL('docs/scenarios.md', root), 'utf8')),
  'scenarios/scenario.schema.json': jsonSchemaText(),
  'README.md': withKindsTable(readFileSync(new URL('README.md', root), 'utf8')),
};
for (const [file, text] of Object.entries(texts)) {
  writeFileSync(fileURLToPath(new URL(file, root)), text);
  process.stdout.write(`wrote ${file}\n`);
}
