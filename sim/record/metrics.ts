import type { Metric } from './metric.js';
import { attackMetrics } from './metrics/attack.js';
import { networkMetrics } from './metrics/network.js';
import { serviceMetrics } from './metrics/service.js';

/** Every figure of a replication, in the order of the columns of runs.csv. */
export const metrics: readonly Metric[] = [...serviceMetrics, ...attackMetrics, ...networkMetrics];

/** Names that expectations can refer to. */
export const metricNames: readonly string[] = metrics.map((metric) => metric.name);
