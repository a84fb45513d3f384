import { z } from 'zod';
import { duration } from '../../model/contract/settings.js';

/** Settings of the protocol that stay the same for a whole run, each with the reason. */
const lasting: ReadonlyMap<string, string> = new Map([
  ['protocol.bondCurrency', 'as bonds that are locked are of one currency'],
  ['protocol.epoch', 'as epochs are numbered by one length'],
  ['protocol.extends', 'as another protocol would be another network'],
  ['protocol.reputation.initialScore', 'as it is the score of who is there at time 0'],
  ['protocol.reputation.byClass', 'as scores for classes are kept from the start or not at all'],
  ['protocol.publish.reporters', 'as the seats are made once'],
]);

/** Why the setting at this path can't change in mid-run; undefined for one that can. */
export function whyLasting(path: string): string | undefined {
  const isProtocol = path.startsWith('protocol.');
  return isProtocol ? lasting.get(path) : 'as only the network’s rules are its own to change';
}

/** Changes of the protocol's settings in mid-run. */
export const changesSchema = z
  .array(
    z.strictObject({
      at: duration({ positive: true, meaning: 'When the settings change, before the horizon' }),
      set: z
        .record(z.string(), z.unknown())
        .refine((settings) => Object.keys(settings).length > 0, 'expected at least one setting')
        .describe(
          'Settings under protocol with their new values, by dotted paths as after --set, or nested; not those that ' +
            'name a mechanism, nor bondCurrency, epoch, publish.reporters, reputation.byClass and initialScore',
        ),
    }),
  )
  .describe(
    'Changes of rules in mid-run. A job keeps the rules of its submission; minimum stake, identity fee, unbonding, ' +
      'where slashed tokens go, and whatever belongs to no job, such as weights and emission, change at once',
  );
