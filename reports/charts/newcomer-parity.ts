import type { Chart, NewcomersOfCohort } from '../drawing/chart.js';
import { stepPlot, stepPlotSaid } from '../drawing/step-plot.js';
import { percent } from '../drawing/words.js';
import { toNumber } from '../figure.js';

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
    return stepPlot(input, input.newcomers, {
      title: this.title,
      subtitle: SUBTITLE,
      description: this.description,
      since: 'Since joining',
      share: 'Newcomers that earn alike',
    });
  },
  says(input) {
    const { newcomers } = input;
    if (newcomers.length === 0) return 'No newcomer was watched for a week.';
    return stepPlotSaid(input, newcomers, sentenceOf);
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
