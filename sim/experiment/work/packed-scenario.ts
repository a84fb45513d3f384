import { type LoadedScenario, type LoadOptions, layOverWritten, loadWritten } from '../../scenario/load.js';
import { refuseTwin } from '../../scenario/plan/fleet/honest-twin.js';
import { markOf, type PluginMark } from '../../scenario/plugins/plugin-file.js';
import { InvalidInput } from '../../scenario/text/faults.js';
import { plainSource } from '../../scenario/text/plain-source.js';

/** A scenario as it was resolved: plain data, which any process loads again, and of which its hash tells all. */
export interface PackedScenario {
  readonly name: string;
  readonly question: string;
  /** Paths of traces are looked for beside it. */
  readonly file: string;
  readonly protocol: string | null;
  /** The merged text before defaults, with the seed. */
  readonly written: unknown;
  /** What the code of its plugins is; they are looked for beside `file`. */
  readonly plugins?: readonly PluginMark[];
  readonly compared: readonly PackedCounterpart[];
}

/** A scenario that expectations are compared to. */
interface PackedCounterpart {
  readonly comparedTo: string;
  /** Numbers of these expectations; 0 for the question. */
  readonly expectations: readonly number[];
  readonly file: string;
  readonly question: string;
  readonly written: unknown;
  readonly plugins?: readonly PluginMark[];
}

/**
 * The scenario as plain data, which whoever unpacks it checks anew by what the package has; throws InvalidInput for one
 * that was loaded with a registry of the program's, whose mechanisms can't come along, and for an honest twin.
 */
export function pack(loaded: LoadedScenario): PackedScenario {
  refuseTwin(loaded);
  if (!loaded.isWhole) {
    const expected = 'kinds of the package or of plugins, as threads and machines load each run anew';
    throw new InvalidInput([{ path: 'registry', expected, found: 'another one (runScenario takes it)' }]);
  }
  const { name, question, file, protocol, written } = loaded;
  return {
    ...{ name, question, file, protocol, written, ...marksOf(loaded) },
    compared: loaded.compared.map(({ comparedTo, expectations, other }) => {
      const { file: of, question: asks, written: says } = other;
      return { comparedTo, expectations, file: of, question: asks, written: says, ...marksOf(other) };
    }),
  };
}

/** Absent without plugins, so that what such a scenario is packed as doesn't say that there could be any. */
function marksOf({ plugins }: LoadedScenario): Pick<PackedScenario, 'plugins'> {
  return plugins.length === 0 ? {} : { plugins: plugins.map(markOf) };
}

/** The scenario under other settings, `path=value` as after `--set`; throws InvalidInput for a path that isn't one. */
export function laidOver(packed: PackedScenario, settings: readonly string[]): PackedScenario {
  return { ...packed, ...layOverWritten(packed, settings) };
}

/**
 * Checks and loads it again; throws InvalidInput for what isn't a scenario, or a trace that isn't there.
 *
 * Its plugins must be the code that they were.
 *
 * @param options with `withTraces` false for a look at it that leaves records of replayed fleets where they are
 */
export function unpack(
  packed: PackedScenario,
  allowPaths: readonly string[],
  options: Pick<LoadOptions, 'withTraces' | 'pluginFiles' | 'onPlugin'> = {},
): LoadedScenario {
  const { name, question, file, protocol, written, plugins = [] } = packed;
  const compared = packed.compared.map(({ expectations, ...other }) => {
    const source = plainSource(other.written, other.file, other.question);
    return { expectations, source, pluginMarks: other.plugins ?? [] };
  });
  const source = plainSource(written, file, question);
  const loaded = loadWritten(source, { ...options, allowPaths, pluginMarks: plugins }, compared);
  return { ...loaded, name, protocol };
}

/** The scenario, and those that it is compared to, under another seed; nothing else of it depends on that. */
export function withSeed(loaded: LoadedScenario, seed: string): LoadedScenario {
  const { scenario, written, compared } = loaded;
  return {
    ...loaded,
    scenario: { ...scenario, seed },
    written: { ...(written as object), seed },
    compared: compared.map((one) => ({ ...one, other: withSeed(one.other, seed) })),
  };
}
