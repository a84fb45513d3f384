import { largest, smallest } from '../../../kernels/extent.js';
import { hardwareUses } from '../../tables/nodes/hardware.js';
import type { FinishedRun, Metric } from '../metric.js';

/** Utilisation of each hardware class of which a machine was up; at least one, NaN without any. */
function utilisations({ world }: FinishedRun): readonly number[] {
  const ups = hardwareUses(world).filter(({ up }) => up > 0);
  return ups.length === 0 ? [Number.NaN] : ups.map(({ up, worked }) => worked / up);
}

/** Whether some machines stand idle while others are full; hardware.csv has every class. */
export const hardwareMetrics: readonly Metric[] = [
  {
    name: 'utilisationLeast',
    label: 'utilisation of the hardware class with least to do',
    unit: 'fraction',
    window: 'whole run',
    meaning: 'Slot time worked over slot time up, as of utilisation, of the true hardware class in which that is least',
    value: (run) => smallest(utilisations(run)),
  },
  {
    name: 'utilisationMost',
    label: 'utilisation of the hardware class with most to do',
    unit: 'fraction',
    window: 'whole run',
    meaning: 'The same of the class in which it is most',
    value: (run) => largest(utilisations(run)),
  },
];
