import { toPhrase } from '../../../reports/figure.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { numberOf, records, type Table } from '../../record/tables/table.js';
import { warmUpSeconds } from '../../scenario/schema/scenario-schema.js';
import { capitalised } from '../words.js';
import { isAsked } from './asked.js';
import type { RunFacts, Said, ValueOf } from './facts.js';
import { attackersStay, isWithinWarmUp } from './stay.js';

/** How many accepted results were wrong: of the time after the warm-up, and since the attack where that began later. */
export function wrongResults(facts: RunFacts, value: ValueOf, said: Said): readonly string[] {
  const rate = value('wrongAcceptedRate');
  const start = warmUpSeconds(facts.scenario) === 0 ? '' : 'After the warm-up ';
  if (rate === 0) {
    const none = start === '' ? 'No' : `${start}no`;
    return isAsked(facts.scenario, 'wrongAcceptedRate') ? [`${none} completed job brought a wrong result.`] : [];
  }
  if (!(rate > 0)) return [];
  const [whole, later] = [toPhrase(rate, 'fraction'), sinceAttack(facts)];
  const since = later === null ? '' : `from ${toPhrase(later.fromDays, 'd')} on, when attackers first joined, `;
  const share = later === null ? '' : toPhrase(later.rate, 'fraction');
  if (!said.figure('wrongAcceptedRate')) {
    return [
      `${start}${whole} of the completed jobs brought a wrong result${since === '' ? '' : `; ${since}${share}`}.`,
    ];
  }
  if (later === null) return [];
  const other = `the share above is of ${start === '' ? 'the whole run' : 'all the time after the warm-up'}`;
  return [`${capitalised(since)}${share} of the completed jobs brought a wrong result; ${other}.`];
}

/** The time [share of what follows] before the attackers joined that their share may include, as samples are apart. */
const leadMost = 0.05;

/**
 * The share from the last sample before the attackers first joined; null unless they came after the start of what is
 * counted, where no sample is near, or where no job was completed since.
 */
function sinceAttack(facts: RunFacts): { readonly fromDays: number; readonly rate: number } | null {
  const warmUpDays = warmUpSeconds(facts.scenario) / secondsPerDay;
  const stay = attackersStay(facts);
  if (stay === null || isWithinWarmUp(stay, facts) || stay.firstJoinedDays <= warmUpDays) return null;
  const [joined, end] = [stay.firstJoinedDays, facts.scenario.horizon / secondsPerDay];
  const since = rateSince(facts.table('timeseries'), joined);
  return since !== null && joined - since.fromDays <= leadMost * (end - joined) ? since : null;
}

const jobColumns = ['timeDays', 'jobsCompleted', 'jobsWrongAccepted'] as const;

function rateSince(samples: Table, days: number): { readonly fromDays: number; readonly rate: number } | null {
  let [fromDays, completed, wrong] = [0, 0, 0];
  for (const { timeDays, jobsCompleted, jobsWrongAccepted } of records(samples, jobColumns)) {
    // rows of cohorts have no jobs
    if (jobsCompleted === null) continue;
    if (numberOf(timeDays) <= days) {
      fromDays = numberOf(timeDays);
      continue;
    }
    completed += numberOf(jobsCompleted);
    wrong += numberOf(jobsWrongAccepted);
  }
  return completed === 0 ? null : { fromDays, rate: wrong / completed };
}
