import type { Metric } from './metric.js';
import { attackMetrics } from './metrics/attack.js';
import { churnMetrics } from './metrics/churn.js';
import { networkMetrics } from './metrics/network.js';
import { newcomerParityMetrics } from './metrics/newcomer-parity.js';
import { outageRecoveryMetrics } from './metrics/outage-recovery.js';
import { serviceMetrics } from './metrics/service.js';
import { stakeLostMetrics } from './metrics/stake-lost.js';

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
