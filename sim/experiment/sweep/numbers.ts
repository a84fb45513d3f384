import { exp, log } from '../../engine/math.js';
import { isDurationText, secondsMeant, toDuration } from '../../model/contract/settings.js';
import type { Range, Unit } from './request.js';

/** A number as it was typed: plain, or a duration in seconds. */
export interface TypedNumber {
  readonly number: number;
  readonly unit: Unit;
}

const plainNumber = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** The number that a text is; undefined for any other text. */
export function typedNumber(text: string): TypedNumber | undefined {
  const trimmed = text.trim();
  if (plainNumber.test(trimmed)) return { number: Number(trimmed), unit: '' };
  return isDurationText(trimmed) ? { number: secondsMeant(trimmed)!, unit: 's' } : undefined;
}

/** A number as a setting takes it. */
export function toSettingText(number: number, unit: Unit): string {
  if (unit === '') return String(number);
  const text = toDuration(number);
  return isDurationText(text) && secondsMeant(text) === number ? text : String(number);
}

/** `start`, `start + step`, … up to `end`, which is included where it is met, each as exact as they are written. */
export function linearSteps(start: number, end: number, step: number): readonly number[] {
  // a last step that rounding leaves out is still taken
  const count = Math.floor((end - start) / step + 1e-9) + 1;
  const decimals = Math.min(100, Math.max(decimalsOf(start), decimalsOf(step)));
  return Array.from({ length: count }, (_, index) => Number((start + index * step).toFixed(decimals)));
}

function decimalsOf(number: number): number {
  const [, fraction = '', exponent = '0'] = /^-?\d+(?:\.(\d+))?(?:e([-+]?\d+))?$/.exec(String(number)) ?? [];
  return Math.max(0, fraction.length - Number(exponent));
}

/**
 * So many numbers from `start` to `end`, both included, each as far from the last by the same factor; whole ones where
 * both ends are whole and that leaves them different. Both are above 0.
 */
export function logSteps(start: number, end: number, count: number): readonly number[] {
  const [from, to] = [log(start), log(end)];
  const steps = Array.from({ length: count }, (_, index) => {
    if (index === 0) return start;
    if (index === count - 1) return end;
    return neat(exp(from + ((to - from) * index) / (count - 1)));
  });
  const whole = steps.map((step) => Math.round(step));
  const isWhole = Number.isInteger(start) && Number.isInteger(end) && new Set(whole).size === count;
  return isWhole ? whole : steps;
}

/** The number of a range at a place in [0, 1). */
export function withinRange({ low, high, scale, step }: Range, place: number): number {
  if (scale === 'log') {
    const number = exp(log(low) + (log(high) - log(low)) * place);
    if (step === null) return neat(number);
    return Number((low + Math.round((number - low) / step) * step).toFixed(Math.min(100, decimalsOf(step))));
  }
  if (step === null) return neat(low + (high - low) * place);
  const steps = linearSteps(low, high, step);
  return steps[Math.min(steps.length - 1, Math.floor(place * steps.length))]!;
}

/** With six digits that count: more say nothing, read badly, and amounts of tokens haven't got them. */
function neat(number: number): number {
  return Number(number.toPrecision(6));
}
