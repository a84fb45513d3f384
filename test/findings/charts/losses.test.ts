import { expect, it } from 'vitest';
import { castOf } from '../../../reports/drawing/cast.js';
import { lossesOf } from '../../../sim/findings/charts/losses.js';

const slash = { timeDays: 1, node: 1, cohort: 'a', cause: 'lateness', collateral: 'stake', tokens: 2 };

it('losses are added up by cause and cohort, without bonds in a currency of their own', () => {
  const cast = castOf([{ cohort: 'a', isAttacker: false, workFraction: 1, nodes: 3 }]);
  const slashings = [
    slash,
    { ...slash, collateral: 'bond', tokens: 3 },
    { ...slash, node: 2 },
    { ...slash, collateral: 'bondToken', tokens: 100 },
    { ...slash, cause: 'lies' },
  ];
  expect(lossesOf(slashings, cast)).toEqual([
    { cause: 'lateness', cohort: 'a', nodes: 2, count: 3, tokens: 7 },
    { cause: 'lies', cohort: 'a', nodes: 1, count: 1, tokens: 2 },
  ]);
});
