import { largest } from '../../sim/kernels/extent.js';
import { firstText } from '../drawing/band.js';
import type { Chart, ChartInput } from '../drawing/chart.js';
import { chartTitle, SINGLE_PANEL } from '../drawing/frame.js';
import { HIDDEN_COHORTS, shownOnly, type TipLine } from '../drawing/interaction.js';
import { cohortColor } from '../drawing/lines.js';
import { scoreDomain } from '../drawing/panels.js';
import { inFirst, perCohort, percent } from '../drawing/words.js';
import { toNumber } from '../figure.js';
import { type FinalNode, finalNodes } from '../series/final-nodes.js';
import { countReplications } from '../series/sample-columns.js';
import { rounded } from '../series/samples.js';

/** Cells of the grid in which nodes are counted: a circle for each node would be a million of them. */
const SCORE_CELLS = 50;
const WORK_CELLS = 30;
/** Where cohorts need more, the grid becomes coarser. */
const CIRCLES_MOST = 1_200;
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

const SUBTITLE = 'Work in a day, on the reference card, by final score.';

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
      title: chartTitle(this.title, SUBTITLE, firstText(countReplications(input))),
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
    return `Work by score${inFirst(countReplications(input))}: ${perCohort(input.cohorts, clause, input.attackers)}.`;
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
  const limits = { low: 0, high: 1, most: 0 };
  for (const each of nodes) {
    for (const { score, workHours, days } of each) {
      limits.low = Math.min(limits.low, score);
      limits.high = Math.max(limits.high, score);
      limits.most = Math.max(limits.most, workHours / days);
    }
  }
  let [scoreCells, workCells] = [SCORE_CELLS, WORK_CELLS];
  for (;;) {
    const cells = nodes.map((each) => cellsOf(each, limits, scoreCells, workCells));
    const count = cells.reduce((sum, { size }) => sum + size, 0);
    if (count <= CIRCLES_MOST || workCells === 1) {
      return cells.flatMap((each, index) => toCircles(each, input.cohorts[index]!, nodes[index]!.length));
    }
    scoreCells = Math.ceil(scoreCells * 0.7);
    workCells = Math.floor(workCells * 0.7);
  }
}

/** Nodes of a cell of the grid, added up. */
interface CellSums {
  score: number;
  work: number;
  nodes: number;
}

function cellsOf(
  nodes: readonly FinalNode[],
  { low, high, most }: { readonly low: number; readonly high: number; readonly most: number },
  scoreCells: number,
  workCells: number,
): ReadonlyMap<number, CellSums> {
  const cellOf = (value: number, least: number, largest: number, cells: number) =>
    largest > least ? Math.min(cells - 1, Math.floor(((value - least) / (largest - least)) * cells)) : 0;
  const cells = new Map<number, CellSums>();
  for (const { score, workHours, days } of nodes) {
    const work = workHours / days;
    const at = cellOf(score, low, high, scoreCells) * workCells + cellOf(work, 0, most, workCells);
    let cell = cells.get(at);
    if (cell === undefined) {
      cell = { score: 0, work: 0, nodes: 0 };
      cells.set(at, cell);
    }
    cell.score += score;
    cell.work += work;
    cell.nodes++;
  }
  return cells;
}

function toCircles(cells: ReadonlyMap<number, CellSums>, cohort: string, all: number): Circle[] {
  return [...cells]
    .sort(([a], [b]) => a - b)
    .map(([, cell]): Circle => {
      const [score, work] = [rounded(cell.score / cell.nodes)!, rounded(cell.work / cell.nodes)!];
      const tip: TipLine[] = [
        [cohort, `${toNumber(cell.nodes)} nodes, ${percent(cell.nodes / all)}`],
        ['Mean score', toNumber(score)],
        ['Mean work', `${toNumber(work)} h per day`],
      ];
      return { cohort, score, work, nodes: cell.nodes, tip };
    });
}
