import { largest } from '../../sim/kernels/extent.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { type FinalNode, finalNodes } from '../drawing/final-nodes.js';
import { chartTitle, SINGLE_PANEL } from '../drawing/frame.js';
import { HIDDEN_COHORTS, shownOnly, type TipLine } from '../drawing/interaction.js';
import { cohortColor } from '../drawing/lines.js';
import { scoreDomain } from '../drawing/panels.js';
import { rounded } from '../drawing/samples.js';
import { perCohort, percent } from '../drawing/words.js';
import { toNumber } from '../figure.js';

/** Cells of the grid in which nodes are counted: a circle for each node would be a million of them. */
const SCORE_CELLS = 50;
const WORK_CELLS = 30;
/** Nodes that were there for less than this share of the run aren't drawn: one long job would make an absurd rate. */
const SHORTEST_STAY = 1 / 100;

/** Nodes of a cell, which stand at their mean. */
interface Circle {
  readonly cohort: string;
  readonly score: number;
  readonly work: number;
  readonly nodes: number;
  readonly tip: readonly TipLine[];
}

/** Whether those who have a good name do the work. */
export const workReputation: Chart = {
  name: 'work-reputation',
  title: 'Work against reputation',
  description:
    'Each circle is a group of nodes of one cohort with about the same final score and the same amount of work for ' +
    'each day from joining to leaving; the larger, the more nodes. Nodes that were in the network for less than a ' +
    'hundredth of the run are left out.',
  isOverTime: false,
  spec(input) {
    const circles = circlesOf(input, comparedNodes(input));
    const highest = Math.max(0, largest(circles.map(({ work }) => work)));
    const color = cohortColor(input, 'square');
    const most = Math.max(1, largest(circles.map(({ nodes }) => nodes)));
    return {
      ...SINGLE_PANEL,
      title: chartTitle(this.title, 'Work in a day, on the reference card, by final score.', 1),
      description: this.description,
      params: [HIDDEN_COHORTS],
      data: { values: circles },
      transform: [shownOnly],
      mark: { type: 'circle', opacity: 0.65, tooltip: { expr: 'datum.tip' } },
      encoding: {
        x: {
          field: 'score',
          type: 'quantitative',
          title: 'Final score',
          scale: { domain: scoreDomain(circles.map(({ score }) => score)), nice: true },
          axis: { tickCount: 10, labelFlush: false },
        },
        y: {
          field: 'work',
          type: 'quantitative',
          title: 'Work [h per day]',
          scale: { domain: [0, highest > 0 ? highest : 1], nice: true },
          axis: { tickCount: 5 },
        },
        color: { ...color, legend: { ...color.legend, offset: 12 } },
        size: { field: 'nodes', type: 'quantitative', scale: { domain: [1, most], range: [14, 700] }, legend: null },
      },
    };
  },
  says(input) {
    const nodes = comparedNodes(input);
    const clause = (cohort: string, index: number) => {
      const each = nodes[index]!;
      if (each.length < 8) return `too few nodes of ${cohort} to compare`;
      const scores = each.map(({ score }) => score).sort((a, b) => a - b);
      const quarter = Math.floor(scores.length / 4);
      const [worstMost, bestLeast] = [scores[quarter - 1]!, scores.at(-quarter)!];
      // Which nodes are the best would be chance.
      if (worstMost === bestLeast) {
        return `at least half of the nodes of ${cohort} have the same score, ${toNumber(bestLeast)}`;
      }
      const worst = each.filter(({ score }) => score <= worstMost);
      const best = each.filter(({ score }) => score >= bestLeast);
      const [low, high] = [workRate(worst), workRate(best)];
      // Nodes with equal scores all belong to a group, which can make it larger.
      const [ofWorst, ofBest] = [worst, best].map(({ length }) =>
        length === quarter ? 'quarter' : percent(length / scores.length),
      );
      if (low === 0 && high === 0) {
        return `neither the best-scored ${ofBest} nor the worst-scored ${ofWorst} of ${cohort} did any work`;
      }
      const which = `the best-scored ${ofBest} of ${cohort} did`;
      const than = `of the worst-scored ${ofWorst}`;
      return `${which} ${toNumber(high)} h of work per node and day, against ${toNumber(low)} h ${than}`;
    };
    return `Work by score: ${perCohort(input.cohorts, clause)}.`;
  },
};

/** Those that were there long enough: one long job of a node that stayed for minutes would make an absurd rate. */
function comparedNodes(input: ChartInput): FinalNode[][] {
  const shortest = input.horizonDays * SHORTEST_STAY;
  return finalNodes(input).map((nodes) => nodes.filter(({ days }) => days > 0 && days >= shortest));
}

/** Work of all of them in a day of one of them [h]. */
function workRate(nodes: readonly FinalNode[]): number {
  const days = nodes.reduce((sum, each) => sum + each.days, 0);
  return days === 0 ? 0 : nodes.reduce((sum, { workHours }) => sum + workHours, 0) / days;
}

function circlesOf(input: ChartInput, nodes: readonly (readonly FinalNode[])[]): Circle[] {
  const drawn = nodes.map((each) =>
    each.map(({ score, workHours, days }) => ({ score, hoursPerDay: workHours / days })),
  );
  let [low, high, most] = [0, 1, 0];
  for (const { score, hoursPerDay } of drawn.flat()) {
    low = Math.min(low, score);
    high = Math.max(high, score);
    most = Math.max(most, hoursPerDay);
  }
  const cellOf = (value: number, least: number, largest: number, cells: number) =>
    largest > least ? Math.min(cells - 1, Math.floor(((value - least) / (largest - least)) * cells)) : 0;
  return input.cohorts.flatMap((cohort, index) => {
    const cells = new Map<number, { score: number; work: number; nodes: number }>();
    for (const { score, hoursPerDay } of drawn[index]!) {
      const at = cellOf(score, low, high, SCORE_CELLS) * WORK_CELLS + cellOf(hoursPerDay, 0, most, WORK_CELLS);
      const cell = cells.get(at) ?? { score: 0, work: 0, nodes: 0 };
      cells.set(at, { score: cell.score + score, work: cell.work + hoursPerDay, nodes: cell.nodes + 1 });
    }
    return [...cells]
      .sort(([a], [b]) => a - b)
      .map(([, cell]): Circle => {
        const [score, work] = [rounded(cell.score / cell.nodes)!, rounded(cell.work / cell.nodes)!];
        const share = percent(cell.nodes / nodes[index]!.length);
        const tip: TipLine[] = [
          [cohort, `${toNumber(cell.nodes)} nodes, ${share}`],
          ['Mean score', toNumber(score)],
          ['Mean work', `${toNumber(work)} h per day`],
        ];
        return { cohort, score, work, nodes: cell.nodes, tip };
      });
  });
}
