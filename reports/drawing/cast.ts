import { COHORT_COLORS, cohortColor, GREYS } from './theme.js';

/** What decides whether a cohort is drawn by itself where there are too many for all. */
export interface CohortWeight {
  readonly cohort: string;
  readonly isAttacker: boolean;
  /** Share of the work; NaN where nobody did any. */
  readonly workFraction: number;
  readonly nodes: number;
}

/** Who appears in charts and tables: cohorts by themselves, and the rest of them as one. */
export interface Cast {
  /** In the order of the scenario; the groups of others last. */
  readonly cohorts: readonly string[];
  /** One a cohort, by its place in the scenario alone. */
  readonly colors: readonly string[];
  /** Those of the cohorts that attack, the group of others that do among them. */
  readonly attackers: readonly string[];
  /** The name under which each cohort of the scenario appears. */
  readonly nameOf: ReadonlyMap<string, string>;
  /** Names of the groups of others: honest ones, attackers; none where everybody appears. */
  readonly others: readonly string[];
}

/** More can't be told apart: colours run out, and panels fill a wall. */
const castMost = COHORT_COLORS.length;
/** Attackers come first, but the others whom they are measured against have to be seen, too. */
const attackersFirst = Math.floor(castMost / 2);

/** All cohorts while they are a dozen; beyond, attackers and the largest, by work and nodes, and a group of others. */
export function castOf(weights: readonly CohortWeight[]): Cast {
  const shown = weights.length <= castMost ? weights : mostTelling(weights);
  const names = shown.map(({ cohort }) => cohort);
  const isShown = new Set(names);
  const rest = weights.filter(({ cohort }) => !isShown.has(cohort));
  const groups = [
    { isAttacker: false, word: 'others', color: GREYS.light },
    { isAttacker: true, word: 'other attackers', color: GREYS.dark },
  ].flatMap(({ isAttacker, word, color }) => {
    const members = rest.filter((each) => each.isAttacker === isAttacker);
    if (members.length === 0) return [];
    let name = `${word} (${members.length} ${members.length === 1 ? 'cohort' : 'cohorts'})`;
    while (isShown.has(name)) name = `all ${name}`;
    return [{ isAttacker, name, color }];
  });
  const groupOf = (side: boolean) => groups.find(({ isAttacker }) => isAttacker === side)!.name;
  const attacking = [...shown.map(({ cohort: name, isAttacker }) => ({ name, isAttacker })), ...groups];
  return {
    cohorts: [...names, ...groups.map(({ name }) => name)],
    colors: [
      ...weights.flatMap(({ cohort }, place) => (isShown.has(cohort) ? cohortColor(place) : [])),
      ...groups.map(({ color }) => color),
    ],
    attackers: attacking.filter(({ isAttacker }) => isAttacker).map(({ name }) => name),
    nameOf: new Map(
      weights.map(({ cohort, isAttacker }) => [cohort, isShown.has(cohort) ? cohort : groupOf(isAttacker)]),
    ),
    others: groups.map(({ name }) => name),
  };
}

/** Says in words who isn't drawn by itself; empty where everybody is. */
export function castSays({ others, cohorts, nameOf }: Cast): string {
  if (others.length === 0) return '';
  const rest = others.map((name) => `“${name}”`).join(' and ');
  return (
    `Of ${nameOf.size} cohorts, charts and tables show ${cohorts.length - others.length}: attackers first, then ` +
    `those that did most of the work. The rest stand together as ${rest}: their counts and sums are added up, and ` +
    'their scores and shares of time are means, weighted by nodes. The tables of the run have all of them one by one.'
  );
}

function mostTelling(weights: readonly CohortWeight[]): readonly CohortWeight[] {
  const workOf = ({ workFraction }: CohortWeight) => (Number.isNaN(workFraction) ? 0 : workFraction);
  const bySize = weights.toSorted((a, b) => workOf(b) - workOf(a) || b.nodes - a.nodes);
  const first = bySize.filter(({ isAttacker }) => isAttacker).slice(0, attackersFirst);
  const inOrder = [...first, ...bySize.filter((each) => !first.includes(each))];
  // a place for each group of others
  const sides = new Set(inOrder.slice(castMost - 1).map(({ isAttacker }) => isAttacker));
  const chosen = new Set(inOrder.slice(0, castMost - sides.size));
  return weights.filter((each) => chosen.has(each));
}
