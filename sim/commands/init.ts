import { existsSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { toCommandLine } from '../folder/command-line.js';
import { refusal, toFileFault } from '../folder/file-fault.js';
import { packageRoot } from '../package.js';
import { type StartingPoint, startingScenario } from '../reference/starting-scenario.js';
import { protocolFile, protocolNames } from '../scenario/schema/protocols.js';
import { InvalidInput, nearest } from '../scenario/text/faults.js';
import { toJsonLine } from '../scenario/text/printable.js';
import { readSource } from '../scenario/text/source.js';
import type { InitArguments } from './declarations/init.js';
import { ExitCode } from './line/exit-code.js';
import type { Terminal } from './terminal/terminal.js';

/** `sim init`: writes a scenario to start from; a file that is there is left unless forced. */
export function initCommand({ file, protocol, force, json, quiet }: InitArguments, terminal: Terminal): number {
  checkProtocol(protocol);
  checkFile(file, force);
  const way = relative(dirname(resolve(file)), join(packageRoot(), 'scenarios', 'scenario.schema.json'));
  const { bondCurrency, rewards, verification } = readSource(protocolFile(protocol)).value as Record<string, unknown>;
  const schemes = [verification].flat() as readonly { readonly kind?: string }[];
  const text = startingScenario({
    protocol,
    schemaPath: way.replaceAll('\\', '/'),
    asksForNumbers: schemes.some((scheme) => scheme?.kind === 'consensus'),
    purses: pursesOf(bondCurrency, rewards, schemes),
  });
  try {
    writeFileSync(file, text, { flag: force ? 'w' : 'wx' });
  } catch (error) {
    throw toFileFault(error, file, 'a file that can be written');
  }
  if (json) terminal.print(toJsonLine({ file, protocol }));
  else terminal.print(`wrote ${file}`);
  if (!json && !quiet) terminal.print(`run it with: ${toCommandLine(['run', file])}`);
  return ExitCode.fine;
}

/** Whose purses bonds of the protocol are locked of, as far as the starting scenario has to fill them. */
function pursesOf(bondCurrency: unknown, rewards: unknown, schemes: readonly object[]): StartingPoint['purses'] {
  if (bondCurrency === 'bond-token') return 'both';
  const { bondFraction = 0 } = (rewards ?? {}) as { readonly bondFraction?: number };
  return bondFraction > 0 || schemes.some((scheme) => 'bond' in scheme) ? 'tokens' : 'none';
}

function checkProtocol(name: string): void {
  const known = protocolNames();
  if (known.includes(name)) return;
  const suggestion = nearest(name, known);
  const expected = `one of: ${known.join(', ')}`;
  throw new InvalidInput([
    { path: '--protocol', expected, found: name, ...(suggestion === undefined ? {} : { suggestion }) },
  ]);
}

function checkFile(file: string, isForced: boolean): void {
  if (!/\.ya?ml$/.test(file)) throw refusal(file, 'a name that ends in .yaml', 'another one');
  const folder = dirname(file);
  if (!existsSync(folder)) throw refusal(file, 'a file in a folder that is there', `no folder ${folder}`);
  if (!existsSync(file)) return;
  if (!statSync(file).isFile()) throw refusal(file, 'a file', 'something else of that name');
  if (!isForced) throw refusal(file, 'a new file (--force replaces one)', 'a file of that name');
}
