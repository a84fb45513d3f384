import { toNumber, toPhrase } from '../../../reports/figure.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { numberOf, records, type Table, textOf } from '../../record/tables/table.js';
import { hasReplications } from '../replications.js';

type Sentence = (since: string, times: string) => string;

const sentences: Readonly<Record<string, Sentence>> = {
  supply: (since) => `From ${since} on nothing more was minted: the largest supply that can be counted was reached.`,
  identities: (since, times) =>
    `From ${since} on there was no room for identities that strategies would enter (${times}).`,
  newcomers: (since, times) => `From ${since} on there was no room for newcomers (${times}).`,
  operatorTokens: (since, times) =>
    `From ${since} on operators lacked tokens to enter identities, to add stake, to delegate, for jobs of their own ` +
    `or for resource tokens (${times}).`,
  clientTokens: (since, times) => `From ${since} on clients couldn’t pay for all of their jobs (${times}).`,
  treasury: (since, times) =>
    `From ${since} on the treasury couldn’t pay for all recomputations, spot-checks, jackpots or subsidies (${times}).`,
  treasuryBudget: (since, times) =>
    `From ${since} on the treasury’s budget was used up before the end of an epoch (${times}).`,
  rechecks: (since, times) =>
    `From ${since} on some recomputations found no node, or none in time, and didn’t take place (${times}).`,
  directedJobs: (since, times) =>
    `From ${since} on operators asked for their own nodes, and the protocol takes no such jobs (${times}).`,
  charges: (since, times) => `From ${since} on operators couldn’t pay what an answer costs, and sent none (${times}).`,
  premiums: (since, times) =>
    `From ${since} on operators couldn’t pay premiums, and their nodes weren’t insured (${times}).`,
  insurance: (since, times) => `From ${since} on the insurance couldn’t pay for all that it covers (${times}).`,
  delegations: (since, times) =>
    `From ${since} on operators delegated to nodes that weren’t there, or asked back more than there was (${times}).`,
  places: (since, times) =>
    `From ${since} on newcomers found no place: they couldn’t pay for one, or everybody was immune (${times}).`,
  loans: (since, times) => `From ${since} on the treasury couldn’t lend all the stake that was asked for (${times}).`,
  records: (since) => `From ${since} on nobody replayed from records was there any more: the records end.`,
};

/** What kept the run from going on as its scenario says: a sentence a limit, with the time from which it held. */
export function limitsTold(limits: Table): readonly string[] {
  const bound = new Map<string, { since: number; times: number; runs: number }>();
  for (const { limit, sinceDays, times } of records(limits, ['limit', 'sinceDays', 'times'])) {
    const name = textOf(limit);
    const before = bound.get(name) ?? { since: Number.POSITIVE_INFINITY, times: 0, runs: 0 };
    before.since = Math.min(before.since, numberOf(sinceDays) * secondsPerDay);
    before.times += numberOf(times);
    before.runs++;
    bound.set(name, before);
  }
  return Array.from(bound, ([name, { since, times, runs }]) => {
    const sentence = sentences[name];
    if (sentence === undefined) throw new Error(`expected a known limit, found ${name}`);
    const inRuns = hasReplications(limits) ? `, in ${toNumber(runs)} of the replications` : '';
    return sentence(toPhrase(since, 's'), `${toNumber(times)} ${times === 1 ? 'time' : 'times'}${inRuns}`);
  });
}
