import { z } from 'zod';
import { count, text } from '../../model/contract/settings.js';
import { isPlainSeed, readingsOf } from '../text/seed.js';

const meaning = 'Seed of all random streams: a plain integer or a text that can’t be taken for another value';

/** A seed, which is a text: 7 and "7" are the same one. */
export const seedSchema = z
  .union(
    [
      text({ meaning }).superRefine((written, context) => {
        if (isPlainSeed(written)) return;
        const inWords = written.trim() === written ? written : JSON.stringify(written);
        const params = { inWords, why: readingsOf(written) };
        context.addIssue({ code: 'custom', message: 'expected a plain integer or a text', params });
      }),
      count({ meaning }),
    ],
    'expected a plain integer or a text of 1 to 80 characters',
  )
  .transform(String);
