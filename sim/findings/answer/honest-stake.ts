import { toNumber, toPhrase } from '../../../reports/figure.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { numberOf, records, type Table, textOf } from '../../record/tables/table.js';
import type { CohortSummary } from '../cohort-summaries.js';
import { type Slashing, slashingSums, slashingsOf } from '../slashing-sums.js';

/**
 * Who of the honest was slashed, how much and for what: after the warm-up, which metrics leave out, and during it; of
 * those that were in the network after it, or were slashed then.
 */
export function honestStake(
  cohorts: readonly CohortSummary[],
  nodes: Table,
  slashings: Table,
  warmUpSeconds: number,
): readonly string[] {
  const names = cohorts.filter(({ isAttacker, nodes }) => !isAttacker && nodes > 0).map(({ cohort }) => cohort);
  if (names.length === 0) return [];
  const [during, after]: [Slashing[], Slashing[]] = [[], []];
  for (const slashing of slashingsOf(slashings)) {
    // bonds in a currency of their own don't add up with the rest
    if (!names.includes(slashing.cohort) || slashing.collateral === 'bondToken') continue;
    (slashing.timeDays * secondsPerDay >= warmUpSeconds ? after : during).push(slashing);
  }
  const [early, late] = [nodesAndTokens(during), nodesAndTokens(after)];
  const since = warmUpSeconds === 0 ? '' : 'After the warm-up ';
  const none = warmUpSeconds === 0 ? 'None' : 'none';
  const there = nodesSince(warmUpSeconds, nodes, new Set(names), new Set(after.map(({ node }) => node)));
  const nodesThere = `${toNumber(there)} honest ${there === 1 ? 'node' : 'nodes'}`;
  if (there === 0 && late.nodes === 0) return [];
  if (there === 1 && late.nodes + early.nodes === 0) {
    return [`${since}${since === '' ? 'The' : 'the'} honest node lost no stake.`];
  }
  const who = `${since}${late.nodes === 0 ? none : toNumber(late.nodes)} of ${nodesThere}`;
  const lost =
    late.nodes === 0
      ? ' lost stake.'
      : ` lost ${toPhrase(late.tokens, 'tokens')} of ${collateralOf(after)}, ${partsOf(after, names)}.`;
  if (early.nodes === 0) return [`${who}${lost}`];
  const some = `${toNumber(early.nodes)} honest ${early.nodes === 1 ? 'node' : 'nodes'}`;
  return [`${who}${lost}`, `During the warm-up ${some} lost ${toPhrase(early.tokens, 'tokens')}.`];
}

/** That stake waits for cases to be decided, which no loss counts [tokens]. */
export function stakeHeld(tokens: number): readonly string[] {
  if (!(tokens > 0)) return [];
  return [`${toPhrase(tokens, 'tokens')} of honest stake are held in cases that are still open, no loss yet.`];
}

/** Cohorts that a sentence names; more are counted. */
const namedMost = 4;

/** How many nodes of the cohorts were in the network at any time since, or are among others that count. */
function nodesSince(
  sinceSeconds: number,
  nodes: Table,
  cohorts: ReadonlySet<string>,
  others: ReadonlySet<number>,
): number {
  let count = 0;
  for (const { node, cohort, joinedDays, leftDays } of records(nodes, ['node', 'cohort', 'joinedDays', 'leftDays'])) {
    if (!cohorts.has(textOf(cohort)) || joinedDays === null) continue;
    const isThere = leftDays === null || numberOf(leftDays) * secondsPerDay >= sinceSeconds;
    if (isThere || others.has(numberOf(node))) count++;
  }
  return count;
}

function nodesAndTokens(slashings: readonly Slashing[]): { readonly nodes: number; readonly tokens: number } {
  return slashingSums(slashings, () => '').get('') ?? { nodes: 0, tokens: 0 };
}

/** What the tokens were: stake, bonds, or some of both. */
function collateralOf(slashings: readonly Slashing[]): string {
  const kinds = new Set(slashings.map(({ collateral }) => collateral));
  if (!kinds.has('bond')) return 'stake';
  return kinds.size === 1 ? 'bonds' : 'stake and bonds';
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
  const named = spared.length > namedMost ? `${spared.length} cohorts` : spared.join(' and ');
  const others = spared.length === 0 ? '' : `; ${named} lost none`;
  return `${cohort.share} of it ${cohort.key}’s and ${reason}${others}`;
}
