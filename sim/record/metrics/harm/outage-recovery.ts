import { kaplanMeierMedian } from '../../../kernels/kaplan-meier.js';
import { secondsPerHour } from '../../../model/contract/units.js';
import type { FinishedRun, Metric } from '../metric.js';

function recoveredFraction({ recorder }: FinishedRun): number {
  const durations = recorder.recovery.durations();
  return durations.filter(({ isObserved }) => isObserved).length / durations.length;
}

/** How income comes back after outages that many machines share; empty cells without such an outage. */
export const outageRecoveryMetrics: readonly Metric[] = [
  {
    name: 'outageRecoveryMedianHours',
    isQuantile: true,
    label: 'median time to recover from shared outages',
    needs: 'sharedOutages',
    unit: 'h',
    formula: 'least t with S(t) ≤ 1/2, S(t) = Π over times until t of 1 − events ÷ at risk',
    source: 'Kaplan and Meier 1958, Nonparametric estimation from incomplete observations',
    better: 'lower',
    window: 'after the warm-up',
    meaning:
      'Median (Kaplan–Meier) over shared outages that begin a day or more after the warm-up and strike an honest ' +
      'node in the network: time from the end to the first sample from which on, for a day, the honest nodes that ' +
      'it struck earn at least 95 %, a node, of what they did over the seven days before it; empty if fewer than ' +
      'half came back',
    value: ({ recorder }) => kaplanMeierMedian(recorder.recovery.durations()) / secondsPerHour,
  },
  {
    name: 'outagesRecoveredFraction',
    label: 'share of shared outages recovered from',
    needs: 'sharedOutages',
    unit: 'fraction',
    better: 'higher',
    window: 'after the warm-up',
    meaning:
      'Share of these outages, those that ended a day or more before the end, after which that was seen; empty if ' +
      'none struck',
    value: recoveredFraction,
  },
];
