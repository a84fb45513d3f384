import { newcomersExpected } from '../../model/outside/newcomers.js';
import type { Fault } from '../text/faults.js';
import type { Source } from '../text/source.js';
import { estimateOne } from './estimate.js';
import type { PlannedScenario } from './planned-scenario.js';

/** Events of a run, included: at five million a second, more than two days. */
const eventsMost = 1e12;
/** Memory of a run [MiB], included: more than columns can hold. */
const memoryMost = 131_072;
/** Newcomers of a cohort, included. */
const newcomersMost = 1e7;
/** Rows of samples, included. */
const rowsMost = 1e8;

/** Runs that nobody could wait for, nor any computer hold, with what they would take. */
export function tooMuch(planned: PlannedScenario, source: Source): readonly Fault[] {
  const { horizon, sampleEvery, fleet } = planned.scenario;
  const { events, jobs, nodes, memoryMiB, parts } = estimateOne(planned);
  const place = (path: readonly string[]) => {
    const position = source.position(path);
    return { ...(position === undefined ? {} : { position }), path: path.join('.') };
  };
  const faults: Fault[] = [];
  if (events > eventsMost || memoryMiB > memoryMost) {
    const most = parts.reduce((largest, part) => (part.events > largest.events ? part : largest));
    faults.push({
      ...place(events > eventsMost || jobs > nodes ? most.path : ['fleet']),
      expected: `a run of at most ${rough(eventsMost)} events and ${memoryMost / 1_024} GiB`,
      found: `about ${rough(jobs)} jobs, ${rough(events)} events and ${rough(memoryMiB / 1_024)} GiB`,
    });
  }
  for (const [name, { joins }] of Object.entries(fleet)) {
    const newcomers = newcomersExpected(joins.newcomers, horizon);
    if (newcomers <= newcomersMost) continue;
    const expected = `at most ${rough(newcomersMost)} newcomers who come, whether or not there is room for them`;
    faults.push({ ...place(['fleet', name, 'joins', 'newcomers']), expected, found: `about ${rough(newcomers)}` });
  }
  const rows = (horizon / sampleEvery) * (Object.keys(fleet).length + 1);
  if (rows > rowsMost) {
    const expected = `at most ${rough(rowsMost)} rows of samples`;
    faults.push({ ...place(['sampleEvery']), expected, found: `about ${rough(rows)}` });
  }
  return faults;
}

/** To two digits: `4.3e13`. */
function rough(value: number): string {
  return value < 1e4 ? String(Math.round(value)) : value.toExponential(1).replace('.0e', 'e').replace('e+', 'e');
}
