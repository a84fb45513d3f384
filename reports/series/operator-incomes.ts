import { numberOf, records, type Table, textOf } from '../../sim/record/tables/table.js';
import type { ChartInput } from '../drawing/chart.js';

/** Income so far of operators of whom a node ever joined [tokens], in no order that tells anything. */
export interface OperatorIncomes {
  readonly all: Float64Array;
  readonly honest: Float64Array;
}

const readBefore = new WeakMap<Table, OperatorIncomes>();

/** What true operators, not identities, were paid; of the first replication. */
export function operatorIncomes(input: ChartInput): OperatorIncomes {
  let incomes = readBefore.get(input.nodes);
  if (incomes === undefined) {
    incomes = readIncomes(input);
    readBefore.set(input.nodes, incomes);
  }
  return incomes;
}

function readIncomes({ nodes, attackers, nameOf }: ChartInput): OperatorIncomes {
  const [all, honest] = [new Map<number, number>(), new Map<number, number>()];
  for (const node of records(nodes, ['operator', 'cohort', 'incomeTokens', 'joinedDays'])) {
    if (node.joinedDays === null) continue;
    const [operator, income] = [numberOf(node.operator), numberOf(node.incomeTokens)];
    all.set(operator, (all.get(operator) ?? 0) + income);
    const cohort = textOf(node.cohort);
    if (attackers.includes(nameOf.get(cohort) ?? cohort)) continue;
    honest.set(operator, (honest.get(operator) ?? 0) + income);
  }
  return { all: Float64Array.from(all.values()).sort(), honest: Float64Array.from(honest.values()).sort() };
}
