import type { Fault } from '../text/faults.js';
import type { Source } from '../text/source.js';
import { estimateOne } from './estimate.js';
import type { PlannedScenario } from './planned-scenario.js';

/** Events of a run, included: at five million a second, more than two days. */
const eventsMost = 1e12;
/** Memory of a run [MiB], included: more than columns can hold. */
const memoryMost = 131_072;
/** Rows of samples, included. */
const rowsMost = 1e8;

/** Runs that nobody could wait for, nor any computer hold, with what they would take. */
export function tooMuch(planned: PlannedScenario, source: Source): readonly Fault[] {
  const { horizon, sampleEvery, fleet, workload } = planned.scenario;
  const { events, jobs, memoryMiB } = estimateOne(planned);
  const place = (path: readonly string[]) => {
    const position = source.position(path);
    return { ...(position === undefined ? {} : { position }), path: path.join('.') };
  };
  const faults: Fault[] = [];
  if (events > eventsMost || memoryMiB > memoryMost) {
    const names = Object.keys(workload);
    const ofJobs = jobs >= events / 100;
    faults.push({
      ...place(ofJobs ? ['workload', ...(names.length === 1 ? [...names, 'arrivals'] : [])] : ['fleet']),
      expected: `a run of at most ${rough(eventsMost)} events and ${memoryMost / 1_024} GiB`,
      found: `about ${rough(jobs)} jobs, ${rough(events)} events and ${rough(memoryMiB / 1_024)} GiB`,
    });
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
