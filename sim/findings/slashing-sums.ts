import { numberOf, records, type Table, textOf } from '../record/tables/table.js';

/** What the causes of a slash are called in plain words. */
const causes: Readonly<Record<string, string>> = {
  timeout: 'results that didn’t come in time',
  absence: 'participation that peers didn’t see',
  invalid: 'answers that failed their check',
  checkInMissed: 'missed check-ins',
};

/** A cause, as the tables have it, in plain words: `answers that failed their check` for `invalid`. */
function causeInWords(cause: string): string {
  return causes[cause] ?? cause;
}

/** A slash, as a run's table `slashings` has it. */
export interface Slashing {
  readonly timeDays: number;
  readonly node: number;
  readonly cohort: string;
  /** In plain words. */
  readonly cause: string;
  /** What was slashed: `stake`, `bond`, or `bondToken` for a bond in a currency of its own. */
  readonly collateral: string;
  /** Of that currency. */
  readonly tokens: number;
}

/** The slashes of a run in the order of time. */
export function* slashingsOf(table: Table): Generator<Slashing> {
  for (const slash of records(table, ['timeDays', 'node', 'cohort', 'cause', 'collateral', 'amountTokens'])) {
    yield {
      timeDays: numberOf(slash.timeDays),
      node: numberOf(slash.node),
      cohort: textOf(slash.cohort),
      cause: causeInWords(textOf(slash.cause)),
      collateral: textOf(slash.collateral),
      tokens: numberOf(slash.amountTokens),
    };
  }
}

/** Slashings that share a key, added up. */
export interface SlashingSum {
  readonly first: Slashing;
  readonly nodes: number;
  readonly count: number;
  readonly tokens: number;
}

/** Slashings added up by a key, in the order in which each first occurred. */
export function slashingSums(
  slashings: Iterable<Slashing>,
  keyOf: (slashing: Slashing) => string,
): ReadonlyMap<string, SlashingSum> {
  const groups = new Map<string, { first: Slashing; nodes: Set<number>; count: number; tokens: number }>();
  for (const slashing of slashings) {
    const key = keyOf(slashing);
    const group = groups.get(key) ?? { first: slashing, nodes: new Set(), count: 0, tokens: 0 };
    groups.set(key, group);
    group.nodes.add(slashing.node);
    group.count++;
    group.tokens += slashing.tokens;
  }
  return new Map([...groups].map(([key, group]) => [key, { ...group, nodes: group.nodes.size }]));
}
