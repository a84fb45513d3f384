import { kaplanMeierMedian, type TimeToEvent } from '../../kernels/kaplan-meier.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { isNewcomer } from '../newcomer-parity.js';
import type { FinishedRun, Metric } from './metric.js';

/** From joining to the first result that was accepted, of honest newcomers [s]. */
function timesToFirstJob({ world, recorder }: FinishedRun): readonly TimeToEvent[] {
  const { nodes, simulation } = world;
  const found: TimeToEvent[] = [];
  for (let node = 0; node < nodes.count; node++) {
    if (!isNewcomer(world, node, recorder.options.warmUpSeconds)) continue;
    const at = recorder.firstJobAt.get(node);
    const time = (at ?? Math.min(simulation.now, nodes.leftAt[node]!)) - nodes.joinedAt[node]!;
    found.push({ time, isObserved: at !== undefined });
  }
  return found;
}

/** How newcomers come to earn like the others; empty cells without newcomers that stay for a week. */
export const newcomerParityMetrics: readonly Metric[] = [
  {
    name: 'newcomerParityMedianDays',
    isQuantile: true,
    label: 'median time until newcomers earn like others',
    needs: 'newcomers',
    unit: 'd',
    formula: 'least t with S(t) ≤ 1/2, S(t) = Π over times until t of 1 − events ÷ at risk',
    source: 'Kaplan and Meier 1958, Nonparametric estimation from incomplete observations',
    better: 'lower',
    window: 'after the warm-up',
    meaning:
      'Median (Kaplan–Meier) time from joining, after the warm-up, to the first day from which on, for seven days, ' +
      'an honest newcomer earns at least 90 % of its hardware class’s median; leaving and the end censor it; empty ' +
      'if fewer than half got there',
    value: ({ world, recorder }) => kaplanMeierMedian(recorder.parity.durations(world)) / secondsPerDay,
  },
  {
    name: 'newcomersAtParityFraction',
    label: 'share of newcomers that came to earn like others',
    needs: 'newcomers',
    unit: 'fraction',
    better: 'higher',
    window: 'after the warm-up',
    meaning: 'Share of these newcomers, those there for seven days of daily looks, that got there while they were seen',
    value: ({ world, recorder }) => {
      const durations = recorder.parity.durations(world);
      return durations.filter(({ isObserved }) => isObserved).length / durations.length;
    },
  },
  {
    name: 'newcomerFirstJobMedianDays',
    isQuantile: true,
    label: 'median time until newcomers did a first job',
    needs: 'newcomers',
    unit: 'd',
    formula: 'least t with S(t) ≤ 1/2, S(t) = Π over times until t of 1 − events ÷ at risk',
    source: 'Kaplan and Meier 1958, Nonparametric estimation from incomplete observations',
    better: 'lower',
    window: 'after the warm-up',
    meaning:
      'Median (Kaplan–Meier) time from joining, after the warm-up, to the first result of an honest newcomer that ' +
      'was accepted; leaving and the end censor it; empty if fewer than half had one',
    value: (run) => kaplanMeierMedian(timesToFirstJob(run)) / secondsPerDay,
  },
];
