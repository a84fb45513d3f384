import { z } from 'zod';
import { KeyedDraw } from '../../../engine/random-stream.js';
import { choice } from '../../contract/settings.js';
import { EventKind } from '../../events.js';
import type { OutsideProcess, OutsideWorld } from '../outside-world.js';
import { checkSpans, createSpans, hasWhen, type SpanKeys, type Spans, spanKeys, whenExpected } from '../spans.js';

/** A partition between regions, which are told by their names. */
export function partitionSchema(regions: readonly string[]) {
  const side = z
    .array(choice(regions as [string, ...string[]], { meaning: 'A region' }))
    .min(1, 'expected at least one region');
  return checkSpans(
    z.strictObject({
      sides: z
        .array(side, 'expected two lists of regions')
        .length(2, 'expected two lists of regions')
        .refine((sides) => new Set(sides.flat()).size === sides.flat().length, 'expected each region once')
        .describe('Regions on either side, such as [[europe], [japan, australia]]; others reach both'),
      ...spanKeys,
    }),
  )
    .refine(hasWhen, whenExpected)
    .describe('A partition: no message passes from one side to the other while it lasts');
}

interface PartitionSettings extends SpanKeys {
  readonly sides: readonly (readonly string[])[];
}

/** When no message passes between some regions and others: a function of seed and its own name. */
export class PartitionPlan {
  /** As in the scenario, such as `partitions.cable`. */
  readonly name: string;
  /** Who is apart, in words: `europe from japan and australia`. */
  readonly scope: string;
  readonly spans: Spans;
  /** Indices of the regions on either side. */
  readonly sides: readonly [readonly number[], readonly number[]];

  /** @param regions those of the network, in their order */
  constructor(seed: string, name: string, { sides, ...when }: PartitionSettings, regions: readonly string[]) {
    this.name = name;
    this.spans = createSpans(new KeyedDraw(`${seed}/stress/${name}`), when);
    this.scope = sides.map((side) => side.join(' and ')).join(' from ');
    const [one, other] = sides.map((side) => side.map((region) => regions.indexOf(region)));
    this.sides = [one!, other!];
  }

  /** Whether the two regions are on different sides. */
  parts(from: number, to: number): boolean {
    const [one, other] = this.sides;
    return (one.includes(from) && other.includes(to)) || (one.includes(to) && other.includes(from));
  }
}

/** Two events a span and partition; the next span is scheduled when one begins. */
export function createPartitionsParting(
  { network, simulation }: OutsideWorld,
  partitions: readonly PartitionPlan[],
  actions: { connectionRestored(): void },
): OutsideProcess<'partitionBegan' | 'partitionEnded'> {
  function schedule(partition: number, number: number): void {
    const at = partitions[partition]!.spans.start(number);
    if (at < Number.POSITIVE_INFINITY) simulation.schedule(at, EventKind.partitionBegan, partition, number);
  }

  /** Moment: a partition began. */
  function partitionBegan(partition: number, number: number): boolean {
    const { sides, spans } = partitions[partition]!;
    const until = spans.end(number);
    for (const one of sides[0]) for (const other of sides[1]) network.cut(one, other, until);
    simulation.schedule(until, EventKind.partitionEnded, partition, number);
    schedule(partition, number + 1);
    return true;
  }

  /** Moment: a partition ended; those who wait are offered nodes on the other side again. */
  function partitionEnded(): boolean {
    actions.connectionRestored();
    return true;
  }

  return {
    start: () => {
      for (let partition = 0; partition < partitions.length; partition++) schedule(partition, 0);
    },
    handlers: { partitionBegan, partitionEnded },
  };
}
