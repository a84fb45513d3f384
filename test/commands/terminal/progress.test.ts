import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createProgress } from '../../../sim/commands/terminal/progress.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What is told of a run of so many seconds that reports twenty times a second. */
function told(seconds: number, isScreen: boolean): string[] {
  const lines: string[] = [];
  const tell = (line: string) => lines.push(line);
  const progress = createProgress({ isScreen, print: tell, say: tell, show: tell });
  const ticks = seconds * 20;
  for (let tick = 1; tick <= ticks; tick++) {
    vi.advanceTimersByTime(50);
    progress({ simulatedSeconds: (864_000 * tick) / ticks, horizonSeconds: 864_000, events: tick * 1_000, jobs: tick });
  }
  return lines;
}

describe('progress', () => {
  test('is told at most ten times a second on a screen', () => {
    expect(told(3, true)).toHaveLength(30);
  });

  test('is told every five seconds elsewhere, and not at all for a short run', () => {
    expect(told(4, false)).toEqual([]);
    expect(told(21, false)).toHaveLength(4);
  });

  test('tells share, simulated time, events, rate and time left', () => {
    expect(told(20, false)[0]).toBe('25 % · 2.5 d of 10 d · 100,000 events · 20,000 events/s · 15 s left');
  });

  test('reckons a run that it is compared to for itself, and names it', () => {
    const lines: string[] = [];
    const tell = (line: string) => lines.push(line);
    const progress = createProgress({ isScreen: true, print: tell, say: tell, show: tell });
    const whole = { horizonSeconds: 864_000, jobs: 1 };
    vi.advanceTimersByTime(4_000);
    progress({ ...whole, simulatedSeconds: 864_000, events: 8_000 });
    for (const part of [0, 1, 2]) {
      vi.advanceTimersByTime(3_000);
      const events = part * 30_000;
      progress({ ...whole, simulatedSeconds: part * 216_000, events, comparedTo: 'twin.yaml' });
    }
    expect(lines.at(-1)).toBe(
      'to compare, twin.yaml · 50 % · 5 d of 10 d · 60,000 events · 10,000 events/s · 6 s left',
    );
  });
});
