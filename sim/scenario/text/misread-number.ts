/** What is odd about a text in a number's place, and the number that was probably meant. */
interface Misread {
  readonly why?: string;
  readonly suggestion?: string;
}

const FACTORS: Readonly<Record<string, number>> = { k: 1e3, m: 1e6, g: 1e9, bn: 1e9 };
const PLAIN = /^-?\d+(\.\d+)?$/;

/** People write numbers in more ways than YAML reads: `1,000`, `0,5`, `1 000`, `1_000`, `50%`, `10k`, `10 tokens`. */
export function misreadOf(text: string): Misread {
  const bare = text.trim();
  if (bare.length > 40) return {};
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
  if (percent !== null) return { why: 'a number of percent', suggestion: String(shifted(percent[1]!, -2)) };
  const scaled = /^(\d+(?:\.\d+)?) ?(k|m|g|bn)$/i.exec(bare);
  if (scaled !== null) return { suggestion: String(Number(scaled[1]) * FACTORS[scaled[2]!.toLowerCase()]!) };
  const named = /^[$€]?(-?\d+(?:\.\d+)?) ?[a-z$€/]+$/i.exec(bare);
  if (named !== null) return { why: 'a number with its unit', suggestion: named[1]! };
  return {};
}

/** A decimal number times a power of ten, exactly as it would be written. */
function shifted(decimal: string, power: number): number {
  return Number(`${decimal}e${power}`);
}
