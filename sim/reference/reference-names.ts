import { toPhrase } from '../../reports/figure.js';
import type { Distribution } from '../engine/distributions.js';
import { outagePattern, outagePresets } from '../model/outside/outages.js';
import { metricNames, metrics } from '../record/metrics/index.js';
import { isCounted } from '../record/metrics/metric.js';
import { catalogue } from '../scenario/schema/catalogue.js';
import { protocolFile, protocolNames } from '../scenario/schema/protocols.js';
import { readSource } from '../scenario/text/source.js';
import { code, type Vocabulary } from './setting-range.js';

/** The names that settings take and that have a section of their own. */
export function vocabularies(): readonly Vocabulary[] {
  const { hardware, jobClasses, regionSets } = catalogue();
  const regions = Object.values(regionSets).flatMap((set) => set.regions);
  return [
    { names: Object.keys(hardware), words: 'hardware class', heading: 'Hardware classes' },
    { names: Object.keys(jobClasses), words: 'job class', heading: 'Job classes' },
    {
      names: [...Object.keys(regionSets), ...new Set(regions)],
      words: 'network or region',
      heading: 'Networks and regions',
    },
    { names: metricNames, words: 'metric', heading: 'Metrics' },
  ];
}

/** A section for each list of names. */
export function nameSections(): readonly string[] {
  return [protocols(), outagePatterns(), hardwareClasses(), networks(), jobClasses(), metricsSection()];
}

/** A table in Markdown; cells are Markdown already. */
export function toTable(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

function protocols(): string {
  const rows = protocolNames().map((name) => [code(name), readSource(protocolFile(name)).question]);
  return `## Protocols\n\n${toTable(['Name', 'In a line'], rows)}`;
}

function outagePatterns(): string {
  const rows = outagePresets.map((name) => {
    const pattern = outagePattern(name);
    return [code(name), ...(pattern === null ? ['always up', ''] : [inWords(pattern.up), inWords(pattern.down)])];
  });
  const source =
    'Sessions and outages take turns. Sessions of `heavy-tailed` are the maximum-likelihood fit to 5,982 sessions of ' +
    'providers of a decentralised compute network in January 2019; the other figures are assumptions of this project.';
  return `## Outage patterns\n\n${source}\n\n${toTable(['Name', 'Sessions', 'Outages'], rows)}`;
}

function inWords(distribution: Distribution): string {
  const [median, mean] = [distribution.quantile(0.5), distribution.mean].map((seconds) => toPhrase(seconds, 's'));
  return `${distribution.kind}, median ${median}, mean ${mean}`;
}

function hardwareClasses(): string {
  const rows = Object.entries(catalogue().hardware).map(([name, entry]) => [
    code(name),
    entry.label,
    entry.type === 'gpu' ? 'GPU' : 'CPU',
    ...[entry.throughput, entry.memoryGiB, entry.slots, entry.fixedUsdPerHour].map(String),
    `${entry.busyWatts} / ${entry.idleWatts}`,
    String(entry.faultProbability),
  ]);
  const heads = [
    'Name',
    'Machine',
    'Type',
    'Throughput',
    'GiB',
    'Slots',
    'USD/h',
    'W busy / idle',
    'Fault probability',
  ];
  const source = 'From `scenarios/hardware.yaml`, which names the source of each figure. Throughput is of one slot.';
  return `## Hardware classes\n\n${source}\n\n${toTable(heads, rows)}`;
}

function networks(): string {
  const rows = Object.entries(catalogue().regionSets).map(([name, { regions, shares }]) => [
    code(name),
    regions.map((region, index) => `${code(region)} ${Number((shares[index]! * 100).toPrecision(4))} %`).join(', '),
  ]);
  const source = 'From `scenarios/regions.yaml`, which has the latencies and their sources.';
  return `## Networks and regions\n\n${source}\n\n${toTable(['Network', 'Regions with their shares'], rows)}`;
}

function jobClasses(): string {
  const rows = Object.entries(catalogue().jobClasses).map(([name, entry]) => {
    const { deadline } = entry;
    return [
      code(name),
      entry.meaning,
      `${entry.work.kind}, median ${toPhrase(entry.work.quantile(0.5), 's')}`,
      String(entry.fee),
      deadline === 'none' ? 'none' : `${deadline.times} × work, at least ${toPhrase(deadline.atLeast, 's')}`,
      [
        ...(entry.needsGpu ? ['GPU'] : []),
        ...(entry.memoryGiB > 0 ? [`${entry.memoryGiB} GiB`] : []),
        ...(entry.needsPublicAddress ? ['public address'] : []),
      ].join(', '),
      entry.isRecomputable ? 'yes' : 'no',
    ];
  });
  const heads = ['Name', 'Meaning', 'Work', 'Fee [tokens]', 'Deadline', 'Needs', 'Recomputable'];
  return `## Job classes\n\nFrom \`scenarios/workloads.yaml\`.\n\n${toTable(heads, rows)}`;
}

function metricsSection(): string {
  const rows = metrics.map((metric) => {
    const { name, unit, window, meaning, about } = metric;
    const part = isCounted(metric) ? 'any window' : metric.isAtEnd ? 'the end' : 'the whole';
    const whom = about === undefined ? '' : about === 'honest' ? ', an honest cohort' : ', an attackers’ cohort';
    return [code(name), unit === '1' ? '' : unit, window, meaning, `${part}${whom}`];
  });
  const source =
    'What expectations can bound, and the columns of runs.csv. The window is the part of the run that a metric ' +
    'speaks of. The last column says what `at` and `cohort` of an ' +
    'expectation can be: where it names the end or the whole, there are no windows.';
  return `## Metrics\n\n${source}\n\n${toTable(['Name', 'Unit', 'Window', 'Meaning', 'Told of'], rows)}`;
}
