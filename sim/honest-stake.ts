import type { CohortSummary } from './cohort-summaries.js';
import { toNumber, toPhrase } from './figure.js';
import type { Table } from './record/table.js';
import { type Slashing, slashingSums, slashingsOf } from './slashing-sums.js';

const secondsPerDay = 86_400;

/** Who of the honest was slashed, how much and for what: after the warm-up, which metrics leave out, and during it. */
export function honestStake(
  cohorts: readonly CohortSummary[],
  slashings: Table,
  warmUpSeconds: number,
): readonly string[] {
  const honest = cohorts.filter(({ isAttacker }) => !isAttacker);
  const joined = honest.reduce((sum, { nodes }) => sum + nodes, 0);
  if (joined === 0) return [];
  const names = honest.map(({ cohort }) => cohort);
  const [during, after]: [Slashing[], Slashing[]] = [[], []];
  for (const slashing of slashingsOf(slashings)) {
    if (!names.includes(slashing.cohort)) continue;
    (slashing.timeDays * secondsPerDay >= warmUpSeconds ? after : during).push(slashing);
  }
  const [early, late] = [nodesAndTokens(during), nodesAndTokens(after)];
  const since = warmUpSeconds === 0 ? '' : 'After the warm-up ';
  const none = warmUpSeconds === 0 ? 'None' : 'none';
  const who = `${since}${late.nodes === 0 ? none : toNumber(late.nodes)} of ${toNumber(joined)} honest nodes`;
  const lost =
    late.nodes === 0 ? ' lost stake.' : ` lost ${toPhrase(late.tokens, 'tokens')} of stake, ${partsOf(after, names)}.`;
  if (early.nodes === 0) return [`${who}${lost}`];
  return [`${who}${lost}`, `During the warm-up ${toNumber(early.nodes)} lost ${toPhrase(early.tokens, 'tokens')}.`];
}

function nodesAndTokens(slashings: readonly Slashing[]): { readonly nodes: number; readonly tokens: number } {
  return slashingSums(slashings, () => '').get('') ?? { nodes: 0, tokens: 0 };
}

/** What most of the tokens were slashed for, from whom where there are several cohorts, and which of them lost none. */
function partsOf(slashings: readonly Slashing[], cohorts: readonly string[]): string {
  const total = nodesAndTokens(slashings).tokens;
  const largest = (keyOf: (slashing: Slashing) => string) => {
    const sums = slashingSums(slashings, keyOf);
    const [key, { tokens }] = [...sums].sort(([, a], [, b]) => b.tokens - a.tokens)[0]!;
    return { key, share: sums.size === 1 ? 'all' : toPhrase(tokens / total, 'fraction') };
  };
  const cause = largest((slashing) => slashing.cause);
  const reason = `${cause.share} of it for ${cause.key}`;
  if (cohorts.length === 1) return reason;
  const cohort = largest((slashing) => slashing.cohort);
  const spared = cohorts.filter((name) => slashings.every((slashing) => slashing.cohort !== name));
  const others = spared.length === 0 ? '' : `; ${spared.join(' and ')} lost none`;
  return `${cohort.share} of it ${cohort.key}’s and ${reason}${others}`;
}
