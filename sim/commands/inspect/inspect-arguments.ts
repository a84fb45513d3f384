import { z } from 'zod';
import { flag, value, values } from '../line/arguments.js';

const rows = z
  .string('expected one number')
  .regex(/^[1-9]\d{0,6}$/, 'expected a number of nodes from 1 on')
  .transform(Number)
  .optional();

/** What `sim inspect` may be told. */
export const inspectArguments = z.object({
  folder: value,
  node: value.optional(),
  history: flag,
  top: rows,
  bottom: rows,
  by: value.optional(),
  'allow-path': values.default([]),
  json: flag,
  quiet: flag,
});

export type InspectArguments = z.output<typeof inspectArguments>;
