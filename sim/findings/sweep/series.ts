import { toNumber } from '../../../reports/figure.js';
import { linesMost, type SeriesPanel, seriesSpec } from '../../../reports/sweep/index.js';
import type { DrawableChart } from '../../../reports/write.js';
import type { SweepRecord } from '../../folder/sweep-record.js';
import { numberOf, records, textOf } from '../../record/tables/table.js';

const names = [
  ...(['variant', 'timeDays', 'cohort', 'isAttacker', 'replications'] as const),
  ...(['nodesPresent', 'nodesOnline', 'score50', 'workFraction', 'jobsCompleted', 'jobsWrongAccepted'] as const),
] as const;

interface Moment {
  readonly variant: string;
  readonly days: number;
  attackersWork: number;
  /** Of scores times nodes, and of those nodes, of each side. */
  attackersScore: number;
  attackersNodes: number;
  honestScore: number;
  honestNodes: number;
  wrong: number;
  completed: number;
}

/** The chart of variants over time; none for a sweep that kept no series. */
export function seriesChart({ manifest, table, hasTable }: SweepRecord): readonly DrawableChart[] {
  if (!hasTable('series')) return [];
  const moments = new Map<string, Moment>();
  let replications = 1;
  let hasAttackers = false;
  for (const row of records(table('series'), names)) {
    const [variant, days] = [textOf(row.variant), numberOf(row.timeDays)];
    const key = `${days} ${variant}`;
    const none = { attackersWork: Number.NaN, attackersScore: 0, attackersNodes: 0, honestScore: 0, honestNodes: 0 };
    const moment = moments.get(key) ?? { variant, days, ...none, wrong: Number.NaN, completed: Number.NaN };
    moments.set(key, moment);
    replications = Math.max(replications, numberOf(row.replications));
    if (row.cohort === 'all') {
      moment.wrong = numberOf(row.jobsWrongAccepted);
      moment.completed = numberOf(row.jobsCompleted);
      continue;
    }
    const [nodes, score, work] = [row.nodesPresent, row.score50, row.workFraction].map(numberOf) as [
      number,
      number,
      number,
    ];
    const isScored = nodes > 0 && !Number.isNaN(score);
    if (row.isAttacker === true) {
      hasAttackers = true;
      if (!Number.isNaN(work))
        moment.attackersWork = (Number.isNaN(moment.attackersWork) ? 0 : moment.attackersWork) + work;
      if (isScored) moment.attackersScore += score * nodes;
      if (isScored) moment.attackersNodes += nodes;
    } else if (isScored) {
      moment.honestScore += score * nodes;
      moment.honestNodes += nodes;
    }
  }
  const panel = (title: string, unit: string, value: (moment: Moment) => number): SeriesPanel => {
    const points = Array.from(moments.values(), (moment) => {
      return { variant: moment.variant, days: moment.days, value: value(moment) };
    });
    return { title, unit, points };
  };
  const panels = [
    ...(hasAttackers
      ? [
          panel('Attackers’ share of the work', 'fraction', ({ attackersWork }) => attackersWork),
          panel('Attackers’ median score', '1', (one) => one.attackersScore / one.attackersNodes),
        ]
      : []),
    panel('Honest nodes’ median score', '1', (one) => one.honestScore / one.honestNodes),
    panel('Wrong results among those accepted', 'fraction', ({ wrong, completed }) => wrong / completed),
  ].filter(({ points }) => points.some(({ value }) => value > 0));
  const title = 'Variants over time';
  const many = replications > 1 ? ` Means of ${toNumber(replications)} replications.` : '';
  const variants = manifest.points;
  const cut = variants > linesMost ? ` Of ${variants} variants the first ${linesMost} are drawn.` : '';
  return [
    {
      name: 'series',
      title,
      description: `Samples put together in up to 100 stretches of time; scores of several cohorts are means.${cut}`,
      applies: () => panels.length > 0,
      spec: () => seriesSpec(title, `A line a variant.${many}`, panels),
      says: () => `The same seeds strike every variant alike, so that what differs comes of the settings.`,
    },
  ];
}
