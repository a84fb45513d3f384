import { toNumber, toPhrase, toRange } from '../../../reports/figure.js';
import { meanInterval } from '../../kernels/intervals.js';
import type { RunFacts } from '../answer/facts.js';
import { attackersStay } from '../answer/stay.js';
import { type CohortAccount, cohortAccounts } from '../cohort-accounts.js';
import { cohortSummaries } from '../cohort-summaries.js';
import { isGain, isTold, type Spread } from './gain.js';

/**
 * Who won, at whose cost, and what a single run can't say: a paragraph for readers who know nothing of the model; empty
 * without attackers. Of several replications amounts are means, and a result that some of them contradict is left open.
 *
 * `turning` says what would have turned it, as somebody knows who varied settings of the same scenario.
 */
export function whoWon(facts: RunFacts, turning: string | null = null): string {
  const attackers = cohortSummaries(facts.table('cohorts')).filter(({ isAttacker }) => isAttacker);
  if (attackers.length === 0) return '';
  const isAbsent = facts.replications.length === 1 && attackersStay(facts) === null;
  if (isAbsent) return 'The attackers never joined, so nobody won by it and nobody paid for it.';
  const beyond = spreadOf(facts, 'attackerProfitOverTwinUsd');
  const hasTwin = !Number.isNaN(beyond.middle);
  const gain = hasTwin ? beyond : spreadOf(facts, 'attackerProfitUsd');
  if (Number.isNaN(gain.middle)) return '';
  const outcome = hasTwin ? againstTwin(gain, facts) : byProfit(gain, facts);
  const unknown = 'Which setting would have turned it, one run can’t tell: a sweep of a setting can (sim sweep).';
  return [outcome, ...costs(isGain(gain) === true, hasTwin, facts), turning ?? unknown].join(' ');
}

function spreadOf({ values, replications }: RunFacts, name: string): Spread {
  const known = replications.map((run) => run[name]!).filter((value) => !Number.isNaN(value));
  const { low, high } = known.length < 2 ? { low: Number.NaN, high: Number.NaN } : meanInterval(known);
  return { middle: values[name]!, low, high };
}

function onAverage({ replications }: RunFacts): string {
  return replications.length > 1 ? 'on average ' : '';
}

function againstTwin(gain: Spread, facts: RunFacts): string {
  const won = isGain(gain);
  const average = onAverage(facts);
  if (won === null) {
    const [range, many] = [toRange(gain, 'USD'), `${toNumber(facts.replications.length)} replications`];
    return (
      `Who won can’t be told: over ${many} cheating brought the attackers ${range} beyond what honest ` +
      'work would have.'
    );
  }
  if (!isTold(gain.middle)) return 'Nobody won: cheating brought the attackers what honest work would have.';
  const than = `${toPhrase(Math.abs(gain.middle), 'USD')} ${won ? 'more' : 'less'} than honest work would have`;
  return `The attackers ${won ? 'won' : 'lost'}: cheating ${average}brought them ${than}.`;
}

function byProfit(gain: Spread, facts: RunFacts): string {
  const won = isGain(gain);
  const unknown = 'whether honest work would have brought them more isn’t known without the honest twin (--twin)';
  if (won === null) return `Whether the attackers made a profit can’t be told from these replications; ${unknown}.`;
  const amount = toPhrase(Math.abs(gain.middle), 'USD');
  const side = isTold(gain.middle) ? `${won ? 'a profit' : 'a loss'} of ${amount}` : 'neither profit nor loss';
  return `The attackers ${onAverage(facts)}made ${side}; ${unknown}.`;
}

/** Who else paid, or that nobody did. */
function costs(won: boolean, hasTwin: boolean, facts: RunFacts): readonly string[] {
  const { table, values, replications } = facts;
  // the table has the cohorts of every replication
  const attackers = cohortAccounts(table('cohorts')).filter(({ isAttacker }) => isAttacker);
  const attackersSum = (item: (account: CohortAccount) => number) =>
    attackers.reduce((sum, account) => sum + item(account), 0) / replications.length;
  const stolen = attackersSum(({ stolenUsd }) => stolenUsd);
  const borne = attackersSum(({ claimsUsd }) => claimsUsd);
  const others = values.honestProfitOverTwinUsd!;
  const didOthersGain = isGain(spreadOf(facts, 'honestProfitOverTwinUsd'));
  const paid = [
    ...(isTold(stolen) ? [`clients, who took wrong results worth ${toPhrase(stolen, 'USD')} to the attackers`] : []),
    ...(isTold(borne) ? [`whoever bore ${toPhrase(borne, 'USD')} of what was slashed, as insurance or lender`] : []),
    ...(didOthersGain === false && isTold(others)
      ? [`honest operators, who made ${toPhrase(-others, 'USD')} less than without the attack`]
      : []),
  ];
  const gained = [
    ...(didOthersGain === true ? [`Honest operators made ${toPhrase(others, 'USD')} more by it.`] : []),
    ...(didOthersGain === null ? ['Whether honest operators paid for it can’t be told from these replications.'] : []),
  ];
  if (paid.length > 0)
    return [`${won ? 'It was at the cost of' : 'It cost others, too:'} ${paid.join(', and ')}.`, ...gained];
  if (gained.length > 0) return gained;
  return hasTwin ? ['Nobody else is known to have paid for it.'] : [];
}
