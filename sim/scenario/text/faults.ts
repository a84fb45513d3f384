/**
 * What is wrong with an input, as data, and how it reads as one line.
 */
import { toPrintable } from './printable.js';

/** A place in an input; line and column count from 1, and line 0 stands for the file as a whole. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong, with what was expected in its place. */
export interface Fault {
  readonly position?: Position;
  /** Dotted path of the setting, such as `fleet.honest.nodes`; empty for the whole. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;
  /** What is to be said of what was found, after a comma: `a number with a comma`, `so that it never happens`. */
  readonly why?: string;
  /** What the author may have meant. */
  readonly suggestion?: string;
}

/** Something that is accepted and can't have an effect, or can't mean what it says; `why` says what comes of it. */
export type Warning = Fault & { readonly why: string };

/** More lines than this help nobody; the rest is counted. */
const LINES_MAX = 100;

/** Every fault of an input at once; the message has one line a fault, at most 100 of them. */
export class InvalidInput extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const lines = faults.slice(0, LINES_MAX).map(toLine);
    if (faults.length > LINES_MAX) lines.push(`… and ${faults.length - LINES_MAX} more`);
    super(lines.join('\n'));
    this.name = 'InvalidInput';
    this.faults = faults;
  }
}

/** A fault of a file that another names: what concerns it as a whole is to be mended where it is named. */
export function whereNamed(fault: Fault, position: Position | undefined, path: string): Fault {
  const { position: own, found } = fault;
  if (own !== undefined && own.line > 0) return fault;
  const place = position === undefined ? {} : { position };
  return { ...fault, ...place, path, found: own === undefined ? found : `${found} (${own.file})` };
}

const FOUND_MAX = 60;
const NAME_MAX = 200;
const EXPECTED_MAX = 240;
const WHY_MAX = 240;

/** Writes a fault as `file:line:column: path: expected …, found …, WHY`, free of control characters. */
export function toLine(fault: Fault): string {
  const { position, path, expected, found, why, suggestion } = fault;
  const parts: string[] = [];
  if (position !== undefined) {
    const file = toPrintable(position.file);
    parts.push(position.line === 0 ? file : `${file}:${position.line}:${position.column}`);
  }
  if (path !== '') parts.push(cut(toPrintable(path), NAME_MAX));
  const hint = suggestion === undefined ? '' : `; did you mean ${cut(toPrintable(suggestion), NAME_MAX)}?`;
  // where one is meant, nobody reads all that there could be
  const wanted = suggestion === undefined ? toPrintable(expected) : cut(toPrintable(expected), EXPECTED_MAX);
  const remark = why === undefined ? '' : `, ${cut(toPrintable(why), WHY_MAX)}`;
  parts.push(`expected ${wanted}, found ${cut(toPrintable(found), FOUND_MAX)}${remark}${hint}`);
  return parts.join(': ');
}

/** `warning file:line:column: path: expected …, found …, WHY`. */
export function toWarningLine(warning: Fault): string {
  return `warning ${toLine(warning)}`;
}

/** The path as it is written in faults and settings: its segments joined by dots. */
export function toPath(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

/** A value as YAML in one line, cut to 60 characters; `nothing` where there is none. */
export function toFound(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (value === null) return 'an empty value';
  return cut(toFlow(value, 0), FOUND_MAX);
}

/** A value as YAML in one line; beyond a few levels and entries it is only hinted at. */
function toFlow(value: unknown, depth: number): string {
  if (typeof value === 'string') return toScalar(value);
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return '.nan';
    if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
    return String(value);
  }
  if (typeof value !== 'object' || value === null) return String(value);
  const isList = Array.isArray(value);
  if (depth === 4) return isList ? '[…]' : '{…}';
  // No more than a line is shown, so the first entries are enough however large the value is.
  const entries = Object.entries(value).slice(0, 30);
  const texts = entries.map(([key, entry]) => (isList ? '' : `${toScalar(key)}: `) + toFlow(entry, depth + 1));
  return isList ? `[${texts.join(', ')}]` : `{${texts.join(', ')}}`;
}

/** A text as YAML: plain where that would be read back as the same text, else in quotes. */
function toScalar(text: string): string {
  const isPlain = /^[\p{L}\d_./+-][\p{L}\d_./+%*()' -]*$/u.test(text) && text === text.trim();
  const isOther = /^[-+]?[.\d][\d._]*(e[-+]?\d+)?$|^0[xo]|^(true|false|null|-)$|^[-+]?\.(inf|nan)$/i.test(text);
  return isPlain && !isOther ? text : JSON.stringify(text);
}

function cut(text: string, most: number): string {
  const points = Array.from(text.slice(0, 2 * most + 2));
  return points.length > most ? `${points.slice(0, most - 1).join('')}…` : text;
}

/** Longer words are not typing mistakes, and comparing them would take long. */
const WORD_MAX = 64;

/** The candidate that the word was most likely meant to be, or undefined if none is near. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > WORD_MAX) return undefined;
  const lower = word.toLowerCase();
  let best: string | undefined;
  // One change in three letters is still recognisable; more, or the only letter, makes it another word.
  let bestDistance = Math.min(Math.max(1, Math.floor(word.length / 3)), word.length - 1) + 0.5;
  for (const candidate of candidates) {
    if (candidate.length > WORD_MAX || candidate === word) continue;
    const other = candidate.toLowerCase();
    let distance = editDistance(lower, other);
    const isStart = lower.length >= 3 && other.length >= 3 && (other.startsWith(lower) || lower.startsWith(other));
    // A beginning is as good as one slip, but a candidate that is nearer letter by letter is better.
    if (isStart) distance = Math.min(distance, 1.25);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** The nearest, or else the shortest that is made of all the words in it: `workShare` is in `attackerWorkShare`. */
export function nearestInWords(word: string, candidates: readonly string[]): string | undefined {
  const near = nearest(word, candidates);
  if (near !== undefined || word.length < 4 || word.length > WORD_MAX) return near;
  const wanted = wordsOf(word);
  const holds = (candidate: string) => wordsOf(candidate).filter((one) => wanted.includes(one)).length;
  return candidates
    .filter((candidate) => wanted.length > 0 && holds(candidate) >= wanted.length)
    .reduce<string | undefined>(
      (best, one) => (best === undefined || one.length < best.length ? one : best),
      undefined,
    );
}

/** `latencyP95Seconds` is made of latency, p, 95 and seconds. */
function wordsOf(name: string): readonly string[] {
  return (name.match(/[A-Z]?[a-z]+|[A-Z]|\d+/g) ?? []).map((word) => word.toLowerCase());
}

/** Damerau–Levenshtein distance (optimal string alignment): insert, delete, replace, swap neighbours. */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (isSame ? 0 : 1));
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) cost = Math.min(cost, beforeLast[column - 2]! + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}
