import { toPhrase } from '../../../reports/figure.js';
import type { VoteOutcome } from '../../model/world/vote.js';
import { numberOf, records, textOf } from '../../record/tables/table.js';
import type { RunFacts } from './facts.js';

/** What came of each vote whose ballots were counted, and by how much. */
export function votesTold({ scenario, table }: RunFacts): readonly string[] {
  if (scenario.votes.length === 0) return [];
  const columns = [
    ...(['proposal', 'by', 'outcome', 'turnoutFraction', 'forFraction'] as const),
    ...(['againstFraction', 'quorumFraction', 'attackersFraction'] as const),
  ];
  return Array.from(records(table('votes'), columns), (row) => {
    const share = (name: (typeof columns)[number]) => numberOf(row[name]!);
    const phrase = (value: number) => toPhrase(value, 'fraction');
    const decided = share('forFraction') + share('againstFraction');
    const byWhom = textOf(row.by!) === '' ? '' : `, proposed by ${textOf(row.by!)},`;
    const attackers = share('attackersFraction');
    const power = attackers > 0 ? `; attackers had ${phrase(attackers)} of the voting power` : '';
    const turnout = phrase(share('turnoutFraction'));
    const ends: Record<VoteOutcome, () => string> = {
      passed: () => `passed by ${phrase(share('forFraction') / decided)} of the ${turnout} that voted`,
      rejected: () =>
        decided === 0
          ? `was rejected, as all of the ${turnout} that voted abstained`
          : `was rejected with ${phrase(share('forFraction') / decided)} of the ${turnout} that voted`,
      vetoed: () => `was vetoed by ${phrase(share('againstFraction'))} of all voting power`,
      noQuorum: () =>
        `failed, as ${share('turnoutFraction') > 0 ? `${turnout}` : 'nobody'} voted and ` +
        `${phrase(share('quorumFraction'))} had to`,
    };
    return `The vote that ${textOf(row.proposal!)}${byWhom} ${ends[textOf(row.outcome!) as VoteOutcome]()}${power}.`;
  });
}
