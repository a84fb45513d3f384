import { join } from 'node:path';
import { listed } from '../../../reports/drawing/words.js';
import { refusal } from '../../folder/file-fault.js';
import type { RunRecord } from '../../folder/run-record.js';
import type { SweepRecord } from '../../folder/sweep-record.js';
import { sizeInWords } from '../sweep/findings.js';
import { sweepTurning } from '../sweep/outcome.js';
import { sweepPoints } from '../sweep/points.js';

/**
 * What would have turned a run, by a sweep of its scenario; throws InvalidInput, which names the sweep's manifest and
 * the reason, for one of another scenario. A seed, and what is run beside it, may be another.
 */
export function turningBeside(run: RunRecord, sweep: SweepRecord): string {
  const free = { seed: null, twin: null, variants: null, experiment: null };
  const [own, base] = [run.manifest, sweep.manifest].map(({ scenario }) => JSON.stringify({ ...scenario, ...free }));
  if (own !== base) {
    const found = run.manifest.name === sweep.manifest.name ? 'one under other settings' : `of ${sweep.manifest.name}`;
    throw refusal(join(sweep.folder, 'manifest.json'), `a sweep of ${run.manifest.name} as it was run`, found);
  }
  const { axes } = sweep.manifest;
  const turning = sweepTurning(sweep.manifest, sweepPoints(sweep));
  const of = `The sweep of ${listed(axes.map(({ name }) => name))} beside it (${sizeInWords(sweep.manifest)})`;
  return turning === '' ? `${of} has no figure of what attackers gained.` : `${of} says more. ${turning}`;
}
