import { z } from 'zod';
import { builtInKinds, type DeclaredKind } from '../../model/contract/findings/evidence-kinds.js';
import { count, fraction, probability, quantity } from '../../model/contract/settings.js';

const share = (meaning: string, unlessSaid: number) => fraction({ meaning }).default(unlessSaid);

/** Shares of slashed tokens; what is left unsaid is `burn`'s default and 0. */
const shares = (burn: number) => ({
  burn: share('Share of slashed tokens that is burned', burn),
  challenger: share('Share for who challenged; the treasury’s where nobody did', 0),
  treasury: share('Share for the treasury', 0),
  insurance: share('Share for the insurance fund', 0),
});

function sumToOne(given: { burn: number; challenger: number; treasury: number; insurance: number }): boolean {
  return Math.abs(given.burn + given.challenger + given.treasury + given.insurance - 1) < 1e-9;
}

const namesOf = (brought: readonly DeclaredKind[]) => {
  const names = new Set([...builtInKinds, ...brought].filter(({ rank }) => rank > 0).map(({ name }) => name));
  return [...names] as [string, ...string[]];
};

/** Insurance of stake against slashes, or none. */
export function insuranceSchema(brought: readonly DeclaredKind[]) {
  return z
    .union(
      [
        z.literal('none'),
        z.strictObject({
          premium: quantity({
            unit: 'a year',
            least: 0,
            most: 10,
            meaning: 'Premium, as a share of a node’s own stake, taken at the end of each epoch',
          }).default(0.02),
          covers: fraction({
            meaning: 'Share of the stake slashed that is paid back to its operator, as far as the insurance has it',
          }).default(0.5),
          findings: z
            .array(z.enum(namesOf(brought)))
            .min(1, 'expected at least one finding')
            .default(['timeout', 'absence', 'checkInMissed'])
            .describe('Findings that it pays for'),
        }),
      ],
      'expected none or {premium: …, covers: …, findings: […]}',
    )
    .describe('Insurance of stake against slashes, or none; shares of what is slashed feed it, too')
    .default('none');
}

/** Where slashed tokens go, besides by kind of finding, for the built-in kinds and those that mechanisms bring. */
export function slashedToSchema(brought: readonly DeclaredKind[]) {
  const ofFinding = z
    .strictObject(shares(0))
    .refine(sumToOne, 'expected shares that sum to 1')
    .describe('Shares for what is slashed for this finding; they sum to 1');
  return z
    .strictObject({
      ...shares(1),
      byFinding: z
        .partialRecord(z.enum(namesOf(brought)), ofFinding)
        .default({})
        .describe('Other shares by the finding that tokens are slashed for'),
    })
    .refine(sumToOne, 'expected shares that sum to 1')
    .describe('Where slashed tokens go; the shares sum to 1')
    .prefault({});
}

/** Appeals against slashes, or none. */
export const appealSchema = z
  .union(
    [
      z.literal('none'),
      z.strictObject({
        within: count({
          least: 1,
          most: 365,
          unit: 'epochs',
          meaning: 'Ends of epochs until a slash of stake is decided; until then it is held',
        }).default(1),
        committee: count({
          least: 1,
          most: 99,
          unit: 'jurors',
          meaning: 'Nodes of other operators that vote; a majority overturns the slash of a real outage',
        }).default(5),
        errorProbability: probability({
          meaning: 'Probability that a juror’s look at the case shows the opposite',
        }).default(0.05),
      }),
    ],
    'expected none or {within: …, committee: …}',
  )
  .describe('Appeals against slashes of stake, or none')
  .default('none');

/** Suspension by uptime, or none. */
export const suspensionSchema = z
  .union(
    [
      z.literal('none'),
      z.strictObject({
        window: count({
          least: 1,
          most: 365,
          unit: 'epochs',
          meaning: 'Latest epochs over which uptime is counted, by check-ins; announced outages are never due',
        }).default(7),
        below: fraction({ meaning: 'Share of the check-ins due, excluded, below which a node is suspended' }).default(
          0.8,
        ),
        grace: count({
          most: 365,
          unit: 'epochs',
          meaning: 'Ends of epochs in a row at which a node may be below before the one that suspends it',
        }).default(1),
        review: z
          .union(
            [
              z.literal('none'),
              z.strictObject({
                after: count({
                  least: 1,
                  most: 365,
                  unit: 'epochs',
                  meaning: 'Epochs since its suspension in which a node must have been up that often to be reinstated',
                }).default(1),
                networkWide: fraction({
                  meaning: 'An epoch in which this share of the nodes or more was below counts for nobody',
                }).default(0.2),
              }),
            ],
            'expected none or {after: …, networkWide: …}',
          )
          .describe(
            'Review of suspensions; none: a node is reinstated once its uptime over the window is no longer below',
          )
          .prefault({}),
      }),
    ],
    'expected none or {window: …, below: …, grace: …, review: …}',
  )
  .describe('Suspension of nodes that are down too often, which then get no work; or none')
  .default('none');
