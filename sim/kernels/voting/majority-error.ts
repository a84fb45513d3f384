import { tailOf } from './committee-capture.js';

/**
 * Probability that the first answer with `agreeing` equal copies is wrong, where voters err independently and all wrong
 * answers are alike: Σ C(2m − 1, j) φ^j (1 − φ)^(2m − 1 − j) for j from m to 2m − 1.
 *
 * Source: L. F. G. Sarmenta, "Sabotage-Tolerance Mechanisms for Volunteer Computing Systems", CCGrid 2001.
 *
 * @param agreeing m, a whole number of at least 1
 * @param errorProbability φ of one voter, 0 to 1
 */
export function majorityError(agreeing: number, errorProbability: number): number {
  if (errorProbability === 0 || errorProbability === 1) return errorProbability;
  const voters = 2 * agreeing - 1;
  const odds = errorProbability / (1 - errorProbability);
  const mode = Math.min(voters, Math.floor((voters + 1) * errorProbability));
  const ratio = (value: number) => (odds * (voters - value)) / (value + 1);
  return tailOf({ least: 0, most: voters, mode, from: agreeing }, ratio);
}
