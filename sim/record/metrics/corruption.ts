import { microTokens } from '../../model/contract/units.js';
import type { Metric } from './metric.js';

const attack =
  'by the operator who at any sample could gain most beyond its cost, if it falsified all clients’ jobs that it ' +
  'then had; empty without value at risk';

/** Whether corrupting results costs more than it brings: secure while the cost is above the profit. */
export const corruptionMetrics: readonly Metric[] = [
  {
    name: 'costOfCorruptionTokens',
    label: 'what an attack at the weakest time could cost',
    unit: 'tokens',
    formula: 'Σ slashable of the operator with the largest profit − cost; secure while cost > profit',
    source: 'Cost and profit of corruption, as restaking reckons its security (EigenLayer)',
    better: 'higher',
    window: 'after the warm-up',
    meaning: `Stake, own, delegated and unbonding, and bonds that could be slashed for an attack ${attack}`,
    value: ({ recorder }) => recorder.security.worst.cost / microTokens,
  },
  {
    name: 'profitFromCorruptionTokens',
    label: 'what an attack at the weakest time could bring',
    unit: 'tokens',
    formula: 'Σ value at risk of its open jobs; secure while cost > profit',
    source: 'Cost and profit of corruption, as restaking reckons its security (EigenLayer)',
    better: 'lower',
    window: 'after the warm-up',
    meaning: `Value at risk of the jobs of an attack ${attack}`,
    value: ({ recorder }) => recorder.security.worst.profit / microTokens,
  },
];
