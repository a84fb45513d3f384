import { type Column, numberOf, type Table, textOf } from '../../sim/record/tables/table.js';

/** What a mechanism measured of nodes that were in the network, as tables have it. */
export interface MeasuredOfNodes {
  readonly name: string;
  readonly unit: string;
  readonly meaning: string;
  /** Of the nodes of each cohort that have one, in the order asked for. */
  readonly byCohort: readonly (readonly number[])[];
}

/** The last column of nodes.csv that every network has; what its mechanisms measure follows. */
const lastOfAll = 'machineUpFraction';

/** Columns of nodes.csv that the network's own mechanisms add: scores for job classes, and what they measure. */
export function measuredOf<Named>(columns: readonly Named[], nameOf: (column: Named) => string): readonly Named[] {
  return columns.slice(columns.findIndex((column) => nameOf(column) === lastOfAll) + 1);
}

/** Words for a column whose unit is told beside it: `realTimeLatencyMedianSeconds` is `real time latency median`. */
export function columnWords(name: string): string {
  const words = name.replace(/(Seconds|Days|Hours|Fraction|Tokens|Points)$/, '');
  return words.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replace(/\bsla\b/, 'SLA');
}

/**
 * What was measured of each cohort's nodes that joined.
 *
 * @param cohortOf which of so many cohorts a name of the table belongs to, from 0; −1 for none
 */
export function measuredByCohort(nodes: Table, cohorts: number, cohortOf: (name: string) => number): MeasuredOfNodes[] {
  const measured = measuredOf<Column>(nodes.columns, ({ name }) => name);
  const found = measured.map(({ name, unit, meaning }) => {
    return { name, unit, meaning, byCohort: Array.from({ length: cohorts }, (): number[] => []) };
  });
  const placeOf = (name: string) => nodes.columns.findIndex((column) => column.name === name);
  const [cohortAt, joinedAt] = [placeOf('cohort'), placeOf('joinedDays')];
  const places = measured.map(({ name }) => placeOf(name));
  if (places.length === 0) return found;
  for (const cells of nodes.rows(new Set([cohortAt, joinedAt, ...places]))) {
    const cohort = cohortOf(textOf(cells[cohortAt]!));
    if (cohort < 0 || cells[joinedAt] === null) continue;
    places.forEach((place, at) => {
      const value = cells[place]!;
      if (value !== null) found[at]!.byCohort[cohort]!.push(numberOf(value));
    });
  }
  return found;
}
