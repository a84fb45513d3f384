import { COHORT_COLORS, GREYS } from './theme.js';

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
  /** In the order of the scenario; the group of others last. */
  readonly cohorts: readonly string[];
  /** One a cohort: its own where it can be, whoever else there is. */
  readonly colors: readonly string[];
  /** Those of the cohorts that attack. */
  readonly attackers: readonly string[];
  /** The name under which each cohort of the scenario appears. */
  readonly nameOf: ReadonlyMap<string, string>;
  /** Name of the group of others; empty where everybody appears. */
  readonly others: string;
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
  let others = rest.length === 0 ? '' : `others (${rest.length} cohorts)`;
  while (others !== '' && isShown.has(others)) others = `all ${others}`;
  return {
    cohorts: others === '' ? names : [...names, others],
    colors: [...colorsOf(weights, isShown), ...(others === '' ? [] : [GREYS.light])],
    attackers: shown.filter(({ isAttacker }) => isAttacker).map(({ cohort }) => cohort),
    nameOf: new Map(weights.map(({ cohort }) => [cohort, isShown.has(cohort) ? cohort : others])),
    others,
  };
}

/** Says in words who isn't drawn by itself; empty where everybody is. */
export function castSays({ others, cohorts, nameOf }: Cast): string {
  if (others === '') return '';
  return (
    `Of ${nameOf.size} cohorts, charts and tables show ${cohorts.length - 1}: attackers first, then those that did ` +
    `most of the work. The rest stand together as “${others}”: their counts and sums are added up, and their ` +
    'scores and shares of time are means, weighted by nodes. The tables of the run have all of them one by one.'
  );
}

function mostTelling(weights: readonly CohortWeight[]): readonly CohortWeight[] {
  const workOf = ({ workFraction }: CohortWeight) => (Number.isNaN(workFraction) ? 0 : workFraction);
  const bySize = weights.toSorted((a, b) => workOf(b) - workOf(a) || b.nodes - a.nodes);
  const first = bySize.filter(({ isAttacker }) => isAttacker).slice(0, attackersFirst);
  const chosen = new Set([...first, ...bySize.filter((each) => !first.includes(each))].slice(0, castMost - 1));
  return weights.filter((each) => chosen.has(each));
}

/** The colour of a cohort's place in the scenario, or, where another one has that, the next that is free. */
function colorsOf(weights: readonly CohortWeight[], isShown: ReadonlySet<string>): readonly string[] {
  const free = new Set(COHORT_COLORS);
  return weights.flatMap(({ cohort }, place) => {
    if (!isShown.has(cohort)) return [];
    let at = place;
    while (!free.has(COHORT_COLORS[at % COHORT_COLORS.length]!)) at++;
    const color = COHORT_COLORS[at % COHORT_COLORS.length]!;
    free.delete(color);
    return [color];
  });
}
