/** True under `npm run test:long`, which looks at more cases of the same, and at the scenarios that take longer. */
export const isLong = process.env.TEST_EFFORT === 'long';

/** Random cases of a property: all of them in long runs, a sixth in short ones. */
export function casesOf(count: number): number {
  return isLong ? count : Math.ceil(count / 6);
}

/** Rows of a table of cases: all of them in long runs, every third, the first among them, in short ones. */
export function rowsOf<Row>(rows: readonly Row[]): readonly Row[] {
  return isLong ? rows : rows.filter((_, at) => at % 3 === 0);
}
