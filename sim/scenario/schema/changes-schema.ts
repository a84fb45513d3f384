import { z } from 'zod';
import { Ballot, votingWeights } from '../../model/contract/cohorts/ballots.js';
import { choice, duration, fraction, partName } from '../../model/contract/settings.js';

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

const setSchema = z
  .record(z.string(), z.unknown())
  .refine((settings) => Object.keys(settings).length > 0, 'expected at least one setting')
  .describe(
    'Settings under protocol with their new values, by dotted paths as after --set, or nested; not those that ' +
      'name a mechanism, nor bondCurrency, epoch, publish.reporters, reputation.byClass and initialScore',
  );

/** Changes of the protocol's settings in mid-run. */
export const changesSchema = z
  .array(
    z.strictObject({
      at: duration({ positive: true, meaning: 'When the settings change, before the horizon' }),
      set: setSchema,
    }),
  )
  .describe(
    'Changes of rules in mid-run. A job keeps the rules of its submission; minimum stake, identity fee, unbonding, ' +
      'where slashed tokens go, and whatever belongs to no job, such as weights and emission, change at once',
  );

const ballots = Object.keys(Ballot) as [keyof typeof Ballot, ...(keyof typeof Ballot)[]];

/** What operators of a cohort do when there is a vote. */
export const ballotSchema = choice(ballots, {
  meaning:
    'How its operators vote, whatever is proposed; default: for what their own cohort or attack proposed, and else ' +
    'as votes[].honest',
}).optional();

/** Each combination of outcomes is checked while loading. */
const votesMost = 6;

/** Changes of the protocol's settings that depend on a vote. */
export const votesSchema = z
  .array(
    z.strictObject({
      proposed: duration({ positive: true, meaning: 'When the vote begins, before the horizon' }),
      open: duration({ positive: true, meaning: 'How long it takes; ballots are counted at its end' }).prefault('3d'),
      timelock: duration({
        meaning: 'Time from the count of the ballots after which settings that were voted for come into force',
      }).prefault('2d'),
      set: setSchema,
      by: partName
        .describe('Cohort that proposes it, which votes for it with its attack; default: nobody’s')
        .optional(),
      weights: choice(votingWeights, {
        meaning:
          'What ballots weigh: stake, with what others delegated; contribution, as a reputation model measures it by ' +
          'accumulatedJobs; one for each operator that nodes declare, or for each identity',
      }).default('stake'),
      quorum: fraction({
        meaning: 'Share of all weight that must take part, abstentions included; included',
      }).default(0.3),
      passes: fraction({
        meaning: 'Share of the weight for or against it that must be for it; excluded',
      })
        .refine((share) => share < 1, 'expected a share below 1, as more than that must be for it')
        .default(0.5),
      veto: z
        .union([z.literal('none'), fraction({ meaning: 'Share of all weight' })], 'expected none or a share up to 1')
        .describe('Share of all weight that stops it by voting against, included; none: no such right')
        .default('none'),
      honest: choice(ballots, { meaning: 'What honest operators hold of it, and vote' }).default('against'),
    }),
  )
  .max(votesMost, `expected at most ${votesMost} votes, as every combination of outcomes is checked`)
  .describe('Changes of rules that come into force, as those under changes, if operators vote for them');
