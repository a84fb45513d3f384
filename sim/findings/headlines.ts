import { metricNamed } from '../record/metrics/index.js';
import type { Metric, MetricValues } from '../record/metrics/metric.js';

/** The metrics that a reader looks at first, in that order, in words; those that don't apply to a run are left out. */
const headlines: readonly (readonly [name: string, label: string])[] = [
  ['attackerWorkShare', 'Attackers’ share of the work'],
  ['attackerPeakWorkShare', 'Attackers’ highest share'],
  ['attackerProfitUsd', 'Attackers’ profit'],
  ['attackerReturnOnCapital', 'Attackers’ return on capital'],
  ['attackersEjectedFraction', 'Attackers ejected'],
  ['scoreAuc', 'Attackers scored below honest nodes'],
  ['jobsFinal', 'Jobs'],
  ['completedFraction', 'Jobs completed, of those that ended'],
  ['jobsOpen', 'Jobs open at the end'],
  ['latencyP50Seconds', 'Latency, half of the jobs'],
  ['latencyP95Seconds', 'Latency, 95 % of the jobs'],
  ['waitingMeanSeconds', 'Mean wait for a node'],
  ['wrongAcceptedRate', 'Wrong results accepted'],
  ['redundancyFactor', 'Attempts for each completed job'],
  ['utilisation', 'Utilisation of the machines'],
  ['honestSlashedNodes', 'Honest nodes slashed'],
  ['honestStakeLostTokens', 'Slashed from honest nodes'],
  ['honestReturnOnCapital', 'Honest operators’ return on capital'],
  ['outageRecoveryMedianHours', 'Recovery from shared outages'],
  ['newcomerParityMedianDays', 'Newcomers earn like others after'],
  ['newcomersAtParityFraction', 'Newcomers that came to earn like others'],
  ['nodesOnline', 'Nodes online at the end'],
];

/** A figure that comes first, and what to call it. */
export interface HeadlineFigure {
  readonly metric: Metric;
  readonly label: string;
  readonly value: number;
}

/** The figures of a run that come first. */
export function headlineFigures(values: MetricValues): readonly HeadlineFigure[] {
  return headlines
    .map(([name, label]) => ({ metric: metricNamed(name), label, value: values[name]! }))
    .filter(({ value }) => !Number.isNaN(value));
}
