import { z } from 'zod';
import { probability, quantity } from '../../model/contract/settings.js';

/** The setting `answers` of a cohort. */
export const answersSchema = z
  .strictObject({
    noise: quantity({
      least: 0,
      most: 10,
      unit: '1',
      meaning: 'Standard deviation of an honest answer, as a share of the true one',
    }).default(0.002),
    hallucination: probability({
      meaning: 'Probability that an honest answer is far off, besides those of faults of the hardware',
    }).default(0.001),
    wildness: quantity({
      least: 0,
      most: 10,
      unit: '1',
      meaning: 'Standard deviation of the logarithm of such an answer over the true one',
    }).default(1),
    drift: quantity({
      least: -1,
      most: 1,
      unit: '1 a day',
      meaning: 'What honest answers move away from the true one for each day since the node joined, as a share of it',
    }).default(0),
  })
  .describe('How honest nodes err where answers are numeric')
  .prefault({});
