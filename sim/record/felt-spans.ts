import { type MachineIndex, NONE, type NodeIndex, NodeState } from '../model/columns/nodes.js';
import type { CommonCause } from '../model/outside/common-cause.js';
import type { World } from '../model/world/world.js';

/** A span of stress as it was scheduled. */
interface ScheduledSpan {
  readonly kind: string;
  /** Its name in the scenario. */
  readonly name: string;
  readonly scope: string;
  /** [s], included. */
  readonly startSeconds: number;
  /** [s], excluded. */
  readonly endSeconds: number;
}

/**
 * Says of scheduled spans, after the run, whether anybody felt them: an outage or a bug that struck a machine in the
 * network, a partition with somebody on either side, maintenance of a cohort of which somebody was there, a surge that
 * brought a job, or a lull in which some could have come. Spans of one source must be asked for in the order of their
 * starts.
 */
export function feltIn(world: World): (span: ScheduledSpan) => boolean {
  const numbers = new Map<string, number>();
  /** The number of the span that starts then. */
  const numberOf = ({ kind, name, scope, startSeconds }: ScheduledSpan, start: (number: number) => number) => {
    const key = `${kind} ${name} ${scope}`;
    let number = numbers.get(key) ?? 0;
    while (start(number) < startSeconds) number++;
    numbers.set(key, number);
    return number;
  };
  const ofCause = (causes: readonly CommonCause[], block: string, span: ScheduledSpan) => {
    const cause = causes.find(({ plan }) => plan.name === `${block}.${span.name}`)!;
    const number = numberOf(span, (one) => cause.spans.start(one));
    return cause.machines.some((machine) => isThere(world, machine, span) && cause.strikes(machine, number));
  };
  return (span) => {
    if (span.kind === 'outage') return ofCause(world.outages, 'outages', span);
    if (span.kind === 'bug') return ofCause(world.bugs, 'bugs', span);
    if (span.kind === 'partition') return isFeltApart(world, span);
    if (span.kind === 'surge') {
      const workload = world.workloads.find(({ settings }) => span.scope === `workload ${settings.name}`)!;
      const place = workload.settings.surges.findIndex(({ name }) => name === span.name);
      const { spans, factor } = workload.settings.surges[place]!;
      const hasEnded = workload.lastJobAt < span.startSeconds;
      return factor > 1 ? workload.jobsIn(place, numberOf(span, spans.start)) > 0 : !hasEnded;
    }
    const cohort = world.cohorts.find(({ name }) => span.scope === `cohort ${name}`)!;
    for (let node = 0; node < world.nodes.count; node++) {
      if (world.ownership.cohort[node] === cohort.index && isPresent(world, node, span)) return true;
    }
    return false;
  };
}

/** Whether a node was in the network, on either side of a partition, while it lasted. */
function isFeltApart(world: World, span: ScheduledSpan): boolean {
  const { sides } = world.partitions.find(({ name }) => name === `partitions.${span.name}`)!;
  const apart = new Set(sides.flat());
  for (let node = 0; node < world.nodes.count; node++) {
    if (apart.has(world.ownership.region[node]!) && isPresent(world, node, span)) return true;
  }
  return false;
}

/** Whether an identity of the machine is in the network at some time of the span. */
function isThere(world: World, machine: MachineIndex, span: ScheduledSpan): boolean {
  for (let node = world.machines.firstIdentity[machine]!; node !== NONE; node = world.ownership.nextIdentity[node]!) {
    if (isPresent(world, node, span)) return true;
  }
  return false;
}

/** Whether the node is in the network at some time of the span, of what has passed of it. */
export function isPresent(
  { nodes }: World,
  node: NodeIndex,
  { startSeconds, endSeconds }: Pick<ScheduledSpan, 'startSeconds' | 'endSeconds'>,
): boolean {
  if (nodes.state[node] === NodeState.absent) return false;
  return nodes.joinedAt[node]! < endSeconds && nodes.leftAt[node]! > startSeconds;
}
