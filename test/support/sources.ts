import { readSource, type Source } from '../../sim/scenario/text/source.js';

/** The source that a file with this text is read as. */
export function sourceOf(text: string, file: string): Source {
  return readSource(file, () => new TextEncoder().encode(text));
}
