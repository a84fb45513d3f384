import { toNumber, toStretch } from '../../../reports/figure.js';
import { secondsPerDay } from '../../model/contract/units.js';
import { numberOf, records, type Table } from '../../record/tables/table.js';
import { warmUpSeconds } from '../../scenario/schema/scenario-schema.js';
import type { RunFacts } from './facts.js';

/** A shorter stretch [share of the run] isn't worth a sentence. */
const toldFrom = 0.01;
/** Stretches that the sentence names; more are counted. */
const namedMost = 2;

/** When nobody at all was in the network, online or not, in what is counted: no figure of service means much then. */
export function emptyNetwork({ scenario, table }: RunFacts): readonly string[] {
  const { horizon } = scenario;
  const warmUp = warmUpSeconds(scenario);
  const gaps = emptyStretches(table('nodes'), horizon).filter(([from, to]) => {
    return to > warmUp && to - from > toldFrom * horizon;
  });
  if (gaps.length === 0) return [];
  const named = gaps.slice(0, namedMost).map(([from, to]) => toStretch(from, to));
  const more = gaps.length - named.length;
  const others = more === 0 ? '' : ` and at ${toNumber(more)} more ${more === 1 ? 'time' : 'times'}`;
  return [`Nobody was in the network ${named.join(', nor ')}${others}.`];
}

/** In order [s]. */
function emptyStretches(nodes: Table, horizonSeconds: number): readonly (readonly [from: number, to: number])[] {
  const stays = Array.from(records(nodes, ['joinedDays', 'leftDays']), ({ joinedDays, leftDays }) => {
    const joined = joinedDays === null ? horizonSeconds : numberOf(joinedDays) * secondsPerDay;
    return [joined, leftDays === null ? horizonSeconds : numberOf(leftDays) * secondsPerDay] as const;
  });
  const gaps: [from: number, to: number][] = [];
  let until = 0;
  for (const [joined, left] of stays.sort(([a], [b]) => a - b)) {
    if (joined > until) gaps.push([until, joined]);
    until = Math.max(until, left);
  }
  if (until < horizonSeconds) gaps.push([until, horizonSeconds]);
  return gaps;
}
