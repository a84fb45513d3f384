import type { Outline, Remark } from '../definition.js';
import { toDuration } from '../settings.js';

/*
 * What strategies can need of a network before they can act at all, as remarks on the strategy as a whole; each
 * strategy says by itself which of these it needs, and what comes of it where it lacks.
 */

/** Where nobody is asked about attempts. @param why such as `so that it slanders nobody` */
export function needsWitnesses({ witnesses }: Outline, why: string): readonly Remark[] {
  if (witnesses > 0) return [];
  return [{ setting: '', expected: 'a verification scheme that asks witnesses', found: 'none', why }];
}

/** Where neither witnesses nor jurors of disputes are asked. */
export function needsVoters({ witnesses, jurors }: Outline, why: string): readonly Remark[] {
  if (witnesses + jurors > 0) return [];
  return [{ setting: '', expected: 'a verification scheme that asks witnesses or jurors', found: 'none', why }];
}

/** Where no epoch ends before the horizon, for who acts at epochs' ends alone. */
export function needsEpochs({ epochSeconds, horizonSeconds }: Outline): readonly Remark[] {
  if (epochSeconds < horizonSeconds) return [];
  const expected = `an epoch that ends before the horizon, ${toDuration(horizonSeconds)}`;
  return [{ setting: '', expected, found: toDuration(epochSeconds), why: 'so that it never acts' }];
}
