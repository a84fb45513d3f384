import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../sim/package.js';

/** Where the two cuts of Inter lie, and how wide they set a text. */
export interface ChartFont {
  /** Absolute paths of the TTF files. */
  readonly files: readonly string[];
  /** Width [px] of a line at a font size [px]; kerning is left out, which errs by a pixel or two. */
  width(text: string, size: number, semiBold: boolean): number;
}

/** Reads the fonts from the package's folder; throws when they are missing. */
export function loadChartFont(): ChartFont {
  const folder = join(packageRoot(), 'reports', 'fonts');
  const files = [join(folder, 'Inter-Regular.ttf'), join(folder, 'Inter-SemiBold.ttf')];
  const regular = advances(readFileSync(files[0]!));
  const semiBold = advances(readFileSync(files[1]!));
  return {
    files,
    width(text, size, isSemiBold) {
      const advance = isSemiBold ? semiBold : regular;
      let width = 0;
      for (const character of text) width += advance(character.codePointAt(0)!);
      return width * size;
    },
  };
}

/**
 * Advance width of a code point [em], from the font's `cmap` (format 4) and `hmtx` tables; a code point that the font
 * hasn't got counts as one em, since a stand-in from another font is seldom wider.
 */
function advances(font: Buffer): (codePoint: number) => number {
  const tables = new Map<string, number>();
  for (let i = 0; i < font.readUInt16BE(4); i++) {
    const entry = 12 + 16 * i;
    tables.set(font.toString('latin1', entry, entry + 4), font.readUInt32BE(entry + 8));
  }
  const table = (name: string): number => {
    const offset = tables.get(name);
    if (offset === undefined) throw new Error(`font: expected a table '${name}', found ${[...tables.keys()]}`);
    return offset;
  };
  const unitsPerEm = font.readUInt16BE(table('head') + 18);
  const metricCount = font.readUInt16BE(table('hhea') + 34);
  const glyphOf = glyphIndex(font, table('cmap'));
  const hmtx = table('hmtx');
  return (codePoint) => {
    const glyph = glyphOf(codePoint);
    if (glyph === 0) return 1;
    return font.readUInt16BE(hmtx + 4 * Math.min(glyph, metricCount - 1)) / unitsPerEm;
  };
}

/** Looks code points up in the character map for the basic plane; 0 stands for "not in the font". */
function glyphIndex(font: Buffer, cmap: number): (codePoint: number) => number {
  let map = -1;
  for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
    const offset = cmap + font.readUInt32BE(cmap + 4 + 8 * i + 4);
    if (font.readUInt16BE(offset) === 4) map = offset;
  }
  if (map < 0) throw new Error('font: expected a character map of format 4, found none');
  const segmentBytes = font.readUInt16BE(map + 6);
  const ends = map + 14;
  const starts = ends + segmentBytes + 2;
  const deltas = starts + segmentBytes;
  const ranges = deltas + segmentBytes;
  return (codePoint) => {
    if (codePoint > 0xffff) return 0;
    for (let i = 0; i < segmentBytes; i += 2) {
      if (font.readUInt16BE(ends + i) < codePoint) continue;
      const first = font.readUInt16BE(starts + i);
      if (first > codePoint) return 0;
      const delta = font.readUInt16BE(deltas + i);
      const range = font.readUInt16BE(ranges + i);
      if (range === 0) return (codePoint + delta) & 0xffff;
      const glyph = font.readUInt16BE(ranges + i + range + 2 * (codePoint - first));
      return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
    }
    return 0;
  };
}
