import { expect, test } from 'vitest';
import { type Chunk, hasTraces, keyOf, readChunk, toText, withoutPaths } from '../../../sim/experiment/queue/chunk.js';
import { queueAddress } from '../../../sim/experiment/queue/connection.js';
import { pack } from '../../../sim/experiment/work/packed-scenario.js';
import { packageVersion } from '../../../sim/package.js';
import { loadText } from '../../support/scenarios.js';

const scenario = pack(
  loadText(`
  horizon: 1d
  fleet: { honest: { nodes: 8 } }
  workload: { w: { class: task, arrivals: { perHour: 20 }, work: 5m } }
`),
);
const chunk: Chunk = { engine: packageVersion(), scenario: withoutPaths(scenario), seeds: ['a', 'a/2'] };

test('a chunk comes back as it went, and names no path', () => {
  expect(scenario.file).toContain('/');
  expect(toText(chunk)).not.toContain('/tmp');
  expect(readChunk(toText(chunk))).toEqual(chunk);
});

test('its key is that of all that its results depend on', () => {
  const keys = [
    chunk,
    { ...chunk, seeds: ['a'] },
    { ...chunk, engine: '0.0.0' },
    { ...chunk, scenario: { ...chunk.scenario, written: {} } },
  ].map((one) => keyOf(toText(one)));
  expect(new Set(keys).size).toBe(4);
  expect(keyOf(toText(structuredClone(chunk)))).toBe(keys[0]);
});

test.each<[given: unknown, expected: RegExp]>([
  [undefined, /expected a chunk of an experiment, found something else/],
  [{ ...chunk }, /found something else/],
  ['{', /isn’t JSON/],
  ['null', /expected work for version .*, found for undefined/],
  [toText({ ...chunk, engine: '9.9.9' }), /expected work for version .*, found for 9.9.9/],
  [toText({ ...chunk, seeds: [] }), /seeds/],
  [JSON.stringify({ ...chunk, code: 'process.exit()' }), /code/],
  [JSON.stringify({ ...chunk, seeds: [1] }), /seeds/],
  ['x'.repeat(5_000_000), /found something else/],
  [
    toText({
      ...chunk,
      scenario: { ...chunk.scenario, written: { fleet: { traced: { trace: { path: '/etc' } } } } },
    }),
    /replays no records, found a trace/,
  ],
])('anything else is refused: %#', (given, expected) => {
  expect(() => readChunk(given)).toThrow(expected);
});

test('a trace is found in a scenario that is compared to, too', () => {
  const written = { fleet: { traced: { trace: { path: 'records' } } } };
  const compared = [{ comparedTo: 'other.yaml', expectations: [1], file: 'other.yaml', question: '', written }];
  expect(hasTraces(chunk.scenario)).toBe(false);
  expect(hasTraces({ ...chunk.scenario, compared })).toBe(true);
});

test('the address of a queue is shown without user and password', () => {
  expect(queueAddress('redis://127.0.0.1:6379').shown).toBe('redis://127.0.0.1:6379');
  expect(queueAddress('rediss://me:secret@example.org/2').shown).toBe('rediss://example.org/2');
  for (const bad of ['127.0.0.1:6379', 'http://example.org', 'redis://', 'redis://host/x', 'secret']) {
    expect(() => queueAddress(bad)).toThrow(/expected redis:\/\/HOST:PORT/);
  }
  expect(() => queueAddress('ftp://me:secret@host')).toThrow(/found an address of ftp$/);
});
