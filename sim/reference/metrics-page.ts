/**
 * docs/metrics.md: every metric with what it says, its formula, unit, window and source, and which scenarios expect
 * something of it: made of the registry and of the scenarios as they are read.
 */
import { metrics } from '../record/metrics/index.js';
import { isCounted, type Metric, rangeOf as valuesOf } from '../record/metrics/metric.js';
import { toTable } from './reference-names.js';
import { code, link } from './setting-range.js';
import { type Showcase, toShownLines } from './shown-by.js';

const introduction = `# Metrics

Every figure of a run, made by \`npm run update-docs\` of the metrics themselves and of the scenarios that expect
something of them. A metric is a column of \`runs.csv\`, over replications a row of \`summary.csv\`, and what
\`expect\` can bound. Quantiles are of type 7. An empty cell (NaN) means that it doesn’t apply. The window is the part
of the run that it speaks of; \`at\` of an expectation narrows it where that can be told. What is better is so for the
network and its honest operators; where nothing is said it depends.
`;

/** The whole document; ends in a line break. */
export function metricsPage({ ofMetric }: Showcase): string {
  const index = metrics.map(({ name, label, unit, better }) => {
    return [link(code(name), name), label, wordOf(unit), better ?? '', `${ofMetric.get(name)?.length ?? 0}`];
  });
  const sections = metrics.map((metric) => sectionOf(metric, ofMetric));
  const heads = ['Metric', 'What people call it', 'Unit', 'Better', 'Scenarios'];
  return [introduction, `## All of them\n\n${toTable(heads, index)}`, ...sections].join('\n');
}

function sectionOf(metric: Metric, ofMetric: Showcase['ofMetric']): string {
  const { name, label, unit, window, meaning, formula, source, better, needs } = metric;
  const scenarios = ofMetric.get(name) ?? [];
  const lines = [
    ...(formula === undefined ? [] : [`- Formula: ${formula}`]),
    `- Unit: ${wordOf(unit) || 'none'}${boundsOf(metric)}`,
    `- Window: ${window}; \`at\` can be ${partOf(metric)}`,
    ...(better === undefined ? [] : [`- Better: ${better}`]),
    ...(metric.about === undefined ? [] : [`- About: ${metric.about}; a cohort of theirs by \`cohort\``]),
    ...(needs === undefined ? [] : [`- Needs: ${needed[needs]}`]),
    ...(source === undefined ? [] : [`- Source: ${source}`]),
    ...(scenarios.length === 0 ? ['- No scenario bounds it'] : ['- Expected by', ...toShownLines(scenarios)]),
  ];
  return `## ${name}\n\n${label[0]!.toUpperCase()}${label.slice(1)}. ${meaning}.\n\n${lines.join('\n')}\n`;
}

const needed = {
  attackers: 'attackers',
  newcomers: 'newcomers',
  sharedOutages: 'outages that machines share',
  twin: 'the honest twin, which is run when it is asked for',
} as const;

const wordOf = (unit: string) => (unit === '1' ? '' : unit);

function partOf(metric: Metric): string {
  if (isCounted(metric)) return 'any window';
  return metric.isAtEnd === true ? 'the end' : 'the whole';
}

/** Where its values lie; nothing for what any number can be. */
function boundsOf(metric: Metric): string {
  const [lowest, highest] = valuesOf(metric);
  if (lowest === Number.NEGATIVE_INFINITY) return ', of either sign';
  return highest === Number.POSITIVE_INFINITY ? `, at least ${lowest}` : `, ${lowest} to ${highest}`;
}
