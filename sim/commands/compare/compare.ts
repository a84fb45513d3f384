import { join } from 'node:path';
import { compareSides, pairingOf } from '../../experiment/compare/compare.js';
import { fillComparisonFolder } from '../../experiment/compare/folder.js';
import { identityOf, recordsOf } from '../../experiment/identity.js';
import { Workspace } from '../../experiment/pool/workspace.js';
import { pack } from '../../experiment/work/packed-scenario.js';
import { comparisonFindings } from '../../findings/comparison/findings.js';
import { toCommandLine } from '../../folder/command-line.js';
import { openComparison } from '../../folder/comparison-record.js';
import { type DraftFolder, draftFolder } from '../../folder/draft-folder.js';
import type { Drawn } from '../../folder/run-folder.js';
import type { LoadedScenario } from '../../scenario/load.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import type { CompareArguments } from '../declarations/compare.js';
import { ExitCode } from '../line/exit-code.js';
import { measureEffort, toExperimentFailure } from '../line/experiment.js';
import { hearInterrupts } from '../line/interrupt.js';
import { undrawnLine } from '../report.js';
import { createExperimentProgress } from '../terminal/experiment-progress.js';
import type { Terminal } from '../terminal/terminal.js';
import { type AskedComparison, askedComparison } from './asked.js';
import { dryRunOfComparison } from './dry-run.js';
import { comparisonToJson, printComparison } from './outcome.js';

/** `sim compare`: says what differs between scenarios; ends with 1 if a run failed or the chart couldn't be drawn. */
export async function compareCommand(options: CompareArguments, terminal: Terminal): Promise<number> {
  const asked = askedComparison(options, terminal);
  if (options['dry-run']) {
    await dryRunOfComparison(asked, options, terminal);
    return ExitCode.fine;
  }
  const { sides, paths, replications, errorRate } = asked;
  const folder = options.out ?? join('out', folderOf(asked));
  const command = toCommandLine(wordsOf(options));
  const { quiet, workers, metric } = options;
  const interrupt = hearInterrupts();
  let draft: DraftFolder | undefined;
  let isWritten = false;
  try {
    draft = draftFolder(folder, { force: options.force, keep: paths });
    const workspace = Workspace.open(folder, comparisonIdentity(asked), { ...options, finished: { command } });
    const effort = measureEffort();
    const compared = await compareSides(sides, {
      ...{ replications, errorRate, metrics: metric, allowPaths: options['allow-path'] },
      ...(workers === undefined ? {} : { workers }),
      journal: workspace.journal,
      signal: interrupt.signal,
      now: interrupt.again,
      ...(quiet ? {} : { onProgress: createExperimentProgress(terminal) }),
    });
    terminal.show('');
    const failures = compared.sides.flatMap((side) => side.failures.map((one) => ({ label: side.label, ...one })));
    for (const { label, replication, seed, failed, command: alone } of failures) {
      terminal.say(`${label}, replication ${replication} (seed ${seed}) failed: ${failed}`);
      terminal.say(`to reproduce: ${alone}`);
    }
    if (compared.differences.length === 0) {
      // nothing of it could be gone on with
      workspace.remove();
      throw new Error('no run came to an end that could be compared');
    }
    terminal.show(quiet ? '' : 'writing the results');
    const manifest = fillComparisonFolder(draft.folder, compared, {
      command,
      effort: effort(),
      signal: interrupt.signal,
    });
    draft.commit();
    isWritten = true;
    workspace.remove();
    const registries = compared.sides.map(({ scenario }) => scenario.registry);
    const record = openComparison(folder, manifest, registries);
    let undrawn: Drawn['undrawn'] = [];
    if (!options['no-charts']) {
      terminal.show(quiet ? '' : 'drawing the charts');
      const { writeComparisonReport } = await import('../../findings/comparison/report.js');
      undrawn = (await writeComparisonReport(folder, record, interrupt.signal)).undrawn;
      terminal.show('');
      for (const chart of undrawn) terminal.say(undrawnLine(chart));
    }
    const findings = comparisonFindings(record);
    if (options.json) terminal.print(toJsonLine({ ...comparisonToJson(findings, record), failures, undrawn }));
    else printComparison(findings, record, terminal);
    return failures.length === 0 && undrawn.length === 0 ? ExitCode.fine : ExitCode.internalError;
  } catch (error) {
    terminal.show('');
    throw toExperimentFailure(error, folder, isWritten, command);
  } finally {
    terminal.show('');
    draft?.discard();
    interrupt.release();
  }
}

const nameLength = 100;

/** Such as `compare-sybil-churn`; names of settings lose what folders can't well have. */
function folderOf({ sides }: AskedComparison): string {
  const names = sides.map(({ label }) => label.replace(/[^\p{L}\p{N}._]+/gu, '-').replace(/^-+|-+$/g, ''));
  return [...['compare', ...names].join('-')].slice(0, nameLength).join('');
}

/** The words behind `sim` that make it again. */
function wordsOf(options: CompareArguments): readonly string[] {
  const { base, scenarios, replications, error } = options;
  const repeated = (option: string, given: readonly string[]) => given.flatMap((one) => [option, one]);
  const single = (option: string, given: string | number | undefined) =>
    repeated(option, given === undefined ? [] : [`${given}`]);
  return [
    'compare',
    ...scenarios,
    ...single('--base', base),
    ...repeated('--with', options.with),
    ...repeated('--set', options.set),
    ...repeated('--allow-path', options['allow-path']),
    ...single('--replications', replications),
    ...single('--error', error),
    ...repeated('--metric', options.metric),
  ];
}

/** The hash of what the runs depend on: how many there are, and what is said of them, isn't among it. */
function comparisonIdentity({ sides, replications }: AskedComparison): string {
  const { seed } = pairingOf(sides, replications);
  const run = sides.flatMap(({ source }) => ('traces' in source ? [source as LoadedScenario] : []));
  const scenarios = run.map((loaded) => {
    const traces = recordsOf(loaded);
    return { scenario: pack(loaded), traces };
  });
  return identityOf({ compare: { seed, scenarios } });
}
