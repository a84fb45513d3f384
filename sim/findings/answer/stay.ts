import { toStretch } from '../../../reports/figure.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { numberOf, records, textOf } from '../../record/tables/table.js';
import { warmUpSeconds } from '../../scenario/schema/scenario-schema.js';
import { cohortSummaries } from '../cohort-summaries.js';
import type { RunFacts } from './facts.js';

/** When nodes of some cohorts were in the network. */
export interface Stay {
  /** [d] */
  readonly firstJoinedDays: number;
  /** [d]; Infinity if some were there at the end. */
  readonly lastLeftDays: number;
  /** Of the time that all of them were there together, the share before the end of the warm-up. */
  readonly warmUpFraction: number;
}

/** The stay of the cohorts' nodes; null if none of them ever joined. */
export function stayOf(
  { scenario, table }: Pick<RunFacts, 'scenario' | 'table'>,
  cohorts: ReadonlySet<string>,
): Stay | null {
  const [warmUp, horizon] = [warmUpSeconds(scenario) / secondsPerDay, scenario.horizon / secondsPerDay];
  let [first, last, days, daysBefore] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0];
  for (const { cohort, joinedDays, leftDays } of records(table('nodes'), ['cohort', 'joinedDays', 'leftDays'])) {
    if (joinedDays === null || !cohorts.has(textOf(cohort))) continue;
    const [joined, left] = [numberOf(joinedDays), leftDays === null ? horizon : numberOf(leftDays)];
    first = Math.min(first, joined);
    last = Math.max(last, leftDays === null ? Number.POSITIVE_INFINITY : left);
    days += left - joined;
    daysBefore += Math.max(0, Math.min(left, warmUp) - joined);
  }
  if (first === Number.POSITIVE_INFINITY) return null;
  return { firstJoinedDays: first, lastLeftDays: last, warmUpFraction: days === 0 ? 0 : daysBefore / days };
}

/** The stay of all attackers' nodes; null if none of them ever joined. */
export function attackersStay(facts: Pick<RunFacts, 'scenario' | 'table'>): Stay | null {
  const attackers = cohortSummaries(facts.table('cohorts')).filter(({ isAttacker }) => isAttacker);
  return stayOf(facts, new Set(attackers.map(({ cohort }) => cohort)));
}

/** Whether all had left by the end of the warm-up, so that nothing that they did is in what is counted after it. */
export function isWithinWarmUp({ lastLeftDays }: Stay, { scenario }: Pick<RunFacts, 'scenario'>): boolean {
  return lastLeftDays * secondsPerDay <= warmUpSeconds(scenario);
}

/** Such as `the attackers were there within the warm-up alone, from 1 to 1.9 d`. */
export function withinWarmUpInWords(who: string, stay: Stay): string {
  return `${who} were there within the warm-up alone, ${stayInWords(stay)}`;
}

/** Such as `from 1 to 1.9 d`; of those who have left. */
export function stayInWords({ firstJoinedDays, lastLeftDays }: Stay): string {
  return toStretch(firstJoinedDays * secondsPerDay, lastLeftDays * secondsPerDay);
}
