import { firstText } from '../drawing/band.js';
import type { Chart, NewcomersOfCohort } from '../drawing/chart.js';
import { chartTitle, SINGLE_PANEL } from '../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer, shownOnly } from '../drawing/interaction.js';
import { cohortColor, cohortDash } from '../drawing/lines.js';
import { inFirst, perCohort, percent } from '../drawing/words.js';
import { toNumber } from '../figure.js';
import { countReplications } from '../series/sample-columns.js';
import { stepCorners, stepStretches } from '../series/step-curves.js';

const SUBTITLE = 'Estimated share of each cohort’s newcomers, by the time since they joined.';

/** How soon newcomers come to earn like those who were there before. */
export const newcomerParity: Chart = {
  name: 'newcomer-parity',
  title: 'Newcomers that earn like the others',
  description:
    'A line steps up at each time since joining from which on a newcomer earned, for seven days, at least 90 % of ' +
    'the median of its hardware class. One that left or saw the run end before is censored: it counts for as long ' +
    'as it was watched, and the line goes on with those that still were (Kaplan and Meier 1958), which are few far ' +
    'to the right. Newcomers are honest nodes that joined after the warm-up and were there for a week of daily looks.',
  isOverTime: false,
  applies: ({ newcomers }) => newcomers.length > 0,
  spec(input) {
    const { newcomers } = input;
    const drawn = newcomers.map(({ cohort }) => cohort);
    const longest = newcomers.reduce((most, { watchedDays }) => Math.max(most, watchedDays), 0);
    const end = longest > 0 ? longest : 1;
    const x = {
      type: 'quantitative' as const,
      title: 'Time since joining [days]',
      scale: { domain: [0, end], nice: false },
      axis: { tickCount: 8, labelFlush: false },
    };
    const line = {
      data: { values: newcomers.flatMap((each) => stepCorners(each, end)) },
      transform: [shownOnly],
      mark: { type: 'line' as const, strokeWidth: 1.75, interpolate: 'step-after' as const },
      encoding: {
        x: { ...x, field: 'days' },
        y: {
          field: 'share',
          type: 'quantitative' as const,
          title: 'Newcomers that earn alike [%]',
          scale: { domain: [0, 100], nice: false },
          axis: { tickCount: 5 },
        },
        color: cohortColor(input, 'stroke', drawn),
        ...cohortDash(input, drawn),
      },
    };
    return {
      ...SINGLE_PANEL,
      title: chartTitle(this.title, SUBTITLE, firstText(countReplications(input))),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [line, hoverLayer(stepStretches(newcomers, end, 'Since joining'), x)],
    };
  },
  says(input) {
    const { attackers, newcomers } = input;
    if (newcomers.length === 0) return 'No newcomer was watched for a week.';
    const clause = (_: string, index: number) => sentenceOf(newcomers[index]!);
    const told = perCohort(
      newcomers.map(({ cohort }) => cohort),
      clause,
      attackers,
    );
    const first = inFirst(countReplications(input)).slice(2);
    const text = first === '' ? told : `${first}, ${told}`;
    return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  },
};

function sentenceOf({ cohort, newcomers, atParity, medianDays }: NewcomersOfCohort): string {
  if (newcomers === 1) {
    const seen =
      atParity === 1 ? `earned like the others ${daysAfter(medianDays)}` : 'wasn’t seen to earn like the others';
    return `the only newcomer of ${cohort} watched for a week ${seen}`;
  }
  const who = `of ${toNumber(newcomers)} newcomers of ${cohort} watched for a week`;
  const share =
    atParity === 0 ? 'none was' : atParity === newcomers ? 'all were' : `${shareOf(atParity, newcomers)} were`;
  if (Number.isNaN(medianDays)) return `${who}, fewer than half came to earn like the others: ${share} seen to`;
  return `${who}, half earned like the others ${daysAfter(medianDays)}, and ${share} seen to`;
}

const shareOf = (part: number, whole: number) => percent(part / whole);

const daysAfter = (days: number) => `${toNumber(days)} ${days === 1 ? 'day' : 'days'} after joining`;
