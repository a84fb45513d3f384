import type { Counts } from '../../counted-window.js';
import type { CountedMetric, Group, Metric } from '../metric.js';

/** Share of the attestations that the group gave; NaN where nobody gave any. */
function shareOfAttestations({ tally: { attestations } }: Counts, who: Group): number {
  let some = 0;
  let all = 0;
  for (let cohort = 0; cohort < attestations.length; cohort++) {
    all += attestations[cohort]!;
    if (who(cohort)) some += attestations[cohort]!;
  }
  return all === 0 ? Number.NaN : some / all;
}

export const attackerAttestationShare: CountedMetric = {
  name: 'attackerAttestationShare',
  label: 'attackers’ share of the attestations',
  unit: 'fraction',
  better: 'lower',
  window: 'after the warm-up',
  about: 'attackers',
  meaning:
    'Share of the replies of witnesses and jurors about clients’ jobs that ended that attackers’ nodes gave, ' +
    'whatever they said, over the time of attackerWorkShare; empty where nobody is asked',
  isSinceEntry: true,
  of: shareOfAttestations,
  whole: ({ recorder: { options } }) => options.attack?.attestations.highest.value ?? Number.NaN,
};

/** Who says what was seen. */
export const attestationMetrics: readonly Metric[] = [attackerAttestationShare];
