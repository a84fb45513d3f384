import { secondsPerDay } from '../../../sim/model/contract/units.js';
import { firstText } from '../../drawing/band.js';
import type { Chart, DetectionsOfCohort } from '../../drawing/chart.js';
import { chartTitle, SINGLE_PANEL } from '../../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer, shownOnly } from '../../drawing/interaction.js';
import { cohortColor, cohortDash } from '../../drawing/lines.js';
import { inFirst, perCohort, percent } from '../../drawing/words.js';
import { toNumber, toPhrase } from '../../figure.js';
import { countReplications } from '../../series/sample-columns.js';
import { stepCorners, stepStretches } from '../../series/step-curves.js';

const SUBTITLE = 'Estimated share of identities that returned a wrong result, by the time since the first one.';

/** How long attackers get away with it. */
export const detectionCurve: Chart = {
  name: 'detection-curve',
  title: 'Attackers that were punished',
  description:
    'A line steps up at each time since its first wrong result at which an attacker’s identity was struck by a ' +
    'penalty for the first time: a loss of stake, bond or score, or jail. One that left or saw the run end before ' +
    'is censored: it counts for as long as it was watched, and the line goes on with those that still were (Kaplan ' +
    'and Meier 1958), which are few far to the right.',
  isOverTime: false,
  applies: ({ detections }) => detections.length > 0,
  spec(input) {
    const { detections } = input;
    const drawn = detections.map(({ cohort }) => cohort);
    const longest = detections.reduce((most, { watchedDays }) => Math.max(most, watchedDays), 0);
    const end = longest > 0 ? longest : 1;
    const x = {
      type: 'quantitative' as const,
      title: 'Time since the first wrong result [days]',
      scale: { domain: [0, end], nice: false },
      axis: { tickCount: 8, labelFlush: false },
    };
    const line = {
      data: { values: detections.flatMap((each) => stepCorners(each, end)) },
      transform: [shownOnly],
      mark: { type: 'line' as const, strokeWidth: 1.75, interpolate: 'step-after' as const },
      encoding: {
        x: { ...x, field: 'days' },
        y: {
          field: 'share',
          type: 'quantitative' as const,
          title: 'Cheating identities punished [%]',
          scale: { domain: [0, 100], nice: false },
          axis: { tickCount: 5 },
        },
        color: cohortColor(input, 'stroke', drawn),
        ...cohortDash(input, drawn),
      },
    };
    const hover = stepStretches(detections, end, 'Since the first wrong result');
    return {
      ...SINGLE_PANEL,
      title: chartTitle(this.title, SUBTITLE, firstText(countReplications(input))),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [line, hoverLayer(hover, x)],
    };
  },
  says(input) {
    const { attackers, detections } = input;
    const first = inFirst(countReplications(input)).slice(2);
    const told =
      detections.length === 0
        ? 'no attacker returned a wrong result'
        : perCohort(
            detections.map(({ cohort }) => cohort),
            (_, index) => sentenceOf(detections[index]!),
            attackers,
          );
    const text = first === '' ? told : `${first}, ${told}`;
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  },
};

function sentenceOf({ cohort, cheats, punished, medianDays }: DetectionsOfCohort): string {
  const after = `within ${toPhrase(medianDays * secondsPerDay, 's')} of the first wrong result`;
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
