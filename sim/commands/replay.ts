import { join } from 'node:path';
import { withSeed } from '../experiment/work/packed-scenario.js';
import { loadAgain } from '../folder/load-again.js';
import { fingerprintsOf, type Manifest, readManifest, traceFiles } from '../folder/manifest.js';
import { hashOf } from '../folder/run-record.js';
import { runScenario } from '../run.js';
import { toJsonLine } from '../scenario/text/printable.js';
import type { FleetTrace } from '../scenario/traces/trace.js';
import type { ReplayArguments } from './declarations/replay.js';
import { ExitCode, toFailure } from './line/exit-code.js';
import { hearInterrupts } from './line/interrupt.js';
import { sayPlugins } from './terminal/plugin-line.js';
import { createProgress } from './terminal/progress.js';
import type { Terminal } from './terminal/terminal.js';

/** One thing that the manifest states, held against what is there now. */
interface Comparison {
  readonly name: string;
  readonly recorded: string;
  readonly found: string;
}

/**
 * `sim replay`: runs a folder's scenario again and compares; ends with 3 if anything differs, be it a fingerprint or a
 * table that was edited since.
 */
export async function replayCommand(options: ReplayArguments, terminal: Terminal): Promise<number> {
  const { folder } = options;
  const manifest = readManifest(folder);
  const tables = Object.entries(manifest.files).map(([name, recorded]) => ({
    name,
    recorded,
    found: hashOf(join(folder, name)),
  }));
  const loaded = loadAgain(manifest, folder, { allowPaths: options['allow-path'], ...sayPlugins(terminal) });
  const traces = [
    ...compareTraces(manifest.traces, loaded.traces, ''),
    ...loaded.compared.flatMap(({ comparedTo, other }, index) => {
      return compareTraces(manifest.compared[index]!.traces, other.traces, `${comparedTo}: `);
    }),
  ];
  const interrupt = hearInterrupts();
  try {
    let fingerprints: readonly Comparison[] = [];
    for (const { replication, seed, fingerprints: own } of manifest.replications) {
      const isFirst = replication === manifest.replications[0]!.replication;
      const recorded = isFirst ? manifest.fingerprints : own;
      const result = await runScenario(withSeed(loaded, seed), {
        replication,
        signal: interrupt.signal,
        ...(options.quiet ? {} : { onProgress: createProgress(terminal) }),
      });
      terminal.show('');
      const whose = manifest.replications.length === 1 ? '' : `replication ${replication}: `;
      fingerprints = [...fingerprints, ...compareFingerprints(recorded, fingerprintsOf(result), whose)];
      // of what is compared to, those of the first are recorded
      if (!isFirst) continue;
      const others = result.compared.flatMap((run, index) => {
        const other = manifest.compared[index]!.fingerprints;
        return compareFingerprints(other, fingerprintsOf(run), `${run.comparedTo}: `);
      });
      const { twin } = result;
      const recordedTwin = manifest.twin;
      const ofTwin =
        twin === null || recordedTwin === null
          ? []
          : compareFingerprints(recordedTwin, fingerprintsOf(twin), 'honest twin: ');
      fingerprints = [...fingerprints, ...others, ...ofTwin];
    }
    const different = [...tables, ...traces, ...fingerprints].filter(({ recorded, found }) => recorded !== found);
    if (options.json) terminal.print(toJsonLine({ equal: different.length === 0, fingerprints, different }));
    else printComparison(fingerprints, [...tables, ...traces], terminal);
    return different.length === 0 ? ExitCode.fine : ExitCode.differs;
  } catch (error) {
    throw toFailure(error, `sim replay ${folder}`);
  } finally {
    terminal.show('');
    interrupt.release();
  }
}

function printComparison(fingerprints: readonly Comparison[], files: readonly Comparison[], terminal: Terminal): void {
  for (const { name, recorded, found } of files) {
    if (recorded !== found) terminal.print(`${name} differs: it isn’t the file of this run`, 'bad');
  }
  for (const { name, recorded, found } of fingerprints) {
    if (recorded === found) terminal.print(`${name} equal ${found}`, 'good');
    else terminal.print(`${name} differs: recorded ${recorded}, found ${found}`, 'bad');
  }
}

type Fingerprints = Manifest['fingerprints'];

/** @param whose empty for the scenario's own, else what it is compared to */
function compareFingerprints(recorded: Fingerprints, found: Fingerprints, whose: string): readonly Comparison[] {
  return (['trajectory', 'accounting'] as const).map((name) => {
    return { name: `${whose}${name}`, recorded: recorded[name], found: found[name] };
  });
}

function compareTraces(
  recorded: Manifest['traces'],
  traces: ReadonlyMap<string, FleetTrace>,
  whose: string,
): readonly Comparison[] {
  const found = new Map(traceFiles(traces).map(({ cohort, file, sha256 }) => [`${cohort}: ${file}`, sha256]));
  return recorded.map(({ cohort, file, sha256 }) => {
    const name = `${cohort}: ${file}`;
    return { name: `${whose}${name}`, recorded: sha256, found: found.get(name) ?? 'nothing' };
  });
}
