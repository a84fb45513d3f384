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
  /** Whether it is loaded when it is needed. */
  readonly isLater: boolean;
}

function importsOf(file: string): Import[] {
  const declared = /^(?:import|export)\s(type\s)?[^;'"]*?from '([^']+)';|^import '([^']+)';|\bimport\('([^']+)'\)/gm;
  return [...textOf(file).matchAll(declared)].map((found) => {
    const named = (found[2] ?? found[3] ?? found[4])!;
    const to = named.startsWith('.') ? join(dirname(file), named).replace(/\.js$/, '') : named;
    return { from: file, to, isTypeOnly: found[1] !== undefined, isLater: found[4] !== undefined };
  });
}

const imports = sources.flatMap(importsOf);
const written = ({ from, to }: Import) => `${from} → ${to}`;

/**
 * The rooms, lowest first; each imports from itself and from those below. Rooms in one line may import each other's
 * files: a node's life hands work back to a job's, and a job's verdict acts on a node. The model's world stands above
 * what it is made of, and under who acts in it.
 */
const rooms: readonly (readonly string[])[] = [
  ['sim/package'],
  ['sim/engine/'],
  ['sim/kernels/'],
  ['sim/model/events'],
  ['sim/model/columns/'],
  ['sim/model/truth/'],
  ['sim/model/contract/'],
  ['sim/model/outside/'],
  ['sim/model/money/'],
  ['sim/model/world/'],
  ['sim/model/matching/'],
  ['sim/model/nodes/', 'sim/model/jobs/'],
  ['sim/model/lives', 'sim/model/handlers'],
  ['sim/mechanisms/', 'sim/strategies/'],
  ['sim/record/'],
  ['reports/'],
  ['sim/scenario/text/'],
  ['sim/scenario/schema/'],
  ['sim/scenario/plugins/'],
  ['sim/scenario/traces/'],
  ['sim/scenario/plan/'],
  ['sim/scenario/load'],
  ['sim/build/'],
  ['sim/run'],
  ['sim/folder/'],
  ['sim/findings/'],
  ['sim/inspect/', 'sim/reference/'],
  ['sim/experiment/'],
  ['sim/library/'],
  ['sim/index'],
  ['sim/commands/'],
  ['sim/cli'],
];

/** The floor of a path without its ending; −1 if no room holds it. */
function floorOf(path: string): number {
  return rooms.findIndex((floor) =>
    floor.some((room) => (room.endsWith('/') ? path.startsWith(room) : path.replace(/\.ts$/, '') === room)),
  );
}

/** Packages that the lower rooms may know; those above may use any that the project depends on. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'sim/engine/': ['seedrandom'],
  'sim/kernels/': [],
  'sim/model/': ['zod'],
  'sim/mechanisms/': ['zod'],
  'sim/strategies/': ['zod'],
  'sim/record/': ['simple-statistics'],
};

const isLocal = (path: string) => /^(sim|reports)\//.test(path);
const stem = (path: string) => path.replace(/\.ts$/, '');

/** Groups of files that import one another, each by a way of imports; a file alone is none. */
function circles(): readonly (readonly string[])[] {
  const next = new Map<string, string[]>();
  for (const { from, to } of imports) {
    if (isLocal(to)) next.set(stem(from), [...(next.get(stem(from)) ?? []), to]);
  }
  const reached = (start: string): ReadonlySet<string> => {
    const seen = new Set<string>();
    const open = [...(next.get(start) ?? [])];
    for (let file = open.pop(); file !== undefined; file = open.pop()) {
      if (seen.has(file)) continue;
      seen.add(file);
      open.push(...(next.get(file) ?? []));
    }
    return seen;
  };
  const ways = new Map([...next.keys()].map((file) => [file, reached(file)]));
  const inCircle = [...ways].filter(([file, way]) => way.has(file)).map(([file]) => file);
  return [
    ...new Set(
      inCircle.map((file) =>
        inCircle.filter((o) => o === file || (ways.get(file)!.has(o) && ways.get(o)!.has(file))).join(' '),
      ),
    ),
  ].map((circle) => circle.split(' '));
}

describe('the house', () => {
  it('has its imports found: every source file but the leaves has some', () => {
    expect(imports.length).toBeGreaterThan(500);
    for (const file of sources) expect(floorOf(file), `a room for ${file}`).toBeGreaterThanOrEqual(0);
  });

  it('is built one way: nothing imports from a floor above its own', () => {
    const wrong = imports.filter(({ from, to }) => isLocal(to) && floorOf(to) > floorOf(from));
    expect(wrong.map(written)).toEqual([]);
  });

  it('has no circle of files', () => {
    expect(circles()).toEqual([]);
  });

  it('has few files loose: of the program its entries, of the reports what all of them write with', () => {
    const loose = sources.filter((file) => /^[^/]+\/[^/]+$/.test(file));
    const inReports = ['reports/figure.ts', 'reports/harmless.ts', 'reports/write.ts'];
    expect(loose).toEqual(['sim/cli.ts', 'sim/index.ts', 'sim/package.ts', 'sim/run.ts', ...inReports]);
  });

  it('has no room on its list in which nobody lives', () => {
    const isLivedIn = (room: string) =>
      sources.some((file) => file.startsWith(room.endsWith('/') ? room : `${room}.ts`));
    expect(rooms.flat().filter((room) => !isLivedIn(room))).toEqual([]);
  });

  it('has at most 16 files in a folder', () => {
    const counts = new Map<string, number>();
    for (const file of sources) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
    expect([...counts].filter(([, count]) => count > 16)).toEqual([]);
  });

  it('lets reports see tables, algorithms and units, never the world', () => {
    const reached = imports.filter(({ from, to }) => from.startsWith('reports/') && to.startsWith('sim/'));
    expect(reached.length).toBeGreaterThan(0);
    const isFine = ({ to }: Import) =>
      /^sim\/(record\/tables\/table|record\/window|kernels\/.*|model\/contract\/units|package)$/.test(to);
    expect(reached.filter((one) => !isFine(one)).map(written)).toEqual([]);
  });

  it('keeps mechanisms and strategies to the contract, the columns, the kernels and the engine’s mathematics', () => {
    const isEntry = (from: string) => /^sim\/(mechanisms\/\w+|strategies)\/(?!index)/.test(from);
    const isFine = ({ from, to }: Import) =>
      /^sim\/(model\/(contract|columns)|kernels)\//.test(to) ||
      to === 'sim/engine/math' ||
      to === 'sim/engine/distributions' ||
      to === 'zod' ||
      // what operators know of their own answers
      (from.startsWith('sim/strategies/') && to === 'sim/model/truth/truth') ||
      // what an honest computation yields is where every strategy starts from
      (from.startsWith('sim/strategies/') && to === 'sim/strategies/honest');
    expect(imports.filter((one) => isEntry(one.from) && !isFine(one)).map(written)).toEqual([]);
  });

  it('has registries of their entries and the contract’s types', () => {
    const registries = imports.filter(({ from }) => /^sim\/(mechanisms\/\w+|strategies)\/index\.ts$/.test(from));
    const isFine = ({ from, to, isTypeOnly }: Import) =>
      to.startsWith(`${dirname(from)}/`) || (to.startsWith('sim/model/contract/') && isTypeOnly);
    expect(registries.filter((one) => !isFine(one)).map(written)).toEqual([]);
  });

  it('has registries that the schema and the build alone read', () => {
    const found = imports.filter(({ to }) => /^sim\/(mechanisms\/\w+|strategies)\/index$/.test(to));
    const isReader = (from: string) => /^sim\/(scenario\/schema|build)\//.test(from);
    expect(found.filter(({ from }) => !isReader(from)).map(written)).toEqual([]);
  });

  it('knows few packages below the scenario', () => {
    const isForeign = ({ from, to }: Import) => {
      const known = Object.entries(packages).find(([room]) => from.startsWith(room))?.[1];
      return known !== undefined && !isLocal(to) && !known.includes(to);
    };
    expect(imports.filter(isForeign).map(written)).toEqual([]);
  });

  it('has a command line that loads no command, and of packages the parser alone, before one is performed', () => {
    const atOnce = imports.filter(({ isTypeOnly, isLater }) => !isTypeOnly && !isLater);
    const reached = new Set(['sim/cli']);
    for (const file of reached) {
      for (const { from, to } of atOnce) if (stem(from) === file) reached.add(to);
    }
    const foreign = [...reached].filter((file) => !isLocal(file) && !file.startsWith('node:'));
    expect(foreign).toEqual(['yargs']);
    expect([...reached].filter((file) => /^sim\/(commands\/(run|inspect)\/|run$|model\/)/.test(file))).toEqual([]);
  });

  it('exports nothing that no other file of the program or the library’s users take', () => {
    expect(exportsForNobody()).toEqual([]);
  });
});

/** Exported names that no source file imports, and that sim/index.ts doesn’t export: tests alone would use them. */
function exportsForNobody(): readonly string[] {
  const taken = new Map<string, Set<string>>();
  const everything = [...sources, ...filesIn('bench', '.js'), ...filesIn('docs', '.js')];
  for (const file of everything) {
    const text = textOf(file);
    const named = /(?:import|export)\s(?:type\s)?(?:\w+,\s*)?\{([^}]*)\}\s*from '([^']+)'/g;
    const loaded = /\{([^{}]*)\}\s*=\s*await import\('([^']+)'\)|import\('([^']+)'\)\)\.(\w+)/g;
    for (const found of [...text.matchAll(named), ...text.matchAll(loaded)]) {
      const from = found[2] ?? found[3]!;
      if (!from.startsWith('.')) continue;
      const target = join(dirname(file), from)
        .replace(/\.js$/, '')
        .replace(/^dist\//, '');
      const names = (found[1] ?? found[4] ?? '').split(',').map((name) =>
        name
          .replace(/^\s*type\s/, '')
          .trim()
          .split(' as ')[0]!
          .trim(),
      );
      taken.set(target, new Set([...(taken.get(target) ?? []), ...names]));
    }
  }
  return sources.flatMap((file) => {
    if (file === 'sim/index.ts' || file === 'sim/cli.ts') return [];
    const exported = statementsOf(codeOf(file)).filter((statement) => statement.startsWith('export '));
    return exported.flatMap((statement) =>
      namesExportedBy(statement).flatMap((name) => {
        // a type that stands in what else the file exports is part of that
        const isNamed = exported.some((other) => other !== statement && new RegExp(`\\b${name}\\b`).test(other));
        const isPart = isNamed && /^export (abstract |declare )*(interface|type|class|enum) /.test(statement);
        return isPart || taken.get(stem(file))?.has(name) ? [] : [`${file}: ${name}`];
      }),
    );
  });
}

/** The statements of a file's outermost level: each begins a line. */
function statementsOf(code: string): readonly string[] {
  return code.split(/\n(?=[a-z@])/);
}

/** Names that a statement exports of its own file; what it hands on from another is none. */
function namesExportedBy(statement: string): readonly string[] {
  if (/^export (type )?(\*|\{[^}]*\}) from /.test(statement)) return [];
  const listed = /^export (?:type )?\{([^}]*)\}/.exec(statement)?.[1];
  if (listed !== undefined) return listed.split(',').flatMap((one) => /(\w+)\s*$/.exec(one)?.[1] ?? []);
  if (statement.startsWith('export default ')) return ['default'];
  const kind = /(?:const enum|const|let|var|function\*?|class|interface|type|enum|namespace)/.source;
  const named = new RegExp(`^export (?:declare |async |abstract )*${kind} (\\w+|[{[][^=]*)`).exec(statement)?.[1];
  return named === undefined ? [statement] : [...named.matchAll(/(\w+)\s*(?=[,}\]]|$)/g)].map(([, name]) => name!);
}

/** `file:line` of every place in the program's code where the pattern is found. */
function places(pattern: RegExp, isLookedAt: (file: string) => boolean): string[] {
  return sources.filter(isLookedAt).flatMap((file) =>
    codeOf(file)
      .split('\n')
      .flatMap((text, index) => (pattern.test(text) ? [`${file}:${index + 1}: ${text.trim()}`] : [])),
  );
}

/**
 * Spreads among the arguments of calls, by the line's text. Parameters that gather what a call gave, and handing those
 * on, are as long as somebody typed.
 */
function spreadsInCalls(code: string): readonly string[] {
  const gathered = new Set([...code.matchAll(/[(,]\s*\.\.\.(\w+)\s*(?::|\)\s*(?:=>|:))/g)].map(([, name]) => name!));
  return [...code.matchAll(/\.\.\./g)].flatMap(({ index }) => {
    const spread = code.slice(index + 3);
    if (gathered.has(/^\w+/.exec(spread)?.[0] ?? '') && /^\w+\s*[,):]/.test(spread)) return [];
    let open = 0;
    let at = index - 1;
    for (; at >= 0 && open >= 0; at--) {
      if (/[)\]}]/.test(code[at]!)) open++;
      else if (/[([{]/.test(code[at]!)) open--;
    }
    const before = code.slice(Math.max(0, at - 40), at + 1);
    const isCall =
      code[at + 1] === '(' && /[\w)\]>.]\s*$/.test(before) && !/(?<!\.)\b(return|await|of|in|if)\s*$/.test(before);
    return isCall ? [code.slice(at + 1, index + 30).replaceAll('\n', ' ')] : [];
  });
}

const inSim = (file: string) => file.startsWith('sim/');
const inRun = (file: string) => /^sim\/(engine|model|mechanisms|strategies|record)\//.test(file);

describe('the program', () => {
  it('draws from its own streams only', () => {
    expect(places(/\bMath\.random\b/, () => true)).toEqual([]);
  });

  it('is tested as it is: test files share modules, so that none may put another in the place of one', () => {
    expect(filesIn('test', '.ts').filter((file) => /\bvi\.(mock|doMock)\(/.test(codeOf(file)))).toEqual([]);
  });

  it('reads no clock but for the environment and for progress', () => {
    const mayTellTime = /^sim\/(commands|folder)\//;
    const clock = /\bDate\.now\b|\bnew Date\b|\bperformance\.|\bhrtime\b/;
    expect(places(clock, (file) => inSim(file) && !mayTellTime.test(file))).toEqual([]);
  });

  it('takes powers, exponentials, logarithms and angles from the engine, whose bits are the same everywhere', () => {
    const powers = /\*\*|\bMath\.(pow|exp|expm1|log|log1p|log2|log10|cbrt|hypot)\b/;
    const angles = /\bMath\.(sin|cos|tan|asin|acos|atan2?|sinh|cosh|tanh)\b/;
    expect(places(powers, inSim)).toEqual([]);
    expect(places(angles, inSim)).toEqual([]);
  });

  it('reckons what is at risk in a job in one place', () => {
    const found = places(/\bamounts\.valueAtRisk\(/, (file) => inSim(file) && !file.startsWith('sim/model/outside/'));
    expect(found.map((place) => place.split(':', 1)[0])).toEqual(['sim/model/world/world.ts']);
  });

  it('knows no locale', () => {
    expect(places(/\btoLocale\w*\(|\bIntl\.|\blocaleCompare\(/, () => true)).toEqual([]);
  });

  it('spreads no array into a call, which fails where there are too many', () => {
    expect(sources.flatMap((file) => spreadsInCalls(codeOf(file)).map((found) => `${file}: ${found}`))).toEqual([]);
    expect(places(/\.apply\(/, () => true)).toEqual([]);
  });

  it.each([
    'f(...rows)',
    'f(a, [1, 2], g(3), ...rows)',
    'list.splice(0, 1, ...rows)',
    'Array.of(...rows)',
    'new Map(...rows)',
    'Math.max(\n  ...rows,\n)',
    'f(...rows.map((row) => row.at))',
    'f<T>(...rows)',
    'f?.(...rows)',
    'f([0])(...rows)',
  ])('would spread an array into a call by %s', (code) => {
    expect(spreadsInCalls(code)).toHaveLength(1);
  });

  it.each([
    '[...rows, ...others]',
    'f([...rows])',
    'f({ ...settings })',
    'const f = (...given: Given) => new Recorder(...given)',
    'function f({ a, ...rest }: X, ...more: Y): void {}',
    'return (...rows);',
  ])('spreads none into a call by %s', (code) => {
    expect(spreadsInCalls(code)).toEqual([]);
  });

  it('has no getter in an object literal of the network, as V8 makes that a dictionary, looked up at each call', () => {
    const isAsked = (file: string) => /^sim\/(engine|kernels|model|mechanisms|strategies|build)\//.test(file);
    expect(sources.filter(isAsked).length).toBeGreaterThan(100);
    // those of classes stand two spaces in, and lie on the prototype
    expect(places(/^ {3,}get \w+\(\)/, isAsked)).toEqual([]);
  });

  it('prints nothing while it simulates', () => {
    expect(places(/\bconsole\b|\bprocess\.std(out|err)\b/, inRun)).toEqual([]);
  });

  it('reads truth in strategies, instruments, execution and the recorder only', () => {
    const mayKnow = (file: string) =>
      /^sim\/(strategies|record|build)\//.test(file) ||
      // where it is kept, and where it becomes evidence
      /^sim\/model\/(truth|world)\//.test(file) ||
      [
        // what strategies are given
        'sim/model/contract/context.ts',
        // carries answers from strategies to the instruments
        'sim/model/jobs/execution.ts',
        // a client's bug changes what honest computations on its machines yield
        'sim/model/outside/bugs.ts',
        'sim/model/outside/outside-world.ts',
        // gives a fresh identity the machine of the one before it
        'sim/model/nodes/hands.ts',
      ].includes(file);
    expect(places(/\btruth\b|\bTruth\b/, (file) => !mayKnow(file))).toEqual([]);
    const answers = /\battempts\.answer\b|#attempts\.answer\b/;
    expect(places(answers, (file) => file !== 'sim/model/truth/truth.ts')).toEqual([]);
  });

  it('shows mechanisms no truth: their context has none, and no operator behind an identity', () => {
    const mechanisms = places(/\btruth\b|\bownership\b|\bcohorts?\b/i, (file) => file.startsWith('sim/mechanisms/'));
    expect(mechanisms).toEqual([]);
    const [shown] = codeOf('sim/model/contract/context.ts').split('interface StrategyContext');
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
