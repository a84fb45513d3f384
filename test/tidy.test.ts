import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((file) => !file.includes('node_modules'))
    .sort();
}

const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const sources = [...filesIn('sim', '.ts'), ...filesIn('reports', '.ts')];

/** The program without its comments and texts; template holes stay. */
function codeOf(file: string): string {
  return textOf(file).replace(/'(?:\\.|[^'\\\n])*'|\/\*[\s\S]*?\*\/|(?<![:\\/])\/\/.*/g, (found) =>
    found.startsWith("'") ? "''" : found.replace(/[^\n]/g, ''),
  );
}

interface Import {
  readonly from: string;
  /** A package's name, or a path in the repository without its ending. */
  readonly to: string;
  readonly isTypeOnly: boolean;
}

function importsOf(file: string): Import[] {
  const declared = /^(?:import|export)\s(type\s)?[^;'"]*?from '([^']+)';|^import '([^']+)';|\bimport\('([^']+)'\)/gm;
  return [...textOf(file).matchAll(declared)].map((found) => {
    const named = (found[2] ?? found[3] ?? found[4])!;
    const to = named.startsWith('.') ? join(dirname(file), named).replace(/\.js$/, '') : named;
    return { from: file, to, isTypeOnly: found[1] !== undefined };
  });
}

const imports = sources.flatMap(importsOf);
const written = ({ from, to }: Import) => `${from} → ${to}`;

/** The folders and files of the line, lowest first: each may import from its own and from earlier ones. */
const line: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['package', /^sim\/package(\.ts)?$/],
  ['engine', /^sim\/engine\//],
  ['model', /^sim\/model\//],
  ['mechanisms', /^sim\/mechanisms\//],
  ['strategies', /^sim\/strategies\//],
  ['record', /^sim\/record\//],
  ['scenario', /^sim\/scenario\//],
  ['run', /^sim\/(?!(index|cli|package)(\.ts)?$)[a-z-]+(\.ts)?$/],
  ['experiment', /^sim\/experiment\//],
  ['library', /^sim\/index(\.ts)?$/],
  ['commands', /^sim\/commands\//],
  ['cli', /^sim\/cli(\.ts)?$/],
  ['reports', /^reports\//],
];

const placeOf = (path: string): string | undefined => line.find(([, pattern]) => pattern.test(path))?.[0];

const upTo = (name: string) => line.slice(0, line.findIndex(([one]) => one === name) + 1).map(([one]) => one);

/** What each may import, by the arrows engine ← model ← (mechanisms, strategies, record) ← scenario ← run ← …. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  package: [],
  engine: ['engine'],
  model: ['engine', 'model'],
  mechanisms: ['engine', 'model', 'mechanisms'],
  strategies: ['engine', 'model', 'strategies'],
  record: ['engine', 'model', 'record'],
  scenario: upTo('scenario'),
  run: [...upTo('run'), 'reports'],
  experiment: [...upTo('experiment'), 'reports'],
  library: upTo('library'),
  commands: [...upTo('experiment'), 'commands', 'reports'],
  cli: [...upTo('experiment'), 'commands', 'cli'],
  reports: ['reports', 'record'],
};

const packages: Readonly<Record<string, readonly string[]>> = {
  engine: ['seedrandom'],
  model: ['zod'],
  mechanisms: ['zod'],
  strategies: ['zod'],
  record: ['simple-statistics'],
};

const isLocal = (path: string) => /^(sim|reports)\//.test(path);

describe('imports', () => {
  it('are found: every source file but the leaves has some', () => {
    expect(imports.length).toBeGreaterThan(250);
    expect(imports.filter(({ to }) => isLocal(to)).map(({ to }) => placeOf(to))).not.toContain(undefined);
    for (const file of sources) expect(placeOf(file), file).toBeDefined();
  });

  // engine ← model ← (mechanisms, strategies, record) ← scenario ← run ← experiment ← commands ← cli
  it('point one way, from the commands down to the engine', () => {
    const wrong = imports.filter(({ from, to }) => isLocal(to) && !allowed[placeOf(from)!]!.includes(placeOf(to)!));
    expect(wrong.map(written)).toEqual([]);
  });

  it('of reports reach the program for the types of record/table only', () => {
    const reached = imports.filter(({ from, to }) => from.startsWith('reports/') && to.startsWith('sim/'));
    expect(reached.length).toBeGreaterThan(0);
    const wrong = reached.filter(({ to, isTypeOnly }) => to !== 'sim/record/table' || !isTypeOnly);
    expect(wrong.map(written)).toEqual([]);
  });

  it('of a mechanism or strategy are the model and the engine’s mathematics, never another mechanism', () => {
    const isEntry = (from: string) => /^sim\/(mechanisms\/\w+|strategies)\/(?!index)/.test(from);
    const isFine = ({ from, to }: Import) =>
      to.startsWith('sim/model/') ||
      to === 'sim/engine/math' ||
      to === 'sim/engine/distributions' ||
      to === 'zod' ||
      // what an honest computation yields is where every strategy starts from
      (from.startsWith('sim/strategies/') && to === 'sim/strategies/honest');
    expect(imports.filter((one) => isEntry(one.from) && !isFine(one)).map(written)).toEqual([]);
  });

  it('of a registry are its entries and the model’s types', () => {
    const registries = imports.filter(({ from }) => /^sim\/(mechanisms\/\w+|strategies)\/index\.ts$/.test(from));
    const isFine = ({ from, to, isTypeOnly }: Import) =>
      dirname(from) === dirname(to) || (to.startsWith('sim/model/') && isTypeOnly);
    expect(registries.filter((one) => !isFine(one)).map(written)).toEqual([]);
  });

  it('of a registry stand in the schema, the build, the plans of cohorts and the loader only', () => {
    const readers = new Set([
      'sim/scenario/schema.ts',
      'sim/scenario/fleet-plan.ts',
      'sim/scenario/load.ts',
      'sim/build-mechanisms.ts',
      // ask a strategy how many identities it can come to have, and whether it is an attacker's
      'sim/estimate.ts',
      'sim/scenario-list.ts',
      'sim/exogenous-trace.ts',
    ]);
    const found = imports.filter(({ to }) => /^sim\/(mechanisms\/\w+|strategies)\/index$/.test(to));
    expect(found.filter(({ from }) => !readers.has(from)).map(written)).toEqual([]);
  });

  it('of packages stay below what each part may know', () => {
    const isForeign = ({ from, to }: Import) => {
      const known = packages[placeOf(from)!];
      return known !== undefined && !isLocal(to) && !known.includes(to);
    };
    expect(imports.filter(isForeign).map(written)).toEqual([]);
  });
});

/** `file:line` of every place in the program's code where the pattern is found. */
function places(pattern: RegExp, isLookedAt: (file: string) => boolean): string[] {
  return sources.filter(isLookedAt).flatMap((file) =>
    codeOf(file)
      .split('\n')
      .flatMap((text, index) => (pattern.test(text) ? [`${file}:${index + 1}: ${text.trim()}`] : [])),
  );
}

const inSim = (file: string) => file.startsWith('sim/');
const inRun = (file: string) => /^sim\/(engine|model|mechanisms|strategies|record)\//.test(file);

describe('the program', () => {
  it('draws from its own streams only', () => {
    expect(places(/\bMath\.random\b/, () => true)).toEqual([]);
  });

  it('reads no clock but for the environment and for progress', () => {
    const mayTellTime = /^sim\/(commands\/|run-folder|draft-folder|manifest|run-report)/;
    const clock = /\bDate\.now\b|\bnew Date\b|\bperformance\.|\bhrtime\b/;
    expect(places(clock, (file) => inSim(file) && !mayTellTime.test(file))).toEqual([]);
  });

  it('takes powers, exponentials, logarithms and angles from the engine, whose bits are the same everywhere', () => {
    const powers = /\*\*|\bMath\.(pow|exp|expm1|log|log1p|log2|log10|cbrt|hypot)\b/;
    const angles = /\bMath\.(sin|cos|tan|asin|acos|atan2?|sinh|cosh|tanh)\b/;
    expect(places(powers, inSim)).toEqual([]);
    expect(places(angles, inSim)).toEqual([]);
  });

  it('knows no locale', () => {
    expect(places(/\btoLocale\w*\(|\bIntl\.|\blocaleCompare\(/, () => true)).toEqual([]);
  });

  it('prints nothing while it simulates', () => {
    expect(places(/\bconsole\b|\bprocess\.std(out|err)\b/, inRun)).toEqual([]);
  });

  it('reads truth in strategies, observation, execution and the recorder only', () => {
    const mayKnow = new Set([
      ...sources.filter((file) => /^sim\/(strategies|record)\//.test(file)),
      'sim/model/truth.ts',
      'sim/model/observation.ts',
      // carries answers from strategies to observation
      'sim/model/execution.ts',
      // a client's bug changes what honest computations on its machines yield
      'sim/model/stress.ts',
      // gives a fresh identity the machine of the one before it
      'sim/model/joining.ts',
      // hold it for those above
      'sim/model/world.ts',
      'sim/model/mechanism-context.ts',
      'sim/build-columns.ts',
      'sim/build-mechanisms.ts',
      'sim/build.ts',
    ]);
    expect(places(/\btruth\b|\bTruth\b/, (file) => !mayKnow.has(file))).toEqual([]);
    const answers = /\battempts\.answer\b|#attempts\.answer\b/;
    expect(places(answers, (file) => file !== 'sim/model/truth.ts')).toEqual([]);
  });

  it('shows mechanisms no truth: their context has none, and no operator behind an identity', () => {
    const mechanisms = places(/\btruth\b|\bownership\b|\bcohorts?\b/i, (file) => file.startsWith('sim/mechanisms/'));
    expect(mechanisms).toEqual([]);
    const [shown] = codeOf('sim/model/mechanism-context.ts').split('interface StrategyContext');
    expect(shown).not.toMatch(/truth:|ownership:|cohorts:/);
  });
});

describe('every file', () => {
  const all = [...sources, ...filesIn('test', '.ts'), ...filesIn('bench', '.js')];

  it('keeps to 120 columns', () => {
    const long = all.flatMap((file) =>
      textOf(file)
        .split('\n')
        .flatMap((text, index) => ([...text].length > 120 ? [`${file}:${index + 1}`] : [])),
    );
    expect(long).toEqual([]);
  });

  it('is finished', () => {
    const mark = new RegExp(`\\b(${['TO', 'DO'].join('')}|${['FIX', 'ME'].join('')})\\b`);
    expect(all.filter((file) => mark.test(textOf(file)))).toEqual([]);
  });

  it('has a name in small letters, in a folder that says what is in it', () => {
    for (const file of sources) expect(file).toMatch(/^[a-z0-9/-]+\.ts$/);
    expect(sources.filter((file) => /\/(utils?|helpers?|types|common|misc)[/.]/.test(file))).toEqual([]);
  });
});

describe('every scenario', () => {
  const files = filesIn('scenarios', '.yaml').filter((file) => !file.startsWith('scenarios/protocols/'));

  it.each(files)('%s opens with its question', (file) => {
    const [first] = textOf(file).split('\n');
    expect(first).toMatch(/^# .+\?$/);
  });
});
