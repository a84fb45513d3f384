import { toSpan, toText } from './commands/output.js';
import { EvidenceKind } from './model/evidence.js';
import { microTokens } from './model/ledger.js';
import { metrics } from './record/metrics.js';
import type { RunResult } from './run.js';

/** What a run's figures say, for the report and the terminal. */
export interface Answer {
  /** Plain sentences, the most important first. */
  readonly sentences: readonly string[];
  readonly figures: readonly { name: string; value: string; unit: string; meaning: string }[];
  readonly slashings: readonly { cause: string; cohort: string; count: number; tokens: string }[];
}

/** Figures that head a report; those that don't apply to a run are left out. */
const headlines = [
  'attackerWorkShare',
  'attackerPeakWorkShare',
  'attackerProfitUsd',
  'attackerReturnOnCapital',
  'attackersEjectedFraction',
  'jobsSubmitted',
  'completedFraction',
  'latencyP50Seconds',
  'latencyP95Seconds',
  'waitingMeanSeconds',
  'utilisation',
  'wrongAcceptedRate',
  'honestSlashedNodes',
  'honestStakeLostTokens',
  'honestReturnOnCapital',
  'conservationResidueMicroTokens',
];

const percent = (fraction: number) => `${toText(fraction * 100)} %`;

/** Makes sentences, headline figures and the table of slashings from a run's numbers. */
export function answerOf(result: RunResult): Answer {
  const value = (name: string) => result.row.values[metrics.findIndex((metric) => metric.name === name)]!;
  const figures = headlines
    .map((name) => metrics.find((metric) => metric.name === name)!)
    .filter((metric) => !Number.isNaN(value(metric.name)))
    .map(({ name, unit, meaning }) => ({ name, value: toText(value(name)), unit, meaning }));
  return { sentences: sentencesOf(result, value), figures, slashings: slashingsOf(result) };
}

function sentencesOf(result: RunResult, value: (name: string) => number): string[] {
  const { world } = result.finished;
  const sentences: string[] = [];
  if (!Number.isNaN(value('attackerWorkShare'))) {
    const share = percent(value('attackerWorkShare'));
    const peak = percent(value('attackerPeakWorkShare'));
    sentences.push(`Attackers did ${share} of the accepted work, and at most ${peak} in any one epoch.`);
    const profit = value('attackerProfitUsd');
    const verb = profit < 0 ? 'lost' : 'gained';
    const rate = percent(Math.abs(value('attackerReturnOnCapital')));
    sentences.push(`They ${verb} ${toText(Math.abs(profit))} USD, ${rate} of the capital and costs that they put in.`);
    sentences.push(`${percent(value('attackersEjectedFraction'))} of their identities were ejected.`);
  }
  sentences.push(
    `${percent(value('completedFraction'))} of ${toText(value('jobsSubmitted'))} jobs were completed, half of them within ${toSpan(value('latencyP50Seconds'))} of submission; ${percent(value('waitedFraction'))} had to wait for a node.`,
  );
  const honest = world.cohorts.filter((cohort) => !cohort.strategy.isAttacker).map((cohort) => cohort.index);
  let nodes = 0;
  for (let node = 0; node < world.nodes.count; node++) {
    if (honest.includes(world.ownership.cohort[node]!)) nodes++;
  }
  if (nodes > 0) {
    const slashed = toText(value('honestSlashedNodes'));
    const lost = toText(value('honestStakeLostTokens'));
    sentences.push(`${slashed} of ${toText(nodes)} honest nodes were slashed; they lost ${lost} tokens together.`);
  }
  return sentences;
}

function slashingsOf(result: RunResult): Answer['slashings'] {
  const { world, recorder } = result.finished;
  const sums = new Map<string, { cause: string; cohort: string; count: number; amount: number }>();
  const causeNames = Object.fromEntries(Object.entries(EvidenceKind).map(([name, kind]) => [kind, name]));
  for (let row = 0; row < recorder.slashings.length; row++) {
    const cause = causeNames[recorder.slashings.value(row, 2)]!;
    const cohort = world.cohorts[world.ownership.cohort[recorder.slashings.value(row, 1)]!]!.name;
    const key = `${cohort}\n${cause}`;
    const sum = sums.get(key) ?? { cause, cohort, count: 0, amount: 0 };
    sum.count++;
    sum.amount += recorder.slashings.value(row, 3);
    sums.set(key, sum);
  }
  return [...sums.values()].map(({ cause, cohort, count, amount }) => ({
    cause,
    cohort,
    count,
    tokens: toText(amount / microTokens),
  }));
}
