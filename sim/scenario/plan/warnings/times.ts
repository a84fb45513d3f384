import { ratePerSecond } from '../../../model/contract/rate-keys.js';
import { isDurationText, toDuration, toShortDuration } from '../../../model/contract/settings.js';
import { secondsPerHour, secondsPerMinute } from '../../../model/contract/units.js';
import type { SpanKeys } from '../../../model/outside/spans.js';
import { type Scenario, warmUpSeconds } from '../../schema/scenario-schema.js';
import { toPath } from '../../text/faults.js';
import type { PlannedScenario } from '../planned-scenario.js';
import type { Path, Teller } from './teller.js';

/** What comes only after the run, and what was hardly meant in seconds. */
export function tellTimes({ scenario, traces }: PlannedScenario, teller: Teller): void {
  const { horizon, fleet, workload, stress, protocol } = scenario;
  const end = `before the horizon, ${toShortDuration(horizon)}`;
  const tellLate = (path: Path, at: number, what: string, found?: string) => {
    if (at >= horizon) teller.warn(path, `a time ${end}`, `so that ${what}`, found);
    else tellSeconds(path, teller);
  };
  const tellLong = (path: Path, seconds: number, what: string) => {
    // a run shorter than the shortest epoch can't be meant to see one, nor to take samples at the usual interval
    const isMeant = teller.written(path) !== undefined || horizon >= secondsPerHour;
    if (seconds <= horizon || !isMeant) return;
    if (teller.isOwn(path)) {
      teller.warn(
        path,
        `at most the horizon, ${toShortDuration(horizon)}`,
        `so that ${what}`,
        toShortDuration(seconds),
      );
    } else {
      const expected = `at least ${toPath(path)}, ${toShortDuration(seconds)}`;
      teller.warn(['horizon'], expected, `so that ${what}`, toShortDuration(horizon));
    }
  };
  const tellSpans = (path: Path, { at = [], between, for: lasting }: SpanKeys) => {
    const isList = Array.isArray(teller.written([...path, 'at']));
    at.forEach((time, place) => {
      tellLate([...path, 'at', ...(isList ? [String(place)] : [])], time, 'it never happens');
    });
    if (between !== undefined) {
      const soonest = between.quantile(0);
      if (soonest >= horizon) {
        teller.warn([...path, 'between'], `a time that can end ${end}`, 'so that it never happens');
      }
    }
    if (lasting !== undefined) tellSeconds([...path, 'for'], teller);
  };

  if (typeof teller.written(['horizon']) === 'number' && horizon < secondsPerHour) {
    const days = `${teller.written(['horizon'])}d`;
    const meant = isDurationText(days) ? days : undefined;
    teller.warn(['horizon'], 'a unit, such as 30d', 'which is in seconds', undefined, meant);
  }
  if (teller.written(['warmUp']) !== undefined && horizon >= secondsPerHour) tellSeconds(['warmUp'], teller);
  for (const [name, cause] of Object.entries(stress.outages)) tellSpans(['stress', 'outages', name], cause);
  for (const [name, one] of Object.entries(stress.partitions)) tellSpans(['stress', 'partitions', name], one);
  for (const [name, cause] of Object.entries(stress.bugs)) tellSpans(['stress', 'bugs', name], cause);
  for (const [name, { arrivals }] of Object.entries(workload)) {
    for (const [surge, spans] of Object.entries(arrivals.surges)) {
      tellSpans(['workload', name, 'arrivals', 'surges', surge], spans);
    }
  }
  for (const [name, cohort] of Object.entries(fleet)) {
    const { joins, leaves, maintenance, wear } = cohort;
    const own = ['fleet', name];
    tellLate([...own, 'joins', 'at'], joins.at, 'none of the nodes ever joins');
    if (joins.at < horizon && joins.at + joins.over > horizon) {
      const why = 'so that some of the nodes never join';
      teller.warn([...own, 'joins', 'over'], `entries that end by the horizon, ${toShortDuration(horizon)}`, why);
    }
    const { newcomers } = joins;
    if (newcomers !== undefined) {
      const rate = ratePerSecond(newcomers);
      tellLate([...own, 'joins', 'newcomers', 'from'], newcomers.from, 'no newcomer ever comes');
      if (rate === 0) teller.warn([...own, 'joins', 'newcomers'], 'a rate above 0', 'so that no newcomer ever comes');
    }
    if (leaves !== undefined) {
      if (leaves.after === undefined) tellLate([...own, 'leaves', 'at'], leaves.at ?? 0, 'nobody ever leaves');
      else if (joins.at + leaves.after.quantile(0) >= horizon) {
        teller.warn([...own, 'leaves', 'after'], `a stay that can end ${end}`, 'so that nobody ever leaves');
      }
    }
    if (maintenance !== undefined) {
      tellLate([...own, 'maintenance', 'at'], maintenance.at, 'no window ever begins');
      tellSeconds([...own, 'maintenance', 'for'], teller);
    }
    if (wear !== undefined) tellLate([...own, 'wear', 'every'], wear.every, 'nothing ever wears');
    if (cohort.trace !== undefined && teller.written([...own, 'joins', 'at']) !== undefined) {
      teller.warn([...own, 'joins', 'at'], 'none beside a trace, which says who comes when', 'so that it says nothing');
    }
    const trace = traces.get(name);
    if (trace !== undefined && trace.endSeconds < horizon) {
      const why = 'so that nobody of them is there after';
      const [end, last] = [toShortDuration(horizon), toShortDuration(trace.seconds)];
      const found = `records that end at ${last === end ? toDuration(trace.seconds) : last}`;
      teller.warn([...own, 'trace'], `records up to the horizon, ${toShortDuration(horizon)}`, why, found);
    }
  }
  tellLong(['protocol', 'epoch'], protocol.epoch, 'no epoch ends and nothing is paid out at the end of one');
  if (protocol.checkIn !== 'none' && teller.isOwn(['protocol', 'checkIn', 'every'])) {
    tellLong(['protocol', 'checkIn', 'every'], protocol.checkIn.every, 'nobody ever checks in');
  }
  const delay = ['protocol', 'publish', 'delay'];
  if (protocol.publish.delay >= horizon && teller.isOwn(delay)) {
    teller.warn(delay, `a time below the horizon, ${toDuration(horizon)}`, 'so that no score is ever published again');
  }
  if (teller.isOwn(['protocol', 'publish', 'every'])) {
    tellLong(['protocol', 'publish', 'every'], protocol.publish.every, 'no score is ever published again');
  }
}

/** A plain number below a minute, where times are hours and days. */
function tellSeconds(path: Path, teller: Teller): void {
  const written = teller.written(path);
  if (typeof written !== 'number' || written <= 0 || written >= secondsPerMinute) return;
  teller.warn(path, 'a unit, such as 30d or 12h', 'which is in seconds', undefined, `${written}d`);
}

/** More samples than anyone can look at, or none that counts. */
export function tellSampling(scenario: Scenario, teller: Teller): void {
  const { horizon, sampleEvery } = scenario;
  const samples = Math.floor(horizon / sampleEvery);
  if (samples > 1e6) {
    const expected = 'at most a million samples';
    teller.warn(['sampleEvery'], expected, 'so that tables and charts become as large', `${samples} of them`);
  }
  const warmUp = warmUpSeconds(scenario);
  const last = samples * sampleEvery;
  if (samples === 0) {
    if (teller.written(['sampleEvery']) === undefined) return;
    const expected = `at most the horizon, ${toShortDuration(horizon)}`;
    teller.warn(['sampleEvery'], expected, 'so that no sample is taken', toShortDuration(sampleEvery));
  } else if (warmUp > 0 && warmUp >= last) {
    const expected = `a warm-up that ends before the last sample, ${toShortDuration(last)}`;
    teller.warn(['warmUp'], expected, 'so that no sample is taken after it', toShortDuration(warmUp));
  }
}
