import { entriesOf } from './extends.js';
import { InvalidInput } from './faults.js';
import { parseTree, type Source, toSource } from './source.js';

/** An integer in the one way of writing it: no sign, no leading zero, no exponent. */
const PLAIN = /^(0|[1-9]\d*)$/;

/** What YAML, a shell or a spreadsheet could take for a number. */
const NUMBER = /^[-+]?(0[xob][\da-f_]+|[\d_ ,']*\d[\d_ ,']*\.?\d*(e[-+]?\d+)?|\.\d+(e[-+]?\d+)?|\.(inf|nan))$/i;

/** Longer texts are refused elsewhere, and looking for a number in them would take long. */
const LENGTH_MAX = 80;

/** The words that YAML takes for something other than a text. */
const WORD = /^(true|false|null|~)$/i;

/** Whether a text is a seed that can only be read in one way. */
export function isPlainSeed(text: string): boolean {
  if (text.length > LENGTH_MAX) return true;
  if (text.trim() !== text) return false;
  return PLAIN.test(text) ? Number(text) <= Number.MAX_SAFE_INTEGER : !NUMBER.test(text) && !WORD.test(text);
}

/** A seed as YAML that is read as exactly this text: in quotes where it would be something else without. */
export function toWrittenSeed(seed: string): string {
  if (PLAIN.test(seed)) return seed;
  try {
    const tree = parseTree(seed, (line, column) => ({ file: '', line, column }));
    return tree?.content === seed ? seed : JSON.stringify(seed);
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    return JSON.stringify(seed);
  }
}

/** The two readings of a text that is no such seed: `which could be read as 12 or as the text "012"`. */
export function readingsOf(text: string): string {
  const inner = text.trim();
  const asText = `the text ${JSON.stringify(text)}`;
  if (WORD.test(inner)) return `which could be read as the value ${inner} or as ${asText}`;
  if (!NUMBER.test(inner)) return `which could be read as ${JSON.stringify(inner)} or as ${asText}`;
  const number = numberIn(inner);
  return `which could be read as ${number === text ? `the number ${number}` : number} or as ${asText}`;
}

/** The number that a text which looks like one comes to, as it would be written plainly. */
function numberIn(text: string): string {
  const bare = text.toLowerCase().replace(/[_ ,']/g, '');
  if (bare.endsWith('.inf') || bare.endsWith('.nan')) return bare;
  const sign = bare.startsWith('-') ? -1 : 1;
  return String(sign * Number(bare.replace(/^[-+]/, '')));
}

/**
 * The source with its seed as a text, as it is written wherever it isn't a plain integer: `012` isn't 12 to whoever
 * wrote it, and the value alone couldn't tell.
 */
export function withSeedAsWritten<S extends Source>(source: S): S {
  const settings = entriesOf(source.tree);
  const seed = settings?.get('seed');
  if (typeof seed?.content !== 'number') return source;
  const written = seed.written ?? String(seed.content);
  if (PLAIN.test(written)) return source;
  const entries = new Map(settings).set('seed', { ...seed, content: written });
  return { ...source, ...toSource({ ...source.tree, content: entries }, source.file, source.question) };
}
