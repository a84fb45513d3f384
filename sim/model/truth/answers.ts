/*
 * What answers are to jobs of a class with exact ones: numbers that are equal or not, and mean nothing else. Of numeric
 * answers the number is the answer.
 */

/** No answer was sent: no number that a numeric answer can be. */
export const withheldAnswer = Number.NEGATIVE_INFINITY;

/** The right answer; every other value from 1 up is some wrong one. */
export const rightAnswer = 0;

const firstBugAnswer = 1_000;
const firstLoneLie = 1_000_000;
const firstAgreedLie = 2_000_000;

/** The wrong answer of a hardware fault in an attempt of this number: no two faults agree. */
export function faultAnswer(number: number): number {
  return 1 + number;
}

/** True for the wrong answer of a hardware fault. */
export function isFaultAnswer(answer: number): boolean {
  return answer > rightAnswer && answer < firstBugAnswer;
}

/** The wrong answer of a client with these bugs: all who have them give it. */
export function bugAnswer(bugs: number): number {
  return firstBugAnswer + bugs;
}

/** True for the wrong answer of a client with any bugs. */
export function isBugAnswer(answer: number): boolean {
  return answer >= firstBugAnswer && answer < firstLoneLie;
}

/** What somebody makes up alone, in an attempt of this number: nobody else's answer. */
export function loneLie(number: number): number {
  return firstLoneLie + number;
}

/** What a group agreed on: all of them give it, and nobody else. */
export function agreedLie(group: number): number {
  return firstAgreedLie + group;
}
