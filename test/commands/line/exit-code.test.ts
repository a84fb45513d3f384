import { expect, test } from 'vitest';
import { toFailure } from '../../../sim/commands/line/exit-code.js';
import { Interrupted } from '../../../sim/commands/line/interrupt.js';
import { InvalidInput } from '../../../sim/scenario/text/faults.js';
import { capture } from '../captured.js';

const failing = (error: unknown) =>
  capture(() => {
    throw toFailure(error, 'sim run x.yaml --seed 7');
  });

test('an error of the program ends with 1 and two lines: what happened, and how to make it happen again', async () => {
  expect(await failing(new TypeError('expected a node, found none'))).toEqual({
    code: 1,
    printed: [],
    said: ['internal error: expected a node, found none', 'to reproduce: sim run x.yaml --seed 7'],
  });
});

test('an error outside of a run is reproduced by what was typed', async () => {
  const { code, said } = await capture(() => Promise.reject(new Error('oh')));
  expect([code, said]).toEqual([1, ['internal error: oh', 'to reproduce: sim …']]);
});

test('a fault of the input ends with 2, an interrupt with 130', async () => {
  const fault = new InvalidInput([{ path: 'seed', expected: 'a text', found: 'nothing' }]);
  expect(await failing(fault)).toMatchObject({ code: 2, said: ['seed: expected a text, found nothing'] });
  expect(await failing(new Interrupted())).toMatchObject({ code: 130, said: ['interrupted; nothing was written'] });
});

test('names no user and no password of an address that was typed', async () => {
  const { said } = await capture(() => {
    throw toFailure(new Error('no answer of redis://me:secret@host:1'), 'sim worker --queue rediss://:secret@host:1');
  });
  expect(said).toEqual([
    'internal error: no answer of redis://host:1',
    'to reproduce: sim worker --queue rediss://host:1',
  ]);
});
