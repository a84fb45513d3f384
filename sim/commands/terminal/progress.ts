import { toNumber, toPhrase } from '../../../reports/figure.js';
import type { Progress } from '../../run.js';
import type { Terminal } from './terminal.js';

const screenSeconds = 0.1;
const lineSeconds = 5;

/**
 * Tells how far a run is: on a screen in one line that is rewritten at most ten times a second, elsewhere a line every
 * five seconds, and nothing for a run that is over before. Runs that it is compared to are reckoned each for itself.
 */
export function createProgress(terminal: Terminal): (progress: Progress) => void {
  let startedAt = performance.now();
  let toldAt = startedAt;
  let under: string | undefined;
  return ({ simulatedSeconds, horizonSeconds, events, comparedTo }) => {
    const now = performance.now();
    if (comparedTo !== under) {
      under = comparedTo;
      startedAt = now;
    }
    if (now - toldAt < (terminal.isScreen ? screenSeconds : lineSeconds) * 1_000) return;
    toldAt = now;
    const seconds = (now - startedAt) / 1_000;
    const done = simulatedSeconds / horizonSeconds;
    const line = [
      ...(comparedTo === undefined ? [] : [`to compare, ${comparedTo}`]),
      `${Math.floor(done * 100)} %`,
      `${toPhrase(simulatedSeconds, 's')} of ${toPhrase(horizonSeconds, 's')}`,
      `${toNumber(events)} events`,
      `${toNumber(Math.round(events / seconds))} events/s`,
      ...(done > 0 ? [`${toPhrase(Math.ceil((seconds / done) * (1 - done)), 's')} left`] : []),
    ].join(' · ');
    if (terminal.isScreen) terminal.show(line);
    else terminal.say(line);
  };
}
