/**
 * From a YAML file to a value of which every part knows where it stands.
 *
 *   bytes → text → tokens (nesting, aliases, tags) → nodes (syntax) → tree (keys, numbers) → Source
 *
 * Each step refuses all that it can see at once; a later step runs only on what the earlier ones let through.
 */
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { Composer, type CST, type Document, isMap, isScalar, isSeq, LineCounter, Parser, type YAMLError } from 'yaml';
import { type Fault, InvalidInput, nearest, type Position, toFound, toPath } from './faults.js';

/** A read text: its value, and where each part of it stands. */
export interface Source {
  readonly value: unknown;
  readonly file: string;
  /** The value with positions, for merging. */
  readonly tree: Tree;
  /** The first line of the comment at the head of the file; empty if there is none. */
  readonly question: string;
  /**
   * The nearest position known for the path: with `key` that of the key itself, else that of the value.
   * A path that doesn't exist is placed at its deepest existing parent.
   */
  position(path: readonly PropertyKey[], what?: 'key' | 'value'): Position | undefined;
}

/** A value with its position; maps are in the order of the file. */
export interface Tree {
  readonly content: Scalar | readonly Tree[] | ReadonlyMap<string, Tree>;
  readonly at: Position;
  readonly keyAt?: Position;
  /** A number as it is written, which is more than its value: 012, 1e3. */
  readonly written?: string;
  /** Of a null that would take a part away which isn't there: the names of those that are. */
  readonly takesNoneOf?: readonly string[];
}

type Scalar = string | number | boolean | null;

/** Largest file, in bytes, included. */
const SIZE_MAX = 1_048_576;

/** Of what the parser says, which can hold the rest of the file, so many characters are told. */
const REASON_MAX = 120;

/** Deepest nesting, included: what composes the nodes calls itself for each level and would run out of stack. */
export const NESTING_MAX = 64;

/** Names that would reach the prototype of an object instead of a key of its own. */
export const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype']);

/** In place of a file: the settings of the command line; a line is the ordinal of a setting. */
export const OVERRIDES_FILE = '--set';

/** In place of a file: the text that the process is given, which faults name `stdin`. */
export const STANDARD_INPUT = '-';

/** Reads a scenario or protocol file, or `-`; throws InvalidInput with every fault that the text itself has. */
export function readSource(path: string, read: (file: string) => Uint8Array = readBytes): Source {
  const file = path === STANDARD_INPUT ? 'stdin' : path;
  const refuse = (expected: string, found: string, suggestion?: string): never => {
    const fault = { position: { file, line: 0, column: 0 }, path: '', expected, found };
    throw new InvalidInput([suggestion === undefined ? fault : { ...fault, suggestion }]);
  };
  let bytes: Uint8Array;
  try {
    bytes = read(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (typeof code !== 'string') throw error;
    if (code === 'EISDIR') return refuse('a file', 'a directory');
    if (code === 'ENOENT' || code === 'ENOTDIR') return refuse('a file', 'nothing there', neighbour(file));
    return refuse('a file that can be read', code);
  }
  if (bytes.length > SIZE_MAX) return refuse('a file of at most 1 MiB', 'a larger one');
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse('a text in UTF-8', 'other bytes');
  }
  return parseSource(text, file);
}

function readBytes(file: string): Uint8Array {
  const descriptor = file === STANDARD_INPUT ? 0 : openSync(file, 'r');
  try {
    // One byte more than allowed is enough to know, however long the file (or device) goes on.
    const buffer = new Uint8Array(SIZE_MAX + 1);
    let length = 0;
    for (;;) {
      const count = readPart(descriptor, buffer, length);
      length += count;
      if (count === 0 || length === buffer.length) return buffer.subarray(0, length);
    }
  } finally {
    if (descriptor !== 0) closeSync(descriptor);
  }
}

/** Reads on; waits where a pipe has nothing to give yet. Some systems tell the end of a pipe as an error. */
function readPart(descriptor: number, buffer: Uint8Array, offset: number): number {
  for (;;) {
    try {
      return readSync(descriptor, buffer, offset, buffer.length - offset, null);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EOF') return 0;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/** The file beside a missing one, or in the folder `scenarios` there, that was probably meant. */
function neighbour(file: string): string | undefined {
  const name = extname(file) === '' ? `${basename(file)}.yaml` : basename(file);
  for (const folder of [dirname(file), join(dirname(file), 'scenarios')]) {
    const files = filesOf(folder);
    const found = files.includes(name) ? name : nearest(name, files);
    if (found !== undefined) return join(folder, found);
  }
  return undefined;
}

/** The YAML files of a folder; none if it can't be read, as this is only for a hint. */
function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
  } catch {
    return [];
  }
}

/** Parses the text of a scenario or protocol file, a map at the top; `file` is what the positions name. */
function parseSource(text: string, file: string): Source {
  const tree = parseTree(text, (line, column) => ({ file, line, column }));
  const whole = { position: { file, line: 1, column: 1 }, path: '', expected: 'a map of settings' };
  if (tree === undefined) throw new InvalidInput([{ ...whole, found: 'an empty file' }]);
  if (!(tree.content instanceof Map)) {
    const found = Array.isArray(tree.content) ? 'a list' : toFound(tree.content);
    throw new InvalidInput([{ ...whole, position: tree.at, found }]);
  }
  return toSource(tree, file, toQuestion(text));
}

/** Parses any YAML value; undefined if the text has none. Throws InvalidInput placed by `place`. */
export function parseTree(text: string, place: (line: number, column: number) => Position): Tree | undefined {
  const faults: Fault[] = [];
  const lines = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return place(line, col);
  };
  const add: Add = (offset, path, expected, found, why, suggestion) => {
    const fault = { position: at(offset), path: toPath(path), expected, found };
    const remark = why === undefined ? {} : { why };
    faults.push({ ...fault, ...remark, ...(suggestion === undefined ? {} : { suggestion }) });
  };
  const finish = (): void => {
    if (faults.length > 0) throw new InvalidInput(faults);
  };

  lines.addNewLine(0);
  if (text.length > SIZE_MAX) add(0, [], 'a text of at most 1 MiB', 'a longer one');
  finish();
  const clean = text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  for (let end = clean.indexOf('\n'); end >= 0; end = clean.indexOf('\n', end + 1)) lines.addNewLine(end + 1);
  const control = /[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(clean);
  if (control !== null) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    add(control.index, [], 'printable text', `the control character U+${code}`);
  }
  finish();

  const tokens = [...new Parser().parse(clean)];
  const isTooDeep = checkTokens(tokens, add);
  if (isTooDeep) finish();
  const documents = compose(tokens);
  const linesSaid = new Set(faults.map((fault) => fault.position?.line));
  for (const error of documents.flatMap((document) => [...document.errors, ...document.warnings])) {
    // One slip makes the parser stumble several times; the first in a line is the one to mend.
    const { line } = lines.linePos(error.pos[0]);
    if (linesSaid.has(line)) continue;
    linesSaid.add(line);
    const [expected, found] = explain(error, clean);
    add(error.pos[0], [], expected, found);
  }
  faults.sort((a, b) => a.position!.line - b.position!.line || a.position!.column - b.position!.column);
  finish();
  const contents = documents[0]?.contents;
  if (contents === undefined || contents === null) return undefined;
  if (isScalar(contents) && contents.value === null && contents.source === '') return undefined;
  const tree = toTree(contents, at, add);
  finish();
  return tree;
}

type Add = (
  offset: number,
  path: readonly PropertyKey[],
  expected: string,
  found: string,
  why?: string,
  suggestion?: string,
) => void;

type NumberNode = { readonly source?: string; readonly range?: readonly number[] | null };

/** Refuses what the tokens alone show; true if composing them would be unsafe. */
function checkTokens(tokens: readonly CST.Token[], add: Add): boolean {
  const second = tokens.filter((token) => token.type === 'document')[1];
  if (second !== undefined) add(second.offset, [], 'one document', 'a second one');
  let deepest: number | undefined;
  // A stack of its own, because the tokens may be nested more deeply than functions can call each other.
  const open: { token: CST.Token; depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (token.type === 'alias') add(token.offset, [], 'no alias', token.source);
    if (token.type === 'anchor') add(token.offset, [], 'no anchor', token.source);
    if (token.type === 'tag') add(token.offset, [], 'no tag', token.source);
    if (token.type === 'directive') add(token.offset, [], 'no directive', token.source);
    const enclose = (inside: readonly CST.Token[] | CST.Token | null | undefined, level = depth): void => {
      for (const token of [inside ?? []].flat()) open.push({ token, depth: level });
    };
    if ('start' in token && Array.isArray(token.start)) enclose(token.start);
    if ('props' in token) enclose(token.props);
    if ('value' in token) enclose(token.value);
    if (!('items' in token)) continue;
    if (depth === NESTING_MAX) {
      deepest = Math.min(deepest ?? token.offset, token.offset);
      continue;
    }
    for (const item of token.items) {
      enclose(item.start, depth + 1);
      enclose(item.key, depth + 1);
      enclose(item.sep, depth + 1);
      enclose(item.value, depth + 1);
    }
  }
  if (deepest !== undefined) add(deepest, [], `at most ${NESTING_MAX} levels of nesting`, 'more');
  return deepest !== undefined;
}

function compose(tokens: Iterable<CST.Token>): Document.Parsed[] {
  const { stackTraceLimit } = Error;
  // A hostile text has an error in every character, and most of the time would go into stack traces nobody sees.
  Error.stackTraceLimit = 0;
  try {
    // Repeated keys are found below: here every key would be compared with every other one.
    const options = { version: '1.2', schema: 'core', intAsBigInt: true, uniqueKeys: false, strict: true } as const;
    return [...new Composer(options).compose(tokens)] as Document.Parsed[];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** What was expected and found where the parser stumbled. */
function explain({ code, message, pos }: YAMLError, text: string): [expected: string, found: string] {
  if (code === 'TAB_AS_INDENT') return ['spaces as indentation', 'a tab'];
  if (code === 'BLOCK_AS_IMPLICIT_KEY')
    return ['one key in a line, or quotes around a text with a colon', 'a second key'];
  const rest = /^.*/.exec(text.slice(pos[0], pos[0] + 100))![0].trim();
  const atEnd = text.slice(pos[0]).trim() === '';
  const found = atEnd ? 'the end of the file' : rest === '' ? 'the end of the line' : rest;
  const brief = message.length > REASON_MAX ? `${message.slice(0, REASON_MAX)}…` : message;
  const reason = brief.charAt(0).toLowerCase() + brief.slice(1).replace(/(["'])quote$/, 'quote $1');
  return [`valid YAML (${reason})`, found];
}

/** Turns nodes into trees; refuses keys and numbers that YAML allows and scenarios don't. */
function toTree(root: Document.Parsed['contents'], at: (offset: number) => Position, add: Add): Tree {
  const convert = (node: unknown, path: readonly PropertyKey[], start: number, keyAt?: Position): Tree => {
    const range = (node as { range?: readonly number[] | null } | null)?.range;
    const offset = range?.[0] ?? start;
    const place = keyAt === undefined ? { at: at(offset) } : { at: at(offset), keyAt };
    if (isSeq(node)) {
      return { content: node.items.map((item, index) => convert(item, [...path, index], offset)), ...place };
    }
    if (isMap(node)) {
      const entries = new Map<string, Tree>();
      for (const [index, { key, value }] of node.items.entries()) {
        const keyOffset = (key as { range?: readonly number[] | null } | null)?.range?.[0] ?? offset;
        const name = isScalar(key) ? key.value : undefined;
        if (typeof name !== 'string') {
          const found = isScalar(key) ? (key.source ?? '') : isMap(key) ? 'a map' : isSeq(key) ? 'a list' : '';
          const before = node.items[index - 1]?.value;
          if (isCutByComma(before, value, keyOffset)) {
            const [whole, rest] = [before.source!, found];
            add(keyOffset, path, 'a text as key', found, 'the end of a number with a comma', `${whole}${rest}`);
          } else add(keyOffset, path, 'a text as key', found === '' ? 'nothing' : found);
          continue;
        }
        const inner = [...path, name];
        const first = entries.get(name);
        if (FORBIDDEN_KEYS.has(name)) add(keyOffset, inner, 'another name (this one is reserved)', name);
        else if (name === '<<') add(keyOffset, inner, 'no merge key', '<<');
        else if (first !== undefined)
          add(keyOffset, inner, `each key once (line ${first.keyAt!.line} has it)`, 'it again');
        else entries.set(name, convert(value, inner, keyOffset, at(keyOffset)));
      }
      return { content: entries, ...place };
    }
    const value = isScalar(node) ? node.value : null;
    const isNumber = typeof value === 'bigint' || typeof value === 'number';
    if (!isNumber) return { content: value as Scalar, ...place };
    const number = Number(value);
    if (typeof value === 'bigint' && !Number.isSafeInteger(number)) {
      add(offset, path, 'an integer of at most 9007199254740991', String(value));
    }
    const written = (node as { source?: string }).source;
    return { content: number, ...place, ...(written === undefined ? {} : { written }) };
  };
  return convert(root, [], 0);
}

/** Whether a key without a value, such as 000, follows a number and a comma at once: `{nodes: 1,000}`. */
function isCutByComma(before: unknown, value: unknown, keyOffset: number): before is NumberNode {
  const isNumber = isScalar(before) && (typeof before.value === 'bigint' || typeof before.value === 'number');
  return isNumber && value === null && before.range?.[1] === keyOffset - 1;
}

/** Makes a source of a tree, whose parts may stand in several files. */
export function toSource(tree: Tree, file: string, question: string): Source {
  const position: Source['position'] = (path, what = 'value') => {
    let node = tree;
    for (const segment of path) {
      const content = node.content;
      const child = content instanceof Map ? content.get(String(segment)) : undefined;
      const next = Array.isArray(content) ? (content[Number(segment)] as Tree | undefined) : child;
      if (next === undefined) return node.keyAt ?? node.at;
      node = next;
    }
    return what === 'key' ? (node.keyAt ?? node.at) : node.at;
  };
  return { value: toValue(tree), file, tree, question, position };
}

function toValue({ content }: Tree): unknown {
  if (content instanceof Map) {
    const entries = content as ReadonlyMap<string, Tree>;
    return Object.fromEntries(Array.from(entries, ([key, tree]) => [key, toValue(tree)]));
  }
  return Array.isArray(content) ? content.map(toValue) : content;
}

/** The first comment line above the settings that says something to people. */
function toQuestion(text: string): string {
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/, 50)) {
    if (line.trim() === '') continue;
    if (!line.startsWith('#')) return '';
    const comment = line.replace(/^#+/, '').trim();
    if (comment !== '' && !comment.startsWith('yaml-language-server:')) return comment;
  }
  return '';
}
