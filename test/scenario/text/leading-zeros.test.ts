import { describe, expect, test } from 'vitest';
import { loadText } from '../../support/scenarios.js';

const base = 'horizon: 10d\nfleet: { honest: { nodes: 30 } }\nworkload: { batch: { arrivals: { perHour: 5 } } }\n';

describe('a number that begins with a zero', () => {
  test.each([
    ['fleet.honest.nodes', '020', '20 or in octal as 16'],
    ['fleet.honest.nodes', '089', '89 or as the text "089"'],
    ['fleet.honest.nodes', '00', '0 or as the text "00"'],
    ['fleet.honest.stake', '00.5', '0.5 or as the text "00.5"'],
    ['fleet.honest.stake', '-012', '-12 or in octal as -10'],
    ['workload.batch.fee', '007e1', '70 or as the text "007e1"'],
    ['horizon', '0100000', '100000 or in octal as 32768'],
  ])('%s: %s is refused with its two readings', (path, written, readings) => {
    const line = `expected a number without a zero before it, found ${written}, which could be read as ${readings}`;
    expect(() => loadText(base, `${path}=${written}`)).toThrow(new RegExp(`^--set:1:\\d+: ${path}: ${line}$`));
  });

  test.each(['expect=[{metric: jobsFinal, above: 010}]', 'fleet={honest: {throughput: {empirical: [1, 010]}}}'])(
    '%s is refused where it stands',
    (setting) => {
      const column = setting.indexOf('010') + 1;
      expect(() => loadText(base, setting)).toThrow(new RegExp(`^--set:1:${column}: [^\\n]*found 010, which[^\\n]*$`));
    },
  );

  test('is told beside its key, if that is unknown', () => {
    expect(() => loadText(base, 'fleet.honest.slotz=020')).toThrow(/found slotz; did you mean slots\?\n.*found 020, /);
  });

  test('is refused in a file, beside what else is wrong', () => {
    expect(() => loadText(base.replace('30', '030').replace('perHour: 5', 'perHour: -1'))).toThrow(
      /:2:27: fleet\.honest\.nodes: .*in octal as 24\n.*:3:43: workload\.batch\.arrivals\.perHour: expected a number/,
    );
  });

  test.each([
    ['fleet.honest.nodes', '0o24', 20],
    ['fleet.honest.stake', '0.5', 0.5],
    ['fleet.honest.stake', '0', 0],
    ['fleet.honest.stake', '0e1', 0],
  ])('%s: %s is none and is taken', (path, written, value) => {
    const key = path.split('.').at(-1) as 'nodes' | 'stake';
    expect(loadText(base, `${path}=${written}`).scenario.fleet.honest![key]).toBe(value);
  });

  test('is not what a text in place of a number is told to be', () => {
    expect(() => loadText(base, 'fleet.honest.nodes="020"')).toThrow(/found "020"; did you mean 20\?$/);
  });
});
