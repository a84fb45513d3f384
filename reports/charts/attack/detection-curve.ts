import { secondsPerDay } from '../../../sim/model/contract/units.js';
import type { Chart, DetectionsOfCohort } from '../../drawing/chart.js';
import { stepPlot, stepPlotSaid } from '../../drawing/step-plot.js';
import { percent } from '../../drawing/words.js';
import { toNumber, toPhrase } from '../../figure.js';

const SUBTITLE =
  'Estimated share of identities that returned a wrong result on purpose, by the time since the first one.';

/** How long attackers get away with it. */
export const detectionCurve: Chart = {
  name: 'detection-curve',
  title: 'Attackers that were punished',
  description:
    'A line steps up at each time since its first lie at which an attacker’s identity was struck by a ' +
    'penalty for the first time: a loss of stake, bond or score, or jail. One that left or saw the run end before ' +
    'is censored: it counts for as long as it was watched, and the line goes on with those that still were (Kaplan ' +
    'and Meier 1958), which are few far to the right.',
  isOverTime: false,
  applies: ({ detections }) => detections.length > 0,
  spec(input) {
    return stepPlot(input, input.detections, {
      title: this.title,
      subtitle: SUBTITLE,
      description: this.description,
      since: 'Since the first lie',
      share: 'Cheating identities punished',
    });
  },
  says(input) {
    const { detections } = input;
    if (detections.length === 0) return 'No attacker returned a wrong result on purpose.';
    return stepPlotSaid(input, detections, sentenceOf);
  },
};

function sentenceOf({ cohort, cheats, punished, medianDays }: DetectionsOfCohort): string {
  const after = `within ${toPhrase(medianDays * secondsPerDay, 's')} of the first lie`;
  if (cheats === 1) {
    const fate = punished === 1 ? `was punished ${after}` : 'got away with it';
    return `the only identity of ${cohort} that cheated ${fate}`;
  }
  const who = `of ${toNumber(cheats)} identities of ${cohort} that cheated`;
  if (punished === 0) return `${who}, none was punished`;
  const share = punished === cheats ? 'all' : percent(punished / cheats);
  if (Number.isNaN(medianDays)) return `${who}, fewer than half were punished: ${share}`;
  return `${who}, ${share} were punished by the end, by estimate half ${after}`;
}
