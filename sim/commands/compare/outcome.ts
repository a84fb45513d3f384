import { type ComparedMetric, type ComparisonFindings, countInWords } from '../../findings/comparison/findings.js';
import { capitalised } from '../../findings/words.js';
import type { ComparisonRecord } from '../../folder/comparison-record.js';
import { orNull } from '../run/outcome.js';
import type { Terminal } from '../terminal/terminal.js';
import { toTextTable } from '../terminal/text-table.js';

/** Sentences of a side that are printed, and settings; differences.csv and settings.csv have all. */
const sentencesPrinted = 40;
const unseenPrinted = 8;
const settingsPrinted = 25;

/** What a comparison came to: which settings differ, then a sentence for each metric that changed. */
export function printComparison(findings: ComparisonFindings, { folder }: ComparisonRecord, terminal: Terminal): void {
  const { labels, sides, settings, size, sure } = findings;
  if (settings.length === 0) terminal.print('no setting differs');
  else {
    const columns = [
      { heading: 'setting', value: ({ path }: (typeof settings)[number]) => path },
      ...labels.map((label, place) => {
        return { heading: label, value: ({ values }: (typeof settings)[number]) => values[place]! };
      }),
    ];
    for (const line of toTextTable(columns, settings.slice(0, settingsPrinted))) terminal.print(line);
    if (settings.length > settingsPrinted) terminal.print(`… and ${settings.length - settingsPrinted} more settings`);
  }
  for (const { label, metrics } of sides) {
    terminal.print('');
    terminal.print(`${label} compared with ${labels[0]}: ${lowered(countInWords(metrics))}`);
    for (const line of linesOf(metrics, findings.looked)) terminal.print(`  ${line}`);
  }
  terminal.print('');
  terminal.print(size);
  terminal.print(sure);
  terminal.print(`folder ${folder}`);
}

function lowered(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function linesOf(metrics: readonly ComparedMetric[], looked: readonly string[]): readonly string[] {
  const of = (outcome: ComparedMetric['outcome']) => metrics.filter((one) => one.outcome === outcome);
  const said = ({ metric, says }: ComparedMetric) => `${metric.label}: ${says}`;
  const doubtful = ({ metric, says }: ComparedMetric) => `${metric.label}: ${says}; too few pairs to tell from chance`;
  const first = of('unseen').filter(({ metric }) => looked.includes(metric.name));
  const shown = first.slice(0, unseenPrinted);
  const left = of('unseen').length - shown.length;
  const same = of('same').map(({ metric }) => metric.label);
  return [
    ...cut(of('changed').map(said), 'that changed'),
    ...cut(of('uncertain').map(metrics.every(({ n }) => n <= 1) ? said : doubtful), 'that differ'),
    ...cut(of('apart').map(said), 'told of one alone'),
    ...shown.map(said),
    ...(left === 0 ? [] : [`${left} ${shown.length > 0 ? 'more ' : ''}without a difference seen`]),
    ...(same.length === 0 ? [] : [`the same in every pair: ${same.join('; ')}`]),
  ];
}

function cut(lines: readonly string[], what: string): readonly string[] {
  if (lines.length <= sentencesPrinted) return lines;
  return [...lines.slice(0, sentencesPrinted), `… and ${lines.length - sentencesPrinted} more ${what}`];
}

/** The same for programs. */
export function comparisonToJson(findings: ComparisonFindings, { folder, manifest }: ComparisonRecord): object {
  const { sides, settings } = findings;
  const { seed, replications, errorRate, level } = manifest;
  return {
    ...{ folder, base: manifest.sides[0]!.label, seed, replications: replications.length, errorRate, level },
    settings,
    sides: sides.map(({ label, metrics }) => ({
      label,
      metrics: metrics.map(({ metric, side: _, says, outcome, base, value, difference, low, high, n }) => ({
        ...{ metric: metric.name, unit: metric.unit, outcome },
        sentence: says === '' ? '' : `${capitalised(metric.label)}: ${says}`,
        ...{ base: orNull(base), value: orNull(value), difference: orNull(difference) },
        ...{ low: orNull(low), high: orNull(high), n },
      })),
    })),
    fingerprints: manifest.sides.map(({ label, fingerprintsSha256 }) => ({ label, fingerprintsSha256 })),
  };
}
