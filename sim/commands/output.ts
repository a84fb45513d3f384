import type { Progress } from '../run.js';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to drop
const controlCharacters = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g;

/** Text that can't steer a terminal: control characters but line breaks are dropped. */
export function printable(text: string): string {
  return text.replace(controlCharacters, '');
}

/** Results go here. */
export function print(text: string): void {
  process.stdout.write(`${printable(text)}\n`);
}

/** Progress and complaints go here. */
export function complain(text: string): void {
  process.stderr.write(`${printable(text)}\n`);
}

/** A figure with as many digits as tell something. */
export function toText(value: number): string {
  if (Number.isNaN(value)) return '—';
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  if (size >= 1_000) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(size >= 100 ? 4 : 3)));
}

/** A span of time as people say it: 3 d 4 h, 12 min, 40 s. */
export function toSpan(seconds: number): string {
  if (seconds >= 86_400) return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3_600)} h`;
  if (seconds >= 3_600) return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
  if (seconds >= 60) return `${Math.floor(seconds / 60)} min`;
  return `${Math.round(seconds)} s`;
}

/**
 * Tells how far a run is, on standard error: one line written over and over on a terminal, else a line every five
 * seconds; nothing for runs that are over before that.
 */
export class ProgressLine {
  readonly #startedAt = performance.now();
  readonly #isTerminal = process.stderr.isTTY === true;
  #lastAt = this.#startedAt;
  #isShown = false;

  update(progress: Progress): void {
    const now = performance.now();
    if (now - this.#lastAt < (this.#isTerminal ? 100 : 5_000)) return;
    this.#lastAt = now;
    const seconds = (now - this.#startedAt) / 1_000;
    const done = progress.simulatedSeconds / progress.horizonSeconds;
    const left = done > 0 ? (seconds / done) * (1 - done) : 0;
    const parts = [
      `${toSpan(progress.simulatedSeconds)} of ${toSpan(progress.horizonSeconds)}`,
      `${(done * 100).toFixed(0)} %`,
      `${toText(progress.events)} events`,
      `${toText(Math.round(progress.events / seconds))} events/s`,
      `${toSpan(left)} left`,
    ];
    const line = parts.join(' · ');
    process.stderr.write(this.#isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
    this.#isShown = true;
  }

  /** Wipes the line from a terminal. */
  end(): void {
    if (this.#isTerminal && this.#isShown) process.stderr.write('\r\u001b[K');
  }
}
