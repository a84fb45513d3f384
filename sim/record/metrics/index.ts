import { attackMetrics } from './attack.js';
import { churnMetrics } from './churn.js';
import { corruptionMetrics } from './corruption.js';
import { detectionMetrics } from './detection.js';
import { outageRecoveryMetrics } from './harm/outage-recovery.js';
import { stakeHeldMetrics } from './harm/stake-held.js';
import { stakeLostMetrics } from './harm/stake-lost.js';
import { suspensionMetrics } from './harm/suspensions.js';
import { inconclusiveMetrics } from './inconclusive.js';
import { hardwareMetrics } from './jobs/hardware.js';
import { inLineMetrics } from './jobs/in-line.js';
import { inTimeMetrics } from './jobs/in-time.js';
import { type FinishedRun, type Metric, type MetricValues, wholeOf } from './metric.js';
import { moneyMetrics } from './money.js';
import { networkMetrics } from './network.js';
import { newcomerParityMetrics } from './newcomer-parity.js';
import { numericAnswerMetrics } from './numeric-answers.js';
import { attestationMetrics } from './operators/attestations.js';
import { delegatorMetrics } from './operators/delegators.js';
import { distributionMetrics } from './operators/distribution.js';
import { identityValueMetrics } from './operators/identity-value.js';
import { ownJobMetrics } from './own-jobs.js';
import { serviceMetrics } from './service.js';
import { spotCheckMetrics } from './spot-checks.js';
import { twinMetrics } from './twin.js';
import { voteMetrics } from './votes.js';

/** Every figure of a replication, in the order of the columns of runs.csv. */
export const metrics: readonly Metric[] = [
  ...serviceMetrics,
  ...inTimeMetrics,
  ...inLineMetrics,
  ...hardwareMetrics,
  ...inconclusiveMetrics,
  ...numericAnswerMetrics,
  ...attackMetrics,
  ...detectionMetrics,
  ...twinMetrics,
  ...networkMetrics,
  ...distributionMetrics,
  ...delegatorMetrics,
  ...attestationMetrics,
  ...identityValueMetrics,
  ...stakeLostMetrics,
  ...stakeHeldMetrics,
  ...corruptionMetrics,
  ...suspensionMetrics,
  ...outageRecoveryMetrics,
  ...churnMetrics,
  ...newcomerParityMetrics,
  ...spotCheckMetrics,
  ...ownJobMetrics,
  ...moneyMetrics,
  ...voteMetrics,
];

/** Names that expectations can refer to, of the package's own. */
export const metricNames: readonly string[] = metrics.map((metric) => metric.name);

/** Whether a metric of the name can't be told without the run's honest twin; false for any other name. */
export function needsTwin(name: string, all: readonly Metric[] = metrics): boolean {
  return all.some((metric) => metric.name === name && metric.needs === 'twin');
}

/** Every metric of a finished run. */
export function measure(run: FinishedRun, all: readonly Metric[] = metrics): MetricValues {
  return Object.fromEntries(all.map((metric) => [metric.name, wholeOf(metric, run)]));
}

/**
 * A metric by the name and unit that tables have of it: one of the package's, or of one that a scenario brought what
 * these two tell.
 */
export function metricTold(name: string, unit: string): Metric {
  const own = metrics.find((metric) => metric.name === name);
  const window = 'after the warm-up';
  return (
    own ?? { name, label: labelOf(name), unit, window, meaning: `${name} of the scenario`, value: () => Number.NaN }
  );
}

/** What people call a metric that says no more than its name: `idleHours` is `idle hours`. */
export function labelOf(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** The metric of that name; throws when there is none. */
export function metricNamed(name: string, all: readonly Metric[] = metrics): Metric {
  const found = all.find((metric) => metric.name === name);
  if (found === undefined) throw new Error(`expected one of the metrics, found ${name}`);
  return found;
}
