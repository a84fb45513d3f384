import { toNumber, toPhrase } from '../../../reports/figure.js';
import type { ExperimentProgress } from '../../experiment/pool/runner.js';
import type { Terminal } from './terminal.js';

const lineSeconds = 5;

/**
 * Tells how far an experiment is: on a screen in a line that is rewritten, elsewhere a line every five seconds.
 *
 * @param best what is to be told besides, such as the best figure so far
 */
export function createExperimentProgress(
  terminal: Terminal,
  best: () => string = () => '',
): (progress: ExperimentProgress) => void {
  const startedAt = performance.now();
  let toldAt = startedAt;
  return ({ done, failed, total, ran }) => {
    const now = performance.now();
    if (!terminal.isScreen && now - toldAt < lineSeconds * 1_000) return;
    toldAt = now;
    const seconds = (now - startedAt) / 1_000;
    const told = best();
    const line = [
      `${toNumber(done)} of ${toNumber(total)} runs`,
      ...(failed > 0 ? [`${toNumber(failed)} failed`] : []),
      ...(ran > 0 ? [`${toNumber(ran / seconds)} a second`] : []),
      ...(ran > 0 && done < total ? [`${toPhrase(Math.ceil((seconds / ran) * (total - done)), 's')} left`] : []),
      ...(told === '' ? [] : [told]),
    ].join(' · ');
    if (terminal.isScreen) terminal.show(line);
    else terminal.say(line);
  };
}
