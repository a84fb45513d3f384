import type { FinishedRun, Group, Metric } from '../metric.js';

/** Sums a count over the group's nodes. */
function summed({ world }: FinishedRun, who: Group, countOf: (node: number) => number): number {
  const { nodes, ownership } = world;
  let sum = 0;
  for (let node = 0; node < nodes.count; node++) if (who(ownership.cohort[node]!)) sum += countOf(node);
  return sum;
}

/** Who is suspended for being down too often, and of them who couldn't help it. */
export const suspensionMetrics: readonly Metric[] = [
  {
    name: 'suspendedNodes',
    label: 'nodes suspended',
    unit: 'nodes',
    window: 'after the warm-up',
    meaning: 'Nodes of anybody that were suspended at least once after the warm-up',
    value: (run) =>
      summed(
        run,
        () => true,
        (node) => Number(run.recorder.suspensions.countWarm[node]! > 0),
      ),
  },
  {
    name: 'honestSuspendedNodes',
    label: 'honest nodes suspended',
    unit: 'nodes',
    better: 'lower',
    window: 'after the warm-up',
    meaning: 'Honest nodes that were suspended at least once after the warm-up',
    about: 'honest',
    value: (run, who) => summed(run, who, (node) => Number(run.recorder.suspensions.countWarm[node]! > 0)),
  },
  {
    name: 'falseSuspensions',
    label: 'suspensions for what honest nodes couldn’t help',
    unit: 'suspensions',
    better: 'lower',
    window: 'after the warm-up',
    meaning:
      'Suspensions of honest nodes after the warm-up that would not have been, had the outages not struck that many ' +
      'machines shared',
    about: 'honest',
    value: (run, who) => summed(run, who, (node) => run.recorder.suspensions.falseWarm[node]!),
  },
];
