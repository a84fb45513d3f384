import { toNumberBeside } from '../../reports/figure.js';
import type { RunRecord } from '../folder/run-record.js';
import { numberOf, textOf } from '../record/tables/table.js';
import { lackingOfNode } from '../scenario/plan/lacking.js';
import { classNames } from '../scenario/plan/lanes.js';
import type { ProtocolSettings } from '../scenario/schema/scenario-schema.js';
import type { NodeRow } from './inspection.js';

/** What keeps a node from work, in words; empty where nothing does. */
interface Hindrances {
  /** From all jobs. */
  readonly barred: string;
  /** From those of some classes, as its hardware can't do them. */
  readonly beyond: string;
}

/** Why a node of the run gets no work, or none of some classes: jail, too little stake, no token, its hardware. */
export function hindrancesOf(
  node: NodeRow,
  { scenario, protocolAtEnd }: Pick<RunRecord, 'scenario' | 'protocolAtEnd'>,
): Hindrances {
  const classes = classNames(scenario);
  const lacking = classes.flatMap((name) => {
    const needs = lackingOfNode(scenario, textOf(node.cohort!), textOf(node.hardware!), name);
    return needs === undefined ? [] : [`${name}, which needs ${needs}`];
  });
  const isOfAll = lacking.length === classes.length;
  const own = barredAtTheEnd(node, protocolAtEnd().stake);
  const hardware = isOfAll ? [`its hardware can do no job: not ${lacking.join('; nor ')}`] : [];
  return {
    barred: [...own, ...hardware].join('; '),
    beyond: isOfAll ? '' : lacking.join('; '),
  };
}

/** Why the network, which can reach the node when the run ends, gives it no work. */
function barredAtTheEnd(
  node: NodeRow,
  { minimum, resourceToken }: Pick<ProtocolSettings['stake'], 'minimum' | 'resourceToken'>,
): readonly string[] {
  if (node.online !== true || node.active !== false) return [];
  if (node.suspended === true) return ['suspended, as it was down too often'];
  const stake = numberOf(node.stakeTokens!);
  if (stake >= minimum) {
    const lacksToken = resourceToken && node.resourceToken === null;
    return lacksToken ? ['it holds no resource token, of which each machine has one'] : ['in jail'];
  }
  const [held, least] = [toNumberBeside(stake, [minimum]), toNumberBeside(minimum, [stake])];
  return [`its stake of ${held} tokens is below the minimum, ${least}`];
}
