/** True under `npm run test:long`, which looks at more cases of the same, and at the scenarios that take longer. */
export const isLong = process.env.TEST_EFFORT === 'long';

/** Random cases of a property: all of them in long runs, a sixth in short ones. */
export function casesOf(count: number): number {
  return isLong ? count : Math.ceil(count / 6);
}
