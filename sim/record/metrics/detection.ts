import { kaplanMeierMedian, type TimeToEvent } from '../../kernels/kaplan-meier.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { type Detection, DetectionCount } from '../rows/detection.js';
import type { FinishedRun, Group, Metric } from './metric.js';

type Durations = (detection: Detection, run: FinishedRun, isAsked: (node: number) => boolean) => readonly TimeToEvent[];

/** Nothing of a run without attackers. */
function durationsOf(run: FinishedRun, who: Group, durations: Durations): readonly TimeToEvent[] {
  const { detection } = run.recorder;
  const { ownership } = run.world;
  return detection === null ? [] : durations(detection, run, (node) => who(ownership.cohort[node]!));
}

function medianOf(run: FinishedRun, who: Group, durations: Durations): number {
  return kaplanMeierMedian(durationsOf(run, who, durations));
}

const toPenalty: Durations = (detection, { world }, isAsked) => detection.timesToPenalty(world, isAsked);
const median = 'Median (Kaplan–Meier) over attackers’ identities that lied of';
const censored = 'leaving and the end censor it; empty if fewer than half were';

/** How long attackers get away with it, and how often verification errs. */
export const detectionMetrics: readonly Metric[] = [
  {
    name: 'detectionMedianDays',
    isQuantile: true,
    label: 'median time until an attacker was punished',
    unit: 'd',
    formula: 'least t with S(t) ≤ 1/2, S(t) = Π over times until t of 1 − events ÷ at risk',
    source: 'Kaplan and Meier 1958, Nonparametric estimation from incomplete observations',
    better: 'lower',
    window: 'whole run',
    about: 'attackers',
    meaning:
      `${median} the time from the first one to the first penalty (a loss of stake, bond or score, or jail); ` +
      `${censored} punished`,
    value: (run, who) => medianOf(run, who, toPenalty) / secondsPerDay,
  },
  {
    name: 'detectionMedianJobs',
    isQuantile: true,
    label: 'median number of jobs that an attacker did before it was punished',
    unit: 'jobs',
    formula: 'least t with S(t) ≤ 1/2, S(t) = Π over times until t of 1 − events ÷ at risk; t in results',
    source: 'Kaplan and Meier 1958, Nonparametric estimation from incomplete observations',
    better: 'lower',
    window: 'whole run',
    about: 'attackers',
    meaning:
      `${median} the results that it returned from the first lie to the first penalty, that one included; ` +
      `${censored} punished`,
    value: (run, who) =>
      medianOf(run, who, (detection, { world }, isAsked) =>
        detection.countsToPenalty(world, isAsked, DetectionCount.jobs),
      ),
  },
  {
    name: 'detectionMedianWrong',
    isQuantile: true,
    label: 'median number of lies before an attacker was punished',
    unit: 'results',
    formula: 'least t with S(t) ≤ 1/2, S(t) = Π over times until t of 1 − events ÷ at risk; t in lies',
    source: 'Kaplan and Meier 1958, Nonparametric estimation from incomplete observations',
    better: 'lower',
    window: 'whole run',
    about: 'attackers',
    meaning: `${median} the lies up to the first penalty, the one that it was for included; ${censored} punished`,
    value: (run, who) =>
      medianOf(run, who, (detection, { world }, isAsked) =>
        detection.countsToPenalty(world, isAsked, DetectionCount.wrong),
      ),
  },
  {
    name: 'detectedFraction',
    label: 'share of cheating identities that were punished',
    unit: 'fraction',
    formula: 'punished ÷ all that lied',
    better: 'higher',
    window: 'whole run',
    about: 'attackers',
    meaning:
      'Of attackers’ identities that lied, returned a wrong result on purpose, the share that a penalty struck after ' +
      'the first one',
    value: (run, who) => {
      const durations = durationsOf(run, who, toPenalty);
      return durations.filter(({ isObserved }) => isObserved).length / durations.length;
    },
  },
  {
    name: 'ejectionMedianDays',
    isQuantile: true,
    label: 'median time until an attacker was ejected',
    unit: 'd',
    formula: 'least t with S(t) ≤ 1/2, S(t) = Π over times until t of 1 − events ÷ at risk',
    source: 'Kaplan and Meier 1958, Nonparametric estimation from incomplete observations',
    better: 'lower',
    window: 'whole run',
    about: 'attackers',
    meaning: `${median} the time from the first one to ejection; ${censored} ejected`,
    value: (run, who) =>
      medianOf(run, who, (detection, { world }, isAsked) => detection.timesToEjection(world, isAsked)) / secondsPerDay,
  },
  {
    name: 'ejectionMedianJobs',
    isQuantile: true,
    label: 'median number of jobs that an attacker did before it was ejected',
    unit: 'jobs',
    better: 'lower',
    window: 'whole run',
    about: 'attackers',
    meaning:
      `${median} the results that it returned from the first lie to ejection, that one included; ` +
      `${censored} ejected`,
    value: (run, who) =>
      medianOf(run, who, (detection, { world }, isAsked) =>
        detection.countsToEjection(world, isAsked, DetectionCount.jobs),
      ),
  },
  {
    name: 'ejectionMedianWrong',
    isQuantile: true,
    label: 'median number of lies before an attacker was ejected',
    unit: 'results',
    better: 'lower',
    window: 'whole run',
    about: 'attackers',
    meaning: `${median} the lies up to ejection, the one that it was for included; ${censored} ejected`,
    value: (run, who) =>
      medianOf(run, who, (detection, { world }, isAsked) =>
        detection.countsToEjection(world, isAsked, DetectionCount.wrong),
      ),
  },
  {
    name: 'falseAcceptRate',
    label: 'share of wrong results that verification let pass',
    unit: 'fraction',
    formula: 'wrong results accepted ÷ wrong results',
    better: 'lower',
    window: 'after the warm-up',
    meaning:
      'Of results of clients’ jobs that were wrong, the share whose verdict accepted them; late results have none',
    of: ({ tally: { wrongPassed, wrongResults } }) => (wrongResults === 0 ? Number.NaN : wrongPassed / wrongResults),
  },
  {
    name: 'falseRejectRate',
    label: 'share of right results that verification rejected',
    unit: 'fraction',
    formula: 'right results found wrong ÷ right results',
    better: 'lower',
    window: 'after the warm-up',
    meaning:
      'Of results of clients’ jobs that were right, the share whose verdict found them wrong; late results have none',
    of: ({ tally: { rightFailed, rightResults } }) => (rightResults === 0 ? Number.NaN : rightFailed / rightResults),
  },
];
