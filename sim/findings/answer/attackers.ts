import { toNumber, toPhrase } from '../../../reports/figure.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { numberOf, records, type Table, textOf } from '../../record/tables/table.js';
import { warmUpSeconds } from '../../scenario/schema/scenario-schema.js';
import { cohortSummaries } from '../cohort-summaries.js';
import type { RunFacts, ValueOf } from './facts.js';

export function attackersWork({ scenario, table }: RunFacts, value: ValueOf): readonly string[] {
  const share = value('attackerWorkShare');
  if (Number.isNaN(share)) return [];
  const peak = value('attackerPeakWorkShare');
  const span = scenario.protocol.epoch === secondsPerDay ? 'day' : 'epoch';
  const most = Number.isNaN(peak) ? '' : ` (at most ${toPhrase(peak, 'fraction')} in any one ${span})`;
  const entryDays = firstAttacker(table);
  const since = entryDays * secondsPerDay > warmUpSeconds(scenario) ? entryDays : Number.NaN;
  const start = warmUpSeconds(scenario) === 0 ? 'The' : 'After the warm-up the';
  const after = Number.isNaN(since) ? start : `Since they first joined, at ${toPhrase(since, 'd')}, the`;
  return [`${after} attackers did ${toPhrase(share, 'fraction')} of the work${most}.`];
}

/** When the first attacker joined [d]; Infinity if none did. */
function firstAttacker(table: RunFacts['table']): number {
  const cohorts = cohortSummaries(table('cohorts')).filter(({ isAttacker }) => isAttacker);
  const names = new Set(cohorts.map(({ cohort }) => cohort));
  let first = Number.POSITIVE_INFINITY;
  for (const { cohort, joinedDays } of records(table('nodes'), ['cohort', 'joinedDays'])) {
    const joined = numberOf(joinedDays);
    if (joined < first && names.has(textOf(cohort))) first = joined;
  }
  return first;
}

const honestyUnknown = '(what honesty would have earned isn’t known from this run)';

export function attackersProfit({ table }: RunFacts, value: ValueOf): readonly string[] {
  const profit = value('attackerProfitUsd');
  if (Number.isNaN(profit)) return [];
  const earned = value('attackerReturnOnCapital');
  const rate = Number.isNaN(earned)
    ? ''
    : `, ${toPhrase(Math.abs(earned), 'fraction')} of the stake and outlay they put in`;
  const amount = `${toPhrase(Math.abs(profit), 'USD')}${rate}`;
  const stolen = cohortSummaries(table('cohorts')).reduce(
    (sum, each) => sum + (each.isAttacker ? each.stolenUsd : 0),
    0,
  );
  const source =
    stolen > 0
      ? [`Wrong results that nobody found out were worth ${toPhrase(stolen, 'USD')} to them over the whole run.`]
      : [];
  return [`The attackers ${profit > 0 ? 'gained' : 'lost'} ${amount} ${honestyUnknown}.`, ...source];
}

export function attackersEjected({ table }: RunFacts, value: ValueOf): readonly string[] {
  const share = value('attackersEjectedFraction');
  if (Number.isNaN(share)) return [];
  const attackers = cohortSummaries(table('cohorts')).filter(({ isAttacker }) => isAttacker);
  const joined = attackers.reduce((sum, each) => sum + each.nodes, 0);
  const ejected = attackers.reduce((sum, each) => sum + each.ejected, 0);
  const were = ejected === 1 || joined === 1 ? 'was' : 'were';
  const some = ejected === 0 ? 'None' : toNumber(ejected);
  const identities = joined === 1 ? 'identity' : 'identities';
  const told = `${some} of the attackers’ ${toNumber(joined)} ${identities} ${were} ejected`;
  const barred = barredOf(table('nodes'), new Set(attackers.map(({ cohort }) => cohort)));
  const others = barred === 0 ? '' : `; at the end ${toNumber(barred)} got no work, jailed or with too little stake`;
  return [`${told}${others}.`];
}

/** Nodes of the cohorts that can be reached when the run ends, but not given work. */
function barredOf(nodes: Table, cohorts: ReadonlySet<string>): number {
  let barred = 0;
  for (const { cohort, online, active } of records(nodes, ['cohort', 'online', 'active'])) {
    if (cohorts.has(textOf(cohort)) && online === true && active === false) barred++;
  }
  return barred;
}
