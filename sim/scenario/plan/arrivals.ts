import { ratePerSecond } from '../../model/contract/rate-keys.js';
import type { Scenario, WorkloadEntry } from '../schema/scenario-schema.js';

type Arrivals = WorkloadEntry['arrivals'];

/** Mean arrivals a second without surges: of a list, over the whole horizon. */
export function meanArrivalRate({ every, at, ...rate }: Arrivals, { horizon }: Pick<Scenario, 'horizon'>): number {
  if (every !== undefined) return 1 / every;
  return at === undefined ? ratePerSecond(rate) : at.length / horizon;
}

/** Whether the first of arrivals at fixed times, or of a list, is too late to come at all. */
export function comeTooLate({ every, at }: Arrivals, { horizon }: Pick<Scenario, 'horizon'>): boolean {
  const first = every ?? at?.[0];
  return first !== undefined && first >= horizon;
}

/** How arrivals are to the model. */
export function arrivalTimes({ every, at }: Arrivals) {
  return { everySeconds: every ?? null, times: at ?? null };
}
