import { numberOf, records, type Table, textOf } from '../../sim/record/tables/table.js';
import type { ChartInput } from '../drawing/chart.js';

/** A node that was in the network: its final score, the work it did, and how long it was there. */
export interface FinalNode {
  readonly score: number;
  /** Accepted work on the reference card [h]. */
  readonly workHours: number;
  /** From joining to leaving, ejection or the end of the run. */
  readonly days: number;
}

/** Read once, as several charts look at each of up to a million nodes. */
const readBefore = new WeakMap<Table, FinalNode[][]>();

/** The final nodes of each cohort, in the order of cohorts; those that never joined or have no score are left out. */
export function finalNodes(input: ChartInput): readonly (readonly FinalNode[])[] {
  let nodes = readBefore.get(input.nodes);
  if (nodes === undefined) {
    nodes = readNodes(input);
    readBefore.set(input.nodes, nodes);
  }
  return nodes;
}

function readNodes({ nodes, cohorts, nameOf, horizonDays }: ChartInput): FinalNode[][] {
  const byCohort = new Map<string, FinalNode[]>(cohorts.map((cohort) => [cohort, []]));
  for (const node of records(nodes, ['cohort', 'score', 'workReferenceHours', 'joinedDays', 'leftDays'])) {
    if (node.score === null || node.joinedDays === null) continue;
    const days = (node.leftDays === null ? horizonDays : numberOf(node.leftDays)) - numberOf(node.joinedDays);
    const final = { score: numberOf(node.score), workHours: numberOf(node.workReferenceHours), days };
    const cohort = textOf(node.cohort);
    byCohort.get(nameOf.get(cohort) ?? cohort)?.push(final);
  }
  return [...byCohort.values()];
}
