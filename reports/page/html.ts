import type { DataTable } from '../drawing/data-tables.js';
import type { ReportChart, UndrawnChart } from '../write.js';
import { glossary } from './glossary.js';
import {
  escapeHtml,
  folded,
  hint,
  note,
  ofCode,
  ofNumber,
  ofText,
  prose,
  section,
  type TableColumn,
  table,
  terms,
} from './markup.js';
import { pageHtml } from './page-frame.js';

/** What leads to a cohort's profit. */
export type AccountItem =
  | 'incomeUsd'
  | 'stolenUsd'
  | 'savedUsd'
  | 'claimsUsd'
  | 'computeUsd'
  | 'identityFeesUsd'
  | 'ownJobsUsd'
  | 'chargesUsd'
  | 'attackCostsUsd'
  | 'slashedUsd'
  | 'capitalCostUsd';

/** Everything a report says; numbers come as text, written as a person should read them. */
export interface ReportInput {
  readonly title: string;
  readonly question: string;
  readonly answer: {
    /** Yes, no, or that it can't be told; empty where nothing is asked. */
    readonly verdict: string;
    /** Sentences, the most important first. */
    readonly reasons: readonly string[];
    readonly more: readonly string[];
  };
  /** Who won, at whose cost, and what would have turned it, in a paragraph; empty where it can't be told. */
  readonly outcome: string;
  readonly figures: readonly {
    readonly label: string;
    /** Of the metric, as in runs.csv. */
    readonly name: string;
    readonly value: string;
    readonly unit: string;
    /** The 95 % interval over replications, such as `0.6 to 1.7 %`; empty for one run. */
    readonly interval: string;
    /** The part of the run that it speaks of, such as `after the warm-up`. */
    readonly window: string;
    /** In plain words. */
    readonly says: string;
    /** As exact as the metric's definition. */
    readonly meaning: string;
  }[];
  /** What the scenario expected; met is null when the run can't tell. */
  readonly expectations: readonly { readonly text: string; readonly value: string; readonly met: boolean | null }[];
  /** Who the cohorts are and how they fared; money in USD; over replications means in accounts, intervals elsewhere. */
  readonly fleet: readonly {
    readonly cohort: string;
    readonly strategy: string;
    readonly isAttacker: boolean;
    readonly nodes: string;
    readonly ejected: string;
    readonly work: string;
    /** Of the profit over replications [USD]; empty for one run. */
    readonly profitInterval: string;
    /** Those shown add up. */
    readonly account: Readonly<Record<AccountItem | 'profitUsd', string>>;
  }[];
  /** What each attack came to [USD], all its cohorts together; empty where there aren't several. */
  readonly attacks: readonly {
    readonly attack: string;
    readonly cohorts: string;
    readonly work: string;
    readonly profit: string;
    /** Empty without a twin, as others are where there was nothing to tell. */
    readonly overTwin: string;
    readonly slashed: string;
    readonly detected: string;
    readonly ejected: string;
  }[];
  /** How many there are of the run, which differ in their seeds. */
  readonly replications: number;
  /** What amounts of accounts are rounded to [USD]. */
  readonly accountStep: number;
  /** Jobs that nobody served, by class and reason; empty for none. */
  readonly unserved: readonly {
    readonly jobClass: string;
    readonly reason: string;
    readonly jobs: string;
    readonly share: string;
  }[];
  readonly slashings: readonly {
    readonly cause: string;
    /** `stake` or `bond`. */
    readonly collateral: string;
    readonly cohort: string;
    readonly nodes: string;
    readonly count: string;
    readonly tokens: string;
  }[];
  /** What was said before the run about settings that are in vain. */
  readonly warnings: readonly { readonly path: string; readonly says: string }[];
  /** What the scenario sets and the run didn’t come to; empty for nothing that its tables can tell. */
  readonly neverHappened: readonly { readonly path: string; readonly what: string }[];
  /** Settings that differ from their defaults, or have none. */
  readonly settings: readonly { readonly path: string; readonly value: string; readonly standard: string }[];
  /** So many settings are compared with their defaults, and no more. */
  readonly settingsMost: number;
  /** Every value of the protocol in force. */
  readonly protocol: readonly { readonly path: string; readonly value: string; readonly isDefault: boolean }[];
  /** Seed, fingerprints and the command that runs it again. */
  readonly identity: readonly { readonly name: string; readonly value: string }[];
  readonly charts: readonly ReportChart[];
  /** Those that couldn't be drawn. */
  readonly undrawn: readonly UndrawnChart[];
  /** What is marked under the time axes; empty for nothing. */
  readonly marks: string;
  /** Who isn't shown by itself; empty where all are. */
  readonly cast: string;
  /** Their names and colours, which are the charts' own. */
  readonly cohorts: readonly { readonly name: string; readonly color: string; readonly isAttacker: boolean }[];
}

/**
 * A report in one HTML file that opens from disk and loads nothing from elsewhere, which its content security policy
 * enforces: it runs the embedded scripts only, by their hashes, and no text is ever evaluated. All texts are escaped;
 * the charts' SVGs go in as they are, with ids made unique, and stay where the scripts don't run.
 */
export function reportHtml(input: ReportInput): string {
  const { title, question, charts, cohorts } = input;
  return pageHtml({
    ...{ title, question, charts, cohorts },
    sections: [
      answerSection(input),
      ...outcomeSection(input),
      figuresSection(input),
      expectationsSection(input),
      fleetSection(input),
      ...attacksSection(input),
      chartsSection(input),
      ...unservedSection(input),
      slashingsSection(input),
      ...warningsSection(input),
      ...neverHappenedSection(input),
      settingsSection(input),
      section('identity', 'How to run it again', terms(input.identity, 'code')),
      definitionsSection(input),
    ],
  });
}

function answerSection({ answer: { verdict, reasons, more } }: ReportInput): string {
  if (verdict === '' && reasons.length === 0) {
    return section('answer', 'Answer', note('The run gives no answer in a sentence.'));
  }
  const parts = [
    ...(verdict === '' ? [] : [`<p class="verdict">${prose(verdict)}</p>`]),
    ...(reasons.length === 0 ? [] : [`<p>${prose(reasons.join(' '))}</p>`]),
    ...(more.length === 0 ? [] : [`<ul>\n${more.map((one) => `<li>${prose(one)}</li>`).join('\n')}\n</ul>`]),
  ];
  return section('answer', 'Answer', `<div class="answer">\n${parts.join('\n')}\n</div>`);
}

/** In plain words, for whoever knows nothing of the model. */
export function outcomeSection({ outcome }: { readonly outcome: string }): readonly string[] {
  return outcome === '' ? [] : [section('outcome', 'Who won', `<p>${prose(outcome)}</p>`)];
}

/** A name in camel case, which may go on in the next line at a capital letter. */
function breakable(name: string): string {
  return escapeHtml(name).replace(/(?<=[a-z])(?=[A-Z])/g, '<wbr>');
}

/** A reader wants to come to the charts. */
const TILES_SHOWN = 6;

function figuresSection({ figures, replications }: ReportInput): string {
  if (figures.length === 0) return section('figures', 'Headline figures', note('The run has no headline figures.'));
  const items = figures.map(({ label, name, value, unit, interval, window, says }) => {
    const range = interval === '' ? '' : `<dd class="interval">${escapeHtml(interval)}</dd>`;
    const suffix = unit === '' ? '' : ` <span class="unit">${escapeHtml(unit)}</span>`;
    return (
      `<div><dt>${escapeHtml(label)}</dt><dd class="value">${escapeHtml(value)}${suffix}</dd>${range}` +
      `<dd class="meaning">${escapeHtml(says)}</dd>` +
      `<dd class="meaning"><span class="name"><code>${breakable(name)}</code>, </span>${escapeHtml(window)}</dd></div>`
    );
  });
  const tiles = (some: readonly string[]) => `<dl class="figures">\n${some.join('\n')}\n</dl>`;
  const rest = items.slice(TILES_SHOWN);
  const more = rest.length === 0 ? '' : `\n${folded(`${rest.length} more figures`, tiles(rest))}`;
  const shown = `${tiles(items.slice(0, TILES_SHOWN))}${more}`;
  return section('figures', 'Headline figures', `${note(spreadSays(replications))}\n${shown}`);
}

/** How far another seed would land. */
function spreadSays(replications: number): string {
  if (replications === 1) {
    return 'One run: how far figures spread from seed to seed isn’t known. With --replications 20 they have intervals.';
  }
  return (
    `Means over ${replications} replications, which differ in their seeds alone, and under each its 95 % interval: ` +
    'of the mean, or of the median for figures that are quantiles themselves.'
  );
}

/** What words mean, then what the figures above mean exactly. */
function definitionsSection({ figures }: ReportInput): string {
  const words = terms(glossary.map(({ term, meaning }) => ({ name: term, value: meaning })));
  const exact = terms(figures.map(({ name, meaning, window }) => ({ name, value: `${meaning} (${window})` })));
  return section('glossary', 'Definitions', `${words}\n${folded('The headline figures, exactly', exact)}`);
}

function expectationsSection({ expectations }: ReportInput): string {
  const verdict = ({ met }: { readonly met: boolean | null }) =>
    met === null ? 'can’t tell' : `<span class="${met ? 'met' : 'unmet'}">${met ? '✓ met' : '✗ not met'}</span>`;
  const columns = [
    // first, so that no narrow page hides it
    { heading: 'Verdict', html: verdict },
    ofText('Expected', ({ text }: ReportInput['expectations'][number]) => text),
    ofNumber('Found', ({ value }: ReportInput['expectations'][number]) => value),
  ];
  return section('expectations', 'Expectations', table(columns, expectations, 'The scenario states no expectations.'));
}

type FleetRow = ReportInput['fleet'][number];

const nameColumn: TableColumn<FleetRow> = {
  heading: 'Cohort',
  html: ({ cohort, isAttacker }) => `${escapeHtml(cohort)}${isAttacker ? ' <span class="unmet">attacks</span>' : ''}`,
};

const fleetColumns: readonly TableColumn<FleetRow>[] = [
  nameColumn,
  ofText('Strategy', ({ strategy }) => strategy),
  ofNumber('Nodes', ({ nodes }) => nodes),
  ofNumber('Ejected', ({ ejected }) => ejected),
  ofNumber('Work', ({ work }) => work),
];

/**
 * What a cohort gains and pays, and what is left; charges and claims where there are any. A sign stays on the line of
 * its word.
 */
const accountColumnsOf = (fleet: readonly FleetRow[]): readonly TableColumn<FleetRow>[] => [
  nameColumn,
  ofNumber('Income', ({ account }) => account.incomeUsd),
  ofNumber('+\u00a0Stolen', ({ account }) => account.stolenUsd),
  ofNumber('+\u00a0Saved', ({ account }) => account.savedUsd),
  ...ifAny(fleet, '+\u00a0Covered', 'claimsUsd'),
  ofNumber('−\u00a0Compute', ({ account }) => account.computeUsd),
  ofNumber('−\u00a0Identity fees', ({ account }) => account.identityFeesUsd),
  ofNumber('−\u00a0Own jobs', ({ account }) => account.ownJobsUsd),
  ...ifAny(fleet, '−\u00a0Charges', 'chargesUsd'),
  ...ifAny(fleet, '−\u00a0Attack costs', 'attackCostsUsd'),
  ofNumber('−\u00a0Slashed', ({ account }) => account.slashedUsd),
  ofNumber('−\u00a0Capital', ({ account }) => account.capitalCostUsd),
  ofNumber('=\u00a0Profit', ({ account }) => account.profitUsd),
];

/** A column of an item of which some cohort has something. */
function ifAny(fleet: readonly FleetRow[], title: string, item: AccountItem): readonly TableColumn<FleetRow>[] {
  if (fleet.every(({ account }) => account[item] === '0')) return [];
  return [ofNumber(title, ({ account }) => account[item])];
}

const profitInterval = ofNumber('Profit [USD]', (row: FleetRow) => row.profitInterval);

function fleetSection({ fleet, accountStep, cast, replications }: ReportInput): string {
  const isOfSeveral = replications > 1;
  const intervals = isOfSeveral ? ` Numbers are 95 % intervals of means over ${replications} replications.` : '';
  const means = isOfSeveral ? ' Amounts are means over the replications.' : '';
  const columns = isOfSeveral ? [...fleetColumns, profitInterval] : fleetColumns;
  const step = accountStep === 1 ? 'whole USD' : 'cents';
  const meanings =
    `Accounts are of the whole run, in USD, rounded to ${step} so that those shown add up, each within one of its ` +
    'exact value. Stolen is the value of wrong results that nobody found out; saved, the worth of computing that was ' +
    'left out; compute, machines and power; capital, the cost of what stake and bonds locked.';
  return section(
    'fleet',
    'Cohorts',
    [
      ...(cast === '' ? [] : [note(cast)]),
      table(columns, fleet, 'The run has no cohorts.'),
      note(`Work is the share of what was accepted after the warm-up; all else is of the whole run.${intervals}`),
      ...(fleet.length === 0 ? [] : [table(accountColumnsOf(fleet), fleet, ''), note(`${meanings}${means}`)]),
    ].join('\n'),
  );
}

const attackColumns: readonly TableColumn<ReportInput['attacks'][number]>[] = [
  ofText('Attack', ({ attack }) => attack),
  ofText('Cohorts', ({ cohorts }) => cohorts),
  ofNumber('Work', ({ work }) => work),
  ofNumber('Profit [USD]', ({ profit }) => profit),
  ofNumber('Slashed [USD]', ({ slashed }) => slashed),
  ofNumber('Detected', ({ detected }) => detected),
  ofNumber('Ejected', ({ ejected }) => ejected),
];

const overTwinColumn = ofNumber('Over honesty [USD]', ({ overTwin }: ReportInput['attacks'][number]) => overTwin);

function attacksSection({ attacks, replications }: ReportInput): readonly string[] {
  if (attacks.length === 0) return [];
  const hasTwin = attacks.some(({ overTwin }) => overTwin !== '');
  const columns = hasTwin ? [...attackColumns.slice(0, 4), overTwinColumn, ...attackColumns.slice(4)] : attackColumns;
  const intervals = replications > 1 ? ` Numbers are 95 % intervals of means over ${replications} replications.` : '';
  const meaning =
    'Each is told with all its cohorts together; empty is what there was nothing to tell of, such as of lies that ' +
    `nobody told. All figures of each are in attacks.csv.${intervals}`;
  return [section('attacks', 'Attacks', [table(columns, attacks, ''), note(meaning)].join('\n'))];
}

/** The charts, each with what it says and how to read it. */
export function chartsSection({ charts, undrawn, marks }: Pick<ReportInput, 'charts' | 'undrawn' | 'marks'>): string {
  const missing = undrawn
    .map(({ title, reason }) => note(`The chart “${title}” couldn’t be drawn: ${reason}`))
    .join('\n');
  if (charts.length === 0) return section('charts', 'Charts', `${note('No charts were drawn.')}\n${missing}`);
  const figures = charts.map(({ name, title, says, description, isNarrow, svg, tables = [] }, index) => {
    const id = `chart-${index}`;
    return (
      // The title stands in the drawing; the heading is for those who can't see it.
      `<figure aria-labelledby="${id}-title" aria-describedby="${id}-text">\n` +
      `<h3 class="unseen" id="${id}-title">${escapeHtml(title)}</h3>\n` +
      `<div class="card${isNarrow ? ' narrow' : ''}" data-chart="${escapeHtml(name)}">` +
      `${inlineSvg(svg, id, title)}</div>\n` +
      `<figcaption id="${id}-text"><p class="says">${prose(says)}</p>\n` +
      `<p>${escapeHtml(description)}</p></figcaption>\n${chartNumbers(tables)}</figure>`
    );
  });
  const marked = marks === '' ? '' : `<p>${prose(marks)}</p>\n`;
  const switches = '<div id="cohorts" role="group" aria-label="Cohorts shown in the charts" hidden></div>';
  // those that fit have nothing to be moved
  const moved = charts.every(({ isNarrow }) => isNarrow) ? '' : hint('Each chart');
  return section('charts', 'Charts', `${marked}${moved}${switches}\n${figures.join('\n')}\n${missing}`);
}

/** What a chart draws, in numbers, for who opens it; nothing without tables. */
function chartNumbers(tables: readonly DataTable[]): string {
  if (tables.length === 0) return '';
  const parts = tables.map(({ caption, headings, rows }) => {
    const columns = headings.map((heading, place): TableColumn<readonly string[]> => {
      const textOf = (row: readonly string[]) => row[place]!;
      return place === 0 ? ofText(heading, textOf) : ofNumber(heading, textOf);
    });
    return `${caption === '' ? '' : note(caption)}${table(columns, rows, '')}`;
  });
  const summary = 'In numbers: the median, and in brackets from where to where the band reaches';
  return `${folded(summary, parts.join('\n'))}\n`;
}

const unservedColumns: readonly TableColumn<ReportInput['unserved'][number]>[] = [
  ofText('Job class', ({ jobClass }) => jobClass),
  ofText('Reason', ({ reason }) => reason),
  ofNumber('Jobs', ({ jobs }) => jobs),
  ofNumber('Share', ({ share }) => share),
];

function unservedSection({ unserved, replications }: ReportInput): readonly string[] {
  if (unserved.length === 0) return [];
  const meaning =
    'After the warm-up. A reason is what kept the last nodes from a job when it ended: each is about the nodes that ' +
    `nothing above it kept.${replications > 1 ? ` Means over ${replications} replications.` : ''}`;
  const body = `${table(unservedColumns, unserved, '')}\n${note(meaning)}`;
  return [section('unserved', 'Jobs that nobody served, by reason', body)];
}

const slashingColumns: readonly TableColumn<ReportInput['slashings'][number]>[] = [
  ofText('Cause', ({ cause }) => cause),
  ofText('Of', ({ collateral }) => collateral),
  ofText('Cohort', ({ cohort }) => cohort),
  ofNumber('Nodes', ({ nodes }) => nodes),
  ofNumber('Slashings', ({ count }) => count),
  ofNumber('Tokens taken', ({ tokens }) => tokens),
];

function slashingsSection({ slashings, replications }: ReportInput): string {
  const heading = `Slashings by cause, over the whole ${replications > 1 ? 'first replication' : 'run'}`;
  return section('slashings', heading, table(slashingColumns, slashings, 'No node was slashed.'));
}

const warningColumns: readonly TableColumn<ReportInput['warnings'][number]>[] = [
  ofCode('Setting', ({ path }) => path),
  ofText('What is in vain, or hardly meant', ({ says }) => says),
];

function warningsSection({ warnings }: ReportInput): readonly string[] {
  if (warnings.length === 0) return [];
  return [section('warnings', 'Warnings about the scenario', table(warningColumns, warnings, ''))];
}

const neverColumns: readonly TableColumn<ReportInput['neverHappened'][number]>[] = [
  ofCode('Setting', ({ path }) => path),
  ofText('What the run saw of it', ({ what }) => what),
];

function neverHappenedSection({ neverHappened }: ReportInput): readonly string[] {
  if (neverHappened.length === 0) return [];
  const heading = 'What was set and never happened';
  return [section('never-happened', heading, table(neverColumns, neverHappened, ''))];
}

const settingColumns: readonly TableColumn<ReportInput['settings'][number]>[] = [
  ofCode('Setting', ({ path }) => path),
  ofCode('Value', ({ value }) => value),
  ofCode('Default', ({ standard }) => standard),
];

const protocolColumns: readonly TableColumn<ReportInput['protocol'][number]>[] = [
  ofCode('Setting', ({ path }) => path),
  ofCode('Value', ({ value }) => value),
  ofText('', ({ isDefault }) => (isDefault ? 'default' : '')),
];

function settingsSection({ settings, settingsMost, cast, protocol }: ReportInput): string {
  const heading = 'Settings that differ from their defaults, or have none';
  const isCut = cast !== '' || settings.length >= settingsMost;
  const cut = `Of cohorts that stand together, and of more than ${settingsMost} settings, none are listed here.`;
  return section(
    'settings',
    heading,
    [
      table(settingColumns, settings, 'All settings have their defaults.'),
      ...(isCut ? [note(`${cut} The manifest has all.`)] : []),
      folded(
        `All ${protocol.length} values of the protocol in force, defaults included`,
        table(protocolColumns, protocol, 'The run has no protocol.'),
      ),
    ].join('\n'),
  );
}

/** Gives ids in a drawing the chart's prefix, as all drawings share one page, and makes it one image to a reader. */
function inlineSvg(svg: string, prefix: string, title: string): string {
  return svg
    .slice(svg.indexOf('<svg'))
    .replace(/ id="([^"]+)"/g, ` id="${prefix}-$1"`)
    .replace(/url\(#([^)]+)\)/g, `url(#${prefix}-$1)`)
    .replace(/href="#([^"]+)"/g, `href="#${prefix}-$1"`)
    .replace('<svg', () => `<svg role="img" aria-label="${escapeHtml(title)}"`);
}
