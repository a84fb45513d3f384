import { toNumber, toPhrase } from '../../../reports/figure.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { numberOf, records, type Table, textOf } from '../../record/tables/table.js';

type Sentence = (since: string, times: string) => string;

const sentences: Readonly<Record<string, Sentence>> = {
  supply: (since) => `From ${since} on nothing more was minted: the largest supply that can be counted was reached.`,
  identities: (since, times) =>
    `From ${since} on there was no room for identities that strategies would enter (${times}).`,
  newcomers: (since, times) => `From ${since} on there was no room for newcomers (${times}).`,
  operatorTokens: (since, times) =>
    `From ${since} on operators lacked tokens to enter identities or to add stake (${times}).`,
  clientTokens: (since, times) => `From ${since} on clients couldn’t pay for all of their jobs (${times}).`,
  treasury: (since, times) => `From ${since} on the treasury couldn’t pay for all recomputations (${times}).`,
  rechecks: (since, times) =>
    `From ${since} on some recomputations found no node, or none in time, and didn’t take place (${times}).`,
  records: (since) => `From ${since} on nobody replayed from records was there any more: the records end.`,
};

/** What kept the run from going on as its scenario says: a sentence a limit, with the time from which it held. */
export function limitsTold(limits: Table): readonly string[] {
  return Array.from(records(limits, ['limit', 'sinceDays', 'times']), ({ limit, sinceDays, times }) => {
    const sentence = sentences[textOf(limit)];
    if (sentence === undefined) throw new Error(`expected a known limit, found ${textOf(limit)}`);
    const count = numberOf(times);
    return sentence(
      toPhrase(numberOf(sinceDays) * secondsPerDay, 's'),
      `${toNumber(count)} ${count === 1 ? 'time' : 'times'}`,
    );
  });
}
