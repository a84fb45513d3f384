import { toNumber, toPhrase } from '../../../reports/figure.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { records, type Table, textOf } from '../../record/tables/table.js';
import { warmUpSeconds } from '../../scenario/schema/scenario-schema.js';
import { cohortSummaries } from '../cohort-summaries.js';
import { isTold } from '../outcome/gain.js';
import { capitalised } from '../words.js';
import type { RunFacts, Said, ValueOf } from './facts.js';
import { attackersStay, isWithinWarmUp, type Stay, withinWarmUpInWords } from './stay.js';

/** A part of the attack that the warm-up takes is told where it is so much larger than the warm-up's of the run. */
const warmUpTold = 1.1;

export function attackersWork(facts: RunFacts, value: ValueOf, said: Said): readonly string[] {
  const { scenario } = facts;
  const stay = attackersStay(facts);
  if (stay === null) return [];
  if (isWithinWarmUp(stay, facts)) {
    const alone = withinWarmUpInWords('the attackers', stay);
    return said.words(alone) ? [] : [`${capitalised(alone)}: no share or rate counts it.`];
  }
  const share = value('attackerWorkShare');
  if (Number.isNaN(share)) return [];
  const warmUp = warmUpSeconds(scenario);
  const peak = value('attackerPeakWorkShare');
  const span = scenario.protocol.epoch === secondsPerDay ? 'day' : 'epoch';
  const most = Number.isNaN(peak) ? '' : `at most ${toPhrase(peak, 'fraction')}`;
  const start = warmUp === 0 ? 'The' : 'After the warm-up the';
  const isLost = stay.warmUpFraction > (warmUpTold * warmUp) / scenario.horizon;
  const isLater = stay.firstJoinedDays * secondsPerDay > warmUp;
  const after = isLater ? `Since they first joined, at ${toPhrase(stay.firstJoinedDays, 'd')}, the` : start;
  const lost = toPhrase(stay.warmUpFraction, 'fraction');
  const whole = `${toPhrase(share, 'fraction')} of the work${most === '' ? '' : ` (${most} in any one ${span})`}`;
  const isSaid = most !== '' && said.figure('attackerWorkShare');
  if (isSaid && toPhrase(peak, 'fraction') === toPhrase(share, 'fraction') && !isLater && !isLost) return [];
  return [
    `${after} attackers did ${isSaid ? `${most} of the work in any one ${span}` : whole}.`,
    ...leftEarly(stay, facts),
    ...(isLost ? [`Of the time that their nodes were there, ${lost} lay in the warm-up, which isn’t counted.`] : []),
  ];
}

/** Of the counted time since they joined, attackers that were there for less than this share had left early. */
const leftEarlyBelow = 0.9;

/** That a share of work is also of a time in which no attacker was there any more. */
function leftEarly({ firstJoinedDays, lastLeftDays }: Stay, { scenario }: RunFacts): readonly string[] {
  const horizon = scenario.horizon / secondsPerDay;
  const from = Math.max(firstJoinedDays, warmUpSeconds(scenario) / secondsPerDay);
  const part = (lastLeftDays - from) / (horizon - from);
  if (!(part < leftEarlyBelow)) return [];
  const days = toPhrase(lastLeftDays * secondsPerDay, 's');
  return [`All of them had left by ${days}: they were there for ${toPhrase(part, 'fraction')} of the time counted.`];
}

/** That none of those who should attack ever came, which every figure of an attack is to be read with. */
export function attackersAbsent(facts: RunFacts): readonly string[] {
  const isAny = cohortSummaries(facts.table('cohorts')).some(({ isAttacker }) => isAttacker);
  return isAny && attackersStay(facts) === null ? ['No attacker ever joined: nothing here tells of an attack.'] : [];
}

/** What a return on capital is a share of: each operator's peak, as whoever comes back locks the same tokens again. */
export const capitalInWords = 'their outlay and the most that each had locked at once';

const honestyUnknown = '(what honesty would have earned isn’t known from this run)';

export function attackersProfit(facts: RunFacts, value: ValueOf): readonly string[] {
  const { table } = facts;
  const profit = value('attackerProfitUsd');
  // who never came has lost nothing
  if (Number.isNaN(profit) || attackersStay(facts) === null) return [];
  const earned = value('attackerReturnOnCapital');
  const rate = Number.isNaN(earned) ? '' : `, ${toPhrase(Math.abs(earned), 'fraction')} of ${capitalInWords}`;
  const amount = `${toPhrase(Math.abs(profit), 'USD')}${rate}`;
  const beyond = beyondHonesty(value);
  const stolen = cohortSummaries(table('cohorts')).reduce(
    (sum, each) => sum + (each.isAttacker ? each.stolenUsd : 0),
    0,
  );
  const source =
    stolen > 0
      ? [`Wrong results that nobody found out were worth ${toPhrase(stolen, 'USD')} to them over the whole run.`]
      : [];
  const unknown = beyond.length === 0 ? ` ${honestyUnknown}` : '';
  const held = value('attackerStakeHeldTokens');
  const open =
    held > 0 ? [`${toPhrase(held, 'tokens')} of their stake are held in cases that are still open, no loss yet.`] : [];
  return [...beyond, `The attackers ${profit > 0 ? 'gained' : 'lost'} ${amount}${unknown}.`, ...source, ...open];
}

/** What the attack brought those who made it, and the others, where the honest twin was run. */
function beyondHonesty(value: ValueOf): readonly string[] {
  const gained = value('attackerProfitOverTwinUsd');
  if (Number.isNaN(gained)) return [];
  const than = `${toPhrase(Math.abs(gained), 'USD')} ${gained < 0 ? 'less' : 'more'} than honesty would have`;
  const others = value('honestProfitOverTwinUsd');
  if (Number.isNaN(others)) return [`Cheating brought the attackers ${than}.`];
  const amount = `${others > 0 ? 'gained' : 'lost'} ${toPhrase(Math.abs(others), 'USD')} by it`;
  const side = isTold(others) ? amount : 'neither gained nor lost by it';
  return [`Cheating brought the attackers ${than}; honest operators ${side}.`];
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
