import { ratePerSecond } from '../../model/contract/rate-keys.js';
import type { Scenario, WorkloadEntry } from '../schema/scenario-schema.js';

type Arrivals = WorkloadEntry['arrivals'];

/** Mean arrivals a second without surges: of a list, over the whole horizon. */
export function meanArrivalRate({ every, at, ...rate }: Arrivals, { horizon }: Pick<Scenario, 'horizon'>): number {
  if (every !== undefined) return 1 / every;
  return at === undefined ? ratePerSecond(rate) : at.length / horizon;
}

/** How arrivals are to the model. */
export function arrivalTimes({ every, at }: Arrivals) {
  return { everySeconds: every ?? null, times: at ?? null };
}
