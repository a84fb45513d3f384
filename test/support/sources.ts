import { applyOverrides } from '../../sim/scenario/text/overrides.js';
import { readSource, type Source } from '../../sim/scenario/text/source.js';

/** The source that a file with this text is read as. */
export function sourceOf(text: string, file: string): Source {
  return readSource(file, () => new TextEncoder().encode(text));
}

/** The source under `path=value` settings, where no protocol is named. */
export function withSettings(source: Source, settings: readonly string[]): Source {
  return applyOverrides(source, settings, (laid) => ({ ...laid, faults: [] }));
}
