import { areaUnderCurve } from '../../../sim/kernels/area-under-curve.js';
import { firstText } from '../../drawing/band.js';
import type { Chart, ChartInput } from '../../drawing/chart.js';
import { chartTitle } from '../../drawing/frame.js';
import { HIDDEN_COHORTS, hoverLayer } from '../../drawing/interaction.js';
import { COHORT_COLORS, DASHES, INK } from '../../drawing/theme.js';
import { inFirst, percent } from '../../drawing/words.js';
import { toNumber } from '../../figure.js';
import { finalNodes } from '../../series/final-nodes.js';
import { type RocCorner, rocCurve } from '../../series/roc-curve.js';
import { countReplications } from '../../series/sample-columns.js';
import { rounded } from '../../series/samples.js';

/** Square, as both axes are shares [px]. */
const SIDE = 380;
/** Stretches of the axis that tell their values to the pointer. */
const HOVER_COUNT = 60;

/** Final scores of attackers' nodes, and of the others'. */
function scoresOf(input: ChartInput): readonly [hostile: Float64Array, honest: Float64Array] {
  const nodes = finalNodes(input);
  const of = (isHostile: boolean) =>
    Float64Array.from(
      input.cohorts.flatMap((cohort, index) =>
        input.attackers.includes(cohort) === isHostile ? nodes[index]!.map(({ score }) => score) : [],
      ),
    );
  return [of(true), of(false)];
}

/** How well the final score tells attackers from honest nodes, whatever limit one draws. */
export const scoreAsDetector: Chart = {
  name: 'score-as-detector',
  title: 'The score as a detector',
  description:
    'Whoever draws a limit and takes all nodes below it for attackers catches a share of the attackers (upwards) ' +
    'and suspects a share of the honest nodes (to the right): the line has the two for every limit, from the lowest ' +
    'to the highest (receiver operating characteristic). The more it keeps to the upper left, the better; on the ' +
    'dashed line a coin would do as well. The area under it is the probability that an attacker is scored below an ' +
    'honest node.',
  isOverTime: false,
  isNarrow: true,
  applies: (input) => scoresOf(input).every(({ length }) => length > 0),
  spec(input) {
    const [hostile, honest] = scoresOf(input);
    const corners = rocCurve(hostile, honest);
    const axis = { tickCount: 5, labelFlush: false };
    const scale = { domain: [0, 100], nice: false };
    const x = { type: 'quantitative' as const, title: 'Honest nodes below the limit [%]', scale, axis };
    const y = { type: 'quantitative' as const, title: 'Attackers below the limit [%]', scale, axis };
    const line = (values: readonly object[], mark: object) => ({
      data: { values: [...values] },
      mark: { type: 'line' as const, ...mark },
      encoding: {
        x: { ...x, field: 'honest' },
        y: { ...y, field: 'hostile' },
        order: { field: 'place', type: 'quantitative' as const },
      },
    });
    const coin = [0, 100].map((share) => ({ honest: share, hostile: share, place: share }));
    const drawn = corners.map((corner, place) => ({
      honest: rounded(100 * corner.honest),
      hostile: rounded(100 * corner.hostile),
      place,
    }));
    const area = hostile.length * honest.length === 0 ? '' : `Area under the curve: ${areaText(hostile, honest)}.`;
    return {
      width: SIDE - 80,
      height: SIDE - 80,
      title: chartTitle(this.title, area, firstText(countReplications(input))),
      description: this.description,
      params: [HIDDEN_COHORTS],
      layer: [
        line(coin, { color: INK.faint, strokeWidth: 1, strokeDash: [...DASHES.attackers] }),
        line(drawn, { color: COHORT_COLORS[0]!, strokeWidth: 2, point: corners.length <= 12 }),
        hoverLayer(stretchesOf(corners), x),
      ],
    };
  },
  says(input) {
    const [hostile, honest] = scoresOf(input);
    const first = inFirst(countReplications(input));
    if (hostile.length * honest.length === 0) return `There are no two sides to tell apart${first}.`;
    const corners = rocCurve(hostile, honest);
    const best = corners.reduce((most, each) =>
      each.hostile - each.honest > most.hostile - most.honest ? each : most,
    );
    const area = areaUnderCurve(hostile, honest);
    const word =
      area >= 0.9
        ? 'tells attackers well'
        : area >= 0.7
          ? 'tells attackers fairly'
          : area > 0.55
            ? 'hardly tells attackers'
            : 'doesn’t tell attackers';
    const limit =
      best.hostile > best.honest
        ? `; the best limit, ${toNumber(best.limit)}, has ${percent(best.hostile)} of attackers and ` +
          `${percent(best.honest)} of honest nodes at or below it`
        : '';
    const curve = `the area under the curve is ${areaText(hostile, honest)}`;
    return `The final score ${word} from honest nodes${first}: ${curve}${limit}.`;
  },
};

function areaText(hostile: Float64Array, honest: Float64Array): string {
  return toNumber(areaUnderCurve(hostile, honest));
}

function stretchesOf(corners: readonly RocCorner[]) {
  return Array.from({ length: HOVER_COUNT }, (_, at) => {
    const [from, to] = [(100 * at) / HOVER_COUNT, (100 * (at + 1)) / HOVER_COUNT];
    const corner = corners.findLast(({ honest }) => 100 * honest <= to);
    const tip = [
      ['Attackers below the limit', percent(corner?.hostile ?? 0)],
      ['Honest nodes below it', percent(corner?.honest ?? 0)],
    ] as const;
    return { from: rounded(from)!, to: rounded(to)!, tip };
  });
}
