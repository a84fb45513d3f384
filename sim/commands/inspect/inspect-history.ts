import { toNumber, toPhrase } from '../../../reports/figure.js';
import { columnWords } from '../../../reports/series/measured.js';
import { toCommandLine } from '../../folder/command-line.js';
import { loadAgain } from '../../folder/load-again.js';
import { readRun } from '../../folder/run-record.js';
import { findNode } from '../../inspect/inspection.js';
import { NodeHistory } from '../../inspect/node-history.js';
import { type Cell, numberOf, records, textOf } from '../../record/tables/table.js';
import { runRecorded } from '../../run.js';
import { toJsonLine } from '../../scenario/text/printable.js';
import type { InspectArguments } from '../declarations/inspect.js';
import { ExitCode, toFailure } from '../line/exit-code.js';
import { hearInterrupts } from '../line/interrupt.js';
import { sayPlugins } from '../terminal/plugin-line.js';
import { createProgress } from '../terminal/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import { type TextColumn, toTextTable } from '../terminal/text-table.js';

/** The row of an epoch, by column. */
type Epoch = Readonly<Record<string, Cell>>;

const columns: readonly TextColumn<Epoch>[] = [
  { heading: 'Epoch', align: 'right', value: shown('epoch') },
  { heading: 'Day', align: 'right', value: shown('timeDays') },
  { heading: 'State', value: shown('state') },
  { heading: 'Up', align: 'right', value: shown('upFraction', (cell) => toPhrase(cell, 'fraction')) },
  { heading: 'Score', align: 'right', value: shown('score') },
  { heading: 'Changed', align: 'right', value: shown('scoreChangedDays') },
  { heading: 'Stake', align: 'right', value: shown('stakeTokens') },
  { heading: 'Income', align: 'right', value: shown('incomeTokens') },
  { heading: 'Slashed', align: 'right', value: shown('slashedTokens') },
  { heading: 'Accepted', align: 'right', value: shown('attemptsAccepted') },
  { heading: 'Failed', align: 'right', value: shown('attemptsFailed') },
  { heading: 'Latency', align: 'right', value: shown('latencyMeanSeconds', (cell) => toPhrase(cell, 's')) },
];

/**
 * `sim inspect --node --history`: runs the folder's scenario again, a recorder following the node; ends with 3 if it
 * wasn't the same run.
 */
export async function inspectHistory(options: InspectArguments, terminal: Terminal): Promise<number> {
  const { folder } = options;
  const stored = readRun(folder, { allowPaths: options['allow-path'], ...sayPlugins(terminal) });
  const { manifest } = stored;
  const found = findNode(stored, options.node!);
  const node = numberOf(found.node!);
  const name = textOf(found.name!);
  const loaded = loadAgain(manifest, folder, { allowPaths: options['allow-path'] });
  const interrupt = hearInterrupts();
  try {
    let history: NodeHistory | undefined;
    const result = await runRecorded(loaded, {
      signal: interrupt.signal,
      createRecorder: (...given) => {
        history = new NodeHistory(node, ...given);
        return history;
      },
      ...(options.quiet ? {} : { onProgress: createProgress(terminal) }),
    });
    terminal.show('');
    const { trajectory, accounting } = manifest.fingerprints;
    const isSame = trajectory === result.trajectoryFingerprint && accounting === result.accountingFingerprint;
    const table = history!.toTable();
    const all = table.columns.map((column) => column.name);
    const epochs = [...records(table, all)];
    if (options.json) {
      terminal.print(toJsonLine({ folder, name, node, equal: isSame, epochs }));
    } else {
      terminal.print(`${name}, row ${node}, cohort ${found.cohort}`);
      terminal.print('');
      const units = new Map(table.columns.map(({ name: column, unit }) => [column, unit]));
      const measured = all.slice(all.indexOf('latencyMeanSeconds') + 1);
      const more = measured.map(
        (column): TextColumn<Epoch> => ({
          heading: toHeading(column),
          align: 'right',
          value: shown(column, (cell) => toMeasure(cell, units.get(column)!)),
        }),
      );
      for (const line of toTextTable([...columns, ...more], epochs)) terminal.print(line);
      if (!options.quiet) {
        terminal.print('');
        terminal.print(
          'Income, slashed and stake in tokens; latency from assignment to result; changed: the score, day.',
        );
      }
      if (isSame) terminal.print(`fingerprints equal ${trajectory} ${accounting}`, 'good');
    }
    if (isSame) return ExitCode.fine;
    const differing = `${result.trajectoryFingerprint} ${result.accountingFingerprint}`;
    terminal.say(
      `fingerprints differ: recorded ${trajectory} ${accounting}, found ${differing}; it isn’t the same run`,
    );
    return ExitCode.differs;
  } catch (error) {
    throw toFailure(error, toCommandLine(['inspect', folder, '--node', options.node!, '--history']));
  } finally {
    terminal.show('');
    interrupt.release();
  }
}

/** A measure's name as words, the first in a capital letter. */
function toHeading(column: string): string {
  const words = columnWords(column);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

function toMeasure(cell: number, unit: string): string {
  return unit === 'fraction' || unit === 's' ? toPhrase(cell, unit) : toNumber(cell);
}

/** Reads that column of an epoch, for people. */
function shown(column: string, show: (cell: number) => string = toNumber): (epoch: Epoch) => string {
  return (epoch) => {
    const cell = epoch[column]!;
    if (cell === null) return '–';
    return typeof cell === 'number' ? show(cell) : String(cell);
  };
}
