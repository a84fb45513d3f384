import { attackMetrics } from './attack.js';
import { churnMetrics } from './churn.js';
import type { Metric } from './metric.js';
import { networkMetrics } from './network.js';
import { newcomerParityMetrics } from './newcomer-parity.js';
import { outageRecoveryMetrics } from './outage-recovery.js';
import { serviceMetrics } from './service.js';
import { stakeLostMetrics } from './stake-lost.js';

/** Every figure of a replication, in the order of the columns of runs.csv. */
export const metrics: readonly Metric[] = [
  ...serviceMetrics,
  ...attackMetrics,
  ...networkMetrics,
  ...stakeLostMetrics,
  ...outageRecoveryMetrics,
  ...churnMetrics,
  ...newcomerParityMetrics,
];

/** Names that expectations can refer to. */
export const metricNames: readonly string[] = metrics.map((metric) => metric.name);
