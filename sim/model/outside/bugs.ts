import { z } from 'zod';
import { type MachineIndex, NONE } from '../columns/nodes.js';
import {
  type CauseEffect,
  type CommonCause,
  hasPlace,
  type PlaceNames,
  placeExpected,
  placeKeys,
  struckShare,
} from './common-cause.js';
import type { OutsideWorld } from './outside-world.js';
import { checkSpans, hasWhen, spanKeys, whenExpected } from './spans.js';

/** A machine's bugs are bits of a byte. */
export const bugsMost = 8;

/** A bug of the client software. */
export function bugSchema(places: PlaceNames) {
  return checkSpans(z.strictObject({ ...placeKeys(places), ...spanKeys, share: struckShare('').default(1) }))
    .refine(hasPlace, placeExpected)
    .refine(hasWhen, whenExpected)
    .describe('A bug: honest answers of its machines are wrong, all in the same way');
}

/** Honest computations on its machines come out wrong, and all wrong in the same way. */
export function bugEffect(cause: CommonCause, bug: number, { machines, ownership, truth }: OutsideWorld): CauseEffect {
  const toggle = (machine: MachineIndex) => {
    // identities that haven't joined yet will run the same client
    for (let node = machines.firstIdentity[machine]!; node !== NONE; node = ownership.nextIdentity[node]!) {
      truth.bugs[node]! ^= 1 << bug;
    }
  };
  return { cause, begin: toggle, end: toggle };
}
