import { secondsMeant, UNIT_SECONDS } from '../../model/contract/settings.js';

/** What is odd about a text in a number's place, and the number that was probably meant. */
interface Misread {
  readonly why?: string;
  readonly suggestion?: string;
}

/** Where the text stands: what is expected there, and the name of the setting. */
interface Place {
  readonly expected: string;
  readonly name: string;
}

/** A small m is a minute or a thousandth as often as a million. */
const FACTORS: Readonly<Record<string, number>> = { k: 1e3, K: 1e3, M: 1e6, g: 1e9, G: 1e9, bn: 1e9 };
const PLAIN = /^-?\d+(\.\d+)?$/;

/**
 * People write numbers in more ways than YAML reads: `1,000`, `0,5`, `1 000`, `1_000`, `50%`, `10k`, `10 tokens`. A
 * number with another unit than the setting’s is left alone, unless both are times.
 */
export function misreadOf(text: string, place: Place): Misread {
  const bare = text.trim();
  if (bare.length > 40) return {};
  const misread = readingOf(bare, place);
  const { suggestion } = misread;
  // a zero at the head makes it ambiguous again
  return suggestion === undefined ? misread : { ...misread, suggestion: suggestion.replace(/^(-?)0+(?=\d)/, '$1') };
}

function readingOf(bare: string, { expected, name }: Place): Misread {
  if (PLAIN.test(bare)) return { suggestion: bare };
  if (/^-?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)) {
    // 1,000 is a thousand to some and one to others, but nobody writes three zeros after a one for nothing
    return { why: 'a number with a comma', suggestion: bare.replaceAll(',', '') };
  }
  if (/^-?\d+,\d+$/.test(bare)) return { why: 'a number with a comma', suggestion: bare.replace(',', '.') };
  if (/^-?\d{1,3}([ '\u00a0\u202f]\d{3})+(\.\d+)?$/.test(bare)) {
    return { why: 'a number with gaps', suggestion: bare.replace(/[^-\d.]/g, '') };
  }
  if (/^-?\d[\d_]*(\.\d+)?$/.test(bare)) return { suggestion: bare.replaceAll('_', '') };
  const percent = /^(-?\d+(?:\.\d+)?) ?%$/.exec(bare);
  if (percent !== null) {
    const why = 'a number of percent';
    return expected.includes('amount') ? { why } : { why, suggestion: String(shifted(percent[1]!, -2)) };
  }
  const scaled = /^(\d+(?:\.\d+)?) ?([kKMgG]|bn)$/.exec(bare);
  if (scaled !== null) return { suggestion: String(Number(scaled[1]) * FACTORS[scaled[2]!]!) };
  const seconds = secondsMeant(bare);
  if (seconds !== undefined) {
    const unit = secondsInName(name);
    if (unit === undefined) return { why: 'a number with a unit' };
    return { why: 'a duration', suggestion: String(Number((seconds / unit).toPrecision(12))) };
  }
  const named = /^([$€]?)(-?\d+(?:\.\d+)?) ?([a-z$€/]*)$/i.exec(bare);
  if (named === null) return {};
  const isOwn = [named[1]!, named[3]!].every((word) => word === '' || isUnitOf(word, `${expected} ${name}`));
  return isOwn ? { why: 'a number with its unit', suggestion: named[2]! } : { why: 'a number with a unit' };
}

/** The seconds of the unit that ends a name, such as `lastDays`. */
function secondsInName(name: string): number | undefined {
  const word = /(Second|Minute|Hour|Day|Week)s$/.exec(name)?.[1];
  return word === undefined ? undefined : UNIT_SECONDS[word[0]!.toLowerCase() as keyof typeof UNIT_SECONDS];
}

/** Whether the word is among those that say what is expected: `token` among `an amount of tokens`. */
function isUnitOf(word: string, said: string): boolean {
  const plain = word === '$' || /^usd$/i.test(word) ? 'dollar' : word.toLowerCase().replace(/s$/, '');
  const words = said.match(/[A-Z]?[a-z]+/g) ?? [];
  return words.some((one) => one.toLowerCase().replace(/s$/, '') === plain);
}

/** A decimal number times a power of ten, exactly as it would be written. */
function shifted(decimal: string, power: number): number {
  return Number(`${decimal}e${power}`);
}
