import { type LoadedScenario, layOverWritten, loadWritten } from '../../scenario/load.js';
import { refuseTwin } from '../../scenario/plan/fleet/honest-twin.js';
import { Registry } from '../../scenario/schema/registry.js';
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
}

/**
 * The scenario as plain data, which whoever unpacks it checks anew by what the package has; throws InvalidInput for one
 * that was loaded with another registry, whose mechanisms can't come along, and for an honest twin.
 */
export function pack(loaded: LoadedScenario): PackedScenario {
  refuseTwin(loaded);
  if (loaded.scenario.registry !== Registry.builtIn()) {
    const expected = 'the package’s own registry, as threads and machines load each run anew';
    throw new InvalidInput([{ path: 'registry', expected, found: 'another one (runScenario takes it)' }]);
  }
  const { name, question, file, protocol, written } = loaded;
  return {
    ...{ name, question, file, protocol, written },
    compared: loaded.compared.map(({ comparedTo, expectations, other }) => {
      return { comparedTo, expectations, file: other.file, question: other.question, written: other.written };
    }),
  };
}

/** The scenario under other settings, `path=value` as after `--set`; throws InvalidInput for a path that isn't one. */
export function laidOver(packed: PackedScenario, settings: readonly string[]): PackedScenario {
  return { ...packed, ...layOverWritten(packed, settings) };
}

/**
 * Checks and loads it again; throws InvalidInput for what isn't a scenario, or a trace that isn't there.
 *
 * @param withTraces false for a look at it that leaves records of replayed fleets where they are
 */
export function unpack(packed: PackedScenario, allowPaths: readonly string[], withTraces = true): LoadedScenario {
  const { name, question, file, protocol, written } = packed;
  const compared = packed.compared.map(({ expectations, ...other }) => {
    return { expectations, source: plainSource(other.written, other.file, other.question) };
  });
  const loaded = loadWritten(plainSource(written, file, question), { allowPaths, withTraces }, compared);
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
