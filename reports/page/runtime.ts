import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../sim/package.js';

/** The scripts of a live report in their order: Vega, its interpreter of expressions, and the page's own. */
export function pageScripts(): readonly string[] {
  const { resolve } = createRequire(import.meta.url);
  const scripts = [
    readFileSync(join(dirname(resolve('vega')), 'vega.min.js'), 'utf8'),
    toScript(readFileSync(resolve('vega-interpreter'), 'utf8')),
    readFileSync(join(packageRoot(), 'reports', 'page', 'page.js'), 'utf8'),
  ];
  for (const script of scripts) {
    if (/<\/script|<!--/i.test(script)) throw new Error('runtime: expected a script that can stand in a page');
  }
  return scripts;
}

/** The source of a content security policy that allows this very script and no other. */
export function scriptHash(script: string): string {
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/**
 * The interpreter, which is a module only, as a script that finds what it imports in `vega` and puts itself there.
 *
 * Vega's own way to evaluate expressions is `Function`, which the page's policy forbids.
 */
function toScript(module: string): string {
  const [imports, names] = /^import \{([\w, ]+)\} from 'vega-util';$/m.exec(module) ?? [];
  const [exports, local] = /^export \{ (\w+) as expressionInterpreter \};$/m.exec(module) ?? [];
  if (imports === undefined || exports === undefined) {
    throw new Error('vega-interpreter: expected one import of vega-util and one export, found another form');
  }
  const body = module
    .replace(imports, `const {${names}} = vega;`)
    .replace(exports, `vega.expressionInterpreter = ${local};`)
    .replace(/^\/\/# sourceMappingURL=.*$/m, '');
  return `(() => {\n'use strict';\n${body}\n})();\n`;
}
